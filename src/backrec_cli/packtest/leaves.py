"""The conditions of an entry -> their leaves: each comparison, membership and yes/no fact.

Leaves are told apart by the identity of their node, which a trace of the evaluator keeps.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.expression import nodes, unparse
from backrec_cli.expression.nodes import Node
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.packtest.answers import Answers, answers_of_leaf
from backrec_cli.packtest.limits import limits_of
from backrec_cli.rulepack.catalogue import conditions_of
from backrec_cli.rulepack.model import Entry
from backrec_cli.source import Span
from backrec_cli.ternary import Truth

APPLIES, DONE = "applies", "done"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of an entry's logic.

    condition   "applies", "when (relative)" or "done"; `grade` counts the grades from 0.
    definition  the definition whose text it stands in, None where it is the condition's own.
    possible    the answers that a case can show.
    limits      the ends of its limit that a value can lie exactly on; none where it has no limit.
    """

    node: Node
    condition: str
    grade: int
    definition: str | None
    possible: Answers
    limits: tuple[str, ...]

    @property
    def text(self) -> str:
        """The leaf as it is written in the language."""
        return unparse(self.node)

    @property
    def span(self) -> Span:
        """Where it stands in the text of its condition or definition."""
        return self.node.span


def leaves_of(entry: Entry, dictionary: FactDictionary) -> dict[int, Leaf]:
    """Return the leaves of an entry by the identity of their nodes, in reading order.

    A leaf that reads no fact is constant and none, unless it reads the clock. One that `applies`
    already holds to an answer can show no other in `when` or `done`, which are not asked then.
    """
    found: dict[int, Leaf] = {}
    held: list[tuple[Node, Truth]] = []
    for number, (title, expression) in enumerate(conditions_of(entry)):
        grade = number - (entry.applies is not None)
        if title == APPLIES:
            held = list(_held(expression.node))
        for node, definition in _leaves(expression.node, None):
            excluded = {answer for other, answer in held if title != APPLIES and other == node}
            possible = answers_of_leaf(node, dictionary) - excluded
            # The limit of a comparison that `applies` makes too is asked for there.
            limits = () if excluded else tuple(limits_of(node))
            if possible and id(node) not in found:
                found[id(node)] = Leaf(node, title, grade, definition, possible, limits)
    return found


def _held(node: Node, *, truth: bool = True) -> Iterator[tuple[Node, Truth]]:
    """Yield the parts that must be so for a condition to hold, each with the answer they exclude.

    Where `applies` is unknown, such a part may be unknown too, but never the opposite.
    """
    match node:
        case nodes.ExpressionRef():
            yield from _held(node.node, truth=truth)
        case nodes.Not():
            yield from _held(node.operands[0], truth=not truth)
        case nodes.And() if truth:
            for each in node.operands:
                yield from _held(each)
        case nodes.Or() if not truth:
            for each in node.operands:
                yield from _held(each, truth=False)
        case _:
            yield node, Truth.FALSE if truth else Truth.TRUE


def _leaves(node: Node, definition: str | None) -> Iterator[tuple[Node, str | None]]:
    """Yield the leaves of a condition with the definition that each stands in."""
    match node:
        case nodes.ExpressionRef():
            yield from _leaves(node.node, node.name)
        case nodes.And() | nodes.Or() | nodes.Xor() | nodes.Implies() | nodes.Not():
            for each in node.operands:
                yield from _leaves(each, definition)
        case nodes.If() | nodes.Case():
            for each in node.operands:
                yield from _leaves(each, definition)
        case nodes.Literal() | nodes.ParameterRef():
            return
        case _:
            yield node, definition
            for each in nodes.children(node):
                yield from _within(each, definition)


def _within(node: Node, definition: str | None) -> Iterator[tuple[Node, str | None]]:
    """Yield the leaves of the conditions inside an operand, such as a limit that depends on sex."""
    match node:
        case nodes.ExpressionRef():
            yield from _within(node.node, node.name)
        case nodes.If():
            yield from _leaves(node.operands[0], definition)
            for each in node.operands[1:]:
                yield from _within(each, definition)
        case nodes.Case():
            for condition in node.operands[:-1:2]:
                yield from _leaves(condition, definition)
        case _:
            for each in nodes.children(node):
                yield from _within(each, definition)
