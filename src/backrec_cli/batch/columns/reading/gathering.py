"""Cells of one fact, block by block -> what the whole chunk says of it."""

from collections.abc import Iterable
from itertools import chain, repeat
from typing import Protocol

import numpy as np

from backrec_cli.batch.columns.reading import packing
from backrec_cli.batch.columns.reading.arrays import Places
from backrec_cli.batch.columns.reading.blocks import Blocks, Cells, places_in
from backrec_cli.batch.columns.reading.entries import Entries
from backrec_cli.batch.columns.reading.facts import Coded, Plain, Spread
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.numbers import Numbers, Quantities
from backrec_cli.facts.definition import FactDefinition, FactType

_FLAGS = (FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION)
_NUMBERS = (FactType.INTEGER, FactType.DECIMAL)


def colons_in(texts: Iterable[object]) -> int:
    """Return how many colons stand in texts; None is no text."""
    return "\n".join(filter(None, texts)).count(":")  # type: ignore[arg-type]


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
    if definition.type is FactType.QUANTITY:
        return Quantities(definition, lookup)
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

    def whole(self, width: int) -> list[str | None]:
        """Return the texts, as many as there are records."""
        cells = chain.from_iterable(self.cells.whole(width))
        return [cell if isinstance(cell, str) else None for cell in cells]


class Words:
    """Words and dates: few different cells, each looked up once."""

    def __init__(self, definition: FactDefinition, entries: Entries) -> None:
        self._definition = definition
        self._entries = entries
        self._places = Blocks[Places](lambda width: np.full(width, entries[None], dtype=np.uint32))
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block."""
        self._places.add(start, len(cells), places_in(self._entries, cells))

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
            block = places_in(self._entries, cells)
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
        truths = known[packing.truths_in(block for block in blocks if isinstance(block, bytes))]
        places: list[Places] = []
        taken = 0
        for block in blocks:
            if isinstance(block, bytes):
                places.append(truths[taken : taken + len(block)])
                taken += len(block)
            else:
                places.append(block)
        found = Coded(self._definition, np.concatenate(places), self._entries.table())
        self.written += found.colons
        return found
