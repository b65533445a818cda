"""What lacks -> a piece of a case that would show it, to be copied into a test."""

from decimal import Decimal

from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.values import Value
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.packtest.limits import HIGH
from backrec_cli.units import Quantity


def exactly_on(node: Node, end: str, dictionary: FactDictionary) -> str | None:
    """Return facts that lie exactly on the limit of a leaf, where its shape tells them."""
    match node:
        case nodes.Between() | nodes.ProperlyBetween():
            value, low, high = node.operands
            return _with_value(value, high if end == HIGH else low, dictionary)
        case nodes.Less() | nodes.LessOrEqual() | nodes.Greater() | nodes.GreaterOrEqual():
            left, right = (_unnamed(each) for each in node.operands)
            return _with_value(left, right, dictionary) or _with_value(right, left, dictionary)
        case _:
            return None


def too_old(definition: FactDefinition) -> str:
    """Return a value of a fact that has just gone stale."""
    days = max(validity.days for validity in definition.valid_for) + 1
    match definition.type:
        case FactType.EVENT:
            return f'facts = {{ {definition.path} = "T-{days}" }}'
        case FactType.QUANTITY:
            unit = f', unit = "{definition.unit}"'
        case _:
            unit = ""
    return f'facts = {{ {definition.path} = {{ value = ...{unit}, measured_on = "T-{days}" }} }}'


def in_other_unit(definition: FactDefinition) -> str:
    """Return a value of a fact in the first of its other units."""
    unit = definition.also[0].unit
    return f'facts = {{ {definition.path} = {{ value = ..., unit = "{unit}" }} }}'


def _with_value(side: Node, limit: Node, dictionary: FactDictionary) -> str | None:
    """Return a fact that has the value of a limit, or lies that many days before surgery."""
    value = _constant(limit)
    if value is None:
        return None
    if isinstance(side, nodes.FactRef):
        return _fact(side.path, value, dictionary)
    if isinstance(side, nodes.DifferenceBetween | nodes.DurationBetween) and _in_days(side):
        return _days_before(side, value, dictionary)
    return None


def _fact(path: str, value: Value, dictionary: FactDictionary) -> str | None:
    """Return a number or an amount as a fact."""
    definition = dictionary.get(path)
    if definition is None:
        return None
    if isinstance(value, Quantity):
        return f'facts = {{ {path} = {{ value = {value.value:f}, unit = "{value.unit}" }} }}'
    if definition.type is FactType.QUANTITY:
        return f'facts = {{ {path} = {{ value = {value}, unit = "{definition.unit}" }} }}'
    return f"facts = {{ {path} = {value} }}"


def _days_before(
    side: nodes.DifferenceBetween | nodes.DurationBetween, days: Value, dictionary: FactDictionary
) -> str | None:
    """Return an event or a last dose that many days before surgery."""
    first = side.operands[0]
    definition = dictionary.get(first.path) if isinstance(first, nodes.FactRef) else None
    if definition is None or not isinstance(days, int):
        return None
    when = f'"T-{days}"' if days else '"T"'
    if definition.type is FactType.MEDICATION:
        when = f"{{ last_dose_on = {when} }}"
    return f"facts = {{ {definition.path} = {when} }}"


def _in_days(side: nodes.DifferenceBetween | nodes.DurationBetween) -> bool:
    return side.precision in ("day", "days")


def _constant(node: Node) -> Value:
    """Return the number or amount that an operand is, None for anything else."""
    node = _unnamed(node)
    if isinstance(node, nodes.Literal | nodes.ParameterRef):
        return node.value if isinstance(node.value, int | Decimal | Quantity) else None
    return None


def _unnamed(node: Node) -> Node:
    """Return what a definition stands for."""
    return _unnamed(node.node) if isinstance(node, nodes.ExpressionRef) else node
