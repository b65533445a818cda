"""Ids and names across the files of a pack: each given once, and none of them a keyword."""

import re
from collections.abc import Iterable, Mapping

from backrec_cli.errors import pack as say
from backrec_cli.expression.operators import RESERVED
from backrec_cli.rulepack.table import PackTable

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SOURCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def refuse_duplicates(
    tables: Iterable[PackTable], kind: str, key: str = "id"
) -> dict[str, PackTable]:
    """Return the first table of each id; a second one is a complaint that names the first."""
    first: dict[str, PackTable] = {}
    for table in tables:
        name = table.content.get(key)
        if not isinstance(name, str):
            continue
        if name not in first:
            first[name] = table
            continue
        there = first[name].document.place((*first[name].path, key))
        table.add(say.duplicate(kind, name, there, table.place(key)))
    return first


def check_identifiers(
    definitions: Mapping[str, PackTable], parameters: Mapping[str, PackTable]
) -> None:
    """Complain of names that cannot stand in an expression, or that stand for two things."""
    for name, table in parameters.items():
        _check_identifier(name, table)
    for name, table in definitions.items():
        _check_identifier(name, table, "name")
        if name in parameters:
            there = parameters[name].document.place(parameters[name].path)
            table.add(say.duplicate("name", name, there, table.place("name")))


def check_source_ids(tables: Mapping[str, PackTable]) -> None:
    """Complain of source ids that could not be typed or searched for."""
    for name, table in tables.items():
        if not _SOURCE_ID.fullmatch(name):
            table.add(say.bad_id("source id", name, "ada-2024-16", table.place()))


def _check_identifier(name: str, table: PackTable, *key: str) -> None:
    """Complain of one name; it is the value of `key`, or the name of the table itself."""
    if not _IDENTIFIER.fullmatch(name):
        table.add(say.bad_id("name", name, "hba1c_limit", table.place(*key)))
    elif name in RESERVED:
        table.add(say.reserved_name(name, table.place(*key)))
