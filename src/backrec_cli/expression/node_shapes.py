"""The shapes of nodes: leaves with what they hold, and operations with their operands.

Spans never count in equality: two trees are equal when they say the same.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backrec_cli.expression.value_types import Type
from backrec_cli.expression.values import Value
from backrec_cli.source import Span

if TYPE_CHECKING:
    from backrec_cli.expression.nodes import Node

NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant; `null` is the constant None of type Any."""

    value: Value
    type: Type
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name as written; the checker replaces it by what it refers to."""

    parts: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact of the profile (`labs.hba1c`), or one of its attributes."""

    path: str
    attribute: str | None = None
    boolean: bool = field(default=False, compare=False)
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A parameter of the pack with its value, already in the unit of what it is compared with."""

    name: str
    value: Value
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ExpressionRef:
    """A definition of the pack and the tree that it stands for."""

    name: str
    node: "Node"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator and its operands, in the order in which they are written."""

    operands: tuple["Node", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TimedOperation:
    """An operator on dates with a precision; None compares as far as both sides go."""

    operands: tuple["Node", ...]
    precision: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TypeOperation:
    """An operator with a type on its right; `minimum` and `maximum` have no operand."""

    operands: tuple["Node", ...]
    type: Type
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FunctionRef:
    """A call by name; the functions stand in `functions`."""

    name: str
    operands: tuple["Node", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class IntervalSelector:
    """`Interval[low, high]`, either end open with a round bracket."""

    operands: tuple["Node", ...]
    low_closed: bool = True
    high_closed: bool = True
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TupleSelector:
    """`Tuple { name: value }`, the names in the order of the operands."""

    names: tuple[str, ...]
    operands: tuple["Node", ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)
