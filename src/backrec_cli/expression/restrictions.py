"""What a rule may not do with facts: act on their absence, or turn an optional one round.

Both are asked of the checked tree, definitions included.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from backrec_cli.errors import Diagnostic, names
from backrec_cli.expression import nodes
from backrec_cli.expression.functions import COALESCE
from backrec_cli.expression.nodes import Node
from backrec_cli.source import Span


def facts_below(node: Node, span: Span | None = None) -> Iterator[tuple[str, Span]]:
    """Yield the path and place of every fact that a node reads.

    A fact read by a definition stands where the definition is used; `span` is that place.
    """
    match node:
        case nodes.FactRef():
            yield node.path, span or node.span
        case nodes.ExpressionRef():
            yield from facts_below(node.node, span or node.span)
        case _:
            for each in nodes.children(node):
                yield from facts_below(each, span)


_NULL_TESTS = (nodes.IsNull, nodes.IsTrue, nodes.IsFalse)


def may_test_null(root: Node) -> bool:
    """Whether a test for null stands anywhere in a tree, definitions included."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.ExpressionRef):
            waiting.append(node.node)
            continue
        if isinstance(node, _NULL_TESTS):
            return True
        if isinstance(node, nodes.FunctionRef) and node.name == COALESCE:
            return True
        waiting += nodes.children(node)
    return False


def check_null_tests(root: Node, span: Span | None = None) -> Iterator[Diagnostic]:
    """Yield a complaint for each test that would turn the absence of a fact into an answer.

    `span` places complaints from inside a definition where the definition is used.
    """
    match root:
        case nodes.IsNull() | nodes.IsTrue() | nodes.IsFalse():
            tests = True
        case nodes.FunctionRef():
            tests = root.name == COALESCE
        case nodes.ExpressionRef():
            yield from check_null_tests(root.node, span or root.span)
            return
        case _:
            tests = False
    if tests and next(facts_below(root), None) is not None:
        yield names.null_test(span or root.span)
        return
    for each in nodes.children(root):
        yield from check_null_tests(each, span)


class _Place(NamedTuple):
    """Where the walk is: what optional facts there are, and how complaints are placed."""

    optional: Collection[str]
    span: Span | None = None


def check_optional(root: Node, optional: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a complaint for each optional fact that does not stand in positive position.

    An optional fact that is not recorded makes its comparison false. Under `not`, either side of
    `implies` or `xor`, in a condition or inside another comparison that "false" would count as a
    finding, so it may only stand under `and` and `or`.
    """
    yield from _positive(root, _Place(optional))


def _positive(  # noqa: C901 - One case for each operator that turns a condition round.
    node: Node, place: _Place
) -> Iterator[Diagnostic]:
    match node:
        case nodes.And() | nodes.Or():
            for each in node.operands:
                yield from _positive(each, place)
        case nodes.ExpressionRef():
            yield from _positive(node.node, _Place(place.optional, place.span or node.span))
        case nodes.Not():
            yield from _refused(node.operands, place, "stands under 'not'")
        case nodes.Implies():
            yield from _refused(node.operands, place, "stands beside 'implies'")
        case nodes.Xor():
            yield from _refused(node.operands, place, "stands beside 'xor'")
        case nodes.If():
            yield from _refused(node.operands[:1], place, "stands in a condition of 'if'")
            for each in node.operands[1:]:
                yield from _positive(each, place)
        case nodes.Case() | nodes.SelectedCase():
            yield from _refused(node.operands, place, "stands in a 'case'")
        case nodes.Equal() | nodes.NotEqual() | nodes.Equivalent() | nodes.In():
            for each in node.operands:
                if not _is_named_truth(each):
                    yield from _inside_comparison(each, place)
        case _:
            for each in nodes.children(node):
                yield from _inside_comparison(each, place)


def _is_named_truth(node: Node) -> bool:
    """Whether it is a fact compared as it is: all of `wound.healed = false` is assumed false."""
    while isinstance(node, nodes.ExpressionRef):
        node = node.node
    return isinstance(node, nodes.FactRef)


def _inside_comparison(node: Node, place: _Place) -> Iterator[Diagnostic]:
    """Look for truth values inside a comparison: each of them would be assumed false by itself."""
    match node:
        case nodes.FactRef(boolean=True):
            yield from _refused((node,), place, "is compared as a truth value")
        case nodes.ExpressionRef():
            inner = _Place(place.optional, place.span or node.span)
            yield from _inside_comparison(node.node, inner)
        case nodes.FactRef():
            return
        case _ if _is_truth(node):
            yield from _refused((node,), place, "is compared as a truth value")
        case nodes.If() | nodes.Case() | nodes.SelectedCase():
            yield from _refused(node.operands, place, "stands in a choice inside a comparison")
        case _:
            for each in nodes.children(node):
                yield from _inside_comparison(each, place)


def _is_truth(node: Node) -> bool:
    return isinstance(
        node,
        nodes.Logic | nodes.NullTest | nodes.Comparison | nodes.Betweenness
        | nodes.Membership | nodes.Timing | nodes.Exists | nodes.Is,
    )  # fmt: skip


def _refused(refused: tuple[Node, ...], place: _Place, where: str) -> Iterator[Diagnostic]:
    for node in refused:
        for path, span in facts_below(node, place.span):
            if path in place.optional:
                yield names.optional_misplaced(path, where, span)
