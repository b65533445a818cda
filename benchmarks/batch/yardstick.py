"""The yardstick's specification (80 facts, 80 rules) -> entries, expressions and SQL of our own.

The yardstick lies outside this project; its folder is given on the command line and its `spec.py`
is loaded from there. A rule that acts on absence (`X is None`) becomes a requirement, because a
rule of ours must not; where absence is only one arm of a rule, the arm falls away: an absent fact
leaves that rule undecided as it is.
"""

import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

Node = dict[str, Any]
LEVELS = {"ineligible": "absolute", "defer": "relative", "caution": "caution"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule or requirement.

    when   of a rule: its condition; of a requirement: to whom it applies, None: to everyone.
    facts  of a requirement: one of these must be known; of a rule: none.
    """

    name: str
    level: str
    when: Node | None
    facts: tuple[str, ...] = ()


def load_specification(yardstick: Path) -> ModuleType:
    """Return the module that `spec.py` of the yardstick's folder is."""
    specification = importlib.util.spec_from_file_location("spec", yardstick / "spec.py")
    if specification is None or specification.loader is None or not yardstick.is_dir():
        message = f"no spec.py in {yardstick}"
        raise SystemExit(message)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def read_entries(specification: ModuleType, count: int) -> list[Entry]:
    """Return the first entries; past 80 they repeat under new ids with shifted limits.

    Rules stand before requirements, as a pack has them.
    """
    entries = (
        _entry(rule["id"], LEVELS[rule["severity"]], rule["when"])
        for rule in specification.rules(count)
    )
    return sorted(entries, key=lambda entry: bool(entry.facts))


def _entry(name: str, level: str, when: Node) -> Entry:
    """Return the entry of one rule, told apart by whether it acts on absence."""
    parts = when["args"] if when["op"] == "and" else [when]
    absent = tuple(part["fact"] for part in parts if part["op"] == "is_null")
    if not absent:
        return Entry(name, level, _without_absence(when))
    rest = [part for part in parts if part["op"] != "is_null"]
    applies = {"op": "and", "args": rest} if len(rest) > 1 else next(iter(rest), None)
    return Entry(name, level, applies, absent)


def _without_absence(node: Node) -> Node:
    """Return a condition without the arms of its `or` that need a fact to be absent."""
    if node["op"] not in {"and", "or"}:
        return node
    kept = [part for part in node["args"] if not (node["op"] == "or" and _asks_absence(part))]
    parts = [_without_absence(part) for part in kept]
    return parts[0] if len(parts) == 1 else {"op": node["op"], "args": parts}


def _asks_absence(node: Node) -> bool:
    """Tell whether a condition holds a null test."""
    inner: Iterable[Node] = node.get("args", [node["arg"]] if "arg" in node else [])
    return node["op"] in {"is_null", "not_null"} or any(map(_asks_absence, inner))


def as_expression(node: Node) -> str:
    """Return a condition in the language of our rules (CQL)."""

    def days(fact: str, limit: int) -> str:
        return f"difference in days between {fact} and Today() > {limit}"

    return _write(node, lambda fact: fact, days, braces="{ }")


def as_sql(node: Node, column: Callable[[str], str], as_of: str) -> str:
    """Return a condition in SQL, which has the same logic of three values."""

    def days(fact: str, limit: int) -> str:
        return f"date '{as_of}' - {fact} > {limit}"

    return _write(node, column, days, braces="( )")


def _write(
    node: Node, column: Callable[[str], str], days: Callable[[str, int], str], braces: str
) -> str:
    """Return a condition as text; the languages differ in dates, sets and names of facts."""
    kind = node["op"]
    if kind in {"and", "or"}:
        parts = [_write(part, column, days, braces) for part in node["args"]]
        return f"({f' {kind} '.join(parts)})"
    if kind == "not":
        return f"not ({_write(node['arg'], column, days, braces)})"
    fact = column(node["fact"])
    if kind == "true":
        return fact
    if kind == "older":
        return f"({days(fact, node['days'])})"
    if kind == "in":
        values = ", ".join(map(_literal, node["values"]))
        return f"{fact} in {braces[0]} {values} {braces[-1]}"
    sign = "=" if kind == "==" else kind
    if "fact2" in node:
        return f"{fact} {sign} {node['factor']} * {column(node['fact2'])}"
    return f"{fact} {sign} {_literal(node['value'])}"


def _literal(value: str | float) -> str:
    """Return a number or text as both languages write it."""
    return f"'{value}'" if isinstance(value, str) else str(value)
