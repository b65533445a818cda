"""An expression and a parameter in it -> which way the answer can move when the parameter rises.

Truth is ordered false, unknown, true. `and` and `or` are the least and the greatest of their
operands in that order, so each part may be looked at by itself. Where nothing can be shown, the
answer may move both ways.
"""

from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Node

Signs = frozenset[int]
"""Of a rise of the parameter: 1 the answer can rise, -1 it can fall, nothing: it stays."""

NEITHER: Signs = frozenset()
EITHER: Signs = frozenset({1, -1})
_RISES: Signs = frozenset({1})


def truth_moves(node: Node, name: str) -> Signs:
    """Return how the truth of a condition can move when the parameter `name` rises."""
    if not mentions(node, name):
        return NEITHER
    match node:
        case nodes.ParameterRef():
            return _RISES
        case nodes.ExpressionRef():
            return truth_moves(node.node, name)
        case nodes.And() | nodes.Or():
            return _joined(*(truth_moves(operand, name) for operand in node.operands))
        case nodes.Not():
            return _turned(truth_moves(node.operands[0], name))
        case nodes.Implies():
            left, right = (truth_moves(operand, name) for operand in node.operands)
            return _joined(_turned(left), right)
        case nodes.If() if not mentions(node.operands[0], name):
            return _joined(*(truth_moves(operand, name) for operand in node.operands[1:]))
        case _:
            return _compared(node, name)


def _compared(node: Node, name: str) -> Signs:
    """Return how a comparison moves."""
    match node:
        case nodes.Less() | nodes.LessOrEqual() | nodes.Before() | nodes.SameOrBefore():
            left, right = (amount_moves(operand, name) for operand in node.operands)
            return _joined(_turned(left), right)
        case nodes.Greater() | nodes.GreaterOrEqual() | nodes.After() | nodes.SameOrAfter():
            left, right = (amount_moves(operand, name) for operand in node.operands)
            return _joined(left, _turned(right))
        case nodes.Between() | nodes.ProperlyBetween():
            value, low, high = node.operands
            if mentions(value, name):
                return EITHER
            return _joined(_turned(amount_moves(low, name)), amount_moves(high, name))
        case _:
            return EITHER


def amount_moves(node: Node, name: str) -> Signs:
    """Return how a number, a quantity or a date can move when the parameter `name` rises."""
    if not mentions(node, name):
        return NEITHER
    match node:
        case nodes.ParameterRef():
            return _RISES
        case nodes.ExpressionRef():
            return amount_moves(node.node, name)
        case nodes.Add():
            return _joined(*(amount_moves(operand, name) for operand in node.operands))
        case nodes.Subtract():
            left, right = (amount_moves(operand, name) for operand in node.operands)
            return _joined(left, _turned(right))
        case nodes.Negate():
            return _turned(amount_moves(node.operands[0], name))
        case nodes.If() if not mentions(node.operands[0], name):
            return _joined(*(amount_moves(operand, name) for operand in node.operands[1:]))
        case _:
            return EITHER


def mentions(node: Node, name: str) -> bool:
    """Whether a parameter stands anywhere in an expression or in the definitions it uses."""
    match node:
        case nodes.ParameterRef():
            return node.name == name
        case nodes.ExpressionRef():
            return mentions(node.node, name)
        case _:
            return any(mentions(operand, name) for operand in nodes.children(node))


def _joined(*moves: Signs) -> Signs:
    return NEITHER.union(*moves)


def _turned(moves: Signs) -> Signs:
    return frozenset(-sign for sign in moves)
