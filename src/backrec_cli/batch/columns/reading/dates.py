"""Dates as they are written -> their places in a table of the days that they name."""

import re
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from backrec_cli.batch.columns.reading.arrays import NAN, Flags, Floats
from backrec_cli.batch.columns.reading.meaning import MOST_REMEMBERED, Meaning, day_of

UNDATED = 0
"""The place of what has no date."""

_DAY = len("2026-03-16")

# Never more than `parse_date` takes once the day itself is one.
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    r"(?::[0-5][0-9](?:\.(?:[0-9]{3}|[0-9]{6}))?)?(?P<offset>Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)


@dataclass(frozen=True, slots=True)
class _Date:
    """One date as it is written: what it says, None for no date; whether it has more than a day.

    offset  its time is on a clock of its own.
    colons  how many stand in it.
    """

    meaning: Meaning | None
    timed: bool = False
    offset: bool = False
    colons: int = 0


@dataclass(frozen=True, slots=True)
class DateTable:
    """What the dates say, one row for each place.

    day     as it is written, whatever its time; NaN where it is not known.
    timed   whether it has a time of day; `offset`: one on a clock of its own.
    doubt   whether it is no date that can be used.
    """

    day: Floats
    timed: Flags
    offset: Flags
    doubt: Flags
    colons: Floats


class Dates(dict[Hashable, int]):
    """The dates seen so far, each with its place in the table."""

    def __init__(self) -> None:
        super().__init__()
        self._dates: list[_Date] = []
        self._table: DateTable | None = None
        self.forget()

    def __missing__(self, text: Hashable) -> int:
        """Look into a date, and give it its place."""
        self[text] = place = len(self._dates)
        self._dates.append(_date(str(text)))
        return place

    def forget(self) -> None:
        """Forget all dates where they have become very many; not while a chunk is read."""
        if not self or len(self) > MOST_REMEMBERED:
            self.clear()
            self._dates = [_Date(Meaning(None))]
            self._table = None
            self[None] = UNDATED

    def table(self) -> DateTable:
        """Return what the dates say."""
        if self._table is None or len(self._table.day) != len(self._dates):
            self._table = _table(self._dates)
        return self._table


def _date(text: str) -> _Date:
    """Return what one date says."""
    moment = _MOMENT.fullmatch(text)
    if moment is None:
        return _Date(day_of(text), colons=text.count(":"))
    day = day_of(text[:_DAY])
    return _Date(day, timed=True, offset=moment["offset"] is not None, colons=text.count(":"))


def _table(dates: list[_Date]) -> DateTable:
    """Make the table."""
    said = [date.meaning or Meaning(None) for date in dates]
    days = [meaning.cell if isinstance(meaning.cell, int) else NAN for meaning in said]
    return DateTable(
        day=np.array(days, dtype=np.float64),
        timed=np.array([date.timed for date in dates], dtype=np.bool_),
        offset=np.array([date.offset for date in dates], dtype=np.bool_),
        doubt=np.array([date.meaning is None for date in dates], dtype=np.bool_),
        colons=np.array([date.colons for date in dates], dtype=np.float64),
    )
