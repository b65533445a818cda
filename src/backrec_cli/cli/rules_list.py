"""`backrec rules list`: the entries of a pack, filtered."""

from enum import StrEnum
from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


class ListFormat(StrEnum):
    """How the list is written."""

    TEXT = "text"
    JSON = "json"


class EntryKind(StrEnum):
    """The tables that entries are written in."""

    RULE = "rule"
    REQUIRE = "require"
    STEP = "step"


def list_rules(
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic.")] = None,
    level: Annotated[str | None, typer.Option("--level", help="Only what can reach it.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Only what rests on it.")] = None,
    fact: Annotated[str | None, typer.Option("--fact", help="Only what reads it.")] = None,
    kind: Annotated[EntryKind | None, typer.Option("--kind", help="Only these tables.")] = None,
    list_format: Annotated[
        ListFormat, typer.Option("-f", "--format", help="A table, or an array for programs.")
    ] = ListFormat.TEXT,
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """List rules, requirements and steps: id, kind, levels, mark and title."""
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.rules_in_force import pack_in_force
    from backrec_cli.cli.streams import write_out
    from backrec_cli.cli.words import known_word
    from backrec_cli.render.rule_list import render_list, render_list_json
    from backrec_cli.rulepack.catalogue import BUILT_IN, Filter
    from backrec_cli.rulepack.model import Level

    pack = pack_in_force(rules or (), as_of_or_today(None))
    wanted = Filter(
        kind=kind,
        topic=known_word("topic", topic, pack.topics),
        level=None if level is None else Level(known_word("level", level, tuple(Level))),
        source=known_word("source", source, pack.sources),
        fact=known_word("fact", fact, pack.dictionary.paths),
    )
    entries = wanted.entries(pack)
    built_in = BUILT_IN if wanted == Filter() else ()
    render = render_list_json if list_format is ListFormat.JSON else render_list
    write_out(render(entries, built_in))
    return ExitCode.ELIGIBLE
