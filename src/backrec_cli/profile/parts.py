"""A fact's JSON value taken apart: its value, its unit and its date, each with its place."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from backrec_cli.errors import profile as errors
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.profile.dates import parse_date
from backrec_cli.profile.json_text import Member, Node
from backrec_cli.profile.report import Report
from backrec_cli.profile.text import shortened

UNKNOWN = "unknown"

_MEASURED = ("value", "measured_on")
_ATTRIBUTES: dict[FactType, tuple[str, ...]] = {
    FactType.BOOLEAN: _MEASURED,
    FactType.INTEGER: _MEASURED,
    FactType.DECIMAL: _MEASURED,
    FactType.QUANTITY: ("value", "unit", "measured_on"),
    FactType.CHOICE: _MEASURED,
    FactType.CHOICES: _MEASURED,
    FactType.DATE: _MEASURED,
    FactType.EVENT: ("value", "on"),
    FactType.MEDICATION: ("value", "last_dose_on"),
    FactType.TEXT: (),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """One fact as written.

    value   None where an object of an event or a medication gives a date only.
    unit    None where no unit is written.
    dated   an object gives a date, even if that date is "unknown".
    """

    definition: FactDefinition
    node: Node
    value: Node | None
    unit: Node | None = None
    dated: bool = False
    on: date | datetime | None = None

    @property
    def path(self) -> str:
        """The fact's path."""
        return self.definition.path


def take_apart(node: Node, definition: FactDefinition, report: Report) -> Parts | None:
    """Return the parts of a fact, or None (with the reason in the report) where it has none."""
    if not isinstance(node.value, dict):
        return Parts(definition, node, node)
    allowed = _ATTRIBUTES[definition.type]
    if not allowed:
        expect(node, definition.path, "text", "write the text itself", report)
        return None
    members = node.value
    attributes_are_known(members, definition.path, allowed, report)
    if refuse_null(members, definition.path, report):
        return None
    when = members.get(allowed[-1])
    value = members.get("value")
    unit = members.get("unit") if "unit" in allowed else None
    if value is None and (when is None or allowed[-1] == "measured_on"):
        hint = f"write one of {', '.join(allowed)}" if when is None else "write the value too"
        report.add(errors.missing_attribute(definition.path, "value", hint, node.span))
        return None
    on = None if when is None else read_date(when.node, f"{definition.path}.{when.key}", report)
    return Parts(definition, node, _node(value), _node(unit), when is not None, on)


def _node(member: Member | None) -> Node | None:
    """Return what stands under a key, where the key stands."""
    return None if member is None else member.node


def attributes_are_known(
    members: dict[str, Member], owner: str, allowed: tuple[str, ...], report: Report
) -> None:
    """Refuse every key of an object that means nothing there."""
    for member in members.values():
        if member.key not in allowed:
            near = report.closest(member.key, allowed)
            key = shortened(member.key)
            report.add(errors.unknown_attribute(key, owner, near, allowed, member.span))


def refuse_null(members: dict[str, Member], owner: str, report: Report) -> bool:
    """Refuse every null of an object; return whether there was one."""
    nulls = [member for member in members.values() if member.node.value is None]
    for member in nulls:
        path = f"{owner}.{shortened(member.key)}"
        report.add(errors.null_value(path, member.node.span))
    return bool(nulls)


def read_date(node: Node, owner: str, report: Report) -> date | datetime | None:
    """Return a date; None where it is "unknown" (asked, not known) or refused."""
    if not isinstance(node.value, str):
        expect(node, owner, "a date in quotes", 'write "2026-03-16"', report)
        return None
    if node.value == UNKNOWN:
        return None
    found = parse_date(node.value)
    if found is None:
        report.add(errors.impossible_date(owner, shortened(node.value), node.span))
    return found


def expect(node: Node, owner: str, expected: str, hint: str, report: Report) -> None:
    """Say that a value has the wrong JSON type; null gets its own message."""
    if node.value is None:
        report.add(errors.null_value(owner, node.span))
    else:
        report.add(errors.wrong_type(owner, expected, kind_of(node), hint, node.span))


def kind_of(node: Node) -> str:
    """Name the JSON type of a value."""
    match node.value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case Decimal():
            return "a number"
        case str():
            return "text"
        case tuple():
            return "an array"
        case dict():
            return "an object"
