"""Different cells of one fact -> their places in a table of what they say.

A column of cells becomes a column of places, and what the cells say is fetched from the table.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from backrec_cli.batch.columns.reading.meaning import MOST_REMEMBERED, Meaning
from backrec_cli.batch.columns.reading.recorded import NOT_RECORDED
from backrec_cli.facts.definition import FactDefinition, FactType

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

_KINDS: "dict[FactType, PolarsDataType]" = {
    FactType.CHOICE: pl.String,
    FactType.DATE: pl.Int32,
    FactType.INTEGER: pl.Float64,
    FactType.DECIMAL: pl.Float64,
    FactType.QUANTITY: pl.Float64,
}
UNMENTIONED = Meaning(None, NOT_RECORDED)

CELL, ABSENCE, ON, DATED, DOUBT, COLONS = "cell", "absence", "on", "dated", "doubt", "colons"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell says, None for what only the reference may judge, and how it is written.

    colons  how many colons stand in it as JSON, that behind the fact's name included.
    """

    meaning: Meaning | None
    colons: int = 0


class Entries(dict[Hashable, int]):
    """The cells of one fact seen so far, each with its place in the table."""

    def __init__(
        self, definition: FactDefinition, look: Callable[["Entries", Hashable], Entry]
    ) -> None:
        super().__init__()
        self._definition = definition
        self._look = look
        self._entries: list[Entry] = []
        self._places: dict[Entry, int] = {}
        self._table: pl.DataFrame | None = None

    def __missing__(self, cell: Hashable) -> int:
        """Look into a cell, and give it its place; cells that say the same share one."""
        entry = Entry(UNMENTIONED) if cell is None else self._look(self, cell)
        self[cell] = place = self._places.setdefault(entry, len(self._entries))
        if place == len(self._entries):
            self._entries.append(entry)
        return place

    def meaning(self, cell: Hashable) -> Meaning | None:
        """Return what a cell says."""
        return self._entries[self[cell]].meaning

    def forget(self) -> None:
        """Forget all cells where they have become very many; not while a column is read."""
        if len(self) > MOST_REMEMBERED:
            self.clear()
            self._entries.clear()
            self._places.clear()
            self._table = None

    def table(self) -> pl.DataFrame:
        """Return what the cells say, one row for each place.

        Days and doubts have columns only where there are any.
        """
        if self._table is None or len(self._table) != len(self._entries):
            self._table = self._made()
        return self._table

    def _made(self) -> pl.DataFrame:
        """Make the table."""
        silent = Meaning(None)
        said = [entry.meaning or silent for entry in self._entries]
        columns = [
            pl.Series(ABSENCE, [meaning.absence for meaning in said], dtype=pl.Int8),
            pl.Series(COLONS, [entry.colons for entry in self._entries], dtype=pl.Int64),
        ]
        if any(meaning.dated or meaning.on is not None for meaning in said):
            columns.append(pl.Series(ON, [meaning.on for meaning in said], dtype=pl.Int32))
            columns.append(pl.Series(DATED, [meaning.dated for meaning in said], dtype=pl.Boolean))
        doubts = [entry.meaning is None for entry in self._entries]
        if any(doubts):
            columns.append(pl.Series(DOUBT, doubts, dtype=pl.Boolean))
        cells = [meaning.cell for meaning in said]
        if self._definition.type is not FactType.CHOICES:
            kind = _KINDS.get(self._definition.type, pl.Boolean)
            return pl.DataFrame([pl.Series(CELL, cells, dtype=kind), *columns])
        for word in self._definition.choices:
            chosen = [word in cell if isinstance(cell, tuple) else None for cell in cells]
            columns.append(pl.Series(f"={word}", chosen, dtype=pl.Boolean))
        return pl.DataFrame(columns)
