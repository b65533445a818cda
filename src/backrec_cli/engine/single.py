"""One entry of the pack on one patient: judged as in a whole assessment."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from backrec_cli.assessment.model import Finding, StepResult
from backrec_cli.engine.assess import situation_of
from backrec_cli.engine.requirements import awaited_facts, judge_requirement
from backrec_cli.engine.rules import judge_rule
from backrec_cli.engine.situation import Situation
from backrec_cli.engine.steps import gate_finding, judge_step
from backrec_cli.profile import Profile
from backrec_cli.rulepack.model import Entry, Requirement, Rule, RulePack, Step


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one entry; a step has a result, and a finding only where its gate failed."""

    finding: Finding | None
    step: StepResult | None = None


def informed_situation(profile: Profile, pack: RulePack, as_of: date | datetime) -> Situation:
    """Return the situation with what every requirement of the pack will still ask for.

    Without a day between today and the surgery nothing is awaited.
    """
    situation = situation_of(profile, pack, as_of, None)
    if situation.today is None:
        return situation
    needs = (judge_requirement(need, situation, pack) for need in pack.requirements)
    return replace(situation, awaited=awaited_facts(needs))


def judge_entry(entry: Entry, situation: Situation, pack: RulePack) -> Judged:
    """Judge one rule, requirement or step; overrides are a matter of the whole assessment."""
    match entry:
        case Rule():
            return Judged(judge_rule(entry, situation, pack))
        case Requirement():
            return Judged(judge_requirement(entry, situation, pack))
        case Step():
            result = judge_step(entry, situation, pack)
            return Judged(gate_finding(entry, result, situation, pack), result)
