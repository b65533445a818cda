"""One fact of many records, on its way from what is written to what it says."""

from dataclasses import dataclass, field

import polars as pl

from backrec_cli.batch.columns.reading.entries import COLONS
from backrec_cli.facts.definition import FactDefinition


@dataclass(slots=True)
class Spread:
    """A number or a flag, its parts still as they are written.

    value    null where it is not mentioned, or not known.
    asked    where "unknown" is said of it.
    on       its own date as it is written; `unit`: its unit as it is written.
    refused  the rows that only the reference may judge.
    """

    definition: FactDefinition
    value: pl.Series
    asked: pl.Series | None = None
    on: pl.Series | None = None
    unit: pl.Series | None = None
    refused: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Coded:
    """A fact whose cells were looked up: what they say, column for column of its table."""

    definition: FactDefinition
    answers: pl.DataFrame

    @property
    def colons(self) -> int:
        """How many colons all the cells were written with as JSON, those behind keys included."""
        return int(self.answers[COLONS].sum())
