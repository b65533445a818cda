"""The part of the pack's JSON Schema that describes the tests which ship inside a pack."""

Schema = dict[str, object]

_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_MOMENT: Schema = {
    "type": "string",
    "pattern": r"^(T([+-][0-9]{1,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2})([ T][0-9]{2}:[0-9]{2})?$",
    "description": "Relative to the day of surgery: 'T', 'T-14', 'T 08:30'.",
}


def pack_tests(facts: Schema, level: Schema) -> Schema:
    """Return the schema of a file under tests/: named patients, and cases of single entries."""
    named = _object(
        {"title": _TEXT, "as_of": _MOMENT, "like": _TEXT, "profile": {"type": "object"}},
        "title",
        "profile",
    )
    case = _object(
        {
            "name": _TEXT,
            "facts": {"type": "object"},
            "without": facts,
            "unreviewed": {"type": "array", "items": _TEXT},
            "as_of": _MOMENT,
            "expect": {**_TEXT, "description": "The status: flagged, clear, undecided, ..."},
            "level": level,
            "finding": {"enum": ["flagged", "undecided", "none"]},
        },
        "expect",
    )
    waiver = _object({"demand": _TEXT, "what": _TEXT, "why": _TEXT}, "demand", "why")
    test = _object(
        {
            "entry": _TEXT,
            "baseline": _TEXT,
            "cases": {"type": "array", "items": case},
            "waive": {"type": "array", "items": waiver},
        },
        "entry",
    )
    either: Schema = {"anyOf": [_TEXT, {"type": "object", "additionalProperties": named}]}
    return _object({"baseline": either, "test": {"type": "array", "items": test, "minItems": 1}})


def _object(properties: Schema, *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
