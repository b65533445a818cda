"""A fact's cell as it was decoded from JSON -> what it says."""

from collections.abc import Hashable
from dataclasses import replace

import msgspec
from msgspec.structs import astuple
from msgspec.structs import replace as with_fields

from backrec_cli.batch.columns.reading.entries import Entries, Entry
from backrec_cli.batch.columns.reading.meaning import Meaning, Meanings, meaning_of
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.parts import UNKNOWN

STAND_IN = "2000-01-01"
"""Stands for any date: what a cell says beside its date is the same on every day."""


class JsonCells:
    """Looks into the cells of one fact; `timeless`: its date-times count as their days."""

    def __init__(
        self,
        definition: FactDefinition,
        dictionary: FactDictionary,
        days: Meanings,
        *,
        timeless: bool = False,
    ) -> None:
        self._definition = definition
        self._dictionary = dictionary
        self._days = days
        self._timeless = timeless

    def look(self, entries: Entries, cell: Hashable) -> Entry:
        """Return what a cell says."""
        written = msgspec.json.encode(cell).decode()
        colons = 1 + written.count(":")
        if isinstance(cell, msgspec.Struct):
            _, date, *_ = astuple(cell)
            if date not in (None, UNKNOWN, STAND_IN):
                return Entry(self._on_its_day(entries, cell, str(date)), colons)
        elif isinstance(cell, str) and cell != UNKNOWN:
            if self._definition.type is FactType.DATE:
                return Entry(self._days[cell], colons)
            if self._definition.type is FactType.EVENT:
                return Entry(self._dated(Meaning(cell=True), cell), colons)
        found = meaning_of(written, self._definition, self._dictionary, timeless=self._timeless)
        return Entry(found, colons)

    def _on_its_day(self, entries: Entries, cell: msgspec.Struct, date: str) -> Meaning | None:
        """Return what an object with a date says: what it says on any other day, on its own."""
        name = cell.__struct_fields__[1]
        return self._dated(entries.meaning(with_fields(cell, **{name: STAND_IN})), date)

    def _dated(self, meaning: Meaning | None, date: str) -> Meaning | None:
        """Return what is said as said of a day."""
        day = self._days[date]
        if meaning is None or day is None or not isinstance(day.cell, int):
            return None
        return replace(meaning, on=day.cell, dated=True)
