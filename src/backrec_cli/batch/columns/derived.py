"""Facts that follow from others: `profile.derive` in columns."""

from collections.abc import Callable, Mapping

from backrec_cli.batch.columns.settled import Settled
from backrec_cli.expression.compiler import (
    Asked,
    Compiled,
    NotColumnarError,
    blocking,
    gathered,
    terms,
    unknown_facts,
)
from backrec_cli.expression.compiler.terms import FALSE, NULL, TRUE, Term
from backrec_cli.facts.definition import FactDefinition, FactType

Lookup = Callable[[str], Settled]

_NUMBERS = frozenset({FactType.QUANTITY, FactType.DECIMAL, FactType.INTEGER})


def derived(definition: FactDefinition, compiled: Compiled, lookup: Lookup) -> Settled:
    """Return the derived fact; any input that cannot be used makes it unknown, and why."""
    _fits(definition, compiled)
    found = terms.is_known(compiled.value)
    impossible = _impossible(definition, compiled.value)
    absent = terms.negated(found)
    missing = _missing(compiled)
    unrecorded = terms.all_of((absent, _any(missing, lookup, _is_unrecorded)))
    stale = terms.all_of(
        (
            absent,
            terms.negated(unrecorded),
            _any(missing, lookup, _is_stale),
            terms.negated(_any(missing, lookup, _is_otherwise)),
        )
    )
    shortest = _shortest(missing, lookup)
    return Settled(
        compiled.value,
        known=terms.all_of((found, terms.negated(impossible))),
        unrecorded=unrecorded,
        stale=stale,
        rejected=terms.all_of((found, impossible)),
        discarded=terms.any_of(
            (
                terms.all_of((found, impossible)),
                terms.all_of(
                    (absent, terms.negated(unrecorded), _first_discarded(missing, lookup))
                ),
            )
        ),
        on=terms.chosen(stale, shortest[0], NULL),
        held=terms.chosen(stale, shortest[1], NULL),
        rounded=compiled.rounded,
    )


def _fits(definition: FactDefinition, compiled: Compiled) -> None:
    """Refuse a derivation whose value would still have to be converted."""
    if compiled.bounded or compiled.words is not None or compiled.unit is not None:
        msg = f"{definition.path} is derived as something that has to be converted"
        raise NotColumnarError(msg)
    if definition.type is FactType.INTEGER and not compiled.whole:
        msg = f"{definition.path} is derived as a number that may have a fraction"
        raise NotColumnarError(msg)


def _impossible(definition: FactDefinition, value: Term) -> Term:
    """Whether a derived number lies outside the fact's range."""
    if definition.plausible is None or definition.type not in _NUMBERS:
        return FALSE
    low, high = (terms.constant(float(end)) for end in definition.plausible)
    outside = (terms.compared("lt", value, low), terms.compared("lt", high, value))
    return terms.is_true(terms.any_of(outside))


def _missing(compiled: Compiled) -> Mapping[Asked, Term]:
    """Return what keeps a derivation unknown; where nothing does, every input that is not known."""
    blocked = blocking(compiled)
    nothing = terms.negated(terms.any_of(blocked.values()))
    rest = (
        (asked, terms.all_of((nothing, term))) for asked, term in unknown_facts(compiled).items()
    )
    return gathered([*blocked.items(), *rest])


def _any(missing: Mapping[Asked, Term], lookup: Lookup, has: Callable[[Settled], Term]) -> Term:
    """Whether any missing fact has a property."""
    return terms.any_of(
        terms.all_of((holds, has(lookup(path)))) for (path, _), holds in missing.items()
    )


def _first_discarded(missing: Mapping[Asked, Term], lookup: Lookup) -> Term:
    """Whether the first input that is unknown, and not for its age, had to be discarded."""
    first: Term = FALSE
    for (path, _), holds in reversed(list(missing.items())):
        fact = lookup(path)
        first = terms.chosen(terms.all_of((holds, _is_otherwise(fact))), fact.discarded, first)
    return first


def _is_unrecorded(fact: Settled) -> Term:
    return fact.unrecorded


def _is_stale(fact: Settled) -> Term:
    return fact.stale


def _is_otherwise(fact: Settled) -> Term:
    """Whether a fact is unknown for another reason than its age."""
    return terms.negated(terms.any_of((fact.known, fact.stale)))


def _shortest(missing: Mapping[Asked, Term], lookup: Lookup) -> tuple[Term, Term]:
    """Return date and days of the stale input that held for the fewest days."""
    on, held = NULL, NULL
    # An input that is known, and only lacks its date, lends none.
    dateless = _any(missing, lookup, lambda fact: fact.known)
    for (path, _), holds in missing.items():
        fact = lookup(path)
        counts = terms.all_of((holds, fact.stale))
        shorter = terms.any_of(
            (terms.is_null(held), terms.is_true(terms.compared("lt", fact.held, held)))
        )
        first = terms.all_of((counts, shorter)) if held is not NULL else counts
        on = terms.chosen(first, fact.on, on)
        held = terms.chosen(first, fact.held, held)
    return terms.chosen(dateless, NULL, on), terms.chosen(dateless, NULL, held)


NOT_DERIVED = Settled(NULL, FALSE, TRUE)
"""A fact that rests on itself: not recorded."""
