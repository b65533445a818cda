"""Constants compared with a fact: brought to its canonical unit, and tested against its range.

`labs.glucose > 10.0 'mmol/L'` becomes 180 'mg/dL' here, once, with the rounding of the fact; a
limit that no plausible value can pass, a number without a unit and a text that is not one of the
fact's choices are reported.
"""

from collections.abc import Callable
from decimal import Decimal

from backrec_cli.errors import Diagnostic, names
from backrec_cli.expression import nodes
from backrec_cli.expression.checked import Checked
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.values import Value
from backrec_cli.facts.conversion import accepted_units
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.units import Quantity
from backrec_cli.units.ucum import CALENDAR_UNITS

_CHOICES = (FactType.CHOICE, FactType.CHOICES)
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class LimitFitter:
    """Fits what stands against one fact, and notes what does not fit."""

    def __init__(
        self, dictionary: FactDictionary, fact: FactDefinition, problems: list[Diagnostic]
    ) -> None:
        self.dictionary = dictionary
        self.fact = fact
        self.problems = problems

    def fitted(self, node: Node, operator: str) -> Node:
        """Return the node with every constant in it in the fact's unit.

        operator is the fact's: `labs.hba1c < node`. Only constants, and lists, intervals and
        choices of constants, are looked into; a computed operand has been checked by its unit.
        """
        match node:
            case nodes.Literal():
                value = self._value(node.value, operator, node)
                return node if value is node.value else nodes.Literal(value, node.type, node.span)
            case nodes.ParameterRef():
                value = self._value(node.value, operator, node)
                return nodes.ParameterRef(node.name, value, node.span)
            case nodes.ExpressionRef():
                here: list[Diagnostic] = []
                inner = LimitFitter(self.dictionary, self.fact, here)
                fitted = inner.fitted(node.node, operator)
                self.problems += [_moved(problem, node) for problem in here]
                return nodes.ExpressionRef(node.name, fitted, node.span)
            case nodes.ListSelector() | nodes.IntervalSelector():
                return nodes.rebuilt(node, self._each(node.operands, operator))
            case nodes.If():
                branches = self._each(node.operands[1:], operator)
                return nodes.rebuilt(node, (node.operands[0], *branches))
            case _:
                return node

    def _each(self, operands: tuple[Node, ...], operator: str) -> tuple[Node, ...]:
        return tuple(self.fitted(operand, operator) for operand in operands)

    def _value(self, value: Value, operator: str, node: Node) -> Value:
        if self.fact.type in _CHOICES and isinstance(value, str):
            self._check_choice(value, node)
            return value
        if isinstance(value, Quantity) and self.fact.unit is not None:
            return self._quantity(value, operator, node)
        if isinstance(value, int | Decimal):
            self._check_number(value, operator, node)
        return value

    def _check_number(self, value: int | Decimal, operator: str, node: Node) -> None:
        if self.fact.type is FactType.QUANTITY and self.fact.unit is not None:
            example = f"{value} '{self.fact.unit}'"
            what = f"'{self.fact.path}'"
            unit = self.fact.unit if isinstance(node, nodes.ParameterRef) else None
            self.problems.append(names.threshold_without_unit(what, example, node.span, unit))
        elif self.fact.type in (FactType.INTEGER, FactType.DECIMAL):
            self._check_range(Decimal(value), str(value), operator, node)

    def _check_choice(self, text: str, node: Node) -> None:
        fact = self.fact
        if fact.choices and text not in fact.choices:
            usable = [choice for choice in fact.choices if choice not in fact.unknown_values]
            self.problems.append(names.not_a_choice(fact.path, text, usable, node.span))
        elif text in fact.unknown_values:
            self.problems.append(names.choice_is_unknown(fact.path, text, node.span))

    def _quantity(self, value: Quantity, operator: str, node: Node) -> Value:
        written = Quantity(value.value, CALENDAR_UNITS.get(value.unit, value.unit))
        canonical = self.dictionary.to_canonical(self.fact.path, written)
        if canonical is None:
            accepted = accepted_units(self.fact)
            problem = names.unit_not_accepted(self.fact.path, value.unit, accepted, node.span)
            self.problems.append(problem)
            return value
        self._check_range(canonical.value, f"{value.value} {value.unit}", operator, node)
        return canonical

    def _check_range(self, limit: Decimal, written: str, operator: str, node: Node) -> None:
        """Report a limit that no plausible value, or every one, passes."""
        if self.fact.plausible is None or operator not in _NEVER:
            return
        low, high = self.fact.plausible
        if _NEVER[operator](limit, low, high) or not low <= limit <= high:
            unit = f" {self.fact.unit}" if self.fact.unit else ""
            ends = (f"{low}{unit}", f"{high}{unit}")
            limit_text = f"{operator} {written}"
            problem = names.decides_nothing(self.fact.path, limit_text, *ends, node.span)
            self.problems.append(problem)


# For each operator: whether a limit leaves no plausible value on its side.
_NEVER: dict[str, Callable[[Decimal, Decimal, Decimal], bool]] = {
    "<": lambda limit, low, _: limit <= low,
    "<=": lambda limit, low, _: limit < low,
    ">": lambda limit, _, high: limit >= high,
    ">=": lambda limit, _, high: limit > high,
    "=": lambda limit, low, high: not low <= limit <= high,
}


def mirrored(operator: str) -> str:
    """Return the operator that says the same with its sides swapped."""
    return _MIRRORED.get(operator, operator)


def _moved(problem: Diagnostic, node: Node) -> Diagnostic:
    """Place a problem inside a definition where the definition is used."""
    return Diagnostic(problem.code, problem.message, node.span, problem.hint)


def fit(
    dictionary: FactDictionary | None,
    problems: list[Diagnostic],
    left: Checked,
    right: Checked,
    operator: str,
) -> tuple[Node, Node]:
    """Return both operands, a constant side fitted to a fact on the other."""
    ours, theirs = left.node, right.node
    if dictionary is not None and left.fact is not None:
        theirs = LimitFitter(dictionary, left.fact, problems).fitted(theirs, operator)
    elif dictionary is not None and right.fact is not None:
        fitter = LimitFitter(dictionary, right.fact, problems)
        ours = fitter.fitted(ours, mirrored(operator))
    return ours, theirs
