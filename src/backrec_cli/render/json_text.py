"""Plain values -> JSON text, with decimal numbers written digit by digit as they are."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring_ascii

JsonValue = bool | int | Decimal | str | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]

_INDENT = "  "
_LONGEST_LINE = 80


def write_json(value: JsonValue, margin: str = "") -> str:
    """Return a value as JSON, keys in the order given, in ASCII so that any pipe can carry it.

    Lists of plain values stand on one line where they fit; everything else is indented.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return encode_basestring_ascii(value)
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case Mapping():
            entries = [
                f"{encode_basestring_ascii(key)}: {write_json(entry, margin + _INDENT)}"
                for key, entry in value.items()
            ]
            return _enclosed("{", entries, "}", margin)
        case _:
            return _list(value, margin)


def _list(values: Sequence[JsonValue], margin: str) -> str:
    """Write a list, on one line where it holds only plain values and fits."""
    plain = not any(isinstance(v, Mapping | list | tuple) for v in values)
    entries = [write_json(v, margin + _INDENT) for v in values]
    line = f"[{', '.join(entries)}]"
    return line if plain and len(line) <= _LONGEST_LINE else _enclosed("[", entries, "]", margin)


def _enclosed(opening: str, entries: list[str], closing: str, margin: str) -> str:
    """Write entries one below the other between brackets."""
    if not entries:
        return opening + closing
    inner = f",\n{margin}{_INDENT}".join(entries)
    return f"{opening}\n{margin}{_INDENT}{inner}\n{margin}{closing}"
