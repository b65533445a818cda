"""The tree of an expression: what it says, under the names of HL7's ELM.

Nodes of one shape share a frozen base with its fields; each operator is an empty class of its own,
so that a `match` over `Node` is checked for completeness.
"""

from backrec_cli.expression.node_shapes import (
    ExpressionRef,
    FactRef,
    FunctionRef,
    IntervalSelector,
    Literal,
    Name,
    Operation,
    ParameterRef,
    TimedOperation,
    TupleSelector,
    TypeOperation,
)

# What is passed on from `node_shapes`; the operators below are this module's own.
__all__ = [
    "ExpressionRef", "FactRef", "FunctionRef", "IntervalSelector", "Literal", "Name", "Operation",
    "ParameterRef", "TimedOperation", "TupleSelector", "TypeOperation",
]  # fmt: skip


# Logic. `and` and `or` take any number of operands, so a long list of conditions stays flat.
class And(Operation):
    """All operands."""

    __slots__ = ()


class Or(Operation):
    """Any operand."""

    __slots__ = ()


class Xor(Operation):
    """Exactly one of two."""

    __slots__ = ()


class Implies(Operation):
    """Not the left, or the right."""

    __slots__ = ()


class Not(Operation):
    """The opposite."""

    __slots__ = ()


# Tests for null, which are never unknown themselves.
class IsNull(Operation):
    """Whether there is no value."""

    __slots__ = ()


class IsTrue(Operation):
    """Whether it is known to be true."""

    __slots__ = ()


class IsFalse(Operation):
    """Whether it is known to be false."""

    __slots__ = ()


# Comparison.
class Equal(Operation):
    """`=`, unknown where either side is."""

    __slots__ = ()


class NotEqual(Operation):
    """`!=`."""

    __slots__ = ()


class Equivalent(Operation):
    """`~`, which holds between two nulls."""

    __slots__ = ()


class Less(Operation):
    """`<`."""

    __slots__ = ()


class LessOrEqual(Operation):
    """`<=`."""

    __slots__ = ()


class Greater(Operation):
    """`>`."""

    __slots__ = ()


class GreaterOrEqual(Operation):
    """`>=`."""

    __slots__ = ()


class Between(Operation):
    """`x between low and high`, both ends included."""

    __slots__ = ()


class ProperlyBetween(Operation):
    """`x properly between low and high`, both ends excluded."""

    __slots__ = ()


# Membership.
class In(TimedOperation):
    """`x in list` or `x in interval`."""

    __slots__ = ()


class Contains(TimedOperation):
    """`list contains x` or `interval contains x`."""

    __slots__ = ()


class Exists(Operation):
    """Whether a list has an element that is not null."""

    __slots__ = ()


# Arithmetic.
class Add(Operation):
    """`+`, for numbers, quantities, texts, and dates with quantities."""

    __slots__ = ()


class Subtract(Operation):
    """`-`."""

    __slots__ = ()


class Multiply(Operation):
    """`*`."""

    __slots__ = ()


class Divide(Operation):
    """`/`, always with a decimal result."""

    __slots__ = ()


class TruncatedDivide(Operation):
    """`div`."""

    __slots__ = ()


class Modulo(Operation):
    """`mod`."""

    __slots__ = ()


class Power(Operation):
    """`^`."""

    __slots__ = ()


class Negate(Operation):
    """`-x`."""

    __slots__ = ()


class Concatenate(Operation):
    """`&`, which reads null as the empty text."""

    __slots__ = ()


# Dates and times.
class SameAs(TimedOperation):
    """`a same day as b`."""

    __slots__ = ()


class SameOrBefore(TimedOperation):
    """`a same day or before b`, `a on or before b`."""

    __slots__ = ()


class SameOrAfter(TimedOperation):
    """`a same day or after b`, `a on or after b`."""

    __slots__ = ()


class Before(TimedOperation):
    """`a before day of b`."""

    __slots__ = ()


class After(TimedOperation):
    """`a after day of b`."""

    __slots__ = ()


class DurationBetween(TimedOperation):
    """`days between a and b`: whole periods."""

    __slots__ = ()


class DifferenceBetween(TimedOperation):
    """`difference in days between a and b`: boundaries crossed."""

    __slots__ = ()


class DateTimeComponentFrom(TimedOperation):
    """`year from x`, `date from x`, `timezoneoffset from x`."""

    __slots__ = ()


# Choice.
class If(Operation):
    """`if condition then this else that`: three operands."""

    __slots__ = ()


class Case(Operation):
    """`case when condition then value … else value end`: pairs, then the last value."""

    __slots__ = ()


class SelectedCase(Operation):
    """`case value when value then value … else value end`: the value comes first."""

    __slots__ = ()


# Types.
class Is(TypeOperation):
    """`x is Integer`."""

    __slots__ = ()


class As(TypeOperation):
    """`x as Integer`: null where it is something else."""

    __slots__ = ()


class Cast(TypeOperation):
    """`cast x as Integer`: an error where it is something else."""

    __slots__ = ()


class Convert(TypeOperation):
    """`convert x to Decimal`: null where it cannot be read so."""

    __slots__ = ()


class MinValue(TypeOperation):
    """`minimum Integer`."""

    __slots__ = ()


class MaxValue(TypeOperation):
    """`maximum Integer`."""

    __slots__ = ()


# Composed values.
class ListSelector(Operation):
    """`{ a, b }`."""

    __slots__ = ()


class Start(Operation):
    """`start of interval`."""

    __slots__ = ()


class End(Operation):
    """`end of interval`."""

    __slots__ = ()


Logic = And | Or | Xor | Implies | Not
NullTest = IsNull | IsTrue | IsFalse
Ordering = Less | LessOrEqual | Greater | GreaterOrEqual
Comparison = Equal | NotEqual | Equivalent | Ordering
Betweenness = Between | ProperlyBetween
Membership = In | Contains
Arithmetic = Add | Subtract | Multiply | Divide | TruncatedDivide | Modulo | Power | Concatenate
Infix = And | Or | Xor | Implies | Comparison | Arithmetic
Timing = SameAs | SameOrBefore | SameOrAfter | Before | After
Distance = DurationBetween | DifferenceBetween
Choice = If | Case | SelectedCase
Selector = ListSelector | IntervalSelector | TupleSelector
TypeTest = Is | As | Cast | Convert | MinValue | MaxValue
Boundary = Start | End
Leaf = Literal | Name | FactRef | ParameterRef | ExpressionRef
Branch = (
    Logic
    | NullTest
    | Comparison
    | Betweenness
    | Membership
    | Exists
    | Arithmetic
    | Negate
    | Timing
    | Distance
    | DateTimeComponentFrom
    | Choice
    | TypeTest
    | Selector
    | Boundary
    | FunctionRef
)
Node = Leaf | Branch


def children(node: Node) -> tuple[Node, ...]:
    """Return the operands of a node, and none for a leaf."""
    match node:
        case Literal() | Name() | FactRef() | ParameterRef() | ExpressionRef():
            return ()
        case _:
            return node.operands


def rebuilt(node: Branch, operands: tuple[Node, ...]) -> Branch:
    """Return the node with other operands."""
    match node:
        case Operation():
            return type(node)(operands, node.span)
        case FunctionRef():
            return FunctionRef(node.name, operands, node.span)
        case IntervalSelector():
            return IntervalSelector(operands, node.low_closed, node.high_closed, node.span)
        case TupleSelector():
            return TupleSelector(node.names, operands, node.span)
        case TimedOperation():
            return type(node)(operands, node.precision, node.span)
        case TypeOperation():
            return type(node)(operands, node.type, node.span)
