"""What each operator makes of the values of its operands, found once for each node.

A null that comes from a fact makes unknown whatever reads it, while one that the author wrote
follows CQL: `1 in null` is false. Which operands rest on facts can be read off the tree, so the
answer depends on values alone.
"""

from collections.abc import Callable, Sequence
from typing import assert_never

from backrec_cli import ternary
from backrec_cli.expression import arithmetic, comparison, membership, nodes
from backrec_cli.expression.arithmetic import OutOfRangeError
from backrec_cli.expression.calendar import component
from backrec_cli.expression.conversion import converted, has_type
from backrec_cli.expression.extremes import greatest_of, least_of
from backrec_cli.expression.functions import COALESCE, FUNCTIONS
from backrec_cli.expression.printing import to_cql
from backrec_cli.expression.timing import difference_between, duration_between, related
from backrec_cli.expression.trace import Traced, as_truth, is_open, lacks
from backrec_cli.expression.values import TupleValue, Value
from backrec_cli.ternary import Truth

Operation = Callable[..., Value]
"""Takes the values of all operands; OutOfRangeError where nothing can hold the result."""

_Calculation = (
    nodes.Add
    | nodes.Subtract
    | nodes.Multiply
    | nodes.Divide
    | nodes.TruncatedDivide
    | nodes.Modulo
    | nodes.Power
)


def combined(node: nodes.Branch, inputs: tuple[Traced, ...]) -> Value:
    """Return what a node makes of traced operands."""
    return operation_of(node)(*(each.value for each in inputs))


def rests_on_facts(node: nodes.Node) -> bool:
    """Whether any fact is read in a tree."""
    match node:
        case nodes.FactRef():
            return True
        case nodes.ExpressionRef():
            return rests_on_facts(node.node)
        case _:
            return any(map(rests_on_facts, nodes.children(node)))


def operation_of(  # noqa: C901, PLR0911 - One case for each family of operators.
    node: nodes.Branch,
) -> Operation:
    """Return what a node does with its operands."""
    match node:
        case nodes.And() | nodes.Or() | nodes.Xor() | nodes.Implies() | nodes.Not():
            return _logic(node)
        case nodes.Less() | nodes.LessOrEqual() | nodes.Greater() | nodes.GreaterOrEqual():
            return _ordering(node)
        case nodes.Equal() | nodes.NotEqual() | nodes.Equivalent():
            return _unless_absent(node, _equality(node), Truth.UNKNOWN)
        case nodes.In() | nodes.Contains():
            return _membership(node)
        case nodes.IsNull() | nodes.IsTrue() | nodes.IsFalse():
            return _null_test(node)
        case nodes.If() | nodes.Case() | nodes.SelectedCase():
            return _choice(node)
        case nodes.Is() | nodes.As() | nodes.Cast() | nodes.Convert():
            return _unless_absent(node, _typed(node), None)
        case nodes.MinValue() | nodes.MaxValue():
            return _extreme(node)
        case nodes.Concatenate():
            return _unless_absent(node, _joined, None)
        case nodes.Exists():
            return _unless_absent(node, membership.exists, Truth.UNKNOWN)
        case nodes.ListSelector() | nodes.IntervalSelector() | nodes.TupleSelector():
            return _selection(node)
        case nodes.Between() | nodes.ProperlyBetween():
            return _betweenness(node)
        case nodes.FunctionRef():
            apply = FUNCTIONS[node.name].apply
            return apply if node.name == COALESCE else _unless_absent(node, apply, None)
        case _:
            return _computation(node)


def _unless_absent(node: nodes.Branch, operation: Operation, otherwise: Value) -> Operation:
    """Return an operation that says nothing where an operand is missing because of a fact."""
    resting = [place for place, each in enumerate(node.operands) if rests_on_facts(each)]

    def guarded(*values: Value) -> Value:
        for place in resting:
            if lacks(values[place]):
                return otherwise
        return operation(*values)

    return guarded if resting else operation


def _null_test(node: nodes.NullTest) -> Operation:
    match node:
        case nodes.IsNull():
            return lambda value: ternary.of(comparison.is_null(value))
        case nodes.IsTrue():
            return lambda value: ternary.of(value is Truth.TRUE)
        case nodes.IsFalse():
            return lambda value: ternary.of(value is Truth.FALSE)
        case _:
            assert_never(node)


def _logic(node: nodes.Logic) -> Operation:
    match node:
        case nodes.And():
            return lambda *values: ternary.all_of(map(as_truth, values))
        case nodes.Or():
            return lambda *values: ternary.any_of(map(as_truth, values))
        case nodes.Not():
            return lambda value: ternary.negate(as_truth(value))
        case nodes.Xor():
            return lambda left, right: ternary.exclusive(as_truth(left), as_truth(right))
        case nodes.Implies():
            return lambda left, right: ternary.implies(as_truth(left), as_truth(right))
        case _:
            assert_never(node)


def _ordering(node: nodes.Ordering) -> Operation:
    match node:
        case nodes.Less():
            return comparison.less
        case nodes.LessOrEqual():
            return comparison.less_or_equal
        case nodes.Greater():
            return lambda left, right: comparison.less(right, left)
        case nodes.GreaterOrEqual():
            return lambda left, right: comparison.less_or_equal(right, left)
        case _:
            assert_never(node)


def _equality(node: nodes.Equal | nodes.NotEqual | nodes.Equivalent) -> Operation:
    match node:
        case nodes.Equal():
            return comparison.equal
        case nodes.NotEqual():
            return lambda left, right: ternary.negate(comparison.equal(left, right))
        case nodes.Equivalent():
            return _equivalent
        case _:
            assert_never(node)


def _equivalent(left: Value, right: Value) -> Truth:
    if is_open(left) or is_open(right):
        return comparison.equal(left, right)
    return ternary.of(comparison.equivalent(left, right))


def _betweenness(node: nodes.Betweenness) -> Operation:
    properly = isinstance(node, nodes.ProperlyBetween)
    compare = comparison.less if properly else comparison.less_or_equal
    return lambda value, low, high: ternary.all_of((compare(low, value), compare(value, high)))


def _membership(node: nodes.Membership) -> Operation:
    """Look for one value; a list with a missing fact in it can still hold it."""
    is_in, precision = isinstance(node, nodes.In), node.precision
    first, second = map(rests_on_facts, node.operands)
    element_rests, collection_rests = (first, second) if is_in else (second, first)

    def sought(element: Value, collection: Value) -> Truth:
        if element_rests and comparison.is_null(element):
            return Truth.UNKNOWN
        if collection_rests and collection is None:
            return Truth.UNKNOWN
        found = membership.contains(collection, element, precision)
        absent = found is Truth.FALSE and collection_rests and lacks(collection)
        return Truth.UNKNOWN if absent else found

    return sought if is_in else lambda collection, element: sought(element, collection)


def _choice(node: nodes.Choice) -> Operation:
    resting = [rests_on_facts(each) for each in node.operands]
    match node:
        case nodes.If():
            return _if(condition_rests=resting[0])
        case nodes.Case():
            return lambda *values: _case(list(map(as_truth, values[:-1:2])), values, resting)
        case nodes.SelectedCase():
            return lambda *values: _selected_case(values, resting)
        case _:
            assert_never(node)


def _if(*, condition_rests: bool) -> Operation:
    """Choose a branch; an unknown fact in the condition leaves only what both branches say."""

    def chosen_by(condition: Value, chosen: Value, otherwise: Value) -> Value:
        if condition is Truth.TRUE:
            return chosen
        if condition_rests and condition is not Truth.FALSE and lacks(condition):
            return chosen if chosen == otherwise else None
        return otherwise

    return chosen_by


def _case(
    holding: list[Truth],
    values: Sequence[Value],
    resting: Sequence[bool],
    *,
    selected_is_open: bool = False,
) -> Value:
    """Take the first value whose condition holds; stop where a missing fact leaves one open.

    values   condition and value in turn, and in the end what is left otherwise.
    resting  for each of them whether it rests on facts.
    """
    for place, holds in enumerate(holding):
        condition, value = values[2 * place], values[2 * place + 1]
        if holds is Truth.TRUE:
            return value
        if holds is Truth.UNKNOWN and (
            selected_is_open or _is_unsettled(condition, rests=resting[2 * place])
        ):
            return None
    return values[-1]


def _selected_case(values: Sequence[Value], resting: Sequence[bool]) -> Value:
    """Compare the first value with others in turn; where it is open, so is every comparison."""
    selected, *others = values
    holding = [comparison.equal(selected, each) for each in others[:-1:2]]
    is_open_itself = _is_unsettled(selected, rests=resting[0])
    return _case(holding, others, resting[1:], selected_is_open=is_open_itself)


def _is_unsettled(value: Value, *, rests: bool) -> bool:
    """Whether a fact leaves a value unknown, or known only to lie between two."""
    return (rests and lacks(value)) or is_open(value)


def _typed(node: nodes.Is | nodes.As | nodes.Cast | nodes.Convert) -> Operation:
    kind = node.type
    match node:
        case nodes.Is():
            return lambda value: ternary.of(not comparison.is_null(value) and has_type(value, kind))
        case nodes.As():
            return lambda value: value if has_type(value, kind) else None
        case nodes.Cast():
            return lambda value: _cast(node, value)
        case nodes.Convert():
            return lambda value: converted(value, kind)
        case _:
            assert_never(node)


def _cast(node: nodes.Cast, value: Value) -> Value:
    if not comparison.is_null(value) and not has_type(value, node.type):
        msg = f"{to_cql(value)} is no {node.type}"
        raise OutOfRangeError(msg)
    return value


def _extreme(node: nodes.MinValue | nodes.MaxValue) -> Operation:
    kind = node.type
    if isinstance(node, nodes.MinValue):
        return lambda: least_of(kind)
    return lambda: greatest_of(kind)


def _selection(node: nodes.Selector) -> Operation:
    match node:
        case nodes.ListSelector():
            return lambda *values: values
        case nodes.TupleSelector():
            names = node.names
            return lambda *values: TupleValue(tuple(sorted(zip(names, values, strict=True))))
        case nodes.IntervalSelector():
            return _unless_absent(node, lambda low, high: _interval(node, low, high), None)
        case _:
            assert_never(node)


def _interval(node: nodes.IntervalSelector, low: Value, high: Value) -> Value:
    return membership.interval(low, high, low_closed=node.low_closed, high_closed=node.high_closed)


def _computation(
    node: _Calculation
    | nodes.Negate
    | nodes.Timing
    | nodes.Distance
    | nodes.DateTimeComponentFrom
    | nodes.Boundary,
) -> Operation:
    """Combine values alone: none of these operators takes a null for an answer."""
    match node:
        case nodes.Negate():
            return arithmetic.negate
        case nodes.DifferenceBetween():
            return lambda left, right: difference_between(left, right, node.precision)
        case nodes.DurationBetween():
            return lambda left, right: duration_between(left, right, node.precision)
        case nodes.DateTimeComponentFrom():
            return lambda value: component(node.precision or "", value)
        case nodes.Start():
            return membership.start
        case nodes.End():
            return membership.end
        case (
            nodes.SameAs() | nodes.SameOrBefore() | nodes.SameOrAfter()
            | nodes.Before() | nodes.After()
        ):  # fmt: skip
            return lambda left, right: related(node, left, right)
        case _:
            return _calculation(node)


def _calculation(node: _Calculation) -> Operation:
    match node:
        case nodes.Add():
            return arithmetic.add
        case nodes.Subtract():
            return arithmetic.subtract
        case nodes.Multiply():
            return arithmetic.multiply
        case nodes.Divide():
            return arithmetic.divide
        case nodes.TruncatedDivide():
            return arithmetic.truncated_divide
        case nodes.Modulo():
            return arithmetic.modulo
        case nodes.Power():
            return arithmetic.power
        case _:
            assert_never(node)


def _joined(left: Value, right: Value) -> Value:
    """Join texts; a null that the author wrote counts as the empty text."""
    texts = [each for each in (left, right) if isinstance(each, str)]
    return "".join(texts)
