"""Dates, ages, values and reasons in the words of a report."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from backrec_cli.assessment.model import Evidence
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.render.parts import NO_BREAK
from backrec_cli.units import Quantity

# Month names are written out here because the system's depend on its language.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_REASONS = {
    Absence.NOT_RECORDED: "not recorded",
    Absence.NOT_KNOWN: "recorded as not known",
    Absence.STALE: "too old",
    Absence.UNDATED: "has no date",
    Absence.NO_UNIT: "has no unit",
    Absence.UNKNOWN_UNIT: "unit not known for this fact",
    Absence.NOT_A_CHOICE: "not one of the choices",
    Absence.IMPLAUSIBLE: "outside what is possible",
    Absence.FUTURE: "cannot be known yet",
    Absence.CONFLICTING: "contradicts another entry",
    Absence.NO_SURGERY_DATE: "cannot be judged without the date of surgery",
}

_LIMITING = frozenset({"<", "<=", ">", ">="})


def day_text(moment: date | datetime) -> str:
    """Return `14-Apr-2026`, with the time of day where one is known."""
    day = f"{moment.day:02d}-{_MONTHS[moment.month - 1]}-{moment.year:04d}"
    if isinstance(moment, datetime):
        return f"{day}{NO_BREAK}{moment.hour:02d}:{moment.minute:02d}"
    return day


def calendar_day(moment: date | datetime) -> date:
    """Return the calendar day of a moment as it was written."""
    return moment.date() if isinstance(moment, datetime) else moment


def reason_text(absence: Absence) -> str:
    """Say why a fact could not be used."""
    return _REASONS[absence]


def plain_number(value: Decimal) -> str:
    """Write a number with all the digits it has, and never with an exponent."""
    return f"{value:f}"


def value_text(value: FactValue | None) -> str:
    """Write a canonical value for people."""
    match value:
        case None:
            return "not known"
        case bool():
            return "yes" if value else "no"
        case Quantity():
            return f"{plain_number(value.value)}{NO_BREAK}{value.unit}"
        case Decimal():
            return plain_number(value)
        case date():
            return day_text(value)
        case tuple():
            return ", ".join(value).replace("_", " ") or "none"
        case str():
            return value.replace("_", " ")
        case int():
            return str(value)


def age_text(days: int, *, before_surgery: bool) -> str:
    """Say how long before the surgery a result was taken, or how old it is without one."""
    if not before_surgery:
        return f"{days}{NO_BREAK}d old"
    if days == 0:
        return "on the day"
    side = "before" if days > 0 else "after"
    return f"{abs(days)}{NO_BREAK}d {side}"


def evidence_text(
    evidence: Evidence, labels: Mapping[str, str], *, before_surgery: bool, title: str = ""
) -> str:
    """Write one fact as reported: label, value, date and age, what it came from, its limit.

    A label that the title in front has already said is not repeated.
    """
    value = _reported(evidence)
    said = bool(value) and evidence.label.lower() in title.lower()
    words = value if said else " ".join(part for part in (evidence.label, value) if part)
    if evidence.inputs:
        words += " from " + ", ".join(labels.get(path, path) for path in evidence.inputs)
    when = _when(evidence, before_surgery=before_surgery)
    if when:
        words += f" ({when})"
    if exceeds_limit(evidence):
        words += f", limit {str(evidence.limit).replace(' ', NO_BREAK)}"
    return words


def limited_text(evidence: Evidence) -> str:
    """Write one fact in short: `HbA1c 71 mmol/mol (limit 64)`; its date stands elsewhere."""
    value = _reported(evidence)
    words = f"{evidence.label} {value}" if value else evidence.label
    if not exceeds_limit(evidence):
        return words
    limit = str(evidence.limit).replace(" ", NO_BREAK)
    number, _, unit = limit.partition(NO_BREAK)
    return f"{words} (limit {number if value.endswith(NO_BREAK + unit) else limit})"


def exceeds_limit(evidence: Evidence) -> bool:
    """Whether a fact was held against a limit, above or below which it must not be."""
    return evidence.limit is not None and evidence.comparison in _LIMITING


def tells_something(evidence: Evidence) -> bool:
    """Whether a fact says more than the title of its rule: an undated plain yes does not."""
    plain_yes = evidence.value is True and evidence.on is None
    return not plain_yes and not evidence.by_review


def last_dose_text(
    by: date | None, drugs: Iterable[str], labels: Mapping[str, str], *, title: str = ""
) -> str:
    """Say by which day the last dose is due, and of what where the title does not say it."""
    if by is None:
        return ""
    names = [labels.get(path, path) for path in drugs]
    unsaid = [name for name in names if name.lower() not in title.lower()]
    of = f" of {', '.join(unsaid)}" if unsaid else ""
    return f"last dose{of} by {day_text(by)}"


def rejected_text(reading: FactReading, label: str) -> str:
    """Write a value that could not be used: what was written, why it fell, what was meant."""
    written = "" if reading.reported is None else f" {reading.reported.replace(' ', NO_BREAK)}"
    dated = "" if reading.on is None else f" ({day_text(reading.on)})"
    why = "" if reading.absence is None else f": {reason_text(reading.absence)}"
    hint = f"; {reading.hint}" if reading.hint else ""
    return f"{label}{written}{dated}{why}{hint}"


def _reported(evidence: Evidence) -> str:
    """Return the value as it was written; a date that is printed anyway is not repeated."""
    if isinstance(evidence.value, bool) and evidence.on is not None:
        return "" if evidence.value else "no"
    if isinstance(evidence.value, bool | date):
        return value_text(evidence.value)
    if isinstance(evidence.value, str | tuple):
        return value_text(evidence.value)
    if evidence.reported is not None:
        return evidence.reported.replace(" ", NO_BREAK)
    unit = f"{NO_BREAK}{evidence.unit}" if evidence.unit else ""
    return value_text(evidence.value) + unit


def _when(evidence: Evidence, *, before_surgery: bool) -> str:
    """Return the date of a fact and its age."""
    if evidence.on is None:
        return "history reviewed" if evidence.by_review else ""
    if evidence.age_days is None:
        return day_text(evidence.on)
    age = age_text(evidence.age_days, before_surgery=before_surgery)
    return f"{day_text(evidence.on)}, {age}"
