"""`[[set]]`: a parameter's new value, in a unit that fits, and whether it loosens."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from backrec_cli.errors import overlay as say
from backrec_cli.errors import pack as of_packs
from backrec_cli.expression import Expression, ParameterValue, nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.facts.conversion import accepted_unit, accepted_units, canonical_value
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.facts.hints import plausible_range
from backrec_cli.facts.table import toml_type
from backrec_cli.rulepack.model import Parameter, Requirement, Rule, RulePack
from backrec_cli.rulepack.overlay import judgement
from backrec_cli.rulepack.overlay.approval import APPROVAL_KEYS, Approval, Change, approved
from backrec_cli.rulepack.overlay.model import Loosened, Loosening
from backrec_cli.rulepack.table import PackTable
from backrec_cli.units import Quantity

_LARGEST = 2**31 - 1
_KEYS = APPROVAL_KEYS.union({"parameter", "value", "unit"})


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter's new value as parameters.toml would have it, and its loosening if it is one."""

    parameter: Parameter
    value: ParameterValue
    loosening: Loosening | None


def read_setting(table: PackTable, pack: RulePack, approval: Approval) -> Setting | None:
    """Read one [[set]]; complaints are collected by the table."""
    before = table.troubled
    table.only(_KEYS)
    name = table.required_text("parameter")
    parameter = pack.parameters.get(name)
    if name and parameter is None:
        table.add(say.unknown_parameter(name, pack.parameters, table.place("parameter")))
    value = table.content["value"] if table.has("value") else None
    if parameter is None or value is None:
        return None
    facts = tuple(dict.fromkeys(_compared_facts(pack, name)))
    new = _fitting(table, parameter, value, facts)
    if new is None or table.troubled > before:
        return None
    return _judged(table, pack, parameter, new, approval)


def shown(value: ParameterValue) -> str:
    """Write a parameter's value for people."""
    match value:
        case Quantity():
            return f"{value.value:f} {value.unit}"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _judged(
    table: PackTable,
    pack: RulePack,
    parameter: Parameter,
    new: ParameterValue,
    approval: Approval,
) -> Setting | None:
    """Say whether the new value loosens; one that is no change is a complaint."""
    old = parameter.value
    change = Change(Loosened.PARAMETER, parameter.id, shown(old), shown(new))
    if old == new:
        what = f"setting '{parameter.id}' to {change.now}"
        table.add(say.changes_nothing(what, table.place("value")))
        return None
    if isinstance(old, str) or isinstance(new, str) or _unit(old) != _unit(new):
        effects = judgement.loosened_by_any(pack, parameter.id)
    elif _number(new) > _number(old):
        effects = judgement.loosened_by_rise(pack, parameter.id)
    else:
        effects = judgement.loosened_by_fall(pack, parameter.id)
    return Setting(parameter, new, approved(table, change, effects, approval))


def _fitting(
    table: PackTable, parameter: Parameter, value: object, facts: tuple[FactDefinition, ...]
) -> ParameterValue | None:
    """Return the value in the base's type and unit, or complain of it."""
    unit = table.text("unit")
    match parameter.value, value:
        case bool(), bool():
            return value
        case str(), str():
            return table.text("value")
        case (bool() | str(), _) | (_, bool()):
            pass
        case Quantity() as old, int() | Decimal():
            return _quantity(table, parameter.id, old, Quantity(Decimal(value), unit or ""), facts)
        case (int() | Decimal(), int()) | (Decimal(), Decimal()):
            return _number_without_unit(table, parameter, _number(value), unit, facts)
        case _:
            pass
    got = toml_type(value)
    table.add(say.other_type(parameter.id, _kind(parameter.value), got, table.place("value")))
    return None


def _quantity(
    table: PackTable,
    name: str,
    old: Quantity,
    new: Quantity,
    facts: tuple[FactDefinition, ...],
) -> Quantity | None:
    """Return a quantity in the base's unit where that is the one that rules compare in."""
    if new.unit != old.unit and not (facts and all(accepted_unit(f, new.unit) for f in facts)):
        units = _units(old, facts)
        key = "unit" if new.unit else "value"
        table.add(say.unit_does_not_fit(name, new.unit or None, units, table.place(key)))
        return None
    for fact in facts:
        if not _decides(table, name, fact, new):
            return None
    canonical = {(canonical_value(f, new.value, new.unit), f.unit) for f in facts}
    if new.unit != old.unit and len(canonical) == 1:
        ((value, unit),) = canonical
        if value is not None and unit == old.unit:
            return Quantity(value, old.unit)
    return new


def _number_without_unit(
    table: PackTable,
    parameter: Parameter,
    value: Decimal,
    unit: str | None,
    facts: tuple[FactDefinition, ...],
) -> ParameterValue | None:
    """Return a number as it is, where no unit is written and some value passes it."""
    if unit is not None:
        table.add(say.unit_does_not_fit(parameter.id, unit, (), table.place("unit")))
        return None
    if abs(value) > _LARGEST:
        place = table.place("value")
        table.add(of_packs.number_out_of_range(f"{value:.3e}", place))
        return None
    if not all(_decides(table, parameter.id, fact, Quantity(value, "")) for fact in facts):
        return None
    return int(value) if isinstance(parameter.value, int) else value


def _decides(table: PackTable, name: str, fact: FactDefinition, limit: Quantity) -> bool:
    """Whether a limit lies within what is possible; complain where it does not."""
    value = canonical_value(fact, limit.value, limit.unit) if fact.unit else limit.value
    if fact.plausible is None or value is None:
        return True
    lowest, highest = fact.plausible
    if lowest <= value <= highest:
        return True
    possible = plausible_range(fact, limit.unit or None) or ""
    written = shown(limit).rstrip()
    table.add(say.out_of_range(name, written, fact.path, possible, table.place("value")))
    return False


def _units(old: Quantity, facts: tuple[FactDefinition, ...]) -> tuple[str, ...]:
    """Return the units a parameter may be set in: the base's, and those of its facts."""
    shared = [
        unit
        for fact in facts[:1]
        for unit in accepted_units(fact)
        if all(accepted_unit(other, unit) for other in facts)
    ]
    return tuple(dict.fromkeys([old.unit, *shared]))


def _kind(value: ParameterValue) -> str:
    """Say what a parameter's value is."""
    return "a number" if isinstance(value, Quantity) else toml_type(value)


def _unit(value: ParameterValue) -> str | None:
    return value.unit if isinstance(value, Quantity) else None


def _number(value: object) -> Decimal:
    """Return a value by its size, false smaller than true; what has none stands at 0."""
    match value:
        case Quantity():
            return value.value
        case int() | Decimal():
            return Decimal(value)
        case _:
            return Decimal(0)


def _compared_facts(pack: RulePack, name: str) -> Iterator[FactDefinition]:
    """Yield the facts that rules hold against a parameter."""
    for expression in _expressions(pack):
        for path in _held_against(expression.node, name):
            definition = pack.dictionary.get(path)
            if definition is not None:
                yield definition


def _expressions(pack: RulePack) -> Iterator[Expression]:
    """Yield every expression in which a parameter may stand."""
    yield pack.scope
    for entry in pack.entries.values():
        if entry.applies is not None:
            yield entry.applies
        if isinstance(entry, Rule):
            yield from (grade.when for grade in entry.grades)
        elif not isinstance(entry, Requirement):
            yield entry.done
    for complication in pack.complications:
        yield from (driver.when for driver in complication.drivers)


def _held_against(node: Node, name: str) -> Iterator[str]:
    """Yield the facts that stand beside a parameter in one operation."""
    if isinstance(node, nodes.ExpressionRef):
        yield from _held_against(node.node, name)
        return
    operands = [_plain(operand) for operand in nodes.children(node)]
    if any(isinstance(each, nodes.ParameterRef) and each.name == name for each in operands):
        for each in operands:
            if isinstance(each, nodes.FactRef) and each.attribute is None:
                yield each.path
    for operand in operands:
        yield from _held_against(operand, name)


def _plain(node: Node) -> Node:
    """Return what a definition stands for."""
    while isinstance(node, nodes.ExpressionRef):
        node = node.node
    return node


TABLE_KEYS = {"set": _KEYS}
"""What each table may hold, for whoever describes the files."""
