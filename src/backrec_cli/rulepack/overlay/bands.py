"""What one rule leaves, another takes: whether a narrower band is covered by a worse one.

`dm-hba1c-fusion` applies below the limit from which `dm-hba1c-high` flags. Lowering that limit
takes patients from the first rule and gives each of them to the second: nobody is lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.rulepack.model import Grade, Level, Rule, RulePack

_LONGEST_CHAIN = 3
_SEVERITY = {level: rank for rank, level in enumerate(reversed(Level))}


@dataclass(frozen=True, slots=True)
class Band:
    """All that must hold for one grade of a rule to flag."""

    rule: Rule
    grade: Grade

    @property
    def conditions(self) -> tuple[Node, ...]:
        """The parts of `applies` and `when` that are joined by `and`."""
        return (*_applies(self.rule), *joined_by_and(self.grade.when.node))


def at_least(pack: RulePack, level: Level, other: Level) -> bool:
    """Whether a level counts as much as another at every urgency."""
    return all(_SEVERITY[row[level]] >= _SEVERITY[row[other]] for row in pack.levels.values())


def covered(pack: RulePack, band: Band, lost: Node, firm: Iterable[Node]) -> bool:
    """Whether whoever leaves a band, because `lost` became false, is flagged as badly elsewhere.

    `firm` are the conditions of the band that cannot become false with it.
    """
    turned = opposite(lost)
    if not turned:
        return False
    heirs = [way for rule, grade in _as_bad(pack, band) for way in _ways(rule, grade, band.rule)]
    settled = frozenset(path for part in turned for path in _facts(part))
    return _flagged(heirs, (*firm, *turned), settled, _LONGEST_CHAIN)


def _as_bad(pack: RulePack, band: Band) -> Iterator[tuple[Rule, Grade]]:
    """Yield the grades that count as much as the band at every urgency, and no later."""
    for rule in pack.rules:
        begin = (rule.from_, rule.last_dose)
        if begin not in ((None, None), (band.rule.from_, band.rule.last_dose)):
            continue
        for grade in rule.grades:
            if at_least(pack, grade.level, band.grade.level):
                yield rule, grade


def _flagged(
    heirs: list[tuple[Node, ...]], known: tuple[Node, ...], settled: frozenset[str], longest: int
) -> bool:
    """Whether what is known makes one of the heirs flag, or the next one where it does not.

    A condition that is not known may fail where another heir then flags; it may read only the facts
    that decided that the band was left, which are therefore known.
    """
    return any(
        all(
            part in known
            or (
                longest > 0
                and settled.issuperset(_facts(part))
                and bool(turned := opposite(part))
                and _flagged(heirs, (*known, *turned), settled, longest - 1)
            )
            for part in way
        )
        for way in heirs
    )


def joined_by_and(node: Node) -> tuple[Node, ...]:
    """Return the parts of a condition that all must hold, those of its definitions included."""
    plain = _plain(node)
    if isinstance(plain, nodes.And):
        return tuple(part for operand in plain.operands for part in joined_by_and(operand))
    return (plain,)


def opposite(node: Node) -> tuple[Node, ...]:
    """Return conditions that are all true where this one is false; none where that is not plain."""
    match _plain(node):
        case nodes.Less(operands):
            return (nodes.GreaterOrEqual(operands),)
        case nodes.LessOrEqual(operands):
            return (nodes.Greater(operands),)
        case nodes.Greater(operands):
            return (nodes.LessOrEqual(operands),)
        case nodes.GreaterOrEqual(operands):
            return (nodes.Less(operands),)
        case nodes.Implies((left, right)):
            turned = opposite(right)
            return (*joined_by_and(left), *turned) if turned else ()
        case _:
            return ()


def _ways(rule: Rule, grade: Grade, heir_of: Rule) -> Iterator[tuple[Node, ...]]:
    """Yield each set of conditions that makes a grade flag, one for each part of an `or`.

    Left out is a set that stays silent for want of a fact where the other rule would be open.
    """
    when = _plain(grade.when.node)
    silent = rule.optional - heir_of.optional
    for part in when.operands if isinstance(when, nodes.Or) else (when,):
        way = (*_applies(rule), *joined_by_and(part))
        if silent.isdisjoint(path for each in way for path in _facts(each)):
            yield way


def _applies(rule: Rule) -> tuple[Node, ...]:
    return () if rule.applies is None else joined_by_and(rule.applies.node)


def _plain(node: Node) -> Node:
    """Return what a definition stands for."""
    while isinstance(node, nodes.ExpressionRef):
        node = node.node
    return node


def _facts(node: Node) -> Iterator[str]:
    """Yield the facts that a condition reads."""
    match node:
        case nodes.FactRef():
            yield node.path
        case nodes.ExpressionRef():
            yield from _facts(node.node)
        case _:
            for operand in nodes.children(node):
                yield from _facts(operand)
