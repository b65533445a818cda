"""Cells of one fact, block by block -> what the whole chunk says of it.

A block is taken in while what was decoded is still in the processor's cache; an object is taken
apart there and then, and not kept.
"""

from collections.abc import Callable, Hashable, Iterable
from itertools import chain, repeat
from typing import Generic, Protocol, TypeVar

import numpy as np
from msgspec.structs import astuple

from backrec_cli.batch.columns.reading import packing
from backrec_cli.batch.columns.reading.arrays import NAN, Places
from backrec_cli.batch.columns.reading.dates import UNDATED, Dates
from backrec_cli.batch.columns.reading.entries import Entries
from backrec_cli.batch.columns.reading.facts import Coded, Plain, Spread
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.shapes import blank_of, object_of
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.profile.parts import UNKNOWN

_FLAGS = (FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION)
_NUMBERS = (FactType.INTEGER, FactType.DECIMAL, FactType.QUANTITY)

Block = TypeVar("Block")
Cells = tuple[object, ...]


def colons_in(texts: Iterable[object]) -> int:
    """Return how many colons stand in texts; None is no text."""
    return "\n".join(filter(None, texts)).count(":")  # type: ignore[arg-type]


class Blocks(Generic[Block]):
    """What was made of the blocks of a chunk, and of the stretches between them."""

    def __init__(self, filler: Callable[[int], Block]) -> None:
        """Keep what makes a stretch, of a given length, in which nothing is said."""
        self._filler = filler
        self._blocks: list[Block] = []
        self._width = 0

    def add(self, start: int, width: int, block: Block) -> None:
        """Put a block of a width at its place."""
        self._fill(start)
        self._blocks.append(block)
        self._width = start + width

    def whole(self, width: int) -> list[Block]:
        """Return the blocks, together as long as the chunk."""
        self._fill(width)
        return self._blocks

    def _fill(self, start: int) -> None:
        if start > self._width:
            self._blocks.append(self._filler(start - self._width))
            self._width = start


class Gathered(Protocol):
    """What is gathered of one fact.

    written  how many keys it was written with, and how many colons stand in its texts; complete
             once it is finished.
    """

    written: int

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block, of which at least one says something."""
        ...

    def finish(self, width: int) -> Spread | Plain | Coded | None:
        """Return what the whole chunk says; None for what no rule reads."""
        ...


def gathered(definition: FactDefinition, lookup: Lookup) -> Gathered:
    """Return what gathers the cells of a fact."""
    if definition.type is FactType.TEXT:
        return Texts()
    if definition.type in _NUMBERS:
        return Numbers(definition, lookup)
    entries = lookup.entries(definition)
    return Truths(definition, entries) if definition.type in _FLAGS else Words(definition, entries)


class Texts:
    """Free text, kept as it is."""

    def __init__(self) -> None:
        self.cells = Blocks[Iterable[object]](lambda width: repeat(None, width))
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block."""
        self.cells.add(start, len(cells), cells)
        self.written += len(cells) - cells.count(None) + colons_in(cells)

    def finish(self, width: int) -> None:
        """Nothing comes of it for any rule."""

    def whole(self, width: int) -> list[object]:
        """Return the texts, as many as there are records."""
        return list(chain.from_iterable(self.cells.whole(width)))


class Dated:
    """Dates, by their places; what they are the dates of is kept elsewhere."""

    def __init__(self, dates: Dates) -> None:
        self._dates = dates
        self._places = Blocks[Places](_undated)
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the dates of a block."""
        self._places.add(start, len(cells), _places(self._dates, cells))

    def finish(self, width: int) -> Places:
        """Return the places of the whole chunk."""
        places = np.concatenate(self._places.whole(width))
        self.written += int(np.count_nonzero(places))
        self.written += int(self._dates.table().colons[places].sum())
        return places


class Words:
    """Words and dates: few different cells, each looked up once."""

    def __init__(self, definition: FactDefinition, entries: Entries) -> None:
        self._definition = definition
        self._entries = entries
        self._places = Blocks[Places](lambda width: np.full(width, entries[None], dtype=np.uint32))
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block."""
        self._places.add(start, len(cells), _places(self._entries, cells))

    def finish(self, width: int) -> Coded:
        """Return the places of the whole chunk, and the table they are in."""
        places = np.concatenate(self._places.whole(width))
        found = Coded(self._definition, places, self._entries.table())
        self.written += found.colons
        return found


class Truths:
    """Flags, events and medications, looked up unless all of them are just true or false."""

    def __init__(self, definition: FactDefinition, entries: Entries) -> None:
        self._definition = definition
        self._entries = entries
        self._blocks = Blocks[bytes | Places](packing.no_truths)
        self._plain = True
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block."""
        block: bytes | Places | None = packing.packed_truths(cells)
        if block is None:
            block = _places(self._entries, cells)
            self._plain = False
        self._blocks.add(start, len(cells), block)

    def finish(self, width: int) -> Plain | Coded:
        """Return the truths of the whole chunk, or the places of all its cells."""
        blocks = self._blocks.whole(width)
        if self._plain:
            value = packing.truths_in(block for block in blocks if isinstance(block, bytes))
            self.written += int(np.count_nonzero(value >= 0))
            return Plain(self._definition, value)
        # A truth is a place in this array, and None is the last of it.
        known = np.array([self._entries[cell] for cell in (False, True, None)], dtype=np.uint32)
        places = [
            known[packing.truths_in([block])] if isinstance(block, bytes) else block
            for block in blocks
        ]
        found = Coded(self._definition, np.concatenate(places), self._entries.table())
        self.written += found.colons
        return found


class Numbers:
    """Numbers: many different ones, so that values, units and dates are looked up apart."""

    def __init__(self, definition: FactDefinition, lookup: Lookup) -> None:
        self._definition = definition
        self._lookup = lookup
        self._shape = object_of(definition.type)
        self._blank = blank_of(definition.type)
        self._values = Blocks[bytes](packing.no_numbers)
        self._units = Blocks[Places](_undated)
        self._dates: Dated | None = None
        self._unknown: list[int] = []
        self._refused: list[int] = []
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block."""
        packed = None
        if self._definition.type is not FactType.QUANTITY:
            packed = packing.packed_numbers(cells)
        if packed is None:
            packed = self._apart(start, cells)
        self._values.add(start, len(cells), packed)

    def finish(self, width: int) -> Spread:
        """Return the numbers of the whole chunk with their units and dates."""
        value = packing.numbers_in(self._values.whole(width))
        found = Spread(self._definition, value, self._unknown, refused=self._refused)
        # Each has its own name; the keys in objects were counted when these were taken apart.
        self.written += int(np.count_nonzero(~np.isnan(value)))
        self.written += len(self._unknown) + len(self._refused)
        if self._dates is not None:
            found.on = self._dates.finish(width)
            self.written += self._dates.written
        if self._definition.type is FactType.QUANTITY:
            found.unit = np.concatenate(self._units.whole(width))
            self.written += int(np.count_nonzero(found.unit))
            self.written += self._lookup.units.colons(found.unit)
        return found

    def _apart(self, start: int, cells: Cells) -> bytes:
        """Take apart the cells of a block that are objects, and return their values."""
        objects = self._objects(cells)
        values, dates, *units = zip(*map(astuple, objects), strict=True)  # type: ignore[arg-type]
        self.written += len(values) - values.count(NAN)
        if dates.count(None) != len(dates):
            if self._dates is None:
                self._dates = Dated(self._lookup.dates)
            self._dates.take(start, dates)
        for part in units:
            self._units.add(start, len(cells), _places(self._lookup.units, part))
        packed = packing.packed_numbers(values)
        if packed is None:
            packed = packing.packed_numbers(self._without_texts(start, values))
        if packed is None:
            msg = "a number was decoded to something else"
            raise RuntimeError(msg)
        return packed

    def _objects(self, cells: Cells) -> Cells:
        """Return all cells as objects; a number alone is an object with nothing but a value."""
        shape, blank = self._shape, self._blank
        count = list(map(type, cells)).count(shape)
        if count == len(cells):
            return cells
        # Numbers alone have one key less than the objects that are made of them.
        self.written -= len(cells) - count - (0 if isinstance(blank, shape) else cells.count(blank))
        empty = shape(NAN)
        return tuple(
            [
                cell if type(cell) is shape else empty if cell is blank else shape(cell)
                for cell in cells
            ]
        )

    def _without_texts(self, start: int, values: Cells) -> Cells:
        """Take texts out of a column of numbers: where "unknown" is said, and other texts."""
        numbers = [*values]
        for place in [place for place, kind in enumerate(map(type, values)) if kind is str]:
            said = self._unknown if values[place] == UNKNOWN else self._refused
            said.append(start + place)
            numbers[place] = NAN
        return tuple(numbers)


def _undated(width: int) -> Places:
    """Return the places of dates that are not written; units have the same for none."""
    return np.full(width, UNDATED, dtype=np.uint32)


def _places(table: dict[Hashable, int], cells: Cells) -> Places:
    """Return the places of cells in a table that knows them, or looks into them."""
    return np.fromiter(map(table.__getitem__, cells), np.uint32, len(cells))
