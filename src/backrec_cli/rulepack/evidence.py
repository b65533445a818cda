"""sources.toml and parameters.toml: what a pack rests on, and the thresholds a hospital may set."""

import re
from collections.abc import Collection
from decimal import Decimal

from backrec_cli.errors import pack as say
from backrec_cli.expression import ParameterValue
from backrec_cli.facts.table import toml_type
from backrec_cli.rulepack.model import Mark, Parameter, Source
from backrec_cli.rulepack.table import PackTable
from backrec_cli.units import Quantity

_SOURCE_KEYS = frozenset({"citation", "year", "mark", "note"})
_PARAMETER_KEYS = frozenset({"value", "unit", "title", "mark", "sources", "note"})
_READ_IN_A_SOURCE = (Mark.V, Mark.V2)


def read_source(name: str, table: PackTable) -> Source | None:
    """Read one table of sources.toml; its name is its id."""
    before = table.troubled
    table.only(_SOURCE_KEYS)
    citation, mark = table.required_text("citation"), table.member("mark", Mark)
    year = table.count("year") if "year" in table else None
    note = table.text("note")
    if mark is None or table.troubled > before:
        return None
    return Source(name, citation, year, mark, note)


def read_parameter(name: str, table: PackTable, known_sources: Collection[str]) -> Parameter | None:
    """Read one table of parameters.toml; its name is its id in expressions."""
    before = table.troubled
    table.only(_PARAMETER_KEYS)
    title, mark, unit = table.required_text("title"), table.member("mark", Mark), table.text("unit")
    sources = read_source_names(table, mark, known_sources)
    value = _read_value(table, unit) if table.has("value") else None
    note = table.text("note")
    if mark is None or value is None or table.troubled > before:
        return None
    return Parameter(name, title, value, unit, mark, sources, note)


def read_source_names(
    table: PackTable, mark: Mark | None, known: Collection[str]
) -> tuple[str, ...]:
    """Read `sources`; a figure marked as read in a source must name one."""
    names = table.texts("sources")
    for number, name in enumerate(names):
        if name not in known:
            table.add(say.unknown_source(name, known, table.place("sources", number)))
    if mark in _READ_IN_A_SOURCE and table.absent("sources"):
        table.add(say.no_source(table.owner, mark, table.place("mark")))
    return names


def _read_value(table: PackTable, unit: str | None) -> ParameterValue | None:
    """Read a parameter's value; a number with a unit is a quantity."""
    value = table.content["value"]
    if unit and isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]+([.,][0-9]+)?\s*", value):
        table.wrong("value", "a number")
        return None
    if isinstance(value, bool | str) and unit:
        table.add(say.unit_without_number(toml_type(value), table.place("unit")))
    if isinstance(value, str):
        return table.text("value")
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return Quantity(Decimal(value), unit) if unit else value
    table.wrong("value", "a number, a text, or true or false")
    return None


TABLE_KEYS = {"source": _SOURCE_KEYS, "parameter": _PARAMETER_KEYS}
"""What each table may hold, for whoever describes the files."""
