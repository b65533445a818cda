"""Days relative to surgery: "T-20", "T", "T+3", "T-1 14:30" -> dates and times."""

import re
from datetime import date, datetime, time, timedelta

# "T6" is left alone: it is a vertebra.
_LOOKS_RELATIVE = re.compile(r"T(?:$|[+-]| +[+-]?[0-9])")
_RELATIVE = re.compile(
    r"T(?P<days>[+-][0-9]{1,5})?(?: (?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]))?"
)


def is_relative(text: str) -> bool:
    """Whether a text is meant as a day relative to surgery, well written or not."""
    return _LOOKS_RELATIVE.match(text) is not None


def day_of(text: str, surgery: date) -> date | datetime | None:
    """Return the day or moment that a text names, or None where it names none."""
    match = _RELATIVE.fullmatch(text)
    if match is None:
        return None
    try:
        day = surgery + timedelta(days=int(match["days"] or 0))
    except OverflowError:
        return None
    if match["hour"] is None:
        return day
    return datetime.combine(day, time(int(match["hour"]), int(match["minute"])))


def relative_text(moment: date | datetime, surgery: date) -> str:
    """Write a moment as it is counted from surgery."""
    day = moment.date() if isinstance(moment, datetime) else moment
    days = (day - surgery).days
    text = f"T{days:+d}" if days else "T"
    return f"{text} {moment:%H:%M}" if isinstance(moment, datetime) else text
