"""Dates and date-times as profiles write them, and how their calendar days compare."""

import re
from datetime import date, datetime

_EARLIEST_YEAR = 1880
_LATEST_YEAR = 2199
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATETIME = re.compile(
    r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):\d{2}(:\d{2}(\.(\d{3}|\d{6}))?)?(Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)


def parse_date(text: str) -> date | datetime | None:
    """Return the date, or date-time with or without offset; None for an impossible one.

    Accepted are `2026-03-16` and `2026-03-16T08:30[:00[.000]][Z|+01:00]`, in years that a
    patient's record can name; anything else would be a guess.
    """
    try:
        if _DATE.fullmatch(text):
            found: date | datetime = date.fromisoformat(text)
        elif _DATETIME.fullmatch(text):
            found = datetime.fromisoformat(text)
        else:
            return None
    except ValueError:
        return None
    return found if _EARLIEST_YEAR <= found.year <= _LATEST_YEAR else None


def calendar_day(moment: date | datetime) -> date:
    """Return the calendar day as written, whatever the offset."""
    return moment.date() if isinstance(moment, datetime) else moment


def hours_between(earlier: date | datetime, later: date | datetime) -> float | None:
    """Return the hours between two moments, or None where one has no time of day.

    With an offset on one side only, both are read as wall-clock times of the hospital.
    """
    if not isinstance(earlier, datetime) or not isinstance(later, datetime):
        return None
    if (earlier.tzinfo is None) != (later.tzinfo is None):
        earlier, later = earlier.replace(tzinfo=None), later.replace(tzinfo=None)
    return (later - earlier).total_seconds() / 3600
