"""Limits that are written into a rule, where no hospital can set them."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from backrec_cli.errors import lint as say
from backrec_cli.expression import nodes, unparse
from backrec_cli.expression.nodes import Node
from backrec_cli.lint.conditions import Condition, conditions, definitions
from backrec_cli.lint.remark import Remark
from backrec_cli.lint.worlds import WorldFinder
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.places import Places
from backrec_cli.units import Quantity

_COMPARISONS = nodes.Comparison | nodes.Betweenness | nodes.Membership | nodes.Timing
_LOOKED_INTO = (
    nodes.ListSelector | nodes.IntervalSelector | nodes.Add | nodes.Subtract | nodes.Negate
)


def bare_thresholds(pack: RulePack, places: Places) -> Iterator[Remark]:
    """Yield a warning for each number in a comparison that is not a parameter."""
    finder = WorldFinder(pack.dictionary)
    for condition in chain(conditions(pack, places), definitions(pack, places)):
        for comparison in _comparisons(condition.node):
            if not finder.impossible((comparison, False)):
                # What always holds asks whether the fact is known; its number decides nothing.
                yield from _numbers(condition, comparison)


def _numbers(condition: Condition, comparison: Node) -> Iterator[Remark]:
    """Yield a warning for each number that one comparison holds a fact against."""
    operands = nodes.children(comparison)
    days = any(
        isinstance(each, nodes.DurationBetween | nodes.DifferenceBetween) for each in operands
    )
    for literal in chain.from_iterable(map(_literals, operands)):
        number = _number(literal)
        if number is None or _says_order(literal, number, days=days):
            continue
        warning = say.bare_threshold(f"'{unparse(literal)}'", literal.span)
        yield Remark(condition.owner, condition.home.at(warning))


def _says_order(literal: nodes.Literal, number: Decimal, *, days: bool) -> bool:
    """Whether a number only says before, after, the same day, the day before, or none at all."""
    if isinstance(literal.value, Quantity):
        return literal.value.unit == "day" and number in (0, 1)
    return number == 0 or (days and number == 1)


def _comparisons(node: Node) -> Iterator[Node]:
    """Yield the comparisons of one expression; a definition is looked at by itself."""
    if isinstance(node, _COMPARISONS):
        yield node
    if not isinstance(node, nodes.ExpressionRef):
        for child in nodes.children(node):
            yield from _comparisons(child)


def _literals(node: Node) -> Iterator[nodes.Literal]:
    """Yield the literals that stand against a fact, alone, in a list, or added to a date."""
    if isinstance(node, nodes.Literal):
        yield node
    elif isinstance(node, _LOOKED_INTO):
        for child in nodes.children(node):
            yield from _literals(child)


def _number(literal: nodes.Literal) -> Decimal | None:
    value = literal.value.value if isinstance(literal.value, Quantity) else literal.value
    return Decimal(value) if isinstance(value, int | Decimal) else None
