"""One rule in every patient's situation: `engine.rules` in columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from backrec_cli.assessment.verdict import SEVERITY
from backrec_cli.batch.columns.conditions import asked_first
from backrec_cli.batch.columns.doses import last_dose_day
from backrec_cli.batch.columns.judged import Judged, by_path
from backrec_cli.batch.columns.outcomes import Outcome, judge
from backrec_cli.batch.columns.situation import SituationColumns
from backrec_cli.batch.columns.view import ViewColumns
from backrec_cli.expression.compiler import Asked, gathered, terms, unknown_facts
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term
from backrec_cli.rulepack.model import Level, Rule


@dataclass(frozen=True, slots=True)
class _Half:
    """What became of a rule before its first day, or from it on.

    flagged, open  one truth for each grade; `lacking`: what would decide the open ones.
    """

    flagged: Sequence[Term]
    open: Sequence[Term]
    lacking: Mapping[Asked, Term]
    pending: Term
    undecided: Term


def judge_rule(rule: Rule, situation: SituationColumns) -> Judged:
    """Return what became of a rule: early, or by the facts of today and of the day of surgery."""
    later = judge(rule, situation.at_surgery)
    early = situation.is_before(_first_day(rule, later, situation))
    halves = (
        (early, _early(rule, later, situation)),
        (terms.negated(early), _due(rule, later, situation)),
    )

    def joined(part: Callable[[_Half], Term]) -> Term:
        return terms.any_of(terms.all_of((where, part(half))) for where, half in halves)

    def graded(part: Callable[[_Half], Sequence[Term]]) -> list[tuple[Level, Term]]:
        places = enumerate(grade.level for grade in rule.grades)
        return [(level, joined(partial(_at, part, at))) for at, level in places]

    opened = graded(lambda half: half.open)
    lacking = gathered(
        (asked, terms.all_of((where, term)))
        for where, half in halves
        for asked, term in half.lacking.items()
    )
    return Judged(
        rule.id,
        flagged=graded(lambda half: half.flagged),
        undecided=joined(lambda half: half.undecided),
        pending=joined(lambda half: half.pending),
        open=opened,
        missing=by_path(lacking, terms.any_of(term for _, term in opened)),
    )


def _at(part: Callable[[_Half], Sequence[Term]], place: int, half: _Half) -> Term:
    """Return one grade's truth of a part."""
    return part(half)[place]


def _first_day(rule: Rule, outcome: Outcome, situation: SituationColumns) -> Term:
    """Return the day on which a rule can first be known: its `from`, or its first drug-free day."""
    if rule.from_ is not None:
        return situation.starts(rule.from_)
    by = last_dose_day(rule, situation)
    first = terms.computed("add", by, terms.constant(1))
    return terms.chosen(outcome.any_flagged, NULL, first)


def _early(rule: Rule, outcome: Outcome, situation: SituationColumns) -> _Half:
    """Before its first day a rule that applies is pending; whether it applies can be known now."""
    applies = outcome.applies
    may_apply = terms.negated(outcome.not_applicable)
    asks = terms.all_of((may_apply, applies.open))
    view = situation.at_surgery.view
    settled = _settled(applies.lacking, situation, view, rule.optional, FALSE)
    holds = terms.all_of((may_apply, applies.yes))
    stays = terms.all_of((asks, terms.negated(settled)))
    nothing_open = terms.negated(outcome.any_open)
    return _Half(
        flagged=[FALSE] * len(rule.grades),
        open=[terms.all_of((stays, terms.any_of((each, nothing_open)))) for each in outcome.open],
        lacking=applies.lacking,
        pending=terms.any_of((holds, terms.all_of((asks, settled)))),
        undecided=stays,
    )


def _due(rule: Rule, later: Outcome, situation: SituationColumns) -> _Half:
    """From its first day on, what today's facts flag counts where it is worse than the rest."""
    now = judge(rule, situation.today)
    worse = terms.all_of((situation.early, _flags_worse(rule, now, later)))
    rest = terms.negated(worse)
    holds_today = terms.all_of((situation.early, terms.negated(now.any_open)))
    today = _decided(rule, now, situation, situation.today.view, holds_today)
    then = _decided(rule, later, situation, situation.at_surgery.view, holds_today)
    places = range(len(rule.grades))
    awaited = terms.all_of((later.not_assessed, _is_awaited(later, situation)))
    # Where today flags something worse it is flagged, so only the later outcome can be undecided.
    return _Half(
        flagged=[_either(worse, today.flagged[at], then.flagged[at]) for at in places],
        open=[_either(worse, today.open[at], then.open[at]) for at in places],
        lacking=gathered(
            (asked, terms.all_of((where, term)))
            for where, half in ((worse, today), (rest, then))
            for asked, term in half.lacking.items()
        ),
        pending=terms.all_of((rest, terms.any_of((then.pending, awaited)))),
        undecided=terms.all_of((rest, then.undecided)),
    )


def _either(worse: Term, today: Term, then: Term) -> Term:
    """Return what today's facts say where they say something worse, else what the others say."""
    return terms.any_of((terms.all_of((worse, today)), terms.all_of((terms.negated(worse), then))))


def _decided(
    rule: Rule,
    outcome: Outcome,
    situation: SituationColumns,
    view: ViewColumns,
    holds_today: Term,
) -> _Half:
    """Turn what is open only for facts that can be known later into pending."""
    settled = _settled(outcome.lacking, situation, view, rule.optional, holds_today)
    kept = terms.negated(settled)
    return _Half(
        flagged=outcome.flagged,
        open=[terms.all_of((each, kept)) for each in outcome.open],
        lacking=outcome.lacking,
        pending=terms.all_of((outcome.undecided, settled)),
        undecided=terms.all_of((outcome.undecided, kept)),
    )


def _settled(
    lacking: Mapping[Asked, Term],
    situation: SituationColumns,
    view: ViewColumns,
    optional: frozenset[str],
    holds_today: Term,
) -> Term:
    """Whether what is open is open only for facts that can be known later."""
    lacking = asked_first(lacking)
    waits = {asked: situation.waits(asked, view, optional) for asked in lacking}
    some = terms.any_of(terms.all_of((term, waits[asked])) for asked, term in lacking.items())
    others = terms.any_of(
        terms.all_of((term, terms.negated(waits[asked]))) for asked, term in lacking.items()
    )
    return terms.all_of((some, terms.any_of((terms.negated(others), holds_today))))


def _is_awaited(outcome: Outcome, situation: SituationColumns) -> Term:
    """Whether a pending requirement asks for a fact that a rule lacks."""
    compiled = outcome.grades[0].compiled
    if compiled is None:
        return FALSE
    return terms.any_of(
        terms.all_of((holds, situation.awaited.get(path, FALSE)))
        for (path, _), holds in unknown_facts(compiled).items()
    )


def _flags_worse(rule: Rule, now: Outcome, later: Outcome) -> Term:
    """Whether today's facts flag something that the facts valid at surgery do not."""
    severities = [SEVERITY[grade.level] for grade in rule.grades]
    found: list[Term] = []
    for severity, holds in zip(severities, now.flagged, strict=True):
        as_bad = terms.any_of(
            flagged
            for other, flagged in zip(severities, later.flagged, strict=True)
            if other >= severity
        )
        found.append(terms.all_of((holds, terms.negated(as_bad))))
    return terms.any_of(found)
