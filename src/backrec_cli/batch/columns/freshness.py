"""Judges how long values hold: `profile.freshness` in columns, for dates without a time."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from backrec_cli.batch.columns.clock import ClockColumns, after
from backrec_cli.batch.columns.settled import Settled
from backrec_cli.expression import Expression
from backrec_cli.expression.compiler import (
    FactColumns,
    NotColumnarError,
    compile_columns,
    terms,
)
from backrec_cli.expression.compiler.terms import NULL, Term
from backrec_cli.facts.definition import FactDefinition, FactType, Validity

Compile = Callable[[str], Expression]


def expires(fact: Settled, definition: FactDefinition) -> Term:
    """Whether a value can go stale: "it never happened" has no date, a review has its own."""
    lasting = fact.by_review
    if definition.type is FactType.EVENT:
        lasting = terms.any_of((lasting, terms.is_false(fact.value)))
    return terms.all_of((fact.known, terms.negated(lasting)))


def judged(fact: Settled, definition: FactDefinition, days: Term, clock: ClockColumns) -> Settled:
    """Return a fact that holds for `days` (null: for ever) after its date, and no longer."""
    can = expires(fact, definition)
    unplanned = terms.all_of((can, terms.negated(clock.planned)))
    undated = terms.all_of((can, clock.planned, terms.is_null(fact.on)))
    last = terms.computed("add", fact.on, days)
    stale = terms.all_of((can, clock.planned, after(clock.until, last)))
    lost = fact.lost(terms.any_of((unplanned, undated))).lost(stale, stale=True)
    return replace(lost, held=terms.chosen(can, days, NULL))


def strictest_days(definition: FactDefinition) -> Term:
    """Return the shortest of a fact's validities, whatever its condition."""
    return terms.constant(min(validity.days for validity in definition.valid_for))


def days_of(definition: FactDefinition, compiled: Compile, facts: "CautiousFacts") -> Term:
    """Return for how many days a fact holds; where a condition is open, the fewest it may be."""
    found: Term = NULL
    for validity in reversed(definition.valid_for):
        found = _one_of(validity, found, compiled, facts)
    return found


def _one_of(validity: Validity, later: Term, compiled: Compile, facts: "CautiousFacts") -> Term:
    """Return a validity's days where its condition holds, else those of the ones after it."""
    days = terms.constant(validity.days)
    if validity.when is None:
        return days
    holds = compile_columns(compiled(validity.when), facts).value
    fewer = terms.chosen(terms.compared("lt", later, days), later, days)
    perhaps = terms.chosen(terms.is_null(holds), fewer, later)
    return terms.chosen(holds, days, perhaps)


class CautiousFacts:
    """What the `when` of a validity reads: the fact itself as said, others only if surely fresh."""

    def __init__(
        self,
        path: str,
        said: Mapping[str, Settled],
        definitions: Mapping[str, FactDefinition],
        clock: ClockColumns,
    ) -> None:
        """Keep the fact whose validity is asked for, and what is said of all."""
        self.path = path
        self.said = said
        self.definitions = definitions
        self.clock = clock

    @property
    def as_of(self) -> Term:
        """The day of each assessment."""
        return self.clock.today

    def fact(self, path: str) -> FactColumns:
        """Return a fact for a condition."""
        definition = self.definitions[path]
        if definition.worked_out:
            msg = f"the validity of {self.path} rests on {path}"
            raise NotColumnarError(msg)
        fact = self.said[path]
        if path != self.path and definition.valid_for:
            fact = judged(fact, definition, strictest_days(definition), self.clock)
        return fact.columns(definition)
