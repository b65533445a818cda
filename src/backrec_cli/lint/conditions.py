"""The conditions of a pack's entries, each with the place it is written at."""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.errors import Diagnostic
from backrec_cli.expression import Expression, nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.rulepack.model import Entry, Requirement, Rule, RulePack, Step
from backrec_cli.rulepack.places import Places, Spot


@dataclass(frozen=True, slots=True)
class Home:
    """Where an expression is written: a table, and the key it stands under."""

    spot: Spot
    keys: tuple[str | int, ...]

    def at(self, diagnostic: Diagnostic) -> Diagnostic:
        """Mark a span of the expression in its file."""
        return self.spot.inside(diagnostic, *self.keys)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of an entry or definition; `owner` is its id or name."""

    owner: str
    home: Home
    expression: Expression

    @property
    def node(self) -> Node:
        """The checked tree."""
        return self.expression.node


def conditions(pack: RulePack, places: Places) -> Iterator[Condition]:
    """Yield every condition of every entry, in the order of the pack."""
    for entry in pack.entries.values():
        yield from entry_conditions(entry, places)


def definitions(pack: RulePack, places: Places) -> Iterator[Condition]:
    """Yield what every definition stands for."""
    for name, expression in pack.definitions.items():
        yield Condition(name, Home(places.definition(name), ("value",)), expression)


def entry_conditions(entry: Entry, places: Places) -> Iterator[Condition]:
    """Yield the conditions of one entry: `applies` first."""
    if entry.applies is not None:
        yield _condition(entry, places, entry.applies, "applies")
    match entry:
        case Rule():
            for number, grade in enumerate(entry.grades):
                yield _condition(entry, places, grade.when, *grade_keys(entry, places, number))
        case Step():
            yield _condition(entry, places, entry.done, "done")
        case Requirement():
            return


def grade_keys(rule: Rule, places: Places, number: int) -> tuple[str | int, ...]:
    """Return the keys to the `when` of a grade, which a rule of one level has in its own table."""
    spot = places.entry(rule.id)
    return ("when",) if spot.text("when") else ("grade", number, "when")


def walk(node: Node, home: Home, places: Places) -> Iterator[tuple[Node, Home]]:
    """Yield every part of an expression with where it is written, definitions looked into."""
    yield node, home
    if isinstance(node, nodes.ExpressionRef):
        inner = Home(places.definition(node.name), ("value",))
        yield from walk(node.node, inner, places)
        return
    for child in nodes.children(node):
        yield from walk(child, home, places)


def _condition(entry: Entry, places: Places, expression: Expression, *keys: str | int) -> Condition:
    return Condition(entry.id, Home(places.entry(entry.id), keys), expression)
