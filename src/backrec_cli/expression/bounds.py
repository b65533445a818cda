"""A traced Integer expression -> the least and most it can be, whatever its unknown facts are."""

from backrec_cli.expression import arithmetic, nodes
from backrec_cli.expression.trace import Trace, truth
from backrec_cli.expression.values import Uncertainty, Value
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.ternary import Truth

_CALCULATIONS = {
    nodes.Add: arithmetic.add,
    nodes.Subtract: arithmetic.subtract,
    nodes.Multiply: arithmetic.multiply,
}


def span(traced: Trace, dictionary: FactDictionary) -> tuple[int, int] | None:
    """Return the bounds of a whole number, equal where it is known; None where it has none.

    An unknown integer lies in its plausible range. An `if` whose condition is unknown gives what
    either branch can give.
    """
    found = _bounds(traced, dictionary)
    return arithmetic.ends(found) if isinstance(found, int | Uncertainty) else None


def _bounds(traced: Trace, dictionary: FactDictionary) -> Value:
    """Return a number, the range it lies in, or null."""
    if isinstance(traced.value, int | Uncertainty):
        return traced.value
    match traced.node:
        case nodes.FactRef():
            return _plausible(traced, dictionary)
        case nodes.ExpressionRef():
            return _bounds(traced.inputs[0], dictionary)
        case nodes.If():
            return _of_choice(traced, dictionary)
        case nodes.Add() | nodes.Subtract() | nodes.Multiply():
            left, right = (_bounds(each, dictionary) for each in traced.inputs)
            return _CALCULATIONS[type(traced.node)](left, right)
        case _:
            return None


def _plausible(traced: Trace, dictionary: FactDictionary) -> Value:
    """Return what an unknown integer can be."""
    path = None if traced.reading is None else traced.reading.path
    definition = None if path is None else dictionary.get(path)
    if definition is None or definition.plausible is None:
        return None
    low, high = definition.plausible
    return Uncertainty(int(low), int(high))


def _of_choice(traced: Trace, dictionary: FactDictionary) -> Value:
    """Return what an `if` can give: the chosen branch, or either."""
    condition, chosen, otherwise = traced.inputs
    answer = truth(condition)
    branches = [
        each
        for each, unless in ((chosen, Truth.FALSE), (otherwise, Truth.TRUE))
        if answer is not unless
    ]
    found = [span(each, dictionary) for each in branches]
    known = [bounds for bounds in found if bounds is not None]
    if len(known) < len(found):
        return None
    return Uncertainty(min(low for low, _ in known), max(high for _, high in known))
