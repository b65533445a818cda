"""Cells of one fact that is a number, block by block -> its values, units and dates."""

import numpy as np
from msgspec.structs import astuple

from backrec_cli.batch.columns.reading import packing
from backrec_cli.batch.columns.reading.arrays import NAN, Places
from backrec_cli.batch.columns.reading.blocks import Blocks, Cells, Dated, places_in, undated
from backrec_cli.batch.columns.reading.facts import Spread
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.shapes import object_of
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.profile.parts import UNKNOWN


class Numbers:
    """Numbers without a unit: many different ones, so that values and dates are taken apart."""

    def __init__(self, definition: FactDefinition, lookup: Lookup) -> None:
        self._definition = definition
        self._shape = object_of(definition.type)
        self._parts = _Parts(lookup)
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block."""
        packed = packing.packed_numbers(cells)
        if packed is not None:
            self._parts.packed(start, len(cells), packed)
            return
        shape, empty = self._shape, self._shape(NAN)
        # A blank is a NaN here, so that a block without objects is packed as it is.
        objects = [
            cell if type(cell) is shape else empty if cell is NAN else shape(cell) for cell in cells
        ]
        values, dates = zip(*map(astuple, objects), strict=True)
        self._parts.take(start, values, dates)
        self.written += list(map(type, cells)).count(shape)

    def finish(self, width: int) -> Spread:
        """Return the numbers of the whole chunk with their dates."""
        found = self._parts.finish(self._definition, width)
        self.written += self._parts.written + self._parts.mentioned
        return found


class Quantities:
    """Numbers with units, nearly always objects; what is none is made one."""

    def __init__(self, definition: FactDefinition, lookup: Lookup) -> None:
        self._definition = definition
        self._shape = object_of(definition.type)
        self._lookup = lookup
        self._parts = _Parts(lookup)
        self._units = Blocks[Places](undated)
        self._alone = 0
        self.written = 0

    def take(self, start: int, cells: Cells) -> None:
        """Take in the cells of a block."""
        objects: list[Cells] = []
        apart = map(astuple, cells)  # type: ignore[arg-type]
        while len(objects) < len(cells):
            try:
                objects.extend(apart)
            except TypeError:
                # What came before is in the list; what is no object has nothing but a value.
                objects.append(astuple(self._shape(cells[len(objects)])))
                self._alone += 1
        values, dates, units = zip(*objects, strict=True)
        self._parts.take(start, values, dates)
        self._units.add(start, len(cells), places_in(self._lookup.units, units))

    def finish(self, width: int) -> Spread:
        """Return the numbers of the whole chunk with their units and dates."""
        found = self._parts.finish(self._definition, width)
        found.unit = np.concatenate(self._units.whole(width))
        # Each has its own name, and an object names its value too.
        self.written += 2 * self._parts.mentioned - self._alone + self._parts.written
        self.written += int(np.count_nonzero(found.unit)) + self._lookup.units.colons(found.unit)
        return found


class _Parts:
    """The values and the dates of numbers.

    mentioned  how many there are, "unknown" among them, once they are finished.
    written    how many keys their dates were written with, and how many colons stand in these.
    """

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._values = Blocks[bytes](packing.no_numbers)
        self._dates: Dated | None = None
        self._unknown: list[int] = []
        self._refused: list[int] = []
        self.mentioned = 0
        self.written = 0

    def packed(self, start: int, width: int, values: bytes) -> None:
        """Take in the packed values of a block without dates."""
        self._values.add(start, width, values)

    def take(self, start: int, values: Cells, dates: Cells) -> None:
        """Take in the values and the dates of a block."""
        packed = packing.packed_numbers(values)
        if packed is None:
            packed = packing.packed_numbers(self._without_texts(start, values))
        if packed is None:
            msg = "a number was decoded to something else"
            raise RuntimeError(msg)
        self._values.add(start, len(values), packed)
        if dates.count(None) != len(dates):
            if self._dates is None:
                self._dates = Dated(self._lookup.dates)
            self._dates.take(start, dates)

    def finish(self, definition: FactDefinition, width: int) -> Spread:
        """Return what the whole chunk says."""
        value = packing.numbers_in(self._values.whole(width))
        found = Spread(definition, value, self._unknown, refused=self._refused)
        self.mentioned = int(np.count_nonzero(~np.isnan(value)))
        self.mentioned += len(self._unknown) + len(self._refused)
        if self._dates is not None:
            found.on = self._dates.finish(width)
            self.written += self._dates.written
        return found

    def _without_texts(self, start: int, values: Cells) -> Cells:
        """Take texts out of values: where "unknown" is said, and others."""
        numbers = [*values]
        for place in [place for place, kind in enumerate(map(type, values)) if kind is str]:
            said = self._unknown if values[place] == UNKNOWN else self._refused
            said.append(start + place)
            numbers[place] = NAN
        return tuple(numbers)
