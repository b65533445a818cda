"""What records say was reviewed -> for each section whether, and the place of the review's date.

A review counts by its day, whatever its time (`profile.review`).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
from msgspec.structs import astuple

from backrec_cli.batch.columns.reading.arrays import Codes, Places
from backrec_cli.batch.columns.reading.dates import UNDATED, Dates
from backrec_cli.batch.columns.reading.meaning import MOST_REMEMBERED
from backrec_cli.batch.columns.reading.shapes import DocumentShape

Pattern = Mapping[str, str | None]
"""The sections that one record says were reviewed, with the date as it is written."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One section in many records: whether it was reviewed, and the places of the dates."""

    there: Codes
    on: Places


@dataclass(slots=True)
class Reviews:
    """The reviews of many records.

    refused  the rows that only the reference may judge.
    written  how many keys all this was written with, and how many colons stand in its texts.
    """

    sections: dict[str, Reviewed] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    written: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one record says; None for what only the reference may judge."""

    pattern: Pattern | None
    written: int


class ReviewReader:
    """Reads the reviews of records; what is said once is remembered for those that say the same."""

    def __init__(self, shape: DocumentShape, dates: Dates) -> None:
        self._sections = tuple(section.name for section in shape.sections)
        self._dates = dates
        self._places: dict[Hashable, int] = {}
        self._entries: list[_Entry] = []

    def read(self, reviewed: Sequence[object]) -> Reviews:
        """Return what an array or an object of reviews in each record says; None: nothing."""
        if reviewed.count(None) == len(reviewed):
            return Reviews()
        if len(self._places) > MOST_REMEMBERED:
            self._places.clear()
            self._entries.clear()
        places = np.fromiter(map(self._place, reviewed), np.uint32, len(reviewed))
        found = Reviews(sections=self._by_section(places))
        found.written = int(np.array([each.written for each in self._entries])[places].sum())
        refused = np.array([each.pattern is None for each in self._entries])
        found.refused = np.flatnonzero(refused[places]).tolist()
        return found

    def _place(self, said: object) -> int:
        """Return the place of what one record says, and look into it where it is new."""
        key = tuple(said) if isinstance(said, list) else said
        place = self._places.get(key)
        if place is None:
            self._places[key] = place = len(self._entries)
            self._entries.append(self._entry(key))
        return place

    def _entry(self, said: object) -> _Entry:
        """Look into what one record says: the names of an array have no dates."""
        if said is None:
            return _Entry({}, 0)
        if isinstance(said, tuple):
            known = set(said) <= set(self._sections)
            written = 1 + sum(name.count(":") for name in said)
            return _Entry(dict.fromkeys(said) if known else None, written)
        written = 1 + msgspec.json.encode(said).count(b":")
        pattern: dict[str, str | None] = {}
        for section, review in zip(self._sections, astuple(said), strict=True):  # type: ignore[arg-type]
            if review is not None:
                date, person = astuple(review)
                if person is not None and not person.strip():
                    return _Entry(None, written)
                pattern[section] = date
        return _Entry(pattern, written)

    def _by_section(self, places: Places) -> dict[str, Reviewed]:
        """Return what the records say of each section that one of them names."""
        patterns = [entry.pattern or {} for entry in self._entries]
        found = {}
        for section in self._sections:
            named = np.array([section in pattern for pattern in patterns], dtype=np.int8)
            if named.any():
                dates = [pattern.get(section) for pattern in patterns]
                on = [UNDATED if date is None else self._dates[date] for date in dates]
                found[section] = Reviewed(named[places], np.array(on, dtype=np.uint32)[places])
        return found
