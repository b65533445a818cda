"""Different cells of one fact -> their places in a table of what they say.

A column of cells becomes a column of places, and what the cells say is fetched from the table.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from backrec_cli.batch.columns.reading.arrays import NAN, NONE, Codes, Column, Flags, Floats
from backrec_cli.batch.columns.reading.meaning import MOST_REMEMBERED, Cell, Meaning
from backrec_cli.batch.columns.reading.recorded import NOT_RECORDED
from backrec_cli.facts.definition import FactDefinition, FactType

_NUMBERS = (FactType.DATE, FactType.INTEGER, FactType.DECIMAL, FactType.QUANTITY)
UNMENTIONED = Meaning(None, NOT_RECORDED)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell says, None for what only the reference may judge, and how it is written.

    colons  how many colons stand in it as JSON, that behind the fact's name included.
    """

    meaning: Meaning | None
    colons: int = 0


@dataclass(frozen=True, slots=True)
class EntryTable:
    """What the cells of one fact say, one row for each place.

    cell     the values; None for choices, of which each word has an array in `words`.
    absence  why it is unknown; NONE where it is known.
    on       the day of its date; `dated`: whether it speaks of one. None where no cell has one.
    doubt    where only the reference may judge; None where no cell is in doubt.
    """

    cell: Column | None
    absence: Codes
    colons: Floats
    on: Floats | None = None
    dated: Flags | None = None
    doubt: Flags | None = None
    words: Mapping[str, Codes] = field(default_factory=dict)


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
        self._table: EntryTable | None = None

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

    def table(self) -> EntryTable:
        """Return what the cells say, one row for each place."""
        if self._table is None or len(self._table.absence) != len(self._entries):
            self._table = self._made()
        return self._table

    def _made(self) -> EntryTable:
        """Make the table."""
        silent = Meaning(None)
        said = [entry.meaning or silent for entry in self._entries]
        cells = [meaning.cell for meaning in said]
        dated = any(meaning.dated or meaning.on is not None for meaning in said)
        doubts = [entry.meaning is None for entry in self._entries]
        many = self._definition.type is FactType.CHOICES
        return EntryTable(
            cell=None if many else _column(self._definition, cells),
            absence=np.array([_or(each.absence, NONE) for each in said], dtype=np.int8),
            colons=np.array([entry.colons for entry in self._entries], dtype=np.float64),
            on=np.array([_or(each.on, NAN) for each in said], dtype=np.float64) if dated else None,
            dated=np.array([each.dated for each in said], dtype=np.bool_) if dated else None,
            doubt=np.array(doubts, dtype=np.bool_) if any(doubts) else None,
            words={word: _chosen(word, cells) for word in self._definition.choices if many},
        )


def _column(definition: FactDefinition, cells: Sequence[Cell]) -> Column:
    """Return the values of a fact as an array."""
    if definition.type in _NUMBERS:
        return np.array([NAN if cell is None else cell for cell in cells], dtype=np.float64)
    if definition.type is FactType.CHOICE:
        places = {word: place for place, word in enumerate(definition.choices)}
        return np.array([places.get(str(cell), NONE) for cell in cells], dtype=np.int16)
    return np.array([NONE if cell is None else cell for cell in cells], dtype=np.int8)


def _chosen(word: str, cells: Sequence[Cell]) -> Codes:
    """Return whether a word is among the choices of each cell."""
    return np.array([word in cell if isinstance(cell, tuple) else NONE for cell in cells], np.int8)


def _or(value: int | None, otherwise: float) -> float:
    """Return a value, or what stands for none."""
    return otherwise if value is None else value
