"""Entries whose conditions are decided before any patient is seen."""

from collections.abc import Iterator

from backrec_cli.errors import lint as say
from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.lint.conditions import grade_keys
from backrec_cli.lint.remark import Remark
from backrec_cli.lint.worlds import WorldFinder
from backrec_cli.rulepack.model import Requirement, Rule, RulePack, Step
from backrec_cli.rulepack.places import Places
from backrec_cli.source import Span
from backrec_cli.ternary import Truth

_NOWHERE = Span(0, 0)


def decided(pack: RulePack, places: Places) -> Iterator[Remark]:
    """Yield a warning for each condition that no patient, or every patient, meets."""
    finder = WorldFinder(pack.dictionary)
    for entry in pack.entries.values():
        spot = places.entry(entry.id)
        applies = [] if entry.applies is None else [(entry.applies.node, True)]
        if applies and finder.impossible(*applies):
            warning = say.never_holds(f"'applies' of '{entry.id}'", _NOWHERE)
            yield Remark(entry.id, spot.at(warning, "applies"))
            continue
        match entry:
            case Rule():
                yield from _grades(entry, places, finder, applies)
            case Step() if finder.impossible(*applies, (entry.done.node, True)):
                warning = say.never_holds(f"'done' of '{entry.id}'", _NOWHERE)
                yield Remark(entry.id, spot.at(warning, "done"))
            case Step() | Requirement():
                continue


def _grades(
    rule: Rule, places: Places, finder: WorldFinder, applies: list[tuple[Node, bool]]
) -> Iterator[Remark]:
    """Yield a warning for each grade that is never, or always, the one that is found."""
    worse: list[tuple[Node, bool]] = []
    for number, grade in enumerate(rule.grades):
        spot, keys = places.entry(rule.id), grade_keys(rule, places, number)
        holds = (grade.when.node, True)
        what = f"'when' of '{rule.id}'"
        if finder.impossible(*applies, holds):
            yield Remark(rule.id, spot.at(say.never_holds(what, _NOWHERE), *keys))
        elif worse and finder.impossible(*applies, holds, *worse):
            above = rule.grades[number - 1].level
            warning = say.never_reached(grade.level, above, _NOWHERE)
            yield Remark(rule.id, spot.at(warning, *keys))
        elif not _said_outright(grade.when.node) and finder.impossible(
            *applies, (grade.when.node, False)
        ):
            yield Remark(rule.id, spot.at(say.always_holds(what, _NOWHERE), *keys))
        worse.append((grade.when.node, False))


def _said_outright(node: Node) -> bool:
    """Whether a condition is the word `true`: a rule that is meant to speak to everyone."""
    return isinstance(node, nodes.Literal) and node.value is Truth.TRUE
