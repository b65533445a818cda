"""Rules that speak of the same patients: with two levels, or with one level twice."""

from collections.abc import Iterator

from backrec_cli.errors import lint as say
from backrec_cli.expression import nodes, unparse
from backrec_cli.expression.nodes import Node
from backrec_cli.lint.conditions import grade_keys
from backrec_cli.lint.remark import Remark
from backrec_cli.rulepack.model import Level, RulePack
from backrec_cli.rulepack.places import Places
from backrec_cli.source import Span

_NOWHERE = Span(0, 0)
_TRUE = "true"


def alike(pack: RulePack, places: Places) -> Iterator[Remark]:
    """Yield a warning at the second of two rules with one condition."""
    seen: dict[tuple[str, ...], tuple[str, Level, str]] = {}
    for rule in pack.rules:
        for number, grade in enumerate(rule.grades):
            when = _plain(grade.when.node)
            if when == _TRUE:
                continue
            keys = grade_keys(rule, places, number)
            spot = places.entry(rule.id)
            key = ("" if rule.applies is None else _plain(rule.applies.node), when)
            if key not in seen:
                seen[key] = (rule.id, grade.level, spot.place(*keys))
                continue
            other, level, place = seen[key]
            if other == rule.id:
                continue
            if level is grade.level:
                warning = say.repetition(other, place, _NOWHERE)
            else:
                warning = say.contradiction(other, level, place, _NOWHERE)
            yield Remark(rule.id, spot.at(warning, *keys))


def _plain(node: Node) -> str:
    """Return the text of a condition, the order of operands of `and` and `or` left out."""
    match node:
        case nodes.And() | nodes.Or():
            word = " and " if isinstance(node, nodes.And) else " or "
            return "(" + word.join(sorted(map(_plain, node.operands))) + ")"
        case nodes.ExpressionRef():
            return _plain(node.node)
        case _:
            return unparse(node)
