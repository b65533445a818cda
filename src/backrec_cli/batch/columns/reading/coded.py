"""What records say of one fact, cell by cell -> places in the table of its different cells."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import polars as pl

from backrec_cli.batch.columns.reading.entries import COLONS, Entries
from backrec_cli.facts.definition import FactDefinition


@dataclass(frozen=True, slots=True)
class Coded:
    """One fact of many records: what their cells say, column for column of its table."""

    definition: FactDefinition
    answers: pl.DataFrame

    @property
    def colons(self) -> int:
        """How many colons all the cells were written with as JSON, those behind keys included."""
        return int(self.answers[COLONS].sum())


def code(definition: FactDefinition, cells: Iterable[Hashable], entries: Entries) -> Coded:
    """Look up the cells of a fact."""
    places = pl.Series(list(map(entries.__getitem__, cells)), dtype=pl.UInt32)
    return Coded(definition, entries.table()[places])
