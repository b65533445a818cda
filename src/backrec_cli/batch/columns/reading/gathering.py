"""Cells of one fact, block by block -> a column of the whole chunk.

A block is taken in while what was decoded is still in the processor's cache; an object is taken
apart there and then, and not kept.
"""

from collections.abc import Iterable
from itertools import repeat
from types import NoneType
from typing import Protocol

import msgspec
import polars as pl
from msgspec.structs import astuple

from backrec_cli.batch.columns.reading.entries import Entries
from backrec_cli.batch.columns.reading.facts import Coded, Spread
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.shapes import object_of
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.profile.parts import UNKNOWN

_FLAGS = (FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION)
_NUMBERS = (FactType.INTEGER, FactType.DECIMAL, FactType.QUANTITY)
_PLAIN_FLAGS = {bool, NoneType}
_PLAIN_NUMBERS = {float, NoneType}


def colons_in(texts: Iterable[object]) -> int:
    """Return how many colons stand in texts; None is no text."""
    return "\n".join(filter(None, texts)).count(":")  # type: ignore[arg-type]


class Cells:
    """A column that grows block by block; where a block is left out stands `filler`."""

    def __init__(self, filler: object = None) -> None:
        self._filler = filler
        self._cells: list[object] = []

    def add(self, start: int, cells: Iterable[object]) -> None:
        """Put cells at their place."""
        self._cells.extend(repeat(self._filler, start - len(self._cells)))
        self._cells.extend(cells)

    def whole(self, width: int) -> list[object]:
        """Return the column, as long as the chunk."""
        self._cells.extend(repeat(self._filler, width - len(self._cells)))
        return self._cells


class Gathered(Protocol):
    """What is gathered of one fact.

    written  how many keys it was written with so far, and how many colons stand in its texts.
    """

    written: int

    def take(self, start: int, cells: tuple[object, ...]) -> None:
        """Take in the cells of a block, of which at least one says something."""
        ...

    def finish(self, width: int) -> Spread | Coded | None:
        """Return the column of the whole chunk; None for what no rule reads."""
        ...


def gathered(definition: FactDefinition, lookup: Lookup) -> Gathered:
    """Return what gathers the cells of a fact."""
    if definition.type is FactType.TEXT:
        return Texts()
    if definition.type in _NUMBERS:
        return Numbers(definition)
    return Words(definition, lookup.entries(definition))


class Texts:
    """Free text and other texts that are kept as they are."""

    def __init__(self) -> None:
        self.cells = Cells()
        self.written = 0

    def take(self, start: int, cells: tuple[object, ...]) -> None:
        """Take in the cells of a block."""
        self.cells.add(start, cells)
        self.written += len(cells) - cells.count(None) + colons_in(cells)

    def finish(self, width: int) -> None:
        """Make the column as long as the chunk."""
        self.cells.whole(width)


class Words:
    """Flags, words and dates: few different cells, each looked up once.

    Flags that are only ever written as true and false are taken as they are.
    """

    def __init__(self, definition: FactDefinition, entries: Entries) -> None:
        self._definition = definition
        self._entries = entries
        self._flags = Cells() if definition.type in _FLAGS else None
        self._places = Cells(entries[None])
        self.written = 0

    def take(self, start: int, cells: tuple[object, ...]) -> None:
        """Take in the cells of a block."""
        if self._flags is not None:
            if set(map(type, cells)) <= _PLAIN_FLAGS:
                self._flags.add(start, cells)
                return
            self._places.add(0, map(self._entries.__getitem__, self._flags.whole(start)))
            self._flags = None
        self._places.add(start, map(self._entries.__getitem__, cells))

    def finish(self, width: int) -> Spread | Coded:
        """Return the column of the whole chunk."""
        if self._flags is not None:
            value = pl.Series(self._flags.whole(width), dtype=pl.Boolean)
            self.written += len(value) - value.null_count()
            return Spread(self._definition, value)
        places = pl.Series(self._places.whole(width), dtype=pl.UInt32)
        found = Coded(self._definition, self._entries.table()[places])
        self.written += found.colons
        return found


class Numbers:
    """Numbers: many different ones, so that values, units and dates are looked up apart."""

    def __init__(self, definition: FactDefinition) -> None:
        self._definition = definition
        self._shape = object_of(definition.type)
        self._values, self._dates, self._units = Cells(), Cells(), Cells()
        self._dated = False
        self._unknown: list[int] = []
        self._refused: list[int] = []
        self.written = 0

    def take(self, start: int, cells: tuple[object, ...]) -> None:
        """Take in the cells of a block."""
        kinds = set(map(type, cells))
        self.written += len(cells) - cells.count(None)
        if kinds <= _PLAIN_NUMBERS and self._definition.type is not FactType.QUANTITY:
            self._values.add(start, cells)
            return
        objects = self._objects(cells, kinds)
        values, dates, *units = zip(*map(astuple, objects), strict=True)
        self.written += sum(len(part) - part.count(None) for part in (values, dates, *units))
        if str in set(map(type, values)):
            values = self._without_texts(start, values)
        self._values.add(start, values)
        if dates.count(None) != len(dates):
            self.written += colons_in(dates)
            self._dated = True
            self._dates.add(start, dates)
        for part in units:
            self._units.add(start, _units(part, cells))

    def finish(self, width: int) -> Spread:
        """Return the column of the whole chunk."""
        found = Spread(self._definition, pl.Series(self._values.whole(width), dtype=pl.Float64))
        found.refused = self._refused
        if self._dated:
            found.on = pl.Series(self._dates.whole(width), dtype=pl.String)
        if self._definition.type is FactType.QUANTITY:
            found.unit = pl.Series(self._units.whole(width), dtype=pl.String)
        if self._unknown:
            asked = [False] * width
            for row in self._unknown:
                asked[row] = True
            found.asked = pl.Series(asked, dtype=pl.Boolean)
        return found

    def _objects(self, cells: tuple[object, ...], kinds: set[type]) -> list[msgspec.Struct]:
        """Return all cells as objects; a number alone is an object with nothing but a value."""
        shape = self._shape
        blank = shape(None)
        if kinds <= {shape, NoneType}:
            return [cell or blank for cell in cells]  # type: ignore[misc]
        self.written -= sum(type(cell) not in (shape, NoneType) for cell in cells)
        return [
            cell if isinstance(cell, shape) else blank if cell is None else shape(cell)
            for cell in cells
        ]

    def _without_texts(self, start: int, values: tuple[object, ...]) -> tuple[object, ...]:
        """Take texts out of a column of numbers: where "unknown" is said, and other texts."""
        numbers = [*values]
        for place, kind in enumerate(map(type, values)):
            if kind is str:
                said = self._unknown if values[place] == UNKNOWN else self._refused
                said.append(start + place)
                numbers[place] = None
        return tuple(numbers)


def _units(units: tuple[object, ...], cells: tuple[object, ...]) -> Iterable[object]:
    """Return the units of a block, an empty one for what is written without."""
    if units.count(None) == cells.count(None):
        return units
    pairs = zip(units, cells, strict=True)
    return (unit if cell is None else unit or "" for unit, cell in pairs)
