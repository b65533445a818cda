"""What records say was reviewed -> for each section whether, and on which day as it is written.

A review counts by its day, whatever its time (`profile.review`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
import polars as pl
from msgspec.structs import astuple

from backrec_cli.batch.columns.reading.gathering import colons_in
from backrec_cli.batch.columns.reading.moments import without_times
from backrec_cli.batch.columns.reading.shapes import DocumentShape


@dataclass(slots=True)
class Reviews:
    """The reviews of many records.

    sections  by section: where it was reviewed, and the dates where one of them has one.
    refused   the rows that only the reference may judge.
    written   how many keys all this was written with, and how many colons stand in its texts.
    """

    sections: dict[str, tuple[pl.Series, pl.Series | None]] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)
    written: int = 0


def reviews_of(shape: DocumentShape, reviewed: Sequence[object]) -> Reviews:
    """Return what an array or an object of reviews in each record says; None: nothing."""
    found = Reviews()
    blank = shape.reviewed()
    if reviewed.count(None) == len(reviewed):
        return found
    named = _Named(shape)
    objects = [
        entry
        if isinstance(entry, msgspec.Struct)
        else named.reviewed(entry, row, found)
        if isinstance(entry, list)
        else blank
        for row, entry in enumerate(reviewed)
    ]
    found.written += len(reviewed) - reviewed.count(None)
    columns = zip(*map(astuple, objects), strict=True)
    for section, entries in zip(shape.sections, columns, strict=True):
        if entries.count(None) != len(entries):
            _add(section.name, entries, shape.review(), found)
    return found


class _Named:
    """Arrays of section names in the object form; most records of a chunk name the same ones."""

    def __init__(self, shape: DocumentShape) -> None:
        self._shape = shape
        self._sections = [section.name for section in shape.sections]
        self._known: dict[tuple[str, ...], msgspec.Struct | None] = {}

    def reviewed(self, names: list[str], row: int, found: Reviews) -> msgspec.Struct:
        """Return what an array names; none of it was reviewed on a day.

        The keys that the object form has, and the array had not, are taken off the keys to come.
        """
        key = tuple(names)
        if key not in self._known:
            self._known[key] = self._object(set(names))
        reviewed = self._known[key]
        if reviewed is None:
            found.refused.append(row)
            return self._shape.reviewed()
        found.written -= len(set(names))
        return reviewed

    def _object(self, names: set[str]) -> msgspec.Struct | None:
        """Return the object form; None where a name is no section."""
        if not names <= set(self._sections):
            return None
        undated = self._shape.review()
        return self._shape.reviewed(*(undated if s in names else None for s in self._sections))


def _add(section: str, entries: tuple[object, ...], blank: msgspec.Struct, found: Reviews) -> None:
    """Add the reviews of one section."""
    there = [entry is not None for entry in entries]
    reviews = [entry if isinstance(entry, msgspec.Struct) else blank for entry in entries]
    dates, people = zip(*map(astuple, reviews), strict=True)
    found.written += sum(there) + sum(len(part) - part.count(None) for part in (dates, people))
    found.written += colons_in(dates) + colons_in(people)
    if not all(str(name).strip() for name in set(people)):
        found.refused += [
            row for row, name in enumerate(people) if isinstance(name, str) and not name.strip()
        ]
    undated = dates.count(None) == len(dates)
    on = None if undated else without_times(pl.Series(dates, dtype=pl.String))[0]
    found.sections[section] = pl.Series(there, dtype=pl.Boolean), on
