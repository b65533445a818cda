"""Tree and facts to a traced value, or to the value alone, in three-valued logic.

Every operand is evaluated for a trace, so that it holds every fact that bears on the answer. A null
that comes from a fact makes unknown whatever reads it, also where CQL would take a null for an
answer (`in`, `~`, `if`, counts): a missing fact is never a "no".
"""

from collections.abc import Collection
from decimal import Decimal

from backrec_cli.expression import nodes
from backrec_cli.expression.arithmetic import MAX_DECIMAL
from backrec_cli.expression.environment import Environment, Facts
from backrec_cli.expression.program import Program
from backrec_cli.expression.scope import Expression
from backrec_cli.expression.trace import Traced
from backrec_cli.expression.value_types import BOOLEAN
from backrec_cli.expression.values import Value
from backrec_cli.facts.reading import FactReading
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

__all__ = ["Environment", "Part", "evaluate", "evaluate_alone", "look_into"]


class Part:
    """A part of an expression with its value; what it came from is looked up by who asks.

    Everything that folds over a trace folds over parts as well, and evaluates no more than it
    looks at.
    """

    __slots__ = ("_facts", "_program", "value")

    def __init__(self, program: Program, facts: Facts) -> None:
        self.value = program.value(facts)
        self._program = program
        self._facts = facts

    @property
    def node(self) -> nodes.Node:
        """The node that has this value."""
        return self._program.node

    @property
    def inputs(self) -> tuple["Part", ...]:
        """The parts of its operands."""
        return tuple([Part(each, self._facts) for each in self._program.parts])

    @property
    def reading(self) -> FactReading | None:
        """For a fact its reading."""
        return _reading(self._program, self._facts)


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
    traced = _traced(expression.program, Facts(environment, assume_false, strict=strict))
    value = _final(traced.value, expression)
    if value is traced.value:
        return traced
    return Traced(value, traced.node, traced.inputs, traced.reading)


def evaluate_alone(expression: Expression, facts: Facts) -> Value:
    """Return the value that `evaluate` gives, without what it came from."""
    return _final(expression.program.value(facts), expression)


def look_into(expression: Expression, facts: Facts) -> Part:
    """Return what `evaluate` gives, evaluated as far as someone looks."""
    return Part(expression.program, facts)


def _final(value: Value, expression: Expression) -> Value:
    """Return null for a decimal larger than the largest, and unknown for a null boolean."""
    if isinstance(value, Truth):
        return value
    number = value.value if isinstance(value, Quantity) else value
    if isinstance(number, Decimal) and number.copy_abs() > MAX_DECIMAL:
        return None
    return Truth.UNKNOWN if value is None and expression.type is BOOLEAN else value


def _traced(program: Program, facts: Facts) -> Traced:
    """Evaluate a node and, whether or not they decided anything, all its operands."""
    inputs = tuple([_traced(part, facts) for part in program.parts])
    return Traced(program.value(facts), program.node, inputs, _reading(program, facts))


def _reading(program: Program, facts: Facts) -> FactReading | None:
    """Return the reading of a fact."""
    node = program.node
    return facts.environment.fact(node.path) if isinstance(node, nodes.FactRef) else None
