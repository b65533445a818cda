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
    arrays = _Arrays(shape)
    objects: list[msgspec.Struct] = []
    for row, entry in enumerate(reviewed):
        named = arrays[tuple(entry)] if isinstance(entry, list) else entry or blank
        if isinstance(named, msgspec.Struct):
            objects.append(named)
        else:
            found.refused.append(row)
            objects.append(blank)
        # The keys that the object form has, and the array had not, are taken off those to come.
        found.written -= len(set(entry)) if isinstance(entry, list) and named is not None else 0
    found.written += len(reviewed) - reviewed.count(None)
    columns = zip(*map(astuple, objects), strict=True)
    for section, entries in zip(shape.sections, columns, strict=True):
        if entries.count(None) != len(entries):
            _add(section.name, entries, arrays.undated, found)
    return found


class _Arrays(dict[tuple[str, ...], msgspec.Struct | None]):
    """Arrays of section names in the object form; None for one that names something else.

    What an array names was reviewed on no day that is known.
    """

    def __init__(self, shape: DocumentShape) -> None:
        super().__init__()
        self._shape = shape
        self.undated = shape.review()

    def __missing__(self, names: tuple[str, ...]) -> msgspec.Struct | None:
        """Make the object of an array, and remember it."""
        sections = [section.name for section in self._shape.sections]
        found = None
        if set(names) <= set(sections):
            undated = self.undated
            found = self._shape.reviewed(*(undated if n in names else None for n in sections))
        self[names] = found
        return found


def _add(section: str, entries: tuple[object, ...], blank: msgspec.Struct, found: Reviews) -> None:
    """Add the reviews of one section; `blank`: one without a date."""
    there = [entry is not None for entry in entries]
    if entries.count(None) + entries.count(blank) == len(entries):
        found.written += sum(there)
        found.sections[section] = pl.Series(there, dtype=pl.Boolean), None
        return
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
