"""Rejects what cannot have happened yet: dates ahead, and work of the day of surgery done early."""

from dataclasses import replace
from datetime import date, datetime

from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.clock import Clock
from backrec_cli.profile.dates import calendar_day

_BIRTH_DATE = "patient.birth_date"


def reject_future(reading: FactReading, definition: FactDefinition, clock: Clock) -> FactReading:
    """Return the reading, or its rejection as `future`; only calendar days are compared.

    A result, an event or a last dose cannot be dated after the assessment, nor after the operation.
    A date that is a fact of its own may lie ahead (a planned course of radiotherapy); a birth not.
    """
    on = _happened_on(reading, definition)
    if on is not None:
        day = calendar_day(on)
        if day > clock.today:
            return _future(reading, f"dated after the assessment of {clock.today}")
        if clock.surgery_day is not None and day > clock.surgery_day:
            return _future(reading, f"dated after the operation of {clock.surgery_day}")
    if definition.day_of and _says_done(reading, definition):
        return _on_the_day(reading, definition, clock)
    return reading


def _happened_on(reading: FactReading, definition: FactDefinition) -> date | datetime | None:
    """Return the date on which something was found or done, where the fact gives one."""
    if definition.type is not FactType.DATE:
        return reading.on
    if definition.path != _BIRTH_DATE or not isinstance(reading.value, date):
        return None
    return reading.value


def _on_the_day(reading: FactReading, definition: FactDefinition, clock: Clock) -> FactReading:
    """Accept what is done on the day of surgery only when that day has come."""
    if clock.surgery_day is None:
        return replace(reading, value=None, absence=Absence.NO_SURGERY_DATE)
    on = reading.value if definition.type is FactType.DATE else reading.on
    day = calendar_day(on) if isinstance(on, date) else clock.today
    if clock.today < clock.surgery_day or day < clock.surgery_day:
        return _future(reading, f"done on the day of surgery only ({clock.surgery_day})")
    return reading


def _says_done(reading: FactReading, definition: FactDefinition) -> bool:
    """Whether a known reading says that something was done, not that it was left out."""
    if not reading.known or reading.value is False or reading.value == ():
        return False
    return definition.negative_choice is None or reading.value != definition.negative_choice


def _future(reading: FactReading, hint: str) -> FactReading:
    """Return the reading rejected; an earlier rejection keeps its reason."""
    if reading.rejected:
        return reading
    return replace(reading, value=None, absence=Absence.FUTURE, hint=hint)
