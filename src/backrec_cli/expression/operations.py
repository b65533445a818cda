"""What each operator makes of the traces of its operands."""

from typing import assert_never

from backrec_cli import ternary
from backrec_cli.expression import arithmetic, comparison, membership, nodes
from backrec_cli.expression.arithmetic import OutOfRangeError
from backrec_cli.expression.calendar import component
from backrec_cli.expression.conversion import converted, has_type
from backrec_cli.expression.extremes import greatest_of, least_of
from backrec_cli.expression.printing import to_cql
from backrec_cli.expression.timing import difference_between, duration_between, related
from backrec_cli.expression.trace import Traced, as_truth, is_absent, is_open, truth
from backrec_cli.expression.values import TupleValue, Value
from backrec_cli.ternary import Truth

Combinable = (
    nodes.Logic
    | nodes.NullTest
    | nodes.Comparison
    | nodes.Betweenness
    | nodes.Membership
    | nodes.Exists
    | nodes.Arithmetic
    | nodes.Negate
    | nodes.Timing
    | nodes.Distance
    | nodes.DateTimeComponentFrom
    | nodes.Choice
    | nodes.TypeTest
    | nodes.Selector
    | nodes.Boundary
)

_Calculation = (
    nodes.Add
    | nodes.Subtract
    | nodes.Multiply
    | nodes.Divide
    | nodes.TruncatedDivide
    | nodes.Modulo
    | nodes.Power
)


def combined(  # noqa: C901, PLR0911 - One case for each family of operators.
    node: Combinable, inputs: tuple[Traced, ...]
) -> Value:
    """Return the value of an operator; OutOfRangeError where nothing can hold it."""
    match node:
        case nodes.And() | nodes.Or() | nodes.Xor() | nodes.Implies() | nodes.Not():
            return _logic(node, inputs)
        case nodes.Less() | nodes.LessOrEqual() | nodes.Greater() | nodes.GreaterOrEqual():
            return _ordered(node, inputs[0].value, inputs[1].value)
        case nodes.Equal() | nodes.NotEqual() | nodes.Equivalent():
            return _equal(node, inputs)
        case nodes.In() | nodes.Contains():
            return _membership(node, inputs)
        case nodes.IsNull() | nodes.IsTrue() | nodes.IsFalse():
            return _null_test(node, inputs[0].value)
        case nodes.If() | nodes.Case() | nodes.SelectedCase():
            return _chosen(node, inputs)
        case nodes.Is() | nodes.As() | nodes.Cast() | nodes.Convert():
            return _typed(node, inputs[0])
        case nodes.MinValue():
            return least_of(node.type)
        case nodes.MaxValue():
            return greatest_of(node.type)
        case nodes.Concatenate():
            return (
                None if any(map(is_absent, inputs)) else _joined(*(each.value for each in inputs))
            )
        case nodes.Exists():
            return Truth.UNKNOWN if is_absent(inputs[0]) else membership.exists(inputs[0].value)
        case nodes.ListSelector() | nodes.IntervalSelector() | nodes.TupleSelector():
            return _selected(node, inputs)
        case nodes.Between() | nodes.ProperlyBetween():
            return _between(node, *(each.value for each in inputs))
        case _:
            return _computed(node, [each.value for each in inputs])


def _null_test(node: nodes.NullTest, value: Value) -> Truth:
    match node:
        case nodes.IsNull():
            return ternary.of(comparison.is_null(value))
        case nodes.IsTrue():
            return ternary.of(value is Truth.TRUE)
        case nodes.IsFalse():
            return ternary.of(value is Truth.FALSE)
        case _:
            assert_never(node)


def _logic(node: nodes.Logic, inputs: tuple[Traced, ...]) -> Truth:
    truths = [as_truth(each.value) for each in inputs]
    match node:
        case nodes.And():
            return ternary.all_of(truths)
        case nodes.Or():
            return ternary.any_of(truths)
        case nodes.Not():
            return ternary.negate(truths[0])
        case nodes.Xor():
            return ternary.exclusive(*truths)
        case nodes.Implies():
            return ternary.implies(*truths)
        case _:
            assert_never(node)


def _ordered(node: nodes.Ordering, left: Value, right: Value) -> Truth:
    match node:
        case nodes.Less():
            return comparison.less(left, right)
        case nodes.LessOrEqual():
            return comparison.less_or_equal(left, right)
        case nodes.Greater():
            return comparison.less(right, left)
        case nodes.GreaterOrEqual():
            return comparison.less_or_equal(right, left)
        case _:
            assert_never(node)


def _equal(
    node: nodes.Equal | nodes.NotEqual | nodes.Equivalent, inputs: tuple[Traced, ...]
) -> Truth:
    if any(map(is_absent, inputs)):
        return Truth.UNKNOWN
    left, right = inputs[0].value, inputs[1].value
    match node:
        case nodes.Equal():
            return comparison.equal(left, right)
        case nodes.NotEqual():
            return ternary.negate(comparison.equal(left, right))
        case nodes.Equivalent() if is_open(left) or is_open(right):
            return comparison.equal(left, right)
        case nodes.Equivalent():
            return ternary.of(comparison.equivalent(left, right))
        case _:
            assert_never(node)


def _between(node: nodes.Betweenness, value: Value, low: Value, high: Value) -> Truth:
    properly = isinstance(node, nodes.ProperlyBetween)
    compare = comparison.less if properly else comparison.less_or_equal
    return ternary.all_of((compare(low, value), compare(value, high)))


def _membership(node: nodes.Membership, inputs: tuple[Traced, ...]) -> Truth:
    """Look for one value; a list with a missing fact in it can still hold it."""
    element, collection = inputs if isinstance(node, nodes.In) else inputs[::-1]
    if comparison.is_null(element.value) and is_absent(element):
        return Truth.UNKNOWN
    if collection.value is None and is_absent(collection):
        return Truth.UNKNOWN
    found = membership.contains(collection.value, element.value, node.precision)
    return Truth.UNKNOWN if found is Truth.FALSE and is_absent(collection) else found


def _chosen(node: nodes.Choice, inputs: tuple[Traced, ...]) -> Value:
    match node:
        case nodes.If():
            condition, chosen, otherwise = inputs
            return _if(condition, chosen.value, otherwise.value)
        case nodes.Case():
            conditions = [(each, truth(each)) for each in inputs[:-1:2]]
            return _case(conditions, inputs[1::2], inputs[-1])
        case nodes.SelectedCase():
            selected = inputs[0]
            conditions = [
                (each, comparison.equal(selected.value, each.value)) for each in inputs[1:-1:2]
            ]
            return _case(conditions, inputs[2::2], inputs[-1], selected)
        case _:
            assert_never(node)


def _if(condition: Traced, chosen: Value, otherwise: Value) -> Value:
    """Choose a branch; an unknown fact in the condition leaves only what both branches say."""
    if truth(condition) is Truth.UNKNOWN and is_absent(condition):
        return chosen if chosen == otherwise else None
    return chosen if truth(condition) is Truth.TRUE else otherwise


def _case(
    conditions: list[tuple[Traced, Truth]],
    values: tuple[Traced, ...],
    otherwise: Traced,
    selected: Traced | None = None,
) -> Value:
    """Take the first value whose condition holds; stop where a missing fact leaves one open."""
    for (condition, holds), value in zip(conditions, values, strict=True):
        if holds is Truth.TRUE:
            return value.value
        if holds is Truth.UNKNOWN and (
            _is_unsettled(condition) or (selected is not None and _is_unsettled(selected))
        ):
            return None
    return otherwise.value


def _is_unsettled(traced: Traced) -> bool:
    """Whether a fact leaves a value unknown, or known only to lie between two."""
    return is_absent(traced) or is_open(traced.value)


def _typed(node: nodes.Is | nodes.As | nodes.Cast | nodes.Convert, operand: Traced) -> Value:
    value = operand.value
    if is_absent(operand):
        return None
    match node:
        case nodes.Is():
            return ternary.of(not comparison.is_null(value) and has_type(value, node.type))
        case nodes.As():
            return value if has_type(value, node.type) else None
        case nodes.Cast():
            if not comparison.is_null(value) and not has_type(value, node.type):
                msg = f"{to_cql(value)} is no {node.type}"
                raise OutOfRangeError(msg)
            return value
        case nodes.Convert():
            return converted(value, node.type)
        case _:
            assert_never(node)


def _selected(node: nodes.Selector, inputs: tuple[Traced, ...]) -> Value:
    values = tuple([each.value for each in inputs])
    match node:
        case nodes.ListSelector():
            return values
        case nodes.TupleSelector():
            return TupleValue(tuple(sorted(zip(node.names, values, strict=True))))
        case nodes.IntervalSelector():
            if any(map(is_absent, inputs)):
                return None
            low, high = values
            return membership.interval(
                low, high, low_closed=node.low_closed, high_closed=node.high_closed
            )
        case _:
            assert_never(node)


def _computed(
    node: _Calculation
    | nodes.Negate
    | nodes.Timing
    | nodes.Distance
    | nodes.DateTimeComponentFrom
    | nodes.Boundary,
    values: list[Value],
) -> Value:
    """Combine values alone: none of these operators takes a null for an answer."""
    match node:
        case nodes.Negate():
            return arithmetic.negate(values[0])
        case nodes.DifferenceBetween():
            return difference_between(values[0], values[1], node.precision)
        case nodes.DurationBetween():
            return duration_between(values[0], values[1], node.precision)
        case nodes.DateTimeComponentFrom():
            return component(node.precision or "", values[0])
        case nodes.Start():
            return membership.start(values[0])
        case nodes.End():
            return membership.end(values[0])
        case (
            nodes.SameAs() | nodes.SameOrBefore() | nodes.SameOrAfter()
            | nodes.Before() | nodes.After()
        ):  # fmt: skip
            return related(node, values[0], values[1])
        case _:
            return _arithmetic(node, *values)


def _arithmetic(node: _Calculation, left: Value, right: Value) -> Value:
    match node:
        case nodes.Add():
            return arithmetic.add(left, right)
        case nodes.Subtract():
            return arithmetic.subtract(left, right)
        case nodes.Multiply():
            return arithmetic.multiply(left, right)
        case nodes.Divide():
            return arithmetic.divide(left, right)
        case nodes.TruncatedDivide():
            return arithmetic.truncated_divide(left, right)
        case nodes.Modulo():
            return arithmetic.modulo(left, right)
        case nodes.Power():
            return arithmetic.power(left, right)
        case _:
            assert_never(node)


def _joined(left: Value, right: Value) -> Value:
    """Join texts; a null that the author wrote counts as the empty text."""
    texts = [each for each in (left, right) if isinstance(each, str)]
    return "".join(texts)
