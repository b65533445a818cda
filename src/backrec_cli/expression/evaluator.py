"""Tree and facts to a traced value, in three-valued logic.

Every operand is evaluated, so that a trace holds every fact that bears on the answer. A null that
comes from a fact makes unknown whatever reads it, also where CQL would take a null for an answer
(`in`, `~`, `if`, counts): a missing fact is never a "no".
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Protocol

from backrec_cli.expression import nodes
from backrec_cli.expression.arithmetic import MAX_DECIMAL, OutOfRangeError
from backrec_cli.expression.functions import COALESCE, FUNCTIONS, NOW, TIME_OF_DAY, TODAY
from backrec_cli.expression.operations import combined
from backrec_cli.expression.scope import Expression
from backrec_cli.expression.trace import Traced, is_absent
from backrec_cli.expression.value_types import BOOLEAN
from backrec_cli.expression.values import Uncertainty, Value
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.temporal import DateTime, from_python
from backrec_cli.temporal.values import date_part, time_part
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

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


class Environment(Protocol):
    """What an expression is evaluated against: a moment, and the facts of one patient."""

    @property
    def as_of(self) -> date:
        """The moment of evaluation, a date or a datetime."""
        ...

    def fact(self, path: str) -> FactReading:
        """Return what is known of a fact."""
        ...


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
    traced = _Evaluator(environment, assume_false, strict=strict).trace(expression.node)
    value = _within_range(traced.value)
    if value is None and expression.type is BOOLEAN:
        value = Truth.UNKNOWN
    if value is traced.value:
        return traced
    return Traced(value, traced.node, traced.inputs, traced.reading)


def _within_range(value: Value) -> Value:
    """Return null for a decimal larger than the largest."""
    number = value.value if isinstance(value, Quantity) else value
    too_large = isinstance(number, Decimal) and number.copy_abs() > MAX_DECIMAL
    return None if too_large else value


class _Evaluator:
    """Walks one tree; holds what stays the same on the way."""

    __slots__ = ("assumed", "environment", "strict")

    def __init__(self, environment: Environment, assumed: Collection[str], *, strict: bool) -> None:
        self.environment = environment
        self.assumed = assumed
        self.strict = strict

    def trace(self, node: nodes.Node, *, bare: bool = True) -> Traced:
        """Evaluate a node with all its operands; `bare` where it stands as a condition itself."""
        match node:
            case nodes.FactRef():
                return self._fact(node, bare=bare)
            case nodes.Literal() | nodes.ParameterRef():
                return Traced(node.value, node)
            case nodes.ExpressionRef():
                inner = self.trace(node.node, bare=bare)
                return Traced(inner.value, node, (inner,))
            case nodes.Name():
                msg = f"unchecked name {'.'.join(node.parts)}"
                raise TypeError(msg)
            case _:
                conditions = isinstance(node, _CONNECTIVES)
                inputs = tuple([self.trace(each, bare=conditions) for each in node.operands])
                return Traced(self._value(node, inputs), node, inputs)

    def _value(self, node: nodes.Branch, inputs: tuple[Traced, ...]) -> Value:
        """Combine operands; whatever is out of range is null, or an error where that is asked."""
        try:
            value = self._combined(node, inputs)
        except OutOfRangeError:
            if self.strict:
                raise
            return None
        if self.assumed and value is Truth.UNKNOWN and self._is_assumed(node, inputs):
            return Truth.FALSE
        return value

    def _combined(self, node: nodes.Branch, inputs: tuple[Traced, ...]) -> Value:
        if isinstance(node, nodes.FunctionRef):
            return self._called(node, inputs)
        return combined(node, inputs)

    def _fact(self, node: nodes.FactRef, *, bare: bool) -> Traced:
        reading = self.environment.fact(node.path)
        if node.attribute is not None and node.attribute != "value":
            on = reading.on if reading.absence is None and reading.value is not False else None
            return Traced(None if on is None else from_python(on), node, (), reading)
        if reading.absence is None:
            return Traced(_fact_value(reading.value, node.attribute), node, (), reading)
        if reading.range is not None:
            return Traced(Uncertainty(*reading.range), node, (), reading)
        if not node.boolean:
            return Traced(None, node, (), reading)
        assumed = bare and self._may_be_assumed(reading)
        return Traced(Truth.FALSE if assumed else Truth.UNKNOWN, node, (), reading)

    def _may_be_assumed(self, reading: FactReading) -> bool:
        return reading.absence is Absence.NOT_RECORDED and reading.path in self.assumed

    def _is_assumed(self, node: nodes.Branch, inputs: tuple[Traced, ...]) -> bool:
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

    def _called(self, node: nodes.FunctionRef, inputs: tuple[Traced, ...]) -> Value:
        name = node.name
        if name in (TODAY, NOW, TIME_OF_DAY):
            return self._clock(name)
        if name != COALESCE and any(map(is_absent, inputs)):
            return None
        return FUNCTIONS[name].apply(*(each.value for each in inputs))

    def _clock(self, name: str) -> Value:
        now = from_python(self.environment.as_of)
        if name == TODAY:
            return date_part(now)
        moment = now if isinstance(now, DateTime) else DateTime(now.components)
        return moment if name == NOW else time_part(moment)


def _fact_value(value: FactValue | None, attribute: str | None) -> Value:
    """Turn the value of a reading into one of the language."""
    if isinstance(value, bool):
        return Truth.TRUE if value else Truth.FALSE
    if isinstance(value, date):
        return from_python(value)
    if attribute is not None and isinstance(value, Quantity):
        return value.value
    return value
