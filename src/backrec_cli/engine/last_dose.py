"""The hold of an entry -> the calendar day of the last dose, and the drugs it is said of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backrec_cli.assessment.model import Finding, Status, StepResult
from backrec_cli.engine.outcome import Answer, answer_to
from backrec_cli.engine.situation import Situation
from backrec_cli.expression import Expression, Trace, look_into, nodes, truth
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.rulepack.model import LastDose, Level, Rule, Step
from backrec_cli.ternary import Truth


@dataclass(frozen=True, slots=True)
class LastDoseDay:
    """The last day on which a dose may be taken. `drugs`: those taken, else those maybe taken."""

    by: date
    drugs: tuple[str, ...]


def last_dose_day(entry: Rule | Step, situation: Situation) -> LastDoseDay | None:
    """Return the day of the last dose where the entry applies or may apply.

    None without a date of surgery, where the gap is not known, where none of the drugs is taken,
    and where surgery cannot wait and the day has passed anyway.
    """
    hold = entry.last_dose
    if hold is None or situation.surgery_day is None:
        return None
    drugs = _drugs(hold, entry, situation)
    if not drugs or _does_not_apply(entry, situation):
        return None
    others = frozenset(hold.drugs).difference(drugs)
    by = _day(hold.days, others, situation, situation.surgery_day)
    if by is None or (situation.cannot_wait and by < situation.day):
        return None
    return LastDoseDay(by, drugs)


def holding_rules(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the rules that hold a stop back: flagged or open, and more than information."""
    return frozenset(
        f.rule
        for f in findings
        if (f.status is Status.FLAGGED and f.level is not Level.INFORMATION)
        or f.undecided_level not in (None, Level.INFORMATION)
    )


def withhold_days(findings: Iterable[Finding], steps: Iterable[StepResult]) -> tuple[Finding, ...]:
    """Take the day of the last dose off every finding whose drugs must not be stopped yet.

    Nobody is to read a date for stopping beside "do not stop".
    """
    held = {drug for step in steps if step.held_by for drug in step.last_dose_drugs}
    return tuple(
        replace(f, last_dose_by=None)
        if f.last_dose_drugs and held.issuperset(f.last_dose_drugs)
        else f
        for f in findings
    )


def _optional(entry: Rule | Step) -> frozenset[str]:
    """Return the facts of an entry that need not be recorded."""
    return entry.optional if isinstance(entry, Rule) else frozenset()


def _does_not_apply(entry: Rule | Step, situation: Situation) -> bool:
    """Whether an entry does not apply, or (for want of an optional result) says nothing."""
    optional = _optional(entry)
    later = answer_to(entry.applies, situation.at_surgery, optional)
    if later is Answer.NO or later is Answer.SILENT:
        return True
    today = situation.today
    return today is not None and answer_to(entry.applies, today, optional) is Answer.NO


def _day(
    days: Expression, others: frozenset[str], situation: Situation, surgery: date
) -> date | None:
    """Return the day of the last dose, by the facts that hold today.

    A result that has to be repeated still tells the day; the repeat may tell another. It is said
    of the drugs taken, so that `others` of the hold that nobody mentioned do not lengthen it.
    """
    view = situation.today or situation.at_surgery
    gap = _longest(look_into(days, view.facts.assuming(others)))
    if gap is None or gap < 0:
        return None
    try:
        return surgery - timedelta(days=gap)
    except OverflowError:
        return None


def _longest(gap: Trace) -> int | None:
    """Return a gap; where what decides between two is not known, the longer one: it is safer."""
    if not isinstance(gap.node, nodes.If):
        return gap.value if isinstance(gap.value, int) else None
    condition, chosen, otherwise = gap.inputs
    match truth(condition):
        case Truth.TRUE:
            return _longest(chosen)
        case Truth.FALSE:
            return _longest(otherwise)
        case Truth.UNKNOWN:
            known = [g for g in (_longest(chosen), _longest(otherwise)) if g is not None]
            return max(known, default=None)


def _drugs(hold: LastDose, entry: Rule | Step, situation: Situation) -> tuple[str, ...]:
    """Return the drugs that are taken; where none is known to be, those that may be."""
    readings = [situation.at_surgery.fact(path) for path in hold.drugs]
    taken = tuple(r.path for r in readings if r.known and r.value is True)
    return taken or tuple(r.path for r in readings if _may_be_taken(r, _optional(entry)))


def _may_be_taken(reading: FactReading, optional: frozenset[str]) -> bool:
    """Whether a drug is unknown, and not merely an optional one that nobody mentioned."""
    unmentioned = reading.absence is Absence.NOT_RECORDED and reading.path in optional
    return not reading.known and not unmentioned
