"""The JSON Schema (draft 2020-12) of a profile, generated from the fact dictionary.

It describes the shape an author should write. It cannot say what depends on other facts or on the
day (freshness, the order of dates, consistency): that, the program says.
"""

from decimal import Decimal

from backrec_cli.facts.conversion import accepted_units
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.hints import plausible_range
from backrec_cli.units.synonyms import spellings_of

Schema = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.([0-9]{3}|[0-9]{6}))?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
_WRITTEN: Schema = {"type": "string", "pattern": r"\S"}
_DATE: Schema = {"$ref": "#/$defs/date"}
_DATE_OR_UNKNOWN: Schema = {"$ref": "#/$defs/date_or_unknown"}
_UNKNOWN: Schema = {"const": "unknown"}

_DEFINITIONS: Schema = {
    "date": {
        "description": "A date, or a date-time; without an offset it is local to the hospital.",
        "type": "string",
        "pattern": f"^{_DAY}({_TIME})?$",
    },
    "date_or_unknown": {"anyOf": [_DATE, _UNKNOWN]},
}


def profile_schema(dictionary: FactDictionary) -> Schema:
    """Return the schema of one patient's profile."""
    sections: Schema = {
        section: _section_schema(dictionary, section) for section in dictionary.sections
    }
    return {
        "$schema": DIALECT,
        "title": "backrec profile",
        "description": "What is known of one patient. What is not mentioned is unknown.",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            **sections,
            "reviewed": _reviewed_schema(dictionary.sections),
            "overrides": _overrides_schema(),
        },
        "additionalProperties": False,
        "$defs": _DEFINITIONS,
    }


def fact_schema(definition: FactDefinition) -> Schema:
    """Return the schema of one fact's value, with what people are told of it."""
    return {**_texts(definition), "anyOf": [*_shapes(definition), _UNKNOWN]}


def _section_schema(dictionary: FactDictionary, section: str) -> Schema:
    """Return the schema of one section: its facts, and one date for all its results."""
    facts = dictionary.in_section(section)
    shapes: Schema = {name: fact_schema(definition) for name, definition in facts.items()}
    return _object({**shapes, "measured_on": _DATE_OR_UNKNOWN})


def _texts(definition: FactDefinition) -> Schema:
    """Return the title, and what is possible, as texts an editor shows."""
    range_ = plausible_range(definition)
    sentences = [
        definition.note,
        f"Possible: {range_}." if range_ else None,
        "Counted from its items where it is not given." if definition.items else None,
    ]
    description = " ".join(sentence for sentence in sentences if sentence)
    return {"title": definition.label, **({"description": description} if description else {})}


def _shapes(definition: FactDefinition) -> list[Schema]:
    """Return the ways in which a known value may be written."""
    match definition.type:
        case FactType.QUANTITY:
            return [_quantity(definition)]
        case FactType.DATE:
            return [_DATE]
        case FactType.EVENT:
            return [{"type": "boolean"}, _DATE, _dated("on")]
        case FactType.MEDICATION:
            return [{"type": "boolean"}, _dated("last_dose_on")]
        case FactType.TEXT:
            return [_WRITTEN]
        case _:
            return _measured(_bare(definition))


def _bare(definition: FactDefinition) -> Schema:
    """Return the schema of a value that may stand by itself, without unit or date."""
    choices: Schema = {"enum": list(definition.choices)}
    by_type: dict[FactType, Schema] = {
        FactType.BOOLEAN: {"type": "boolean"},
        FactType.INTEGER: {"type": "integer", **_limits(definition)},
        FactType.DECIMAL: {"type": "number", **_limits(definition)},
        FactType.CHOICE: choices,
        FactType.CHOICES: {"type": "array", "items": choices},
    }
    return by_type[definition.type]


def _measured(value: Schema) -> list[Schema]:
    """Return a value by itself, or in an object with the date it was measured on."""
    properties: Schema = {
        "value": {"anyOf": [value, _UNKNOWN]},
        "measured_on": _DATE_OR_UNKNOWN,
    }
    return [value, _object(properties, "value")]


def _quantity(definition: FactDefinition) -> Schema:
    """Return a number with its unit, in any spelling that is read."""
    units = accepted_units(definition)
    spellings = [written for unit in units for written in spellings_of(unit)]
    properties: Schema = {
        "value": {"anyOf": [{"type": "number"}, _UNKNOWN]},
        "unit": {"enum": [*units, *spellings]},
        "measured_on": _DATE_OR_UNKNOWN,
    }
    return _object(properties, "value", "unit")


def _dated(attribute: str) -> Schema:
    """Return an event or a medication with its date; the date says that it happened."""
    properties: Schema = {
        "value": {"anyOf": [{"type": "boolean"}, _UNKNOWN]},
        attribute: _DATE_OR_UNKNOWN,
    }
    return _object(properties) | {"minProperties": 1}


def _limits(definition: FactDefinition) -> Schema:
    """Return the plausible range of a number without a unit."""
    if definition.plausible is None:
        return {}
    lowest, highest = definition.plausible
    return {"minimum": _json_number(lowest), "maximum": _json_number(highest)}


def _json_number(value: Decimal) -> int | float:
    """Return a decimal as JSON's encoder takes it."""
    return int(value) if value == value.to_integral_value() else float(value)


def _reviewed_schema(sections: tuple[str, ...]) -> Schema:
    """Return the schema of `reviewed`: a list of sections, or who reviewed each and when."""
    review = _object({"on": _DATE, "by": _WRITTEN})
    reviews: Schema = dict.fromkeys(sections, review)
    return {
        "description": "Sections that were asked about: what they do not mention is no.",
        "anyOf": [
            {"type": "array", "items": {"enum": list(sections)}, "uniqueItems": True},
            _object(reviews),
        ],
    }


def _overrides_schema() -> Schema:
    """Return the schema of `overrides`: which finding, accepted by whom, when and why."""
    properties: Schema = {"rule": _WRITTEN, "by": _WRITTEN, "on": _DATE, "reason": _WRITTEN}
    return {
        "description": "Findings that a named clinician accepts.",
        "type": "array",
        "items": _object(properties, *properties),
    }


def _object(properties: Schema, *required: str) -> Schema:
    """Return the schema of an object that holds these keys and no other."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | {"required": list(required)} if required else schema
