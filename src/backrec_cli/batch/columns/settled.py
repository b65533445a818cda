"""A fact of every patient as the rules may use it, or unknown and why: `FactReading` in columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backrec_cli.expression.compiler import Asked, FactColumns, gathered, terms
from backrec_cli.expression.compiler.terms import FALSE, NULL, TRUE, Term
from backrec_cli.facts.definition import FactDefinition, FactType

_TRUTHS = frozenset({FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION})
_CALCULATED = frozenset({FactType.DECIMAL, FactType.QUANTITY})


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of one fact.

    value       in the canonical unit; only meaningful where `known`. NULL for several choices.
    words       for a fact of several choices, whether each word is among them.
    known       whether the rules may use it.
    unrecorded  whether it is unknown because nobody mentioned it.
    stale       whether it is unknown because it is too old.
    rejected    whether something was written and had to be discarded.
    discarded   whether it is unknown because it, or what it follows from, had to be discarded.
    on          the day of its date, null where it has none.
    held        for how many whole days after `on` it holds, null where it does not go stale.
    by_review   whether it is a "no" of a review.
    rounded     whether its number was calculated.
    low, high   for a score that is not known, the least and most it can be.
    asked       for a score, what to obtain: its open items.
    """

    value: Term
    known: Term
    unrecorded: Term
    words: Mapping[str, Term] | None = None
    stale: Term = FALSE
    rejected: Term = FALSE
    discarded: Term = FALSE
    on: Term = NULL
    held: Term = NULL
    by_review: Term = FALSE
    rounded: bool = False
    low: Term = NULL
    high: Term = NULL
    asked: Mapping[Asked, Term] = field(default_factory=dict)

    def columns(self, definition: FactDefinition) -> FactColumns:
        """Return the fact as expressions read it."""
        words = None
        if self.words is not None:
            words = {word: masked(term, self.known) for word, term in self.words.items()}
        return FactColumns(
            definition.path,
            value=masked(self.value, self.known),
            known=self.known,
            unrecorded=self.unrecorded,
            worked_out=definition.worked_out,
            boolean=definition.type in _TRUTHS,
            whole=definition.type is FactType.INTEGER,
            day=definition.type is FactType.DATE,
            text=definition.type is FactType.CHOICE,
            rounded=self.rounded and definition.type in _CALCULATED,
            on=self.on,
            unit=definition.unit,
            words=words,
            low=self.low,
            high=self.high,
            asked=self.asked,
        )

    def lost(self, when: Term, *, rejected: bool = False, stale: bool = False) -> "Settled":
        """Return the fact with its value taken away where `when` holds, and why."""
        kept = terms.negated(when)
        return replace(
            self,
            known=terms.all_of((self.known, kept)),
            unrecorded=terms.all_of((self.unrecorded, kept)),
            rejected=_with(self.rejected, when, added=rejected),
            discarded=_with(self.discarded, when, added=rejected),
            stale=_with(self.stale, when, added=stale),
        )


def masked(value: Term, known: Term) -> Term:
    """Return a value, null where it is not known."""
    return terms.chosen(known, value, NULL)


def _only(term: Term, where: Term) -> Term:
    return terms.all_of((term, where))


def _with(reason: Term, when: Term, *, added: bool) -> Term:
    """Return where a reason holds once another value is lost: for this reason, or another."""
    return terms.any_of((reason, when)) if added else _only(reason, terms.negated(when))


def merged(when: Term, one: Settled, other: Settled) -> Settled:
    """Return one fact where `when` holds and the other elsewhere."""
    if when is TRUE:
        return one
    if when is FALSE:
        return other
    rest = terms.negated(when)
    asked = gathered(
        (key, _only(term, where))
        for fact, where in ((one, when), (other, rest))
        for key, term in fact.asked.items()
    )
    return Settled(
        value=terms.chosen(when, one.value, other.value),
        known=terms.chosen(when, one.known, other.known),
        unrecorded=terms.chosen(when, one.unrecorded, other.unrecorded),
        words=one.words,
        stale=terms.chosen(when, one.stale, other.stale),
        rejected=terms.chosen(when, one.rejected, other.rejected),
        discarded=terms.chosen(when, one.discarded, other.discarded),
        on=terms.chosen(when, one.on, other.on),
        held=terms.chosen(when, one.held, other.held),
        by_review=terms.chosen(when, one.by_review, other.by_review),
        rounded=one.rounded or other.rounded,
        low=terms.chosen(when, one.low, other.low),
        high=terms.chosen(when, one.high, other.high),
        asked=asked,
    )
