"""Tree and facts to a traced value, or to the value alone, in three-valued logic.

Every operand is evaluated for a trace, so that it holds every fact that bears on the answer. A null
that comes from a fact makes unknown whatever reads it, also where CQL would take a null for an
answer (`in`, `~`, `if`, counts): a missing fact is never a "no".
"""

from collections.abc import Collection
from decimal import Decimal

from backrec_cli.expression import nodes
from backrec_cli.expression.arithmetic import MAX_DECIMAL, OutOfRangeError
from backrec_cli.expression.environment import Environment, Facts, value_of_clock, value_of_fact
from backrec_cli.expression.operations import Operation
from backrec_cli.expression.program import Program
from backrec_cli.expression.scope import Expression
from backrec_cli.expression.trace import Traced
from backrec_cli.expression.value_types import BOOLEAN
from backrec_cli.expression.values import Value
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

__all__ = ["Environment", "evaluate", "evaluate_alone"]

_CONNECTIVES = (
    nodes.And,
    nodes.Or,
    nodes.Xor,
    nodes.Implies,
    nodes.Not,
    nodes.If,
    nodes.Case,
    nodes.SelectedCase,
)


def evaluate(
    expression: Expression,
    environment: Environment,
    *,
    assume_false: Collection[str] = (),
    strict: bool = False,
) -> Traced:
    """Evaluate a checked expression.

    assume_false  facts that, where they are not recorded, make the innermost comparison that reads
                  them false; one that is recorded but unusable stays unknown.
    strict        raise OutOfRangeError for a result that nothing can hold (a year 10000), which
                  is null otherwise.
    """
    traced = _Evaluator(environment, assume_false, strict=strict).trace(expression.program)
    value = _final(traced.value, expression)
    if value is traced.value:
        return traced
    return Traced(value, traced.node, traced.inputs, traced.reading)


def evaluate_alone(expression: Expression, facts: Facts) -> Value:
    """Return the value that `evaluate` gives, without what it came from."""
    return _final(expression.program.value(facts), expression)


def _final(value: Value, expression: Expression) -> Value:
    """Return null for a decimal larger than the largest, and unknown for a null boolean."""
    number = value.value if isinstance(value, Quantity) else value
    if isinstance(number, Decimal) and number.copy_abs() > MAX_DECIMAL:
        return None
    return Truth.UNKNOWN if value is None and expression.type is BOOLEAN else value


class _Evaluator:
    """Walks one tree; holds what stays the same on the way."""

    __slots__ = ("assumed", "environment", "strict")

    def __init__(self, environment: Environment, assumed: Collection[str], *, strict: bool) -> None:
        self.environment = environment
        self.assumed = assumed
        self.strict = strict

    def trace(self, program: Program, *, bare: bool = True) -> Traced:
        """Evaluate a node with all its operands; `bare` where it stands as a condition itself."""
        node, operation = program.node, program.operation
        if operation is not None:
            conditions = isinstance(node, _CONNECTIVES)
            inputs = tuple([self.trace(part, bare=conditions) for part in program.parts])
            return Traced(self._value(node, operation, inputs), node, inputs)
        match node:
            case nodes.FactRef():
                return self._fact(node, bare=bare)
            case nodes.Literal() | nodes.ParameterRef():
                return Traced(node.value, node)
            case nodes.FunctionRef():
                return Traced(value_of_clock(node.name, self.environment.as_of), node)
            case _:
                inner = self.trace(program.parts[0], bare=bare)
                return Traced(inner.value, node, (inner,))

    def _value(self, node: nodes.Node, operation: Operation, inputs: tuple[Traced, ...]) -> Value:
        """Combine operands; whatever is out of range is null, or an error where that is asked."""
        try:
            value = operation(*[each.value for each in inputs])
        except OutOfRangeError:
            if self.strict:
                raise
            return None
        if self.assumed and value is Truth.UNKNOWN and self._is_assumed(node, inputs):
            return Truth.FALSE
        return value

    def _fact(self, node: nodes.FactRef, *, bare: bool) -> Traced:
        reading = self.environment.fact(node.path)
        value = value_of_fact(node, reading)
        if bare and value is Truth.UNKNOWN and self._may_be_assumed(reading):
            value = Truth.FALSE
        return Traced(value, node, (), reading)

    def _may_be_assumed(self, reading: FactReading) -> bool:
        return reading.absence is Absence.NOT_RECORDED and reading.path in self.assumed

    def _is_assumed(self, node: nodes.Node, inputs: tuple[Traced, ...]) -> bool:
        """Whether a comparison is unknown over a fact that may be taken as not there."""
        return not isinstance(node, _CONNECTIVES) and any(map(self._is_read, inputs))

    def _is_read(self, traced: Traced) -> bool:
        """Whether an unrecorded optional fact is read, other than inside another truth value."""
        if traced.reading is not None:
            return self._may_be_assumed(traced.reading)
        inner_truth = isinstance(traced.value, Truth) and not isinstance(
            traced.node, nodes.ExpressionRef
        )
        return not inner_truth and any(map(self._is_read, traced.inputs))
