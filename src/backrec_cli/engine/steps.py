"""One preparation step against one situation: done, due, overdue; an overdue gate is a finding."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum

from backrec_cli.assessment.model import Finding, Origin, Status, StepResult, StepStatus
from backrec_cli.engine.evidence import evidence_of, lacking_of
from backrec_cli.engine.last_dose import LastDoseDay, last_dose_day
from backrec_cli.engine.outcome import Answer, Condition, judge_condition
from backrec_cli.engine.situation import Situation
from backrec_cli.rulepack.model import Level, Offset, RulePack, Step

_NONE: frozenset[str] = frozenset()


class Window(Enum):
    """Where today stands to a step's window."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def judge_step(
    step: Step, situation: Situation, pack: RulePack, holding: Collection[str] = ()
) -> StepResult:
    """Return what became of a step; an unknown `done` counts as not done.

    A drug is not to be stopped while one of the `holding` rules holds the step back, unless the
    step is done: then someone has decided.
    """
    applies = _applies(step, situation)
    done = judge_condition(step.done, situation.at_surgery, _NONE)
    hold = last_dose_day(step, situation)
    closing = _closing(step, hold, situation)
    status = _status(applies, done, _window(step, closing, situation))
    lacking = applies.lacking if status is StepStatus.UNDECIDED else done.lacking
    topic = pack.topics[step.topic]
    urgent = step.action_urgent if situation.cannot_wait else None
    settled = status in (StepStatus.DONE, StepStatus.NOT_APPLICABLE)
    held_by = () if settled else tuple(rule for rule in step.hold_if if rule in holding)
    dose = None if status is StepStatus.NOT_APPLICABLE else hold
    return StepResult(
        step=step.id,
        topic=topic.id,
        topic_title=topic.title,
        title=step.title,
        status=status,
        opens=situation.starts(step.opens),
        closes=situation.starts(closing),
        phase=step.phase,
        roles=step.roles,
        gate=step.gate,
        action=urgent or step.action,
        sources=step.sources,
        mark=step.mark,
        missing=() if status is StepStatus.DONE else lacking_of(lacking, situation),
        evidence=evidence_of(done.basis, situation, flagged=status is StepStatus.DONE),
        last_dose_by=None if dose is None or held_by else dose.by,
        last_dose_drugs=() if dose is None else dose.drugs,
        held_by=held_by,
        patient_action=step.patient_action,
    )


def gate_finding(
    step: Step, result: StepResult, situation: Situation, pack: RulePack
) -> Finding | None:
    """Return the finding of a gate that was missed, refused on the day, or closed undecided."""
    if step.gate is None:
        return None
    if result.status is StepStatus.OVERDUE or _refused_on_the_day(step, result, situation):
        return _finding(step, result, Status.FLAGGED, situation, pack)
    if result.status is StepStatus.UNDECIDED and window_of(step, situation) is Window.CLOSED:
        return _finding(step, result, Status.UNDECIDED, situation, pack)
    return None


def window_of(step: Step, situation: Situation) -> Window:
    """Return where today stands to a step's window.

    With a date alone nothing of the day of surgery is over; with both times known, minutes count.
    """
    closing = _closing(step, last_dose_day(step, situation), situation)
    return _window(step, closing, situation)


def _window(step: Step, closing: Offset, situation: Situation) -> Window:
    """Return where today stands to a window that closes at a moment."""
    if situation.surgery_day is None:
        return Window.UNKNOWN
    if situation.is_before(step.opens):
        return Window.BEFORE
    last = situation.starts(closing)
    if last is None or situation.day != last or closing.days != 0:
        return Window.CLOSED if last is not None and situation.day > last else Window.OPEN
    return Window.CLOSED if _minutes_over(closing, situation) else Window.OPEN


def _minutes_over(closing: Offset, situation: Situation) -> bool:
    """Whether a moment of the day of surgery has passed, where both times are known."""
    now, start = situation.as_of, situation.surgery
    if not isinstance(now, datetime) or not isinstance(start, datetime):
        return False
    if (now.tzinfo is None) != (start.tzinfo is None):
        now, start = now.replace(tzinfo=None), start.replace(tzinfo=None)
    return now > start + timedelta(minutes=closing.minutes or 0)


def _closing(step: Step, dose: LastDoseDay | None, situation: Situation) -> Offset:
    """Return when the window closes: what cannot wait has until induction (day 0).

    A drug's window closes with its last dose at the latest: later there is nothing left to tell.
    """
    if situation.cannot_wait and step.closes.days < 0:
        return Offset(days=0)
    if dose is None or situation.surgery_day is None:
        return step.closes
    days = (dose.by - situation.surgery_day).days
    return Offset(days=days) if days < step.closes.days else step.closes


def _applies(step: Step, situation: Situation) -> Condition:
    """Return whether a step applies; what reminds may rest on results that hold today only.

    A weight of today is stale in three months, and now is the time for a weight plan. A gate
    counts on what holds on the day of surgery alone.
    """
    applies = judge_condition(step.applies, situation.at_surgery, _NONE)
    if applies.answer is not Answer.OPEN or step.gate is not None or situation.today is None:
        return applies
    return judge_condition(step.applies, situation.today, _NONE)


def _status(applies: Condition, done: Condition, window: Window) -> StepStatus:
    """Return a step's status from its two conditions and its window."""
    if applies.answer is Answer.NO:
        return StepStatus.NOT_APPLICABLE
    if done.answer is Answer.YES:
        return StepStatus.DONE
    if applies.answer is not Answer.YES:
        return StepStatus.UNDECIDED
    return {
        Window.BEFORE: StepStatus.NOT_YET,
        Window.OPEN: StepStatus.DUE,
        Window.UNKNOWN: StepStatus.DUE,
        Window.CLOSED: StepStatus.OVERDUE,
    }[window]


def _refused_on_the_day(step: Step, result: StepResult, situation: Situation) -> bool:
    """Whether a gate of day 0 is recorded as not passed on that very day (eyes not free)."""
    if step.closes.days != 0 or situation.day != situation.surgery_day:
        return False
    if result.status is not StepStatus.DUE:
        return False
    return judge_condition(step.done, situation.at_surgery, _NONE).answer is Answer.NO


def _finding(
    step: Step, result: StepResult, status: Status, situation: Situation, pack: RulePack
) -> Finding:
    """Write a missed gate down as a finding under the step's id."""
    gate = step.gate or Level.CAUTION
    topic = pack.topics[step.topic]
    effective = situation.effective(gate)
    return Finding(
        rule=step.id,
        origin=Origin.STEP,
        topic=topic.id,
        topic_title=topic.title,
        kind=topic.kind,
        title=step.title,
        status=status,
        level=gate,
        effective_level=effective,
        action=result.action,
        roles=step.roles,
        sources=step.sources,
        mark=step.mark,
        evidence=result.evidence,
        missing=result.missing,
        undecided_level=effective if status is Status.UNDECIDED else None,
        note=step.note,
    )
