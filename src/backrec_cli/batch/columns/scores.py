"""Counted scores: `profile.score` in columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backrec_cli.batch.columns.settled import Settled
from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import (
    Asked,
    Compiled,
    NotColumnarError,
    blocking,
    gathered,
    terms,
)
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term
from backrec_cli.facts.definition import FactDefinition, ScoreItem
from backrec_cli.facts.dictionary import FactDictionary

Lookup = Callable[[str], Settled]
Bounds = tuple[Term, Term]

_ZERO = terms.constant(0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one item gives: its least and most points, and what would settle it."""

    low: Term
    high: Term
    lacking: dict[Asked, Term]


def counted(item: ScoreItem, compiled: Compiled, dictionary: FactDictionary) -> Counted:
    """Return what an item gives: points where its condition holds, or the value it computes."""
    if item.when is None or isinstance(item.points, str):
        low, high = span(compiled, dictionary) or (_ZERO, _ZERO)
    else:
        points = terms.constant(item.points)
        least, most = sorted((0, item.points))
        low = terms.chosen(compiled.value, points, _if_open(compiled, least))
        high = terms.chosen(compiled.value, points, _if_open(compiled, most))
    is_open = terms.negated(terms.is_true(terms.compared("eq", low, high)))
    lacking = {asked: terms.all_of((is_open, holds)) for asked, holds in blocking(compiled).items()}
    return Counted(low, high, {asked: term for asked, term in lacking.items() if term is not FALSE})


def _if_open(compiled: Compiled, points: int) -> Term:
    """Return points where a condition is unknown, and none where it is false."""
    return terms.chosen(terms.is_null(compiled.value), terms.constant(points), _ZERO)


def count_score(
    definition: FactDefinition,
    items: list[Counted],
    reach: tuple[int, int] | None,
    lookup: Lookup,
) -> Settled:
    """Return the score, or the range it lies in while some of its items are open."""
    low, high = _total([item.low for item in items]), _total([item.high for item in items])
    known = terms.is_true(terms.compared("eq", low, high))
    is_open = terms.negated(known)
    lacking = gathered(found for item in items for found in item.lacking.items())
    unusable = terms.all_of((is_open, _recorded_unusable(lacking, lookup)))
    says = terms.all_of((is_open, _says_something((low, high), reach)))
    discarded = _first_is_discarded(lacking, lookup)
    itemised = terms.any_of((known, says, unusable))
    asked: dict[Asked, Term] = {
        (path, definition.path): terms.all_of((is_open, itemised, holds))
        for (path, _), holds in lacking.items()
    }
    nothing_asked = terms.negated(terms.any_of(asked.values()))
    return Settled(
        low,
        known=known,
        unrecorded=terms.all_of((is_open, terms.negated(unusable))),
        rejected=terms.all_of((says, discarded)),
        discarded=terms.all_of((unusable, discarded)),
        low=terms.chosen(says, low, NULL),
        high=terms.chosen(says, high, NULL),
        asked={**asked, (definition.path, None): nothing_asked},
    )


def _recorded_unusable(lacking: Mapping[Asked, Term], lookup: Lookup) -> Term:
    """Whether an item was recorded and cannot be used."""
    return terms.any_of(
        terms.all_of((holds, terms.negated(lookup(path).unrecorded)))
        for (path, _), holds in lacking.items()
    )


def _first_is_discarded(lacking: Mapping[Asked, Term], lookup: Lookup) -> Term:
    """Whether the first item that was recorded and cannot be used had to be discarded."""
    first: Term = FALSE
    for (path, _), holds in reversed(list(lacking.items())):
        fact = lookup(path)
        unusable = terms.all_of((holds, terms.negated(fact.unrecorded)))
        first = terms.chosen(unusable, fact.discarded, first)
    return first


def _says_something(bounds: Bounds, reach: tuple[int, int] | None) -> Term:
    """Whether the bounds are narrower than what the score can be of anybody."""
    if reach is None:
        return terms.TRUE
    same = (
        terms.compared("eq", end, terms.constant(most))
        for end, most in zip(bounds, reach, strict=True)
    )
    return terms.negated(terms.is_true(terms.all_of(same)))


def _total(parts: list[Term]) -> Term:
    """Add numbers up."""
    total = _ZERO
    for part in parts:
        total = part if total is _ZERO else terms.computed("add", total, part)
    return total


def span(compiled: Compiled, dictionary: FactDictionary) -> Bounds | None:
    """Return the bounds of a whole number, as `expression.bounds` does; None where it has none."""
    if compiled.folded is not None:
        return compiled.value, compiled.value
    found = _bounds(compiled, dictionary)
    if found is None:
        return None
    low = terms.first_known(compiled.value, compiled.low, found[0])
    high = terms.first_known(compiled.value, compiled.high, found[1])
    return low, high


def _bounds(compiled: Compiled, dictionary: FactDictionary) -> Bounds | None:
    """Return what a part can be where its value is not known."""
    match compiled.node:
        case nodes.FactRef(path=path):
            definition = dictionary.get(path)
            if definition is None or definition.plausible is None:
                return None
            low, high = definition.plausible
            return terms.constant(int(low)), terms.constant(int(high))
        case nodes.ExpressionRef():
            return span(compiled.inputs[0], dictionary)
        case nodes.If():
            return _of_choice(compiled, dictionary)
        case nodes.Add():
            return _of_sum(compiled, dictionary)
        case nodes.Multiply():
            return _of_product(compiled, dictionary)
        case _:
            msg = f"the bounds of {type(compiled.node).__name__}"
            raise NotColumnarError(msg)


def _of_choice(compiled: Compiled, dictionary: FactDictionary) -> Bounds | None:
    """Return what an `if` can give: the chosen branch, or either."""
    condition = compiled.inputs[0].value
    branches = [span(each, dictionary) for each in compiled.inputs[1:]]
    if branches[0] is None or branches[1] is None:
        return None
    (low, high), (other_low, other_high) = branches[0], branches[1]
    either = (terms.least(low, other_low), _most(high, other_high))
    return tuple_of(condition, (low, high), (other_low, other_high), either)


def tuple_of(condition: Term, then: Bounds, otherwise: Bounds, either: Bounds) -> Bounds:
    """Return one of three bounds: where a condition holds, fails, or is open."""
    first, last = (
        terms.chosen(terms.is_null(condition), unknown, terms.chosen(condition, yes, no))
        for yes, no, unknown in zip(then, otherwise, either, strict=True)
    )
    return first, last


def _most(left: Term, right: Term) -> Term:
    return terms.chosen(terms.compared("le", left, right), right, left)


def _of_sum(compiled: Compiled, dictionary: FactDictionary) -> Bounds | None:
    left, right = (span(each, dictionary) for each in compiled.inputs)
    if left is None or right is None:
        return None
    return terms.computed("add", left[0], right[0]), terms.computed("add", left[1], right[1])


def _of_product(compiled: Compiled, dictionary: FactDictionary) -> Bounds | None:
    """Return the bounds of a product with a constant that is not negative."""
    left, right = compiled.inputs
    factor, other = (left, right) if left.folded is not None else (right, left)
    reach = span(other, dictionary)
    if not isinstance(factor.folded, int) or factor.folded < 0:
        msg = "the bounds of a product"
        raise NotColumnarError(msg)
    if reach is None:
        return None
    low, high = (terms.computed("multiply", factor.value, end) for end in reach)
    return low, high
