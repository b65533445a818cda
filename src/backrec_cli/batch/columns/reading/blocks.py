"""What was made of the blocks of a chunk, put together for the whole of it.

A block is taken in while what was decoded is still in the processor's cache; an object is taken
apart there and then, and not kept.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import numpy as np

from backrec_cli.batch.columns.reading.arrays import Places
from backrec_cli.batch.columns.reading.dates import UNDATED, Dates

Block = TypeVar("Block")
Cells = tuple[object, ...]


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


class Dated:
    """Dates, by their places; what they are the dates of is kept elsewhere."""

    def __init__(self, dates: Dates) -> None:
        self._dates = dates
        self._places = Blocks[Places](undated)
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the dates of a block."""
        self._places.add(start, len(cells), places_in(self._dates, cells))

    def finish(self, width: int) -> Places:
        """Return the places of the whole chunk."""
        places = np.concatenate(self._places.whole(width))
        self.written += int(np.count_nonzero(places))
        self.written += int(self._dates.table().colons[places].sum())
        return places


def undated(width: int) -> Places:
    """Return the places of dates that are not written; units have the same for none."""
    return np.full(width, UNDATED, dtype=np.uint32)


def places_in(table: dict[Hashable, int], cells: Cells) -> Places:
    """Return the places of cells in a table that knows them, or looks into them."""
    return np.fromiter(map(table.__getitem__, cells), np.uint32, len(cells))
