"""Judges how long a value holds: older than its validity is unknown, and the reading says why."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from backrec_cli.expression import Facts, evaluate_alone
from backrec_cli.expression.trace import as_truth
from backrec_cli.facts.definition import FactDefinition, FactType, Validity
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.clock import Clock
from backrec_cli.profile.dates import calendar_day, hours_between
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.ternary import Truth


def expires(reading: FactReading, definition: FactDefinition) -> bool:
    """Whether a reading can go stale: "it never happened" has no date, a review has its own."""
    if not definition.valid_for or not reading.known or reading.by_review:
        return False
    return definition.type is not FactType.EVENT or reading.value is not False


def judge_freshness(reading: FactReading, validity: Validity | None, clock: Clock) -> FactReading:
    """Return a reading that `expires` with the day it goes stale, or unknown and why."""
    on = reading.on
    if clock.until is None:
        return replace(reading, value=None, absence=Absence.NO_SURGERY_DATE)
    if on is None:
        return replace(reading, value=None, absence=Absence.UNDATED)
    if validity is None:
        return reading
    first = _stale_from(on, clock.until, validity)
    if _is_stale(on, clock.until, validity):
        return replace(reading, value=None, absence=Absence.STALE, stale_from=first)
    return replace(reading, stale_from=first)


def validity_of(definition: FactDefinition, knowledge: Knowledge, facts: Facts) -> Validity | None:
    """Return the first validity whose `when` is true, or the strictest that may be the one.

    None where every `when` is false: the value then holds for ever.
    """
    possible: list[Validity] = []
    for validity in definition.valid_for:
        holds = Truth.TRUE
        if validity.when is not None:
            holds = as_truth(evaluate_alone(knowledge.compiled(validity.when), facts))
        if holds is not Truth.FALSE:
            possible.append(validity)
        if holds is Truth.TRUE:
            break
    return min(possible, key=_strictness, default=None)


def strictest(definition: FactDefinition) -> Validity | None:
    """Return the shortest of a fact's validities, whatever its condition."""
    return min(definition.valid_for, key=_strictness, default=None)


def _strictness(validity: Validity) -> tuple[int, float]:
    """Sort key: fewest days first, and hours before whole days."""
    return validity.days, float("inf") if validity.hours is None else validity.hours


def _is_stale(on: date | datetime, until: date | datetime, validity: Validity) -> bool:
    """Count hours where both times are known, else calendar days; the last one still holds."""
    hours = None if validity.hours is None else hours_between(on, until)
    if hours is not None and validity.hours is not None:
        return hours > validity.hours
    return (calendar_day(until) - calendar_day(on)).days > validity.days


def _stale_from(on: date | datetime, until: date | datetime, validity: Validity) -> date:
    """Return the first whole day on which the value does not hold any more."""
    timed = isinstance(on, datetime) and isinstance(until, datetime)
    if timed and validity.hours is not None:
        return calendar_day(on + timedelta(hours=validity.hours)) + timedelta(days=1)
    return calendar_day(on) + timedelta(days=validity.days + 1)
