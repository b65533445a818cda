"""The hold of an entry -> the day of the last dose: `engine.last_dose` in columns."""

from backrec_cli.batch.columns.situation import SituationColumns
from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import Compiled, compile_columns, terms
from backrec_cli.expression.compiler.terms import FALSE, NULL, TRUE, Term
from backrec_cli.rulepack.model import LastDose, Rule, Step


def last_dose_day(entry: Rule | Step, situation: SituationColumns) -> Term:
    """Return the day of the last dose where the entry applies or may apply, else null."""
    hold = entry.last_dose
    if hold is None:
        return NULL
    optional = _optional(entry)
    taken = terms.any_of(_is_taken(path, situation) for path in hold.drugs)
    perhaps = terms.any_of(_may_be_taken(path, situation, optional) for path in hold.drugs)
    gap = terms.chosen(
        taken,
        _gap(hold, frozenset(hold.drugs), situation),
        _gap(hold, frozenset(hold.drugs) & optional, situation),
    )
    by = terms.computed("subtract", situation.surgery, gap)
    counts = terms.all_of(
        (
            terms.any_of((taken, perhaps)),
            terms.negated(_does_not_apply(entry, situation)),
            terms.is_true(terms.compared("le", terms.constant(0), gap)),
            terms.negated(terms.all_of((situation.cannot_wait, _has_passed(by, situation)))),
        )
    )
    return terms.chosen(counts, by, NULL)


def _optional(entry: Rule | Step) -> frozenset[str]:
    return entry.optional if isinstance(entry, Rule) else frozenset()


def _has_passed(by: Term, situation: SituationColumns) -> Term:
    return terms.is_true(terms.compared("lt", by, situation.day))


def _does_not_apply(entry: Rule | Step, situation: SituationColumns) -> Term:
    """Whether an entry does not apply, or (for want of an optional result) says nothing."""
    optional = _optional(entry)
    later = situation.at_surgery.judge(entry.applies, optional)
    now = situation.today.judge(entry.applies, optional)
    return terms.any_of((later.no, later.silent, terms.all_of((situation.early, now.no))))


def _is_taken(path: str, situation: SituationColumns) -> Term:
    return terms.is_true(situation.at_surgery.view.fact(path).value)


def _may_be_taken(path: str, situation: SituationColumns, optional: frozenset[str]) -> Term:
    """Whether a drug is unknown, and not merely an optional one that nobody mentioned."""
    fact = situation.at_surgery.view.fact(path)
    unmentioned = fact.unrecorded if path in optional else FALSE
    return terms.all_of((terms.negated(fact.known), terms.negated(unmentioned)))


def _gap(hold: LastDose, assumed: frozenset[str], situation: SituationColumns) -> Term:
    """Return the days of a hold, by the facts that hold today."""
    return _longest(compile_columns(hold.days, situation.today.view, assume_false=assumed))


def _longest(gap: Compiled) -> Term:
    """Return a gap; where what decides between two is not known, the longer one: it is safer."""
    if not isinstance(gap.node, nodes.If) or not gap.inputs:
        return gap.value
    condition, chosen, otherwise = gap.inputs
    one, other = _longest(chosen), _longest(otherwise)
    decided = terms.chosen(condition.value, one, other)
    return terms.chosen(terms.is_null(condition.value), _longer(one, other), decided)


def _longer(one: Term, other: Term) -> Term:
    """Return the longer of two gaps, the known one where only one is."""
    if one is NULL or other is NULL:
        return other if one is NULL else one
    longer = terms.chosen(terms.compared("le", one, other), other, one)
    return terms.chosen(terms.is_null(one), other, terms.chosen(_known(other), longer, one))


def _known(term: Term) -> Term:
    return TRUE if not term.nullable else terms.is_known(term)
