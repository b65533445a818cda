"""A condition -> the ways in which it can be true, as far as single facts decide.

A world gives each quantity that is compared the values it may have. Facts start from their
plausible range or their choices; what is not understood may be either true or false. So "no world"
proves that a condition never holds; a world does not prove that it can.
"""

from collections.abc import Iterable
from decimal import Decimal

from backrec_cli.expression import nodes, unparse
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.values import Value
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.lint.ranges import Range, Texts, Values, compared
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

MOST_WORLDS = 400

World = dict[str, Values]

_OPPOSITE: dict[str, str] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SPELLING: dict[type[Node], str] = {
    nodes.Less: "<",
    nodes.LessOrEqual: "<=",
    nodes.Greater: ">",
    nodes.GreaterOrEqual: ">=",
    nodes.Equal: "=",
    nodes.NotEqual: "!=",
}


class TooManyWorldsError(Exception):
    """A condition with more alternatives than are worth following."""


class WorldFinder:
    """Finds the worlds of conditions over one dictionary."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self.dictionary = dictionary

    def impossible(self, *demands: tuple[Node, bool]) -> bool:
        """Whether it is proved that the conditions cannot all have the truth demanded of them."""
        try:
            return not self._all(demands)
        except TooManyWorldsError:
            return False

    def _all(self, demands: Iterable[tuple[Node, bool]]) -> list[World]:
        """Return the worlds in which every demand is met."""
        worlds: list[World] = [{}]
        for node, truth in demands:
            found = self._worlds(node, truth=truth)
            worlds = [
                merged
                for one in worlds
                for other in found
                if (merged := _merged(one, other)) is not None
            ]
            if len(worlds) > MOST_WORLDS:
                raise TooManyWorldsError
        return worlds

    def _any(self, demands: Iterable[tuple[Node, bool]]) -> list[World]:
        """Return the worlds in which at least one demand is met."""
        worlds = [world for node, truth in demands for world in self._worlds(node, truth=truth)]
        if len(worlds) > MOST_WORLDS:
            raise TooManyWorldsError
        return worlds

    def _worlds(self, node: Node, *, truth: bool) -> list[World]:
        match node:
            case nodes.And() | nodes.Or():
                every = isinstance(node, nodes.And) is truth
                demands = [(each, truth) for each in node.operands]
                return self._all(demands) if every else self._any(demands)
            case nodes.Not():
                return self._worlds(node.operands[0], truth=not truth)
            case nodes.Implies():
                left, right = node.operands
                demands = [(left, not truth), (right, truth)]
                return self._any(demands) if truth else self._all(demands)
            case nodes.ExpressionRef():
                return self._worlds(node.node, truth=truth)
            case nodes.Literal() | nodes.ParameterRef() if isinstance(node.value, Truth):
                return [{}] if node.value is (Truth.TRUE if truth else Truth.FALSE) else []
            case _:
                return [
                    {key: values}
                    for key, values in self._atoms(node, truth=truth)
                    if not values.empty
                ]

    def _atoms(self, node: Node, *, truth: bool) -> list[tuple[str, Values]]:
        """Return the ways in which one comparison can be true; each is about one quantity."""
        spelling = _SPELLING.get(type(node))
        operands = nodes.children(node)
        if spelling is not None:
            left, right = operands
            if constant(right) is None:
                left, right, spelling = right, left, _MIRRORED.get(spelling, spelling)
            if constant(left) is None and constant(right) is not None:
                operator = spelling if truth else _OPPOSITE[spelling]
                return [self._limited(left, operator, constant(right))]
        if isinstance(node, nodes.Between) and None not in map(constant, operands[1:]):
            return self._between(*operands, truth=truth)
        if isinstance(node, nodes.In) and isinstance(operands[1], nodes.ListSelector):
            members = [constant(each) for each in operands[1].operands]
            if members and all(isinstance(each, str) for each in members):
                texts = Texts(frozenset(map(str, members)), excluded=not truth)
                return [(unparse(operands[0]), texts.within(self._domain(operands[0])))]
        return [(unparse(node), Texts(frozenset({str(truth)})))]

    def _between(
        self, value: Node, low: Node, high: Node, *, truth: bool
    ) -> list[tuple[str, Values]]:
        if not truth:
            return [
                self._limited(value, "<", constant(low)),
                self._limited(value, ">", constant(high)),
            ]
        key, least = self._limited(value, ">=", constant(low))
        _, most = self._limited(value, "<=", constant(high))
        return [(key, least.within(most))]

    def _limited(self, node: Node, operator: str, limit: Value) -> tuple[str, Values]:
        """Return what a quantity may be that is compared with a constant."""
        key = unparse(node)
        if isinstance(limit, Truth):
            same = (limit is Truth.TRUE) is (operator == "=")
            return key, Texts(frozenset({str(same)}))
        if isinstance(limit, str):
            texts = Texts(frozenset({limit}), excluded=operator == "!=")
            return key, texts.within(self._domain(node))
        if isinstance(limit, Quantity):
            key, limit = f"{key} [{limit.unit}]", limit.value
        if isinstance(limit, int | Decimal):
            allowed = compared(operator, Decimal(limit), whole=self._whole(node))
            return key, allowed.within(self._domain(node))
        return f"{key} {operator} {limit}", Texts(frozenset())._replace(excluded=True)

    def _domain(self, node: Node) -> Values | None:
        """Return what a fact may be at all; None where that is not limited."""
        fact = self._fact(node)
        if fact is None:
            return None
        if fact.plausible is not None:
            return Range(*fact.plausible)
        if fact.type is FactType.CHOICE:
            return Texts(frozenset(fact.choices) - frozenset(fact.unknown_values))
        return None

    def _whole(self, node: Node) -> bool:
        fact = self._fact(node)
        distance = isinstance(node, nodes.DurationBetween | nodes.DifferenceBetween)
        return distance or (fact is not None and fact.type is FactType.INTEGER)

    def _fact(self, node: Node) -> FactDefinition | None:
        while isinstance(node, nodes.ExpressionRef):
            node = node.node
        if isinstance(node, nodes.FactRef) and node.attribute in (None, "value"):
            return self.dictionary.get(node.path)
        return None


def constant(node: Node) -> Value:
    """Return the value of a literal, parameter or definition of one; None for anything else."""
    match node:
        case nodes.Literal() | nodes.ParameterRef():
            return node.value
        case nodes.ExpressionRef():
            return constant(node.node)
        case nodes.Negate():
            value = constant(node.operands[0])
            return -value if isinstance(value, int | Decimal) else None
        case _:
            return None


def _merged(one: World, other: World) -> World | None:
    """Return a world in which both hold, or None where some quantity has no value left."""
    merged = dict(one)
    for key, values in other.items():
        both = values.within(merged.get(key))
        if both.empty:
            return None
        merged[key] = both
    return merged
