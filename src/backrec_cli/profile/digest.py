"""The fingerprint of a document: SHA-256 of its compact, key-sorted JSON."""

import json
from decimal import Decimal
from hashlib import sha256

from backrec_cli.profile.json_text import Node

_STRINGS = json.JSONEncoder(ensure_ascii=False)


def digest_of(root: Node) -> str:
    """Return the digest in hexadecimal; order of keys, space and escapes do not change it."""
    return sha256(_compact(root).encode("utf-8", "surrogatepass")).hexdigest()


def _compact(node: Node) -> str:
    """Return a value as JSON without space; its depth is bounded by the reader."""
    match node.value:
        case dict(members):
            pairs = (f"{_quoted(key)}:{_compact(members[key].node)}" for key in sorted(members))
            return "{" + ",".join(pairs) + "}"
        case tuple(items):
            return "[" + ",".join(map(_compact, items)) + "]"
        case str(text):
            return _quoted(text)
        case Decimal() as number:
            return str(number)
        case bool(truth):
            return "true" if truth else "false"
        case None:
            return "null"


def _quoted(text: str) -> str:
    """Return a JSON string."""
    return _STRINGS.encode(text)
