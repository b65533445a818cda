"""The fingerprint of a document: SHA-256 of its compact, key-sorted JSON."""

from decimal import Decimal

from backrec_cli.profile.json_text import Node


def digest_of(root: Node) -> str:
    """Return the digest in hexadecimal; order of keys, space and escapes do not change it."""
    # Loading a pack comes by here too, and needs neither this nor json.
    from hashlib import sha256  # noqa: PLC0415

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
    from json.encoder import encode_basestring  # noqa: PLC0415 - as above.

    return encode_basestring(text)
