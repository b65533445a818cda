"""`--as-of` and `--surgery-date` -> a date, or a date with time; today is read only here."""

from datetime import date, datetime

from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

_DAY_LENGTH = len("2026-03-16")


def as_of_or_today(text: str | None) -> date | datetime:
    """Return the day of the assessment: as given, or the local date."""
    if text is not None:
        return parse_moment(text, "--as-of")
    # Which day it is here is exactly what is meant: the report counts calendar days.
    return date.today()  # noqa: DTZ011


def parse_moment(text: str, option: str) -> date | datetime:
    """Read `2026-03-16` or `2026-03-16T08:30`, with or without an offset such as `+01:00`."""
    try:
        # Other ISO forms (2026-W12-1, 20260316) are easily mistaken and therefore not read.
        if text[4:5] == text[7:8] == "-" and text.isascii():
            if len(text) == _DAY_LENGTH:
                return date.fromisoformat(text)
            if text[_DAY_LENGTH] == "T":
                return datetime.fromisoformat(text)
    except ValueError:
        pass
    msg = f"{option}: '{harmless(text)}' is not a date; write 2026-03-16 or 2026-03-16T08:30"
    raise UsageError(msg)
