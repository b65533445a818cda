"""Whether the pack may speak about this patient at all."""

from backrec_cli.assessment.model import Finding, Origin, Status
from backrec_cli.engine.evidence import evidence_of, lacking_of
from backrec_cli.engine.outcome import Answer, judge_condition
from backrec_cli.engine.situation import Situation
from backrec_cli.rulepack.model import Kind, Level, Mark, Role, RulePack

SCOPE_RULE = "gen-age"
_IN_SCOPE = {Answer.YES: True, Answer.NO: False}


def judge_scope(situation: Situation, pack: RulePack) -> tuple[bool | None, Finding]:
    """Return whether the patient is in scope (None: unknown), and the finding that says so."""
    condition = judge_condition(pack.scope, situation.at_surgery, frozenset())
    in_scope = _IN_SCOPE.get(condition.answer)
    status = {True: Status.CLEAR, False: Status.FLAGGED, None: Status.UNDECIDED}[in_scope]
    finding = Finding(
        rule=SCOPE_RULE,
        origin=Origin.SCOPE,
        topic="general",
        topic_title="Scope",
        kind=Kind.CLINICAL,
        title=f"Rules are for: {pack.population}",
        status=status,
        level=Level.ABSOLUTE,
        effective_level=Level.ABSOLUTE,
        action="Use the pathway for this patient group; these rules do not apply.",
        roles=(Role.SURGEON,),
        sources=(),
        mark=Mark.LP,
        evidence=evidence_of(condition.basis, situation, flagged=False),
        missing=lacking_of(condition.lacking, situation),
        undecided_level=Level.ABSOLUTE if in_scope is None else None,
    )
    return in_scope, finding
