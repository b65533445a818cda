"""One rule in every patient's situation: `engine.rules` in columns."""

from collections.abc import Mapping

from backrec_cli.assessment.verdict import SEVERITY
from backrec_cli.batch.columns.conditions import asked_first
from backrec_cli.batch.columns.doses import last_dose_day
from backrec_cli.batch.columns.judged import Judged, by_path
from backrec_cli.batch.columns.outcomes import Outcome, judge
from backrec_cli.batch.columns.situation import SituationColumns
from backrec_cli.batch.columns.view import ViewColumns
from backrec_cli.expression.compiler import Asked, gathered, terms, unknown_facts
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term
from backrec_cli.rulepack.model import Rule


def judge_rule(rule: Rule, situation: SituationColumns) -> Judged:
    """Return what became of a rule: early, or by the facts of today and of the day of surgery."""
    later = judge(rule, situation.at_surgery)
    early = situation.is_before(_first_day(rule, later, situation))
    due = terms.negated(early)
    waiting, kept_open, lacking = _early(rule, later, situation)
    flagged, still_open, missing, pending, undecided = _due(rule, later, situation)
    asks = terms.all_of((early, waiting))
    opened = [
        terms.any_of((terms.all_of((due, one)), terms.all_of((early, other))))
        for one, other in zip(still_open, kept_open, strict=True)
    ]
    levels = [grade.level for grade in rule.grades]
    undecided_early = terms.all_of((early, terms.any_of(kept_open)))
    lacks = gathered(
        [
            *((asked, terms.all_of((due, term))) for asked, term in missing.items()),
            *((asked, terms.all_of((early, term))) for asked, term in lacking.items()),
        ]
    )
    return Judged(
        rule.id,
        flagged=[(lv, terms.all_of((due, term))) for lv, term in zip(levels, flagged, strict=True)],
        undecided=terms.any_of((terms.all_of((due, undecided)), undecided_early)),
        pending=terms.any_of((asks, terms.all_of((due, pending)))),
        open=list(zip(levels, opened, strict=True)),
        missing=by_path(lacks, terms.any_of(opened)),
    )


def _first_day(rule: Rule, outcome: Outcome, situation: SituationColumns) -> Term:
    """Return the day on which a rule can first be known: its `from`, or its first drug-free day."""
    if rule.from_ is not None:
        return situation.starts(rule.from_)
    by = last_dose_day(rule, situation)
    first = terms.computed("add", by, terms.constant(1))
    return terms.chosen(outcome.any_flagged, NULL, first)


def _early(
    rule: Rule, outcome: Outcome, situation: SituationColumns
) -> tuple[Term, list[Term], Mapping[Asked, Term]]:
    """Return before a rule's first day: whether it is pending, its open grades, what they lack."""
    applies = outcome.applies
    may_apply = terms.negated(outcome.not_applicable)
    asks = terms.all_of((may_apply, applies.open))
    settled = _settled(applies.lacking, situation, situation.at_surgery.view, rule.optional, FALSE)
    holds = terms.all_of((may_apply, applies.yes))
    waits = terms.any_of((holds, terms.all_of((asks, settled))))
    stays = terms.all_of((asks, terms.negated(settled)))
    nothing_open = terms.negated(outcome.any_open)
    kept_open = [terms.all_of((stays, terms.any_of((each, nothing_open)))) for each in outcome.open]
    return waits, kept_open, applies.lacking


def _due(
    rule: Rule, later: Outcome, situation: SituationColumns
) -> tuple[list[Term], list[Term], Mapping[Asked, Term], Term, Term]:
    """Return from a rule's first day: flagged and open grades, what lacks, pending, undecided."""
    now = judge(rule, situation.today)
    worse = terms.all_of((situation.early, _flags_worse(rule, now, later)))
    rest = terms.negated(worse)
    holds_today = terms.all_of((situation.early, terms.negated(now.any_open)))
    views = ((worse, now, situation.today.view), (rest, later, situation.at_surgery.view))
    settled = [
        _settled(outcome.lacking, situation, view, rule.optional, holds_today)
        for _, outcome, view in views
    ]
    flagged: list[Term] = []
    still_open: list[Term] = []
    for place in range(len(rule.grades)):
        flagged.append(
            terms.any_of(terms.all_of((where, each.flagged[place])) for where, each, _ in views)
        )
        still_open.append(
            terms.any_of(
                terms.all_of((where, each.open[place], terms.negated(done)))
                for (where, each, _), done in zip(views, settled, strict=True)
            )
        )
    missing = gathered(
        (asked, terms.all_of((where, term)))
        for where, each, _ in views
        for asked, term in each.lacking.items()
    )
    # Where today flags something worse it is flagged, so only the later outcome can be undecided.
    open_later = terms.all_of((rest, later.undecided))
    awaited = terms.all_of((rest, later.not_assessed, _is_awaited(later, situation)))
    pending = terms.any_of((terms.all_of((open_later, settled[1])), awaited))
    return (
        flagged,
        still_open,
        missing,
        pending,
        terms.all_of((open_later, terms.negated(settled[1]))),
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
