"""Dates and times made from their parts, and parts taken out of them (CQL 1.5, chapter 18)."""

from decimal import Decimal

from backrec_cli.expression.arithmetic import OutOfRangeError
from backrec_cli.expression.values import Value
from backrec_cli.temporal import Date, DateTime, Temporal, Time
from backrec_cli.temporal.values import PRECISIONS, date_part, is_real, time_part

_OFFSET_PLACE = 7
_FARTHEST_HOURS = 14


def make_date(*parts: Value) -> Value:
    """Make a Date of year, month, day, as far as they are given."""
    components = _components(parts, Date)
    return Date(components) if components else None


def make_datetime(*parts: Value) -> Value:
    """Make a DateTime of year to millisecond and an offset in hours."""
    components = _components(parts[:_OFFSET_PLACE], DateTime)
    if not components:
        return None
    return DateTime(components, _offset(parts[_OFFSET_PLACE:]))


def make_time(*parts: Value) -> Value:
    """Make a Time of hour to millisecond."""
    components = _components(parts, Time)
    return Time(components) if components else None


def _components(parts: tuple[Value, ...], kind: type[Temporal]) -> tuple[int, ...]:
    """Take the leading whole numbers; OutOfRangeError for a day that does not exist."""
    known: list[int] = []
    for part in parts:
        if not isinstance(part, int):
            break
        known.append(part)
    components = tuple(known)
    if any(part is not None for part in parts[len(known) :]):
        msg = "a part without the part before it"
        raise OutOfRangeError(msg)
    if not is_real(kind.FIRST, components):
        msg = "no such date or time"
        raise OutOfRangeError(msg)
    return components


def _offset(parts: tuple[Value, ...]) -> int | None:
    if not parts or not isinstance(parts[0], int | Decimal):
        return None
    hours = Decimal(parts[0])
    if abs(hours) > _FARTHEST_HOURS:
        msg = "offset beyond 14 hours"
        raise OutOfRangeError(msg)
    return int(hours * 60)


def component(name: str, value: Value) -> Value:
    """Return one part of a date or time; null where it is not known."""
    if not isinstance(value, Temporal):
        return None
    match name:
        case "date":
            return None if isinstance(value, Time) else date_part(value)
        case "time":
            return time_part(value) if isinstance(value, DateTime) else None
        case "timezoneoffset":
            return None if value.offset is None else Decimal(value.offset) / 60
        case _:
            return value.component(PRECISIONS.index(name))
