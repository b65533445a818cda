"""A condition -> the answers it can give at all: what cannot occur is not asked of an author."""

from decimal import Decimal

from backrec_cli.expression import nodes
from backrec_cli.expression.functions import NOW, TIME_OF_DAY, TODAY
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.restrictions import facts_below
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

Answers = frozenset[Truth]

EVERY: Answers = frozenset(Truth)
DECIDED: Answers = frozenset({Truth.TRUE, Truth.FALSE})

_CLOCKS = (TODAY, NOW, TIME_OF_DAY)
_NULL_TESTS = nodes.IsNull | nodes.IsTrue | nodes.IsFalse
_ORDERS = nodes.Less | nodes.LessOrEqual | nodes.Greater | nodes.GreaterOrEqual


def answers_of(node: Node, dictionary: FactDictionary) -> Answers:
    """Return the answers that a condition can give; a safe guess where its shape does not tell."""
    match node:
        case nodes.ExpressionRef():
            return answers_of(node.node, dictionary)
        case nodes.Not():
            return frozenset(map(_opposite, answers_of(node.operands[0], dictionary)))
        case nodes.And():
            return _joined([answers_of(each, dictionary) for each in node.operands], Truth.TRUE)
        case nodes.Or():
            return _joined([answers_of(each, dictionary) for each in node.operands], Truth.FALSE)
        case nodes.Literal() | nodes.ParameterRef():
            return frozenset({node.value if isinstance(node.value, Truth) else Truth.UNKNOWN})
        case _:
            return answers_of_leaf(node, dictionary)


def answers_of_leaf(node: Node, dictionary: FactDictionary) -> Answers:
    """Return the answers of a leaf: none that varies where it reads neither facts nor clock.

    Every fact can be unknown. A comparison that each plausible value passes is never false, nor is
    a membership that names every choice.
    """
    if next(facts_below(node), None) is None:
        return DECIDED if _reads_clock(node) else frozenset()
    if isinstance(node, _NULL_TESTS):
        return DECIDED
    if isinstance(node, _ORDERS):
        return EVERY - _impossible(node, dictionary)
    if isinstance(node, nodes.In) and _names_every_choice(node, dictionary):
        return EVERY - {Truth.FALSE}
    return EVERY


def _joined(parts: list[Answers], neutral: Truth) -> Answers:
    """Return the answers of `and` (neutral: true) or `or` (neutral: false) over its operands."""
    settled = frozenset({_opposite(neutral)})
    if settled in parts:
        return settled
    varying = [part or frozenset({neutral}) for part in parts]
    found = {neutral} if all(neutral in part for part in varying) else set()
    return frozenset(found.union(*(part - {neutral} for part in varying)))


def _opposite(truth: Truth) -> Truth:
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(truth, truth)


def _impossible(
    node: nodes.Less | nodes.LessOrEqual | nodes.Greater | nodes.GreaterOrEqual,
    dictionary: FactDictionary,
) -> Answers:
    """Return what a comparison of a fact with a number cannot be for any plausible value."""
    fact, limit = node.operands
    definition = dictionary.get(fact.path) if isinstance(fact, nodes.FactRef) else None
    number = _number(limit)
    if definition is None or definition.plausible is None or number is None:
        return frozenset()
    seen = {_holds(node, value, number) for value in definition.plausible}
    return DECIDED - seen


def _names_every_choice(node: nodes.In, dictionary: FactDictionary) -> bool:
    """Whether a list holds all that a choice can be, so that it only asks whether it is known."""
    fact, among = node.operands
    definition = dictionary.get(fact.path) if isinstance(fact, nodes.FactRef) else None
    if definition is None or not definition.choices or not isinstance(among, nodes.ListSelector):
        return False
    named = {each.value for each in among.operands if isinstance(each, nodes.Literal)}
    return named >= set(definition.choices) - set(definition.unknown_values)


def _holds(node: Node, value: Decimal, limit: Decimal) -> Truth:
    """Return what an end of the plausible range makes of a comparison."""
    match node:
        case nodes.Less():
            holds = value < limit
        case nodes.LessOrEqual():
            holds = value <= limit
        case nodes.Greater():
            holds = value > limit
        case _:
            holds = value >= limit
    return Truth.TRUE if holds else Truth.FALSE


def _number(node: Node) -> Decimal | None:
    """Return the number of a constant operand, in the canonical unit that it was fitted to."""
    if isinstance(node, nodes.ExpressionRef):
        return _number(node.node)
    if not isinstance(node, nodes.Literal | nodes.ParameterRef):
        return None
    value = node.value.value if isinstance(node.value, Quantity) else node.value
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _reads_clock(node: Node) -> bool:
    """Whether the day of the assessment bears on an expression."""
    if isinstance(node, nodes.ExpressionRef):
        return _reads_clock(node.node)
    if isinstance(node, nodes.FunctionRef) and node.name in _CLOCKS:
        return True
    return any(map(_reads_clock, nodes.children(node)))
