"""What became of one entry of the pack, patient by patient."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backrec_cli.expression.compiler import Asked, gathered, terms
from backrec_cli.expression.compiler.terms import FALSE, Term
from backrec_cli.rulepack.model import Level


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry's statuses: all that the table of results and the verdict are made from.

    flagged    with each level that it flags at, where it does.
    undecided  whether its status is undecided.
    pending    whether it can only be known nearer the day.
    overdue    for a step, whether its window has closed.
    open       with each level that stays open, where it does.
    missing    the facts it lacks, where something of it stays open.
    """

    id: str
    flagged: Sequence[tuple[Level, Term]] = ()
    undecided: Term = FALSE
    pending: Term = FALSE
    overdue: Term = FALSE
    open: Sequence[tuple[Level, Term]] = ()
    missing: Mapping[str, Term] = field(default_factory=dict)

    @property
    def any_flagged(self) -> Term:
        """Whether it is flagged at any level."""
        return terms.any_of(term for _, term in self.flagged)


def by_path(lacking: Mapping[Asked, Term], where: Term) -> Mapping[str, Term]:
    """Return what is lacking by fact alone, where it counts."""
    found = (((path, None), terms.all_of((where, term))) for (path, _), term in lacking.items())
    return {path: term for (path, _), term in gathered(found).items()}
