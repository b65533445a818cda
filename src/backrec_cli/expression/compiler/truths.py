"""Comparisons and memberships -> truth columns."""

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.compiled import Compiled, NotColumnarError
from backrec_cli.expression.compiler.folding import term_of
from backrec_cli.expression.compiler.numbers import is_at_most, is_equal, is_less
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term
from backrec_cli.expression.values import Interval, Value
from backrec_cli.temporal.values import Temporal
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity


def ordered(node: nodes.Ordering, left: Compiled, right: Compiled) -> Term:
    """Return `<`, `<=`, `>` or `>=`."""
    match node:
        case nodes.Less():
            return is_less(left, right)
        case nodes.LessOrEqual():
            return is_at_most(left, right)
        case nodes.Greater():
            return is_less(right, left)
        case nodes.GreaterOrEqual():
            return is_at_most(right, left)


def alike(
    node: nodes.Equal | nodes.NotEqual | nodes.Equivalent, inputs: tuple[Compiled, ...]
) -> Term:
    """Return `=`, `!=` or `~`; null where either side is."""
    left, right = inputs
    if left.words is not None or right.words is not None:
        msg = "a list as a whole"
        raise NotColumnarError(msg)
    if isinstance(node, nodes.Equivalent) and not _exact(left, right):
        msg = "equivalence of numbers, texts or null"
        raise NotColumnarError(msg)
    same = is_equal(left, right)
    return terms.negated(same) if isinstance(node, nodes.NotEqual) else same


def _exact(left: Compiled, right: Compiled) -> bool:
    """Whether `~` says the same as `=`; it does not where the author wrote null."""
    return (
        not any(each.whole or each.rounded or each.unit for each in (left, right))
        and not any(each.is_nothing and not each.reads for each in (left, right))
        and all(isinstance(each.folded, Truth | Temporal | None) for each in (left, right))
        and all(each.fact is None or each.fact.boolean for each in (left, right))
    )


def between(node: nodes.Betweenness, inputs: tuple[Compiled, ...]) -> Term:
    """Return whether a value lies between two others."""
    value, low, high = inputs
    compare = is_less if isinstance(node, nodes.ProperlyBetween) else is_at_most
    return terms.all_of((compare(low, value), compare(value, high)))


def membership(node: nodes.Membership, inputs: tuple[Compiled, ...]) -> Term:
    """Return whether a list or an interval holds a value."""
    element, collection = inputs if isinstance(node, nodes.In) else inputs[::-1]
    if node.precision not in (None, "day"):
        msg = f"membership to the {node.precision}"
        raise NotColumnarError(msg)
    if collection.words is not None:
        return _among_choices(element, collection)
    match collection.folded:
        case tuple() as values if not collection.reads:
            return _among(element, values)
        case Interval() as interval if not collection.reads:
            return _within(element, interval)
        case _:
            msg = "membership in something that is not constant"
            raise NotColumnarError(msg)


def _among(element: Compiled, values: tuple[Value, ...]) -> Term:
    """Return whether a value is one of several constants; a null among them equals nothing."""
    found = [
        is_equal(element, _constant(element, value))
        for value in values
        if value is not None and value is not Truth.UNKNOWN
    ]
    return terms.chosen(terms.is_null(element.least), NULL, terms.any_of(found))


def _constant(element: Compiled, value: Value) -> Compiled:
    """Return one constant of a list."""
    term = term_of(value)
    if term is NULL:
        msg = f"a list of {type(value).__name__}"
        raise NotColumnarError(msg)
    unit = value.unit if isinstance(value, Quantity) else None
    return Compiled(element.node, term, unit=unit, whole=isinstance(value, int), folded=value)


def _among_choices(element: Compiled, collection: Compiled) -> Term:
    """Return whether a word is among the choices of a fact; of another word, that it is not."""
    if not isinstance(element.folded, str) or collection.words is None or collection.fact is None:
        msg = "a choice that is not constant"
        raise NotColumnarError(msg)
    known = collection.fact.known
    return collection.words.get(element.folded, terms.chosen(known, FALSE, NULL))


def _within(element: Compiled, interval: Interval) -> Term:
    """Return whether a value lies in a constant interval; a closed end of null is no limit."""
    if interval.low is None and interval.high is None:
        return terms.chosen(terms.is_null(element.least), NULL, FALSE)
    low = _side(element, interval.low, closed=interval.low_closed, below=True)
    high = _side(element, interval.high, closed=interval.high_closed, below=False)
    return terms.chosen(terms.is_null(element.least), NULL, terms.all_of((low, high)))


def _side(element: Compiled, end: Value, *, closed: bool, below: bool) -> Term:
    """Return whether a value lies on the right side of one end."""
    if end is None:
        return terms.TRUE if closed else NULL
    limit = _constant(element, end)
    compare = is_at_most if closed else is_less
    return compare(limit, element) if below else compare(element, limit)


def exists(operand: Compiled) -> Term:
    """Return whether a fact has any of its choices."""
    if operand.words is None or operand.fact is None:
        msg = "exists of something that is not a fact"
        raise NotColumnarError(msg)
    return terms.chosen(operand.fact.known, terms.any_of(operand.words.values()), NULL)
