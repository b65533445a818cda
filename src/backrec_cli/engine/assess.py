"""Profile and pack on one day -> Assessment: the order in which everything is judged."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from backrec_cli.assessment.model import (
    Assessment,
    Basis,
    ComplicationRisk,
    Finding,
    PackIdentity,
    Status,
    StepResult,
)
from backrec_cli.assessment.verdict import SEVERITY, Verdict, headline, reach_verdict
from backrec_cli.engine.complications import judge_complications
from backrec_cli.engine.identity import patient_of
from backrec_cli.engine.last_dose import holding_rules, withhold_days
from backrec_cli.engine.missing import good_until, merge_missing
from backrec_cli.engine.overrides import accept, check_overrides
from backrec_cli.engine.requirements import awaited_facts, judge_requirement
from backrec_cli.engine.rules import judge_rule
from backrec_cli.engine.scope import judge_scope
from backrec_cli.engine.selection import Selection, select_entries
from backrec_cli.engine.situation import Situation, calendar_day
from backrec_cli.engine.steps import gate_finding, judge_step
from backrec_cli.engine.wording import qualifiers, warnings_of
from backrec_cli.profile import Profile, settle
from backrec_cli.rulepack.model import Level, RulePack, Urgency


@dataclass(frozen=True, slots=True)
class _Judged:
    """What judging the pack gave, before the verdict."""

    findings: tuple[Finding, ...]
    steps: tuple[StepResult, ...]
    in_scope: bool | None
    warnings: tuple[str, ...]
    complications: tuple[ComplicationRisk, ...]


def assess(
    profile: Profile,
    pack: RulePack,
    as_of: date | datetime,
    *,
    surgery: date | datetime | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Assessment:
    """Assess a patient against a pack as of a day.

    `surgery` replaces the profile's own date of operation. With `select` or `ignore` (ids or
    topics) only part of the pack is judged and the verdict is at best undecided. Raises UsageError
    for an unknown id, also in the profile's overrides.
    """
    check_overrides(profile, pack)
    selection = select_entries(pack, select, ignore)
    situation = situation_of(profile, pack, as_of, surgery)
    judged = _judge(profile, pack, selection, situation)
    verdict = _verdict(judged, partial=selection.partial)
    return _assessment(profile, pack, situation, judged, verdict, partial=selection.partial)


def situation_of(
    profile: Profile, pack: RulePack, as_of: date | datetime, surgery: date | datetime | None
) -> Situation:
    """Settle the facts for the day of surgery and, before that day, for today."""
    at_surgery = settle(
        profile, pack.knowledge, as_of, review_days=pack.review_days, at="surgery", surgery=surgery
    )
    operation = at_surgery.surgery
    today = None
    if operation is not None and calendar_day(as_of) < calendar_day(operation):
        today = settle(
            profile,
            pack.knowledge,
            as_of,
            review_days=pack.review_days,
            at="as_of",
            surgery=surgery,
            beside=at_surgery,
        )
    word = at_surgery.fact("procedure.urgency").value
    urgency = Urgency(word) if isinstance(word, str) else None
    return Situation(
        as_of=as_of,
        surgery=operation,
        urgency=urgency,
        dictionary=pack.dictionary,
        levels=pack.levels[urgency or Urgency.ELECTIVE],
        at_surgery=at_surgery,
        today=today,
    )


def _judge(profile: Profile, pack: RulePack, selection: Selection, situation: Situation) -> _Judged:
    """Judge scope, requirements (rules wait for what they ask), rules, steps, complications."""
    in_scope, scope = judge_scope(situation, pack)
    needs = [judge_requirement(need, situation, pack) for need in selection.requirements]
    informed = _informed(selection, needs, situation)
    rules = [judge_rule(rule, informed[rule.layer], pack) for rule in selection.rules]
    holding = holding_rules(rules)
    steps = [(step, judge_step(step, situation, pack, holding)) for step in selection.steps]
    gates = [gate_finding(step, result, situation, pack) for step, result in steps]
    missed = [finding for finding in gates if finding is not None]
    dated = withhold_days(rules, (result for _, result in steps))
    findings, warnings = accept([*dated, *missed, *needs], profile.overrides, situation.day)
    findings.sort(key=_printing_order(pack))
    results = tuple(result for _, result in steps)
    risks = judge_complications(selection.complications, findings, results, informed[0])
    return _Judged((scope, *findings), results, in_scope, tuple(warnings), risks)


def _informed(
    selection: Selection, needs: Sequence[Finding], situation: Situation
) -> dict[int, Situation]:
    """Return for each layer of rules what they wait for: never for what an overlay above asks.

    Otherwise an overlay could put off, with a requirement of its own, what the pack leaves open.
    """
    layers = {need.id: need.layer for need in selection.requirements}
    return {
        layer: replace(
            situation, awaited=awaited_facts([n for n in needs if layers[n.rule] <= layer])
        )
        for layer in {0, *(rule.layer for rule in selection.rules)}
    }


def _verdict(judged: _Judged, *, partial: bool) -> Verdict:
    """Reach the verdict from the effective levels of what holds and of what is open."""
    flagged = [f.effective_level for f in judged.findings[1:] if f.status is Status.FLAGGED]
    undecided = [f.undecided_level for f in judged.findings[1:] if f.undecided_level is not None]
    return reach_verdict(flagged, undecided, in_scope=judged.in_scope, partial=partial)


def _printing_order(pack: RulePack) -> Callable[[Finding], tuple[int, int, int, str]]:
    """Return the sort key: worst effective level first, then the pack's topics, then its order."""
    topics = {topic: place for place, topic in enumerate(pack.topics)}
    statuses = {status: place for place, status in enumerate(Status)}

    def key(finding: Finding) -> tuple[int, int, int, str]:
        return (
            statuses[finding.status],
            -SEVERITY[finding.effective_level],
            topics.get(finding.topic, len(topics)),
            finding.rule,
        )

    return key


def _assessment(
    profile: Profile,
    pack: RulePack,
    situation: Situation,
    judged: _Judged,
    verdict: Verdict,
    *,
    partial: bool,
) -> Assessment:
    """Put the result together."""
    flagged = [f for f in judged.findings if f.status is Status.FLAGGED]
    mitigate = sum(f.effective_level is Level.CAUTION for f in flagged)
    readings = situation.at_surgery.all()
    draft = Assessment(
        patient=patient_of(profile, situation),
        profile_digest=profile.digest,
        as_of=situation.as_of,
        procedure_date=situation.surgery,
        urgency=situation.urgency,
        verdict=verdict,
        headline=headline(verdict, situation.urgency, mitigate),
        qualifiers=(),
        findings=judged.findings,
        steps=judged.steps,
        missing=merge_missing(judged.findings, verdict, situation),
        rejected=tuple(r for r in readings.values() if r.rejected),
        denied=situation.at_surgery.denied,
        good_until=good_until(judged.findings, situation),
        contacts=tuple(pack.contacts.items()),
        warnings=(*judged.warnings, *warnings_of(profile, situation)),
        pack=PackIdentity(pack.id, pack.version, pack.digest, pack.title, pack.overlays),
        basis=Basis(pack.intended_use, pack.population, pack.limits),
        partial=partial,
        complications=judged.complications,
        labels=tuple((p, d.label) for p in readings if (d := pack.dictionary.get(p))),
    )
    return replace(draft, qualifiers=qualifiers(draft))
