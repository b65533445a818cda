"""One fact of many records, on its way from what is written to what it says."""

from dataclasses import dataclass, field

from backrec_cli.batch.columns.reading.arrays import Codes, Floats, Places
from backrec_cli.batch.columns.reading.entries import EntryTable
from backrec_cli.facts.definition import FactDefinition


@dataclass(slots=True)
class Spread:
    """A number, its parts still as they are written.

    value    NaN where none is mentioned, or none is known.
    asked    the rows where "unknown" is said of it.
    on       the places of its own dates; None where it has none.
    unit     the places of its units as they are written; None for what has no unit.
    refused  the rows that only the reference may judge.
    """

    definition: FactDefinition
    value: Floats
    asked: list[int] = field(default_factory=list)
    on: Places | None = None
    unit: Places | None = None
    refused: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plain:
    """A truth that is only ever written as true and false."""

    definition: FactDefinition
    value: Codes


@dataclass(frozen=True, slots=True)
class Coded:
    """A fact whose cells were looked up: their places, and the table of what they say.

    on  the places of dates that stand in a column of their own; None where there is none.
    """

    definition: FactDefinition
    places: Places
    table: EntryTable
    on: Places | None = None

    @property
    def colons(self) -> int:
        """How many colons all the cells were written with as JSON, those behind keys included."""
        return int(self.table.colons[self.places].sum())
