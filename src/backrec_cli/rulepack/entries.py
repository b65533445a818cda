"""What rules, requirements and steps have in common: id, topic, who acts, and what it rests on."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from backrec_cli.errors import pack as say
from backrec_cli.expression import Expression
from backrec_cli.rulepack.evidence import read_source_names
from backrec_cli.rulepack.expressions import Compiler
from backrec_cli.rulepack.files import OVERLAY, PACK
from backrec_cli.rulepack.model import Mark, Offset, Role
from backrec_cli.rulepack.table import PackTable

SHARED_KEYS = frozenset({"id", "topic", "title", "applies", "role", "sources", "mark", "note"})

ENTRY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OFFSET = re.compile(r"([+-]?[0-9]{1,4}) (d|min)")


@dataclass(frozen=True, slots=True)
class Context:
    """What the entries of a pack may refer to; `entries` are rules, requirements and steps."""

    topics: Collection[str]
    sources: Collection[str]
    rules: Collection[str]
    entries: Collection[str]
    facts: Collection[str]
    compiler: Compiler


@dataclass(frozen=True, slots=True)
class Head:
    """The keys that every entry has."""

    id: str
    topic: str
    title: str
    applies: Expression | None
    roles: tuple[Role, ...]
    sources: tuple[str, ...]
    mark: Mark
    note: str | None


def read_head(table: PackTable, context: Context, optional: Collection[str] = ()) -> Head:
    """Read what every entry has; complaints are collected by the table."""
    mark = table.member("mark", Mark)
    return Head(
        id=read_id(table),
        topic=_read_topic(table, context.topics),
        title=table.required_text("title"),
        applies=context.compiler.optional_boolean(table, "applies", optional),
        roles=table.members("role", Role),
        sources=read_source_names(table, mark, context.sources),
        mark=mark or Mark.GK,
        note=table.text("note"),
    )


def read_offset(table: PackTable, key: str) -> Offset | None:
    """Read a moment relative to the day of surgery ("-28 d", "-60 min"); None where absent."""
    text = table.text(key)
    if not text:
        return None
    match = _OFFSET.fullmatch(text)
    if match is None:
        table.add(say.bad_offset(key, text, table.place(key)))
        return None
    number = int(match[1])
    return Offset(days=number) if match[2] == "d" else Offset(minutes=number)


def read_facts(table: PackTable, key: str, context: Context) -> tuple[str, ...]:
    """Read a list of facts that the dictionary must have."""
    paths = table.texts(key)
    for number, path in enumerate(paths):
        if path not in context.facts:
            table.add(say.unknown_fact(path, context.facts, table.place(key, number)))
    return paths


def read_id(table: PackTable) -> str:
    """Read the id of an entry, which is typed on command lines."""
    name = table.required_text("id")
    if name and not ENTRY_ID.fullmatch(name):
        table.add(say.bad_id("rule id", name, "dm-hba1c-high", table.place("id")))
    return name


def _read_topic(table: PackTable, topics: Collection[str]) -> str:
    name = table.required_text("topic")
    if name and name not in topics:
        file = OVERLAY if table.document.layer else PACK
        table.add(say.unknown_topic(name, topics, table.place("topic"), file))
    return name
