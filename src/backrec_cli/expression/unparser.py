"""Tree to text, with no more parentheses than the precedence of the operators asks for."""

from decimal import Decimal
from typing import assert_never

from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.operators import (
    ADDITION,
    BY_NODE,
    INEQUALITY,
    NOT,
    OPEN,
    PREFIX,
    TERM,
    TIMING,
    TYPE,
)
from backrec_cli.expression.printing import to_cql
from backrec_cli.units import Quantity


def unparse(node: Node, minimum: int = OPEN) -> str:
    """Return the text that parses to this tree, in parentheses if it binds below `minimum`."""
    match node:
        case nodes.Literal():
            return to_cql(node.value)
        case nodes.Name():
            return ".".join(node.parts)
        case nodes.FactRef():
            return node.path if node.attribute is None else f"{node.path}.{node.attribute}"
        case nodes.ParameterRef() | nodes.ExpressionRef():
            return node.name
        case _:
            text, level = _branch(node)
            return f"({text})" if level < minimum else text


def _branch(node: nodes.Branch) -> tuple[str, int]:
    """Return the text of an operation and how tightly it binds."""
    match node:
        case nodes.FunctionRef() | nodes.ListSelector() | nodes.IntervalSelector():
            return _bracketed(node), TERM
        case nodes.TupleSelector() | nodes.Case() | nodes.SelectedCase():
            return _bracketed(node), TERM
        case nodes.If():
            # An `if` runs on to the end of what follows, so it stands alone or in parentheses.
            condition, chosen, otherwise = map(unparse, node.operands)
            return f"if {condition} then {chosen} else {otherwise}", OPEN
        case _:
            row = BY_NODE[type(node)]
            return _operation(node, row.spelling, row.precedence), row.precedence


def _operation(  # noqa: C901, PLR0911, PLR0912 - One case for each way of writing an operator.
    node: "_Written", spelling: str, level: int
) -> str:
    match node:
        case nodes.Between() | nodes.ProperlyBetween():
            value, low, high = node.operands
            ends = f"{unparse(low, ADDITION)} and {unparse(high, ADDITION)}"
            return f"{unparse(value, level)} {spelling} {ends}"
        case nodes.IsNull() | nodes.IsTrue() | nodes.IsFalse():
            return f"{unparse(node.operands[0], TYPE)} {spelling}"
        case nodes.Is() | nodes.As():
            return f"{unparse(node.operands[0], TYPE)} {spelling} {node.type}"
        case nodes.Cast():
            return f"cast {unparse(node.operands[0], TYPE + 1)} as {node.type}"
        case nodes.Convert():
            return f"convert {unparse(node.operands[0])} to {node.type}"
        case nodes.MinValue() | nodes.MaxValue():
            return f"{spelling} {node.type}"
        case nodes.Not() | nodes.Exists():
            return f"{spelling} {unparse(node.operands[0], NOT)}"
        case nodes.Negate():
            return f"-{_negated(node.operands[0])}"
        case nodes.Start() | nodes.End():
            return f"{spelling} {unparse(node.operands[0], PREFIX)}"
        case nodes.DateTimeComponentFrom():
            return f"{node.precision} from {unparse(node.operands[0], PREFIX)}"
        case nodes.DifferenceBetween() | nodes.DurationBetween():
            return _distance(node, spelling)
        case nodes.SameAs() | nodes.SameOrBefore() | nodes.SameOrAfter():
            return _related(node, _same(node))
        case nodes.Before() | nodes.After():
            return _related(node, spelling + _of(node.precision))
        case nodes.In() | nodes.Contains():
            return _infix(node.operands, spelling + _of(node.precision), level)
        case _:
            return _infix(node.operands, spelling, level)


def _infix(operands: tuple[Node, ...], spelling: str, level: int) -> str:
    """Write operands with an operator between them; only the left one may bind the same."""
    first, *others = operands
    texts = [unparse(first, level + 1 if len(others) > 1 else _left(first, spelling, level))]
    return f" {spelling} ".join(texts + [unparse(each, level + 1) for each in others])


def _left(node: Node, spelling: str, level: int) -> int:
    """Return what the left operand must bind: a chain inside a chain of its own kind is marked."""
    same_chain = spelling in {"and", "or"} and isinstance(node, nodes.And | nodes.Or)
    return level + 1 if same_chain else level


def _negated(operand: Node) -> str:
    """Write what follows a minus; a number right after it would become a negative number."""
    text = unparse(operand, PREFIX)
    is_number = isinstance(operand, nodes.Literal) and isinstance(
        operand.value, int | Decimal | Quantity
    )
    return f"({text})" if is_number or text.startswith("-") else text


def _distance(node: nodes.Distance, spelling: str) -> str:
    low, high = (unparse(each, ADDITION) for each in node.operands)
    return f"{spelling} {node.precision}s between {low} and {high}"


def _related(node: nodes.Timing, phrase: str) -> str:
    left, right = node.operands
    return f"{unparse(left, TIMING)} {phrase} {unparse(right, INEQUALITY)}"


def _same(node: nodes.SameAs | nodes.SameOrBefore | nodes.SameOrAfter) -> str:
    precision = f" {node.precision}" if node.precision else ""
    match node:
        case nodes.SameAs():
            return f"same{precision} as"
        case nodes.SameOrBefore():
            return f"same{precision} or before"
        case nodes.SameOrAfter():
            return f"same{precision} or after"
        case _:
            assert_never(node)


def _of(precision: str | None) -> str:
    return f" {precision} of" if precision else ""


def _bracketed(
    node: nodes.FunctionRef | nodes.Selector | nodes.Case | nodes.SelectedCase,
) -> str:
    inner = [unparse(each) for each in node.operands]
    match node:
        case nodes.FunctionRef():
            return f"{node.name}({', '.join(inner)})"
        case nodes.ListSelector():
            return f"{{ {', '.join(inner)} }}" if inner else "{ }"
        case nodes.IntervalSelector():
            opening, closing = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
            return f"Interval{opening}{', '.join(inner)}{closing}"
        case nodes.TupleSelector():
            pairs = zip(node.names, inner, strict=True)
            return f"Tuple {{ {', '.join(f'{name}: {each}' for name, each in pairs) or ':'} }}"
        case nodes.Case():
            return f"case {_items(inner)} end"
        case nodes.SelectedCase():
            return f"case {inner[0]} {_items(inner[1:])} end"
        case _:
            assert_never(node)


def _items(texts: list[str]) -> str:
    pairs = zip(texts[:-1:2], texts[1::2], strict=True)
    return " ".join([*(f"when {when} then {then}" for when, then in pairs), f"else {texts[-1]}"])


_Written = (
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
    | nodes.TypeTest
    | nodes.Boundary
)
