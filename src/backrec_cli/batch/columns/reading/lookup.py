"""Where what values say is looked up: memories for each fact, for dates and for units."""

import json
from collections.abc import Hashable

import numpy as np

from backrec_cli.batch.columns.reading.arrays import Places
from backrec_cli.batch.columns.reading.dates import Dates
from backrec_cli.batch.columns.reading.entries import Entries
from backrec_cli.batch.columns.reading.json_cells import JsonCells
from backrec_cli.batch.columns.reading.meaning import (
    MOST_REMEMBERED,
    Meaning,
    Meanings,
    Written,
    certain,
    day_as_written,
    day_of,
    meaning_of,
)
from backrec_cli.batch.columns.reading.moments import ALL_COUNT, Times
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

_MOST_UNITS = 1000


class Units(dict[Hashable, int]):
    """The units seen so far as they are written, each with its place in `texts`; none is ""."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.forget()

    def __missing__(self, text: Hashable) -> int:
        """Give a unit its place."""
        self[text] = place = len(self.texts)
        self.texts.append(str(text))
        return place

    def forget(self) -> None:
        """Forget all units where they have become very many; not while a chunk is read."""
        if not self or len(self) > MOST_REMEMBERED:
            self.clear()
            self.texts = [""]
            self[None] = 0

    def colons(self, places: Places) -> int:
        """Return how many colons stand in units."""
        return int(np.array([text.count(":") for text in self.texts])[places].sum())


class Lookup:
    """What values say by one dictionary; kept from chunk to chunk.

    times  of which facts date-times count as their days.
    dates  the dates of results, sections and reviews; `units`: the units of quantities.
    days   of dates that must have no time; `calendar`: of those of timeless facts.
    """

    def __init__(self, dictionary: FactDictionary, times: Times = ALL_COUNT) -> None:
        self.times = times
        self._dictionary = dictionary
        self._numbers: dict[tuple[str, str], Meanings] = {}
        self._entries: dict[str, Entries] = {}
        self.dates = Dates()
        self.units = Units()
        self.days = Meanings(lambda text: day_of(str(text)))
        self.calendar = Meanings(lambda text: day_as_written(str(text)))

    def forget(self) -> None:
        """Forget what has become very much; not while a chunk is read."""
        self.dates.forget()
        self.units.forget()

    def entries(self, definition: FactDefinition) -> Entries:
        """Return the cells of a fact seen so far, decoded from JSON, and what they say."""
        found = self._entries.get(definition.path)
        if found is None:
            timeless = definition.path in self.times.timeless
            days = self.calendar if timeless else self.days
            cells = JsonCells(definition, self._dictionary, days, timeless=timeless)
            found = self._entries[definition.path] = Entries(definition, cells.look)
        found.forget()
        return found

    def numbers(self, definition: FactDefinition, unit: str = "") -> Meanings:
        """Return what numbers of a fact say, for a quantity in one unit as it is written."""
        place = definition.path, unit
        found = self._numbers.get(place)
        if found is None:
            if len(self._numbers) >= _MOST_UNITS + len(self._dictionary.definitions):
                self._numbers.clear()
            found = Meanings(lambda written: self._look(definition, written, unit))
            self._numbers[place] = found
        return found

    def _look(self, definition: FactDefinition, written: Written, unit: str) -> Meaning | None:
        """Read one number as the reference does."""
        if isinstance(written, float) and not certain(written):
            return None
        content: object = written
        if definition.type is FactType.QUANTITY:
            content = {"value": written, "unit": unit}
        return meaning_of(json.dumps(content), definition, self._dictionary)
