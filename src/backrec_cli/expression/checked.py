"""What the checker knows of each part of an expression while it goes through it."""

from typing import NamedTuple

from backrec_cli.expression import nodes
from backrec_cli.expression.value_types import ANY, DATETIME, Type
from backrec_cli.facts.definition import FactDefinition


class Checked(NamedTuple):
    """A node with its type; for a quantity its unit, for a fact's own value the definition."""

    node: nodes.Node
    type: Type
    unit: str | None = None
    fact: FactDefinition | None = None

    @property
    def words(self) -> str:
        """What it is, for a message."""
        if self.fact is not None:
            return f"'{self.fact.path}' ({described(self.type)})"
        return described(self.type)


def described(kind: Type) -> str:
    """Return a type in words."""
    if kind is ANY:
        return "null"
    if kind.element is not None:
        inner = "" if kind.element is ANY else f" of {kind.element}"
        return f"{'a list' if kind.name == 'List' else 'an interval'}{inner}"
    if kind.name == "Tuple":
        return "a tuple"
    if kind is DATETIME:
        return "a date"
    article = "an" if kind.name[0] in "AEIOU" else "a"
    return f"{article} {kind.name}"
