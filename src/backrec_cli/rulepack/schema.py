"""The JSON Schema (draft 2020-12) of the files of a rule pack, for editors that read TOML.

One schema for every file, since a file names it by one line: `#:schema ./pack.schema.json`. Which
keys a table takes comes from the readers; what stands under each is said here. It describes the
shape an author writes; names, units and expressions the program checks.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from backrec_cli.errors.lint import CODES
from backrec_cli.facts import item_reader, unit_reader, validity_reader
from backrec_cli.facts import reader as facts
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.schema import DIALECT, Schema
from backrec_cli.rulepack import (
    complications,
    evidence,
    last_dose,
    rules,
    settings,
    steps,
    vocabulary,
)
from backrec_cli.rulepack.model import Kind, Level, Mark, Phase, Role, Urgency
from backrec_cli.rulepack.overlay.additions import REVIEWABLE
from backrec_cli.rulepack.schema_of_overlays import overlay_file
from backrec_cli.rulepack.schema_of_tests import pack_tests

SCHEMA_FILE = "pack.schema.json"

_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_ID: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_FACT: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$"}
_EXPRESSION: Schema = {"type": "string", "pattern": r"\S", "description": "A condition."}
_OFFSET: Schema = {
    "type": "string",
    "pattern": "^[+-]?[0-9]{1,4} (d|min)$",
    "description": "Relative to the day of surgery: '-28 d', '0 d', '-60 min'.",
}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMERAL: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9./]+$"}]}


def _enum(names: Iterable[str]) -> Schema:
    return {"enum": [str(name) for name in names]}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1}


_SHAPES: Mapping[str, Schema] = {
    **dict.fromkeys(
        (
            "title", "label", "note", "citation", "message", "reason", "unit", "version", "limits",
            "population", "intended_use", "system", "code", "display", "status", "meaning",
            "negative",
        ),
        _TEXT,
    ),
    **dict.fromkeys(("applies", "when", "done", "scope", "holds", "derive"), _EXPRESSION),
    "action": {**_TEXT, "description": "What to do; short and imperative."},
    "action_urgent": {**_TEXT, "description": "What to do when the operation cannot wait."},
    "patient_action": {**_TEXT, "description": "What to do, in the words of the patient's sheet."},
    "id": _ID,
    "name": {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
    "topic": {**_TEXT, "description": "The id of a [[topic]] of pack.toml."},
    "level": _enum(Level),
    "gate": {**_enum(Level), "description": "What an overdue step counts as."},
    "mark": {**_enum(Mark), "description": "V read, V2 second hand, GK known, LP local policy."},
    "role": _list(_enum(Role)),
    "kind": _enum(Kind),
    "sources": {**_list(_TEXT), "description": "Names of tables of sources.toml."},
    "facts": _list(_FACT),
    "any": {**_list(_FACT), "description": "Facts of which one is enough."},
    "optional": {**_list(_FACT), "description": "Results a normal work-up need not have."},
    "from": _OFFSET,
    "to": _OFFSET,
    "hold_if": _list(_ID),
    "banner": _FLAG,
    "protective": _FLAG,
    "day_of": _FLAG,
    REVIEWABLE: {**_FLAG, "description": "In an overlay: whether a review answers it with no."},
    "exact": _FLAG,
    "precision": _COUNT,
    "year": _COUNT,
    "points": {"type": ["integer", "string"]},
    "oldest_citation": _COUNT,
    "type": _enum(FactType),
    "choices": _list(_TEXT),
    "unknown_values": _list(_TEXT),
    "names": _list(_TEXT),
    "scale": _NUMERAL,
    "offset": _NUMERAL,
    "plausible": {"type": "array", "items": _NUMERAL, "minItems": 2, "maxItems": 2},
    "review_valid_for": {"type": "string", "pattern": "^[0-9]{1,4} d$"},
    "drugs": _list(_FACT),
    "days": {**_EXPRESSION, "description": "A whole number: days without the drug."},
    "prevent": {**_list(_ID), "description": "Entries that prevent it."},
    "phase": _enum(Phase),
}  # fmt: skip
_LENGTH: Schema = {"type": "string", "pattern": "^[0-9]{1,5} [dh]$"}


def pack_schema() -> Schema:
    """Return the schema of any file of a pack."""
    kinds = {
        "rules": _rule_file(),
        "pack": _pack_file(),
        "facts": _facts_file(),
        "parameters": _named_file(_parameter()),
        "sources": _named_file(_table(evidence.TABLE_KEYS["source"], ("citation", "mark"))),
        "overlay": overlay_file(_table, _rule_tables(), settings.TABLE_KEYS["topic"]),
        "tests": pack_tests(_list(_FACT), _enum(Level)),
    }
    return {
        "$schema": DIALECT,
        "title": "backrec rule pack",
        "description": "A file of a rule pack or of an overlay, or of the tests beside them",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": kinds,
    }


def unshaped(keys: Iterable[str]) -> list[str]:
    """Return the keys that an editor could say nothing about."""
    by_table = {"value", "codes", "also", "valid_for"}
    inner_tables = {"grade", "window", "driver", "last_dose", "allow", "item"}
    return sorted(set(keys) - _SHAPES.keys() - by_table - inner_tables)


def _table(keys: AbstractSet[str], required: Iterable[str] = (), **own: Schema) -> Schema:
    """Return the schema of a table that takes these keys and no other."""
    return {
        "type": "object",
        "properties": {key: own.get(key, _SHAPES.get(key, {})) for key in sorted(keys)},
        "required": sorted(required),
        "additionalProperties": False,
    }


def _define() -> Schema:
    return _list(_table(vocabulary.TABLE_KEYS["define"], ("name", "value"), value=_EXPRESSION))


def _rule_file() -> Schema:
    return {"type": "object", "properties": _rule_tables(), "additionalProperties": False}


def _rule_tables() -> dict[str, Schema]:
    head = ("id", "topic", "title", "mark", "role")
    grade = _table(rules.TABLE_KEYS["grade"], ("level", "when"))
    hold = _table(last_dose.TABLE_KEYS["last_dose"], last_dose.TABLE_KEYS["last_dose"])
    rule = _table(rules.TABLE_KEYS["rule"], head, grade=_list(grade), last_dose=hold)
    one = {"required": ["when", "level"], "not": {"required": ["grade"]}}
    graded = {
        "required": ["grade"],
        "not": {"anyOf": [{"required": ["when"]}, {"required": ["level"]}]},
    }
    require = _table(rules.TABLE_KEYS["require"], ("id", "topic", "title", "mark", "level"))
    any_or_all = [{"required": ["facts"]}, {"required": ["any"]}]
    window = _table(steps.TABLE_KEYS["window"], ("from", "to"))
    step = _table(
        steps.TABLE_KEYS["step"], (*head, "done", "window"), window=window, last_dose=hold
    )
    return {
        "rule": _list({**rule, "oneOf": [one, graded], "allOf": [*_said()]}),
        "require": _list({**require, "oneOf": any_or_all}),
        "step": _list(step),
        "complication": _list(_complication()),
        "define": _define(),
    }


def _complication() -> Schema:
    keys = complications.TABLE_KEYS
    driver = _list(_table(keys["driver"], ("title", "when")))
    needs = ("id", "title", "mark", "driver", "prevent")
    return _table(keys["complication"], needs, driver=driver)


def _said() -> Iterator[Schema]:
    """Yield which actions a rule owes at which levels, in its own table or in the grade's."""
    owed = {"action": tuple(Level)[:-1], "action_urgent": tuple(Level)[:4]}
    for key, levels in owed.items():
        at_level = {"properties": {"level": _enum(levels)}, "required": ["level"]}
        own: Schema = {"if": at_level, "then": {"required": [key]}}
        in_grades: Schema = {"properties": {"grade": {"items": own}}}
        yield own
        yield {"anyOf": [{"required": [key]}, in_grades]}


def _pack_file() -> Schema:
    keys = settings.TABLE_KEYS
    effective = [Level.ABSOLUTE, Level.RELATIVE, Level.CAUTION, Level.INFORMATION]
    cells: Schema = {level.value: _enum(effective) for level in Level}
    rows: Schema = {urgency.value: _closed(cells) for urgency in Urgency}
    allow = _table(keys["allow"], keys["allow"], code=_enum(CODES))
    tables: dict[str, Schema] = {
        "pack": _table(keys["pack"], keys["pack"], id=_TEXT),
        "levels": _closed(rows),
        "topic": _list(_table(keys["topic"], keys["topic"], id=_TEXT)),
        "contacts": {"type": "object", "additionalProperties": _TEXT},
        "define": _define(),
        "lint": _table(keys["lint"], allow=_list(allow)),
    }
    return _table(keys["file"], ("pack", "levels", "topic"), **tables)


def _closed(properties: Schema) -> Schema:
    """Return the schema of a table with all of these keys and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _facts_file() -> Schema:
    keys = facts.TABLE_KEYS
    code = _table(keys["code"], keys["code"] - {"meaning"})
    unit = _table(unit_reader.TABLE_KEYS["also"], ("unit",))
    case = _table(validity_reader.TABLE_KEYS["valid_for"], ("valid_for",), valid_for=_LENGTH)
    item = _table(item_reader.TABLE_KEYS["item"], ("title", "points"))
    fact = _table(
        keys["fact"] | {REVIEWABLE},
        ("type", "label"),
        item=_list(item),
        codes=_list(code),
        also=_list(unit),
        valid_for={"anyOf": [_LENGTH, _list(case)]},
    )
    typed = {**fact, "allOf": [_owes("unit", "quantity"), _owes("choices", "choice", "choices")]}
    check = _table(keys["check"], keys["check"])
    section: Schema = {"type": "object", "additionalProperties": typed}
    return {
        "type": "object",
        "properties": {"define": _define(), "check": _list(check)},
        "additionalProperties": section,
    }


def _owes(key: str, *types: str) -> Schema:
    """Return that facts of these types must have a key."""
    of_type = {"properties": {"type": _enum(types)}, "required": ["type"]}
    return {"if": of_type, "then": {"required": [key]}}


def _parameter() -> Schema:
    value: Schema = {"type": ["number", "string", "boolean"]}
    return _table(evidence.TABLE_KEYS["parameter"], ("value", "title", "mark"), value=value)


def _named_file(table: Schema) -> Schema:
    """Return the schema of a file whose tables are named by their ids."""
    return {
        "type": "object",
        "properties": {"define": _define()},
        "additionalProperties": table,
    }
