"""The part of the pack's JSON Schema that describes `overlay.toml`, the head of an overlay."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from backrec_cli.rulepack.model import Level
from backrec_cli.rulepack.overlay import changes, header, parameters

Schema = dict[str, object]
Table = Callable[..., Schema]

_EXPIRES: Schema = {
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "description": "The last day on which a loosening holds.",
}
_VALUE: Schema = {"type": ["number", "string", "boolean"]}
_GATE: Schema = {"enum": [*(level.value for level in Level), changes.NO_GATE]}
_WORDS: Schema = {"type": "string", "pattern": r"\S"}


def overlay_file(table: Table, rules: Mapping[str, Schema], topic: AbstractSet[str]) -> Schema:
    """Return the schema of overlay.toml; `rules` are the tables it shares with a file of rules."""
    keys = {**header.TABLE_KEYS, **parameters.TABLE_KEYS, **changes.TABLE_KEYS}
    amends = {"expires": _EXPIRES, "approved_by": _WORDS}
    entry = {**amends, "entry": _WORDS, "grade": {"enum": [level.value for level in Level]}}
    tables: dict[str, Schema] = {
        **rules,
        "overlay": table(keys["overlay"], keys["overlay"]),
        "set": _list(
            table(keys["set"], ("parameter", "value"), **amends, value=_VALUE, parameter=_WORDS)
        ),
        "change": _list(table(keys["change"], ("entry",), **entry, gate=_GATE)),
        "disable": _list(table(keys["disable"], ("entry",), **entry)),
        "topic": _list(table(topic, topic, id=_WORDS)),
        "contacts": {"type": "object", "additionalProperties": _WORDS},
    }
    return table(tables.keys(), ("overlay",), **tables)


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1}
