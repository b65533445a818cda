"""Entries of a pack -> a table for people, or JSON for programs."""

from collections.abc import Iterable, Mapping, Sequence

from backrec_cli.render.json_text import JsonValue, write_json
from backrec_cli.rulepack.catalogue import BuiltIn, facts_of, kind_of, levels_of
from backrec_cli.rulepack.model import Entry

_REMINDER = "reminder"
_ENGINE = "engine"


def render_list(entries: Sequence[Entry], built_in: Iterable[BuiltIn]) -> str:
    """Return one aligned line an entry: id, kind, levels, mark, title; the engine's own last."""
    rows = [
        (entry.id, kind_of(entry), _levels(entry), entry.mark.value, entry.title)
        for entry in entries
    ]
    rows += [(row.id, _ENGINE, "", "", f"{row.title}: {row.does}") for row in built_in]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(4)]
    return "".join(_line(row, widths) for row in rows)


def render_list_json(entries: Iterable[Entry], built_in: Iterable[BuiltIn]) -> str:
    """Return an array of objects, one an entry."""
    rows: list[Mapping[str, JsonValue]] = [
        {
            "id": entry.id,
            "kind": kind_of(entry),
            "topic": entry.topic,
            "title": entry.title,
            "levels": [level.value for level in levels_of(entry)],
            "mark": entry.mark.value,
            "role": [role.value for role in entry.roles],
            "sources": list(entry.sources),
            "facts": list(facts_of(entry)),
        }
        for entry in entries
    ]
    rows += [
        {"id": row.id, "kind": _ENGINE, "title": row.title, "does": row.does} for row in built_in
    ]
    return write_json(rows) + "\n"


def _levels(entry: Entry) -> str:
    """Write the levels of an entry, worst first."""
    return ", ".join(level.value for level in levels_of(entry)) or _REMINDER


def _line(row: tuple[str, str, str, str, str], widths: Sequence[int]) -> str:
    """Align one row."""
    cells = [cell.ljust(width) for cell, width in zip(row[:4], widths, strict=True)]
    return "  ".join([*cells, row[4]]) + "\n"
