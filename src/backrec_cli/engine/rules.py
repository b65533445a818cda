"""One rule against one situation: its outcome on the day of surgery, and today's second look."""

from dataclasses import replace
from datetime import date, timedelta

from backrec_cli.assessment.model import Finding, Origin, Status
from backrec_cli.assessment.verdict import SEVERITY
from backrec_cli.engine.evidence import evidence_of, lacking_of
from backrec_cli.engine.last_dose import LastDoseDay, last_dose_day
from backrec_cli.engine.outcome import Answer, Outcome, judge, judge_condition
from backrec_cli.engine.situation import Situation
from backrec_cli.rulepack.model import Level, Rule, RulePack


def judge_rule(rule: Rule, situation: Situation, pack: RulePack) -> Finding:
    """Return what became of a rule, with the day of the last dose where it holds a drug."""
    dose = last_dose_day(rule, situation)
    finding = _judged(rule, dose, situation, pack)
    if dose is None or finding.status is Status.NOT_APPLICABLE:
        return finding
    return replace(finding, last_dose_by=dose.by, last_dose_drugs=dose.drugs)


def _judged(rule: Rule, dose: LastDoseDay | None, situation: Situation, pack: RulePack) -> Finding:
    """Return what became of a rule.

    Before the rule's first day it is pending unless it does not apply or may not apply. After it,
    the outcome on the day of surgery holds, unless today's facts flag something worse, or all that
    is missing can only be known later (then it is pending).
    """
    outcome = judge(rule, situation.at_surgery)
    first = _first_day(rule, dose, outcome, situation)
    if first is not None and situation.day < first:
        return _early(rule, outcome, situation, pack, first)
    now = _judged_today(rule, outcome, situation)
    if now is not None and _flags_worse(now, outcome):
        outcome = now
    awaited = _awaited_from(outcome, situation)
    if outcome.status is Status.NOT_ASSESSED and awaited is not None:
        waiting = outcome._replace(status=Status.PENDING)
        return _finding(rule, waiting, situation, pack, awaited)
    holds_today = now is not None and not now.open_grades
    return _later(rule, outcome, situation, pack, holds_today=holds_today)


def _judged_today(rule: Rule, outcome: Outcome, situation: Situation) -> Outcome | None:
    """Return the outcome with today's facts: the same one where it reads the same facts."""
    if situation.today is None:
        return None
    applies_alike = rule.applies is None or situation.reads_alike(rule.applies)
    if applies_alike and all(situation.reads_alike(grade.when) for grade in rule.grades):
        return outcome
    return judge(rule, situation.today)


def _first_day(
    rule: Rule, dose: LastDoseDay | None, outcome: Outcome, situation: Situation
) -> date | None:
    """Return the day on which a rule can first be known: its `from`, or its first drug-free day.

    A dose that was taken too late stays taken, so without a `from` its flag does not wait.
    """
    if rule.from_ is not None or dose is None:
        return situation.starts(rule.from_)
    return None if outcome.status is Status.FLAGGED else dose.by + timedelta(days=1)


def _early(
    rule: Rule, outcome: Outcome, situation: Situation, pack: RulePack, first: date
) -> Finding:
    """Before its first day a rule that applies is pending; whether it applies can be known now."""
    if outcome.status is Status.NOT_APPLICABLE:
        return _finding(rule, outcome, situation, pack)
    applies = judge_condition(rule.applies, situation.at_surgery, rule.optional)
    if applies.answer is Answer.OPEN:
        grades = outcome.open_grades or rule.grades
        still_open = Outcome(Status.UNDECIDED, None, applies.basis, grades, applies.lacking)
        return _later(rule, still_open, situation, pack)
    if applies.answer is Answer.SILENT:
        return _finding(rule, Outcome(Status.NOT_ASSESSED, basis=applies.basis), situation, pack)
    lacking = () if outcome.basis is None else outcome.basis.unknown()
    pending = Outcome(Status.PENDING, basis=outcome.basis, lacking=lacking)
    return _finding(rule, pending, situation, pack, first)


def _later(
    rule: Rule, outcome: Outcome, situation: Situation, pack: RulePack, *, holds_today: bool = False
) -> Finding:
    """Turn what is open only for facts that can be known later into pending.

    `holds_today`: with the results that hold today nothing is open, so only repeats are lacking.
    """
    days = [situation.waits_until(reading, rule.optional) for reading in outcome.lacking]
    known = [day for day in days if day is not None]
    if not known or (len(known) < len(days) and not holds_today):
        return _finding(rule, outcome, situation, pack)
    settled = outcome._replace(open_grades=())
    if outcome.status is Status.UNDECIDED:
        settled = settled._replace(status=Status.PENDING)
    return _finding(rule, settled, situation, pack, max(known))


def _awaited_from(outcome: Outcome, situation: Situation) -> date | None:
    """Return the day on which a pending requirement asks for a fact that a rule lacks."""
    if outcome.basis is None or not situation.awaited:
        return None
    lacking = outcome.basis.unknown()
    days = [situation.awaited[r.path] for r in lacking if r.path in situation.awaited]
    return max(days, default=None)


def _flags_worse(now: Outcome, later: Outcome) -> bool:
    """Whether today's facts flag something that the facts valid at surgery do not."""
    if now.status is not Status.FLAGGED or now.grade is None:
        return False
    if later.status is not Status.FLAGGED or later.grade is None:
        return True
    return SEVERITY[now.grade.level] > SEVERITY[later.grade.level]


def _finding(
    rule: Rule,
    outcome: Outcome,
    situation: Situation,
    pack: RulePack,
    pending_from: date | None = None,
) -> Finding:
    """Write an outcome down as a finding, with the action for this urgency."""
    grade = outcome.grade or (outcome.open_grades or rule.grades)[0]
    topic = pack.topics[rule.topic]
    flagged = outcome.status is Status.FLAGGED
    urgent = grade.action_urgent if situation.cannot_wait else None
    return Finding(
        rule=rule.id,
        origin=Origin.RULE,
        topic=topic.id,
        topic_title=topic.title,
        kind=topic.kind,
        title=grade.title or rule.title,
        status=outcome.status,
        level=grade.level,
        effective_level=situation.effective(grade.level),
        action=urgent or grade.action,
        roles=rule.roles,
        sources=rule.sources,
        mark=rule.mark,
        evidence=evidence_of(outcome.basis, situation, flagged=flagged),
        missing=lacking_of(outcome.lacking, situation),
        undecided_level=_undecided_level(outcome, situation),
        pending_from=pending_from if outcome.status is Status.PENDING else None,
        banner=rule.banner,
        note=rule.note,
    )


def _undecided_level(outcome: Outcome, situation: Situation) -> Level | None:
    """Return the worst effective level among the grades that stay open."""
    if outcome.status not in (Status.UNDECIDED, Status.FLAGGED):
        return None
    effective = [situation.effective(grade.level) for grade in outcome.open_grades]
    return max(effective, key=SEVERITY.__getitem__, default=None)
