"""Dates of events and drugs that are read without asking whether there was one.

`medications.apixaban.last_dose_on` of a patient who takes none is null, so a comparison with it is
unknown, and the rule undecided for everyone; beside `medications.apixaban and` it is false.
"""

from collections.abc import Iterator

from backrec_cli.errors import lint as say
from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.lint.conditions import Condition, Home, entry_conditions
from backrec_cli.lint.remark import Remark
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.places import Places

_OWNED = ("on", "last_dose_on")


def ownerless(pack: RulePack, places: Places) -> Iterator[Remark]:
    """Yield a warning for each date whose owner is not asked about beside it."""
    seen: set[tuple[str, int, str]] = set()
    for entry in pack.entries.values():
        known: frozenset[str] = frozenset()
        if entry.applies is not None:
            known = _asked(entry.applies.node, truth=True)
        for condition in entry_conditions(entry, places):
            own = frozenset[str]() if condition.expression is entry.applies else known
            for remark in _unowned(condition, own, places):
                span = remark.diagnostic.span
                key = (remark.diagnostic.place, span.end if span else 0, remark.subject)
                if key[:2] not in {found[:2] for found in seen}:
                    seen.add(key)
                    yield remark


def _unowned(condition: Condition, known: frozenset[str], places: Places) -> Iterator[Remark]:
    for fact, home in _unguarded(condition.node, condition.home, known, places):
        warning = say.ownerless_attribute(fact.path, fact.attribute or "", fact.span)
        yield Remark(condition.owner, home.at(warning))


def _unguarded(
    node: Node, home: Home, known: frozenset[str], places: Places
) -> Iterator[tuple[nodes.FactRef, Home]]:
    """Yield the dates in a condition that nothing beside them, or around them, asks about."""
    match node:
        case nodes.FactRef():
            if node.attribute in _OWNED and node.path not in known:
                yield node, home
        case nodes.ExpressionRef():
            inner = Home(places.definition(node.name), ("value",))
            yield from _unguarded(node.node, inner, known, places)
        case nodes.And() | nodes.Or() | nodes.Implies():
            for each in node.operands:
                yield from _unguarded(each, home, known | _beside(node, each), places)
        case nodes.If():
            condition, then, otherwise = node.operands
            yield from _unguarded(condition, home, known, places)
            yield from _unguarded(then, home, known | _asked(condition, truth=True), places)
            yield from _unguarded(otherwise, home, known | _asked(condition, truth=False), places)
        case _:
            for each in nodes.children(node):
                yield from _unguarded(each, home, known, places)


def _beside(node: nodes.And | nodes.Or | nodes.Implies, operand: Node) -> frozenset[str]:
    """Return the facts that are yes wherever the truth of one operand still matters."""
    if isinstance(node, nodes.Implies):
        return _asked(node.operands[0], truth=True) if operand is node.operands[1] else frozenset()
    others = [each for each in node.operands if each is not operand]
    truth = isinstance(node, nodes.And)
    return frozenset[str]().union(*(_asked(other, truth=truth) for other in others))


def _asked(node: Node, *, truth: bool) -> frozenset[str]:
    """Return the facts that must be yes for a condition to have a truth."""
    match node:
        case nodes.FactRef(attribute=None):
            return frozenset({node.path}) if truth else frozenset()
        case nodes.ExpressionRef():
            return _asked(node.node, truth=truth)
        case nodes.Not():
            return _asked(node.operands[0], truth=not truth)
        case nodes.And() | nodes.Or() if isinstance(node, nodes.And) is truth:
            return frozenset[str]().union(*(_asked(each, truth=truth) for each in node.operands))
        case _:
            return frozenset()
