"""The limits that a leaf compares with: which there are, and which a value lay exactly on."""

from collections.abc import Iterator
from decimal import Decimal

from backrec_cli.expression import Traced, nodes
from backrec_cli.expression.comparison import equal
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.operations import combined
from backrec_cli.expression.values import Interval, Value
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

ONLY, LOW, HIGH = "limit", "low", "high"

_ORDERS = (nodes.Less, nodes.LessOrEqual, nodes.Greater, nodes.GreaterOrEqual)
_TIMINGS = (nodes.SameOrBefore, nodes.SameOrAfter, nodes.Before, nodes.After)
_RANGES = (nodes.Between, nodes.ProperlyBetween)


def limits_of(node: Node) -> Iterator[str]:
    """Yield the ends of a leaf's limit; one without a number in it has none."""
    if isinstance(node, _ORDERS + _TIMINGS):
        if any(map(_has_number, nodes.children(node))):
            yield ONLY
    elif isinstance(node, nodes.Between | nodes.ProperlyBetween):
        yield from _numbered_ends(node.operands[1:])
    elif isinstance(node, nodes.In | nodes.Contains):
        for each in node.operands:
            if isinstance(each, nodes.IntervalSelector):
                yield from _numbered_ends(each.operands)


def reached(traced: Traced) -> Iterator[str]:
    """Yield the ends that the value of a leaf lay exactly on."""
    node = traced.node
    if isinstance(node, _ORDERS):
        left, right = traced.inputs
        if _same(left.value, right.value):
            yield ONLY
    elif isinstance(node, nodes.SameOrBefore | nodes.SameOrAfter | nodes.Before | nodes.After):
        same = nodes.SameAs(node.operands, node.precision)
        if combined(same, traced.inputs) is Truth.TRUE:
            yield ONLY
    elif isinstance(node, _RANGES):
        yield from _ends_met(*(each.value for each in traced.inputs))
    elif isinstance(node, nodes.In | nodes.Contains):
        first, second = (each.value for each in traced.inputs)
        value, interval = (first, second) if isinstance(node, nodes.In) else (second, first)
        if isinstance(interval, Interval):
            yield from _ends_met(value, interval.low, interval.high)


def _numbered_ends(ends: tuple[Node, ...]) -> Iterator[str]:
    for name, end in zip((LOW, HIGH), ends, strict=True):
        if _has_number(end):
            yield name


def _ends_met(value: Value, low: Value, high: Value) -> Iterator[str]:
    for name, end in ((LOW, low), (HIGH, high)):
        if _same(value, end):
            yield name


def _same(left: Value, right: Value) -> bool:
    return equal(left, right) is Truth.TRUE


def _has_number(node: Node) -> bool:
    """Whether a number or an amount of the pack stands in an operand."""
    match node:
        case nodes.Literal() | nodes.ParameterRef():
            return isinstance(node.value, int | Decimal | Quantity)
        case nodes.ExpressionRef():
            return _has_number(node.node)
        case _:
            return any(map(_has_number, nodes.children(node)))
