"""One requirement against one situation: what must be known is usable, awaited or missing."""

from collections.abc import Iterable
from datetime import date

from backrec_cli.assessment.model import Finding, Origin, Status
from backrec_cli.engine.evidence import as_evidence, lacking_of
from backrec_cli.engine.outcome import Answer, judge_condition
from backrec_cli.engine.situation import Situation
from backrec_cli.facts.reading import FactReading
from backrec_cli.rulepack.model import Requirement, RulePack

_NONE: frozenset[str] = frozenset()


def judge_requirement(need: Requirement, situation: Situation, pack: RulePack) -> Finding:
    """Return what became of a requirement: never flagged, at worst undecided at its level."""
    applies = judge_condition(need.applies, situation.at_surgery, _NONE)
    if applies.answer is Answer.NO:
        return _finding(need, Status.NOT_APPLICABLE, situation, pack)
    absent = absent_facts(need, situation)
    if not absent:
        known = applies.answer is Answer.YES
        status = Status.CLEAR if known else Status.NOT_APPLICABLE
        return _finding(need, status, situation, pack)
    lacking = (*applies.lacking, *absent) if applies.answer is Answer.OPEN else absent
    waits = pending_from(need, lacking, situation)
    if waits is not None:
        return _finding(need, Status.PENDING, situation, pack, lacking, waits)
    return _finding(need, Status.UNDECIDED, situation, pack, lacking)


def absent_facts(need: Requirement, situation: Situation) -> tuple[FactReading, ...]:
    """Return the required facts that are not usable on the day of surgery."""
    readings = [situation.at_surgery.fact(path) for path in need.facts]
    missing = tuple(r for r in readings if not r.known)
    if need.any_of and len(missing) < len(readings):
        return ()
    return missing


def pending_from(
    need: Requirement, lacking: tuple[FactReading, ...], situation: Situation
) -> date | None:
    """Return the day a requirement starts to ask, or from which a repeat would hold."""
    if situation.is_before(need.from_):
        return situation.starts(need.from_)
    days = [situation.waits_until(reading, _NONE) for reading in lacking]
    known = [day for day in days if day is not None]
    enough = bool(known) if need.any_of else len(known) == len(days)
    return max(known) if known and enough else None


def awaited_facts(needs: Iterable[Finding]) -> dict[str, date]:
    """Return the facts that pending requirements will ask for, each with its first day."""
    awaited: dict[str, date] = {}
    for need in needs:
        if need.status is Status.PENDING and need.pending_from is not None:
            for lacking in need.missing:
                earlier = awaited.get(lacking.fact, need.pending_from)
                awaited[lacking.fact] = max(earlier, need.pending_from)
    return awaited


def _finding(
    need: Requirement,
    status: Status,
    situation: Situation,
    pack: RulePack,
    lacking: tuple[FactReading, ...] = (),
    waits: date | None = None,
) -> Finding:
    """Write a requirement's outcome down as a finding."""
    topic = pack.topics[need.topic]
    effective = situation.effective(need.level)
    urgent = need.action_urgent if situation.cannot_wait else None
    readings = [situation.at_surgery.fact(path) for path in need.facts]
    return Finding(
        rule=need.id,
        origin=Origin.REQUIREMENT,
        topic=topic.id,
        topic_title=topic.title,
        kind=topic.kind,
        title=need.title,
        status=status,
        level=need.level,
        effective_level=effective,
        action=urgent or need.action,
        roles=need.roles,
        sources=need.sources,
        mark=need.mark,
        evidence=tuple(as_evidence(r, situation) for r in readings if r.known),
        missing=lacking_of(lacking, situation),
        undecided_level=effective if status is Status.UNDECIDED else None,
        pending_from=waits,
        note=need.note,
    )
