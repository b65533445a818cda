"""Text to temporal value and back: @2014-01, @2014-01-25T14:30:14.559+01:00, @T14:30."""

import re

from backrec_cli.temporal.values import HOUR, YEAR, Date, DateTime, Temporal, Time, is_real

_DATE = r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
_CLOCK = r"(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<milli>\d{1,3})\d*)?)?)?"
_OFFSET = r"(?P<offset>Z|[+-]\d\d:\d\d)"
_TEMPORAL = re.compile(rf"{_DATE}(?P<T>T(?:{_CLOCK}{_OFFSET}?)?)?", re.ASCII)
_TIME = re.compile(rf"T?{_CLOCK}", re.ASCII)
_FARTHEST_OFFSET = 14 * 60


def parse_temporal(text: str) -> Temporal | None:
    """Parse a literal without its `@`; None where it is no date or time that exists."""
    found = (_TIME if text.startswith("T") else _TEMPORAL).fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    clock = _components(parts, ("hour", "minute", "second", "milli"))
    if "year" not in parts:
        return Time(clock) if is_real(HOUR, clock) else None
    components = _components(parts, ("year", "month", "day")) + clock
    offset = _minutes(parts["offset"])
    if not is_real(YEAR, components) or abs(offset or 0) > _FARTHEST_OFFSET:
        return None
    if clock and len(components) - len(clock) <= HOUR - 1:
        return None
    return DateTime(components, offset) if parts["T"] else Date(components)


def parse_time(text: str) -> Time | None:
    """Parse a time of day with or without its leading T."""
    value = parse_temporal(text if text.startswith("T") else f"T{text}")
    return value if isinstance(value, Time) else None


def _components(parts: dict[str, str | None], names: tuple[str, ...]) -> tuple[int, ...]:
    texts = [(name, parts[name]) for name in names]
    return tuple(
        int(text.ljust(3, "0")) if name == "milli" else int(text) for name, text in texts if text
    )


def _minutes(text: str | None) -> int | None:
    if not text:
        return None
    if text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return -minutes if text[0] == "-" else minutes


def format_temporal(value: Temporal) -> str:
    """Print the value as its CQL literal, as far as its components go."""
    parts = value.components
    if isinstance(value, Time):
        return "@T" + _clock(parts)
    written = "@" + "-".join(f"{part:0{4 if i == 0 else 2}d}" for i, part in enumerate(parts[:3]))
    if isinstance(value, Date):
        return written
    return f"{written}T{_clock(parts[3:])}{_offset(value)}"


def _clock(parts: tuple[int, ...]) -> str:
    written = ":".join(f"{part:02d}" for part in parts[:3])
    return f"{written}.{parts[3]:03d}" if len(parts) > HOUR else written


def _offset(value: Temporal) -> str:
    if value.offset is None or value.finest < HOUR:
        return ""
    if value.offset == 0:
        return "Z"
    hours, minutes = divmod(abs(value.offset), 60)
    return f"{'-' if value.offset < 0 else '+'}{hours:02d}:{minutes:02d}"
