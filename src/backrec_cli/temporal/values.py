"""Date, DateTime and Time with any number of leading components: @2014, @2014-02T, @T10:30."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

PRECISIONS = ("year", "month", "day", "hour", "minute", "second", "millisecond")
YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, MILLISECOND = range(7)

LOWEST = (1, 1, 1, 0, 0, 0, 0)
HIGHEST = (9999, 12, 31, 23, 59, 59, 999)

MILLISECONDS = {HOUR: 3_600_000, MINUTE: 60_000, SECOND: 1_000, MILLISECOND: 1}
DAY_MILLISECONDS = 86_400_000


@dataclass(frozen=True, slots=True)
class Temporal:
    """A point in time known to `len(components)` components, the first being level `FIRST`.

    offset is in minutes east of UTC; None is the local time of the place of care.
    """

    components: tuple[int, ...]
    offset: int | None = None

    FIRST: ClassVar[int] = YEAR
    LAST: ClassVar[int] = DAY

    @property
    def finest(self) -> int:
        """The index in PRECISIONS of the last known component."""
        return self.FIRST + len(self.components) - 1

    def component(self, level: int) -> int | None:
        """Return one component, or None where the value does not reach so far."""
        place = level - self.FIRST
        return self.components[place] if 0 <= place < len(self.components) else None


class Date(Temporal):
    """Year, month and day."""

    __slots__ = ()


class DateTime(Temporal):
    """Year to millisecond, with or without an offset."""

    __slots__ = ()
    LAST = MILLISECOND


class Time(Temporal):
    """Hour to millisecond of any day."""

    __slots__ = ()
    FIRST = HOUR
    LAST = MILLISECOND


def from_python(value: date) -> Date | DateTime:
    """Turn a date or datetime of the standard library into its CQL value."""
    if not isinstance(value, datetime):
        return Date((value.year, value.month, value.day))
    delta = value.utcoffset()
    offset = None if delta is None else delta.days * 1440 + delta.seconds // 60
    clock = (value.hour, value.minute, value.second, value.microsecond // 1000)
    return DateTime((value.year, value.month, value.day, *clock), offset)


def date_part(value: Temporal) -> Date:
    """Return the date as it was written, without time and offset."""
    return Date(value.components[:3])


def time_part(value: DateTime) -> Time | None:
    """Return the time of day, or None where there is none."""
    return Time(value.components[3:]) if len(value.components) > HOUR else None


def is_real(first: int, components: tuple[int, ...]) -> bool:
    """Whether every component is in its range and the day exists in its month."""
    for level, component in enumerate(components, first):
        if not LOWEST[level] <= component <= HIGHEST[level]:
            return False
    if first == YEAR and len(components) > DAY:
        return components[DAY] <= monthrange(components[YEAR], components[MONTH])[1]
    return True


def filled(value: Temporal, *, high: bool = False) -> tuple[int, ...]:
    """Return all seven components: the earliest, or the latest, moment the value can mean."""
    missing = HIGHEST if high else LOWEST
    if value.FIRST == HOUR:
        return (*LOWEST[:HOUR], *value.components, *missing[value.finest + 1 :])
    full = (*value.components, *missing[value.finest + 1 :])
    if high and value.finest < DAY:
        last_day = monthrange(full[YEAR], full[MONTH])[1]
        return (full[YEAR], full[MONTH], last_day, *full[HOUR:])
    return full


def milliseconds(components: tuple[int, ...]) -> int:
    """Count milliseconds from the year 1 to a full set of components."""
    year, month, day, hour, minute, second, milli = components
    days = date(year, month, day).toordinal()
    return days * DAY_MILLISECONDS + ((hour * 60 + minute) * 60 + second) * 1000 + milli


def from_milliseconds(count: int) -> tuple[int, ...] | None:
    """Return the full components of a count of milliseconds; None outside the years 1 to 9999."""
    days, rest = divmod(count, DAY_MILLISECONDS)
    if not 1 <= days <= date.max.toordinal():
        return None
    day = date.fromordinal(days)
    seconds, milli = divmod(rest, 1000)
    minutes, second = divmod(seconds, 60)
    return (day.year, day.month, day.day, minutes // 60, minutes % 60, second, milli)


def same_clock(left: Temporal, right: Temporal) -> tuple[Temporal, Temporal]:
    """Move two values of different offsets to UTC; one without an offset shares the other's."""
    if left.offset is None or right.offset is None or left.offset == right.offset:
        return left, right
    return _in_utc(left), _in_utc(right)


def _in_utc(value: Temporal) -> Temporal:
    if value.finest < HOUR or not value.offset:
        return value
    moved = from_milliseconds(milliseconds(filled(value)) - value.offset * 60_000)
    return value if moved is None else DateTime(moved[: len(value.components)], 0)
