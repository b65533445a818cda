"""Rejects what lies ahead and lets reviews say "no": `profile.future` and `review` in columns."""

from dataclasses import replace

from backrec_cli.batch.columns.clock import ClockColumns, after
from backrec_cli.batch.columns.recorded import RecordedFacts
from backrec_cli.batch.columns.settled import Settled
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.terms import FALSE, NULL, TRUE, Term
from backrec_cli.facts.definition import FactDefinition, FactType

_BIRTH_DATE = "patient.birth_date"


def not_ahead(fact: Settled, definition: FactDefinition, clock: ClockColumns) -> Settled:
    """Return a fact with what cannot have happened yet rejected."""
    happened = fact.on
    if definition.type is FactType.DATE:
        happened = fact.value if definition.path == _BIRTH_DATE else NULL
    ahead = clock.is_ahead(happened)
    if definition.path == _BIRTH_DATE:
        ahead = terms.all_of((ahead, fact.known))
    settled = fact.lost(terms.all_of((ahead, terms.negated(fact.rejected))), rejected=True)
    if definition.day_of:
        settled = _on_the_day(settled, definition, clock)
    return settled


def _on_the_day(fact: Settled, definition: FactDefinition, clock: ClockColumns) -> Settled:
    """Accept what is done on the day of surgery only when that day has come."""
    done = terms.all_of((fact.known, _says_done(fact, definition)))
    noted = fact.value if definition.type is FactType.DATE else fact.on
    day = terms.first_known(noted, clock.today)
    early = terms.any_of((after(clock.surgery, clock.today), after(clock.surgery, day)))
    unplanned = terms.all_of((done, terms.negated(clock.planned)))
    rejected = terms.all_of((done, clock.planned, early))
    return fact.lost(unplanned).lost(rejected, rejected=True)


def _says_done(fact: Settled, definition: FactDefinition) -> Term:
    """Whether a known fact says that something was done, not that it was left out."""
    if fact.words is not None:
        return terms.any_of(map(terms.is_true, fact.words.values()))
    if definition.negative_choice is not None:
        no = terms.compared("eq", fact.value, terms.constant(definition.negative_choice))
        return terms.negated(terms.is_true(no))
    if definition.type in (FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION):
        return terms.negated(terms.is_false(fact.value))
    return TRUE


def denied(
    fact: Settled,
    definition: FactDefinition,
    counts: Term,
) -> Settled:
    """Return a fact that is a "no" where nobody mentioned it and a review of it `counts`."""
    denies = terms.all_of((fact.unrecorded, counts))
    if denies is FALSE:
        return fact
    no: Term = FALSE
    if definition.type is FactType.CHOICE and definition.negative_choice is not None:
        no = terms.constant(definition.negative_choice)
    return replace(
        fact,
        value=terms.chosen(denies, no, fact.value),
        known=terms.any_of((fact.known, denies)),
        unrecorded=terms.all_of((fact.unrecorded, terms.negated(denies))),
        by_review=denies,
    )


def review_counts(recorded: RecordedFacts, section: str, clock: ClockColumns, days: int) -> Term:
    """Whether the review of a section counts: undated, or not ahead and not too long ago."""
    reviewed = recorded.reviewed(section)
    on = recorded.reviewed_on(section)
    oldest = terms.computed("add", on, terms.constant(days))
    void = terms.any_of(
        (terms.negated(clock.planned), clock.is_ahead(on), after(clock.until, oldest))
    )
    dated = terms.is_known(on)
    return terms.all_of((reviewed, terms.negated(terms.all_of((dated, void)))))
