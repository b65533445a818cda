"""Which operands made an answer what it is: the facts behind a true result, and their limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backrec_cli.expression import nodes
from backrec_cli.expression.operators import BY_NODE
from backrec_cli.expression.trace import Trace, leaves_below, readings_below, truth
from backrec_cli.expression.values import Value
from backrec_cli.facts.reading import FactReading
from backrec_cli.ternary import Truth

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "in": "contains", "contains": "in"}
_SPELLINGS: dict[type, str] = {
    nodes.SameAs: "same",
    nodes.SameOrBefore: "<=",
    nodes.SameOrAfter: ">=",
    nodes.Before: "<",
    nodes.After: ">",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact held against a limit.

    operator   as if the fact stood on the left: `<`, `>=`, `=`, `in`, `between`, `is` …
    limit      what it was held against, in the fact's canonical unit; None where the fact stands
               alone or is only a part of what was compared.
    attribute  the attribute that was read, None for the fact itself.
    """

    reading: FactReading
    operator: str
    limit: Value = None
    attribute: str | None = None


def deciding(traced: Trace) -> tuple[FactReading, ...]:
    """Return the usable facts in the operands that made a true result true, in reading order."""
    readings = (reading for part in _parts(traced) for reading in readings_below(part))
    return tuple({reading.path: reading for reading in readings if reading.usable}.values())


def comparisons(traced: Trace) -> tuple[Comparison, ...]:
    """Return how each fact behind a true result was compared."""
    return tuple(found for part in _parts(traced) for found in _compared(part))


def _parts(traced: Trace) -> Iterator[Trace]:
    """Yield the parts that decided a true result."""
    if truth(traced) is Truth.TRUE:
        yield from _deciding(traced)


def _deciding(traced: Trace) -> Iterator[Trace]:
    """Yield the parts, none of them a connective, that made a decided answer what it is.

    One true operand makes an `or` true, so only its true ones count; one false operand makes an
    `and` false. Otherwise all operands were needed.
    """
    answer = truth(traced)
    match traced.node:
        case nodes.And():
            needed = _matching(traced.inputs, answer) if answer is Truth.FALSE else traced.inputs
        case nodes.Or():
            needed = _matching(traced.inputs, answer) if answer is Truth.TRUE else traced.inputs
        case nodes.Implies():
            needed = _of_implication(traced)
        case nodes.Not() | nodes.Xor() | nodes.ExpressionRef():
            needed = traced.inputs
        case nodes.If():
            condition, chosen, otherwise = traced.inputs
            needed = (condition, chosen if truth(condition) is Truth.TRUE else otherwise)
        case _:
            yield traced
            return
    for each in needed:
        yield from _deciding(each)


def _matching(inputs: Sequence[Trace], answer: Truth) -> tuple[Trace, ...]:
    return tuple(each for each in inputs if truth(each) is answer)


def _of_implication(traced: Trace) -> Sequence[Trace]:
    """A true implication has a false left or a true right side; a false one needs both."""
    left, right = traced.inputs
    if truth(traced) is Truth.FALSE:
        return traced.inputs
    kept = ((left, Truth.FALSE), (right, Truth.TRUE))
    return tuple(each for each, wanted in kept if truth(each) is wanted)


def _compared(part: Trace) -> Iterator[Comparison]:
    match part.node:
        case (
            nodes.Less() | nodes.LessOrEqual() | nodes.Greater() | nodes.GreaterOrEqual()
            | nodes.Equal() | nodes.NotEqual() | nodes.Equivalent() | nodes.In()
            | nodes.Contains() | nodes.SameAs() | nodes.SameOrBefore() | nodes.SameOrAfter()
            | nodes.Before() | nodes.After()
        ):  # fmt: skip
            operator = _SPELLINGS.get(type(part.node)) or BY_NODE[type(part.node)].spelling
            left, right = part.inputs
            yield from _against(left, operator, right.value)
            yield from _against(right, _MIRRORED.get(operator, operator), left.value)
        case nodes.Between() | nodes.ProperlyBetween():
            value, low, high = part.inputs
            yield from _against(value, "between", (low.value, high.value))
        case _:
            for reading in readings_below(part):
                yield Comparison(reading, "is")


def _against(side: Trace, operator: str, limit: Value) -> Iterator[Comparison]:
    """Yield the facts of one side of a comparison; only a fact by itself has the limit."""
    node = side.node
    while isinstance(node, nodes.ExpressionRef):
        side, node = side.inputs[0], side.inputs[0].node
    if side.reading is not None:
        attribute = node.attribute if isinstance(node, nodes.FactRef) else None
        yield Comparison(side.reading, operator, limit, attribute)
        return
    for each in leaves_below(side):
        if each.reading is not None and isinstance(each.node, nodes.FactRef):
            yield Comparison(each.reading, operator, None, each.node.attribute)
