"""Complications of the pack -> what drives each in this patient, and what still prevents it.

A driver is judged as a rule is: on the day of surgery, and before that day once more with the
results that hold today. Nothing here reaches the verdict.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from backrec_cli.assessment.model import (
    ComplicationRisk,
    DriverResult,
    DriverStatus,
    Finding,
    Lacking,
    Origin,
    Prevention,
    Status,
    StepResult,
    StepStatus,
)
from backrec_cli.engine.evidence import evidence_of, lacking_of
from backrec_cli.engine.outcome import Answer, Condition, judge_condition
from backrec_cli.engine.situation import Situation
from backrec_cli.expression import Expression, blocking
from backrec_cli.facts.reading import FactReading
from backrec_cli.rulepack.model import Complication, Driver

_NONE: frozenset[str] = frozenset()

# What is still to be done against a complication, the most pressing first.
_CONCERNS: tuple[Status | StepStatus, ...] = (
    Status.FLAGGED,
    StepStatus.OVERDUE,
    Status.UNDECIDED,
    StepStatus.UNDECIDED,
    StepStatus.DUE,
    Status.PENDING,
    StepStatus.NOT_YET,
)


def judge_complications(
    complications: Iterable[Complication],
    findings: Sequence[Finding],
    steps: Iterable[StepResult],
    situation: Situation,
) -> tuple[ComplicationRisk, ...]:
    """Return every complication with its drivers and the entries that concern this patient."""
    concerns: dict[str, Status | StepStatus] = {step.step: step.status for step in steps}
    # An overdue gate is a step and a finding; what the finding says of it is the worse.
    concerns.update((finding.rule, finding.status) for finding in findings)
    required = frozenset(lacking.fact for finding in findings for lacking in _required(finding))
    return tuple(_judge(each, concerns, required, situation) for each in complications)


def judge_driver(driver: Driver, required: AbstractSet[str], situation: Situation) -> DriverResult:
    """Return what is known of one driver; what is missing is named, never taken for absent.

    An optional result is not assessed where it was not recorded, unless it is `required` of this
    patient: then it is unknown like any other.
    """
    later, now = _both_views(driver.when, driver.optional, situation)
    present = next((c for c in (later, now) if c and c.answer is Answer.YES), None)
    if present is not None:
        evidence = evidence_of(present.basis, situation, flagged=True)
        return DriverResult(driver.title, DriverStatus.PRESENT, evidence)
    lacking = _lacking(later)
    awaited = _awaited_from(later, now, driver, situation)
    owed = later.answer is Answer.OPEN or any(reading.path in required for reading in lacking)
    return DriverResult(
        title=driver.title,
        status=_status(later.answer, awaited, owed=owed),
        evidence=evidence_of(later.basis, situation, flagged=False),
        missing=lacking_of(lacking, situation),
        pending_from=awaited,
    )


def _judge(
    complication: Complication,
    concerns: Mapping[str, Status | StepStatus],
    required: AbstractSet[str],
    situation: Situation,
) -> ComplicationRisk:
    """Judge the drivers of a complication that applies, or may."""
    later, now = _both_views(complication.applies, _NONE, situation)
    applies = later if now is None or now.answer is not Answer.YES else now
    excluded = applies.answer is Answer.NO
    drivers = () if excluded else complication.drivers
    prevent = () if excluded else complication.prevent
    return ComplicationRisk(
        complication=complication.id,
        title=complication.title,
        applies={Answer.YES: True, Answer.NO: False}.get(applies.answer),
        drivers=tuple(judge_driver(driver, required, situation) for driver in drivers),
        prevent=tuple(_preventions(prevent, concerns)),
        sources=complication.sources,
        mark=complication.mark,
        missing=lacking_of(applies.lacking, situation),
        note=complication.note,
    )


def _required(finding: Finding) -> tuple[Lacking, ...]:
    """Return the facts that an open requirement asks for."""
    asks = finding.origin is Origin.REQUIREMENT and finding.status is Status.UNDECIDED
    return finding.missing if asks else ()


def _both_views(
    expression: Expression | None, optional: frozenset[str], situation: Situation
) -> tuple[Condition, Condition | None]:
    """Evaluate a condition for the day of surgery and, before that day, with today's results."""
    later = judge_condition(expression, situation.at_surgery, optional)
    if situation.today is None:
        return later, None
    if expression is None or situation.reads_alike(expression):
        return later, later
    return later, judge_condition(expression, situation.today, optional)


def _lacking(condition: Condition) -> tuple[FactReading, ...]:
    """Return the facts that would decide a condition, optional ones included."""
    if condition.answer is Answer.SILENT and condition.basis is not None:
        return blocking(condition.basis.trace())
    return condition.lacking


def _awaited_from(
    later: Condition, now: Condition | None, driver: Driver, situation: Situation
) -> date | None:
    """Return the day on which all that is missing can be had; None where something can be now."""
    if later.answer is Answer.SILENT and later.basis is not None:
        unknown = [r.path for r in later.basis.readings() if not r.known]
        asked = [situation.awaited[path] for path in unknown if path in situation.awaited]
        return max(asked, default=None)
    days = [situation.waits_until(reading, driver.optional) for reading in later.lacking]
    known = [day for day in days if day is not None]
    holds_today = now is not None and now.answer is not Answer.OPEN
    return max(known, default=None) if holds_today or len(known) == len(days) else None


def _status(answer: Answer, awaited: date | None, *, owed: bool) -> DriverStatus:
    """Return the status of a driver that is not present; `owed` is what should be known now."""
    if answer is Answer.NO:
        return DriverStatus.ABSENT
    if awaited is not None:
        return DriverStatus.PENDING
    return DriverStatus.UNKNOWN if owed else DriverStatus.NOT_ASSESSED


def _preventions(
    prevent: Iterable[str], concerns: Mapping[str, Status | StepStatus]
) -> Iterator[Prevention]:
    """Yield what holds, is open or waits, the most pressing first; what is left out is settled."""
    for status in _CONCERNS:
        for entry in prevent:
            found = concerns.get(entry)
            # Both kinds of status have an "undecided", so the kind counts as well as the word.
            if found is not None and type(found) is type(status) and found == status:
                yield Prevention(entry, found)
