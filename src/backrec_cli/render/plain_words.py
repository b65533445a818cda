"""Checked condition -> plain English: `labs.hba1c >= hba1c_limit` is "HbA1c at least 64 mmol/mol".

For people who review rules without reading the language. What has no plainer wording is shown as
the expression it is, so that nothing is left out and nothing is guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from backrec_cli.expression import nodes, to_cql, unparse
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.values import Value
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

_SURGERY = "procedure.date"
_ORDER = {
    nodes.Less: "below {}",
    nodes.LessOrEqual: "at most {}",
    nodes.Greater: "above {}",
    nodes.GreaterOrEqual: "at least {}",
    nodes.Equal: "is {}",
    nodes.NotEqual: "is not {}",
    nodes.Equivalent: "is {}",
}
_APART = {
    nodes.Less: "less than {} {}s",
    nodes.LessOrEqual: "at most {} {}s",
    nodes.Greater: "more than {} {}s",
    nodes.GreaterOrEqual: "{} {}s or more",
    nodes.Equal: "{} {}s",
}
_TIMES = {
    nodes.Before: "before",
    nodes.After: "after",
    nodes.SameAs: "on the day of",
    nodes.SameOrBefore: "on or before",
    nodes.SameOrAfter: "on or after",
}
_ATTRIBUTES = {"on": "", "last_dose_on": "last dose of ", "measured_on": "date of "}


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """One line of a condition; what stands deeper belongs to the line above it."""

    depth: int
    text: str


def outline(node: Node, dictionary: FactDictionary) -> tuple[OutlineLine, ...]:
    """Return a condition as lines, the parts of `and` and `or` below "all of" and "any of"."""
    return tuple(_lines(node, dictionary, 0))


def _lines(node: Node, dictionary: FactDictionary, depth: int) -> Iterator[OutlineLine]:
    """Yield the lines of one part."""
    node = _meant(node)
    heads = {nodes.And: "all of:", nodes.Or: "any of:", nodes.Xor: "exactly one of:"}
    if isinstance(node, nodes.And | nodes.Or | nodes.Xor):
        yield OutlineLine(depth, heads[type(node)])
        for each in _flat(node):
            yield from _lines(each, dictionary, depth + 1)
    elif isinstance(node, nodes.Implies):
        condition, then = node.operands
        yield OutlineLine(depth, "where this holds:")
        yield from _lines(condition, dictionary, depth + 1)
        yield OutlineLine(depth, "then also:")
        yield from _lines(then, dictionary, depth + 1)
    elif isinstance(node, nodes.Not) and not isinstance(_meant(node.operands[0]), nodes.FactRef):
        yield OutlineLine(depth, "not:")
        yield from _lines(node.operands[0], dictionary, depth + 1)
    else:
        yield OutlineLine(depth, _Phrases(dictionary).phrase(node))


def _flat(node: nodes.And | nodes.Or | nodes.Xor) -> Iterator[Node]:
    """Yield the operands; those of an `and` within an `and` stand beside its own."""
    for each in map(_meant, node.operands):
        if isinstance(each, nodes.And | nodes.Or) and type(each) is type(node):
            yield from _flat(each)
        else:
            yield each


def _meant(node: Node) -> Node:
    """Return what a definition stands for."""
    while isinstance(node, nodes.ExpressionRef):
        node = node.node
    return node


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Words for the parts of a condition, in the labels of one dictionary."""

    dictionary: FactDictionary

    def phrase(self, node: Node) -> str:
        """Say one part that is neither `and` nor `or`."""
        match node:
            case nodes.ExpressionRef():
                return self.phrase(node.node)
            case nodes.FactRef() if node.attribute is None:
                return f"{self.label(node.path)}: yes"
            case nodes.Not() if isinstance(_meant(node.operands[0]), nodes.FactRef):
                return f"{self.term(_meant(node.operands[0]))}: no"
            case nodes.In() | nodes.Contains():
                return self.membership(node)
            case nodes.Between():
                value, low, high = map(self.term, node.operands)
                return f"{value} from {low} to {high}"
            case nodes.Before() | nodes.After() | nodes.SameAs():
                return self.timing(node)
            case nodes.SameOrBefore() | nodes.SameOrAfter():
                return self.timing(node)
            case _ if type(node) in _ORDER and isinstance(node, nodes.Comparison):
                return self.comparison(node)
            case _:
                return self.term(node)

    def comparison(self, node: nodes.Comparison) -> str:
        """Say a comparison; of days or hours, which of the two dates comes how far before."""
        left, right = node.operands
        apart = _meant(left)
        dates = nodes.DifferenceBetween | nodes.DurationBetween
        if isinstance(apart, dates) and type(node) in _APART:
            first, second = map(self.term, apart.operands)
            span = _APART[type(node)].format(self.term(right), apart.precision)
            return f"{first} {span} before {second}"
        return f"{self.term(left)} {_ORDER[type(node)].format(self.term(right))}"

    def membership(self, node: nodes.Membership) -> str:
        """Say that a value is one of a list, or that a list has a value."""
        left, right = node.operands
        if isinstance(node, nodes.Contains):
            return f"{self.term(left)} includes {self.term(right)}"
        choices = _meant(right)
        if isinstance(choices, nodes.ListSelector):
            *others, last = map(self.term, choices.operands)
            joined = f"{', '.join(others)} or {last}" if others else last
            return f"{self.term(left)} is {joined}"
        return f"{self.term(left)} in {self.term(right)}"

    def timing(self, node: nodes.Timing) -> str:
        """Say which of two moments comes first."""
        left, right = map(self.term, node.operands)
        return f"{left} {_TIMES[type(node)]} {right}"

    def term(self, node: Node) -> str:
        """Say a value; one without plainer words is shown as the expression it is."""
        match node:
            case nodes.ExpressionRef():
                return self.term(node.node)
            case nodes.ParameterRef() | nodes.Literal():
                return _value_words(node.value)
            case nodes.FactRef():
                attribute = "" if node.attribute is None else _ATTRIBUTES.get(node.attribute, "")
                return "surgery" if node.path == _SURGERY else attribute + self.label(node.path)
            case nodes.FunctionRef() if node.name == "Today":
                return "today"
            case nodes.Add() | nodes.Subtract():
                left, right = map(self.term, node.operands)
                return f"{left} {'plus' if isinstance(node, nodes.Add) else 'minus'} {right}"
            case _:
                return f"`{unparse(node)}`"

    def label(self, path: str) -> str:
        """Return the name people read for a fact."""
        definition = self.dictionary.get(path)
        return path if definition is None else definition.label


def _value_words(value: Value) -> str:
    """Write a constant without quotes, exponent or underscores."""
    match value:
        case Quantity():
            return f"{_number(value.value)} {value.unit}"
        case Decimal():
            return _number(value)
        case str():
            return value.replace("_", " ")
        case Truth():
            return str(value.value)
        case _:
            return to_cql(value)


def _number(value: Decimal) -> str:
    """Write a number without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
