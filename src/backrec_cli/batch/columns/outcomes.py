"""One rule in one view: which grade holds, which stay open: `engine.outcome.judge` in columns."""

from collections.abc import Mapping
from dataclasses import dataclass

from backrec_cli.batch.columns.conditions import Condition, Conditions
from backrec_cli.expression.compiler import Asked, gathered, terms
from backrec_cli.expression.compiler.terms import FALSE, Term
from backrec_cli.rulepack.model import Rule


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of a rule, patient by patient; statuses exclude each other, else it is clear.

    flagged, open  one truth for each grade: that it holds, or that it could not be decided.
    lacking        what would decide the open grades.
    """

    applies: Condition
    grades: tuple[Condition, ...]
    not_applicable: Term
    flagged: tuple[Term, ...]
    undecided: Term
    not_assessed: Term
    open: tuple[Term, ...]
    lacking: Mapping[Asked, Term]

    @property
    def any_flagged(self) -> Term:
        """Whether any grade holds."""
        return terms.any_of(self.flagged)

    @property
    def any_open(self) -> Term:
        """Whether any grade is open."""
        return terms.any_of(self.open)


def judge(rule: Rule, conditions: Conditions) -> Outcome:
    """Return the outcome of a rule: the worst grade that holds, and every open worse grade."""
    applies = conditions.judge(rule.applies, rule.optional)
    grades = tuple(conditions.judge(grade.when, rule.optional) for grade in rule.grades)
    flagged, considered = _worst_first(grades)
    any_yes = terms.any_of(each.yes for each in grades)
    nothing_holds = terms.all_of((applies.yes, terms.negated(any_yes)))
    any_open = terms.any_of(considered)
    could = [terms.any_of((each.yes, each.open)) for each in grades]
    all_no = terms.all_of(each.no for each in grades)
    perhaps = terms.all_of((applies.open, terms.any_of(could)))
    says_nothing = terms.any_of(
        (applies.silent, terms.all_of((applies.open, terms.negated(terms.any_of(could)))))
    )
    silent = terms.all_of(
        (
            nothing_holds,
            terms.negated(any_open),
            terms.any_of(each.silent for each in grades),
        )
    )
    return Outcome(
        applies,
        grades,
        terms.any_of(
            (applies.no, terms.all_of((terms.any_of((applies.open, applies.silent)), all_no)))
        ),
        tuple(terms.all_of((applies.yes, each)) for each in flagged),
        terms.any_of((terms.all_of((nothing_holds, any_open)), perhaps)),
        terms.any_of((silent, terms.all_of((says_nothing, terms.negated(all_no))))),
        _open(applies, considered, could),
        _lacking(applies, grades, considered),
    )


def _worst_first(grades: tuple[Condition, ...]) -> tuple[list[Term], list[Term]]:
    """Return for each grade whether it is the worst that holds, and whether it is open above it."""
    flagged: list[Term] = []
    considered: list[Term] = []
    above: Term = FALSE
    for each in grades:
        free = terms.negated(above)
        flagged.append(terms.all_of((each.yes, free)))
        considered.append(terms.all_of((each.open, free)))
        above = terms.any_of((above, each.yes))
    return flagged, considered


def _open(applies: Condition, considered: list[Term], could: list[Term]) -> tuple[Term, ...]:
    """Return the open grades of a rule that applies, and of one that may."""
    return tuple(
        terms.any_of((terms.all_of((applies.yes, one)), terms.all_of((applies.open, other))))
        for one, other in zip(considered, could, strict=True)
    )


def _lacking(
    applies: Condition, grades: tuple[Condition, ...], considered: list[Term]
) -> Mapping[Asked, Term]:
    """Return what open grades lack, and where it is open what the rule's own condition lacks."""
    found = list(applies.lacking.items())
    for grade, counts in zip(grades, considered, strict=True):
        here = terms.any_of((terms.all_of((applies.yes, counts)), applies.open))
        found += [(asked, terms.all_of((here, term))) for asked, term in grade.lacking.items()]
    return gathered(found)
