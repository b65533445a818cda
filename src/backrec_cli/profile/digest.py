"""The fingerprint of a document: SHA-256 of its compact, key-sorted JSON."""

from collections.abc import Callable
from decimal import Decimal

from backrec_cli.profile.json_text import Json, Member, Node


def digest_of(root: Node) -> str:
    """Return the digest in hexadecimal; order of keys, space and escapes do not change it."""
    # Loading a pack comes by here too, and needs neither this nor json.
    from hashlib import sha256  # noqa: PLC0415
    from json.encoder import encode_basestring  # noqa: PLC0415

    text = _compact(root.value, encode_basestring)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _compact(value: Json, quoted: Callable[[str], str]) -> str:
    """Return a value as JSON without space; its depth is bounded by the reader."""
    match value:
        case str():
            return quoted(value)
        case dict():
            pairs = [
                f"{quoted(key)}:{_compact(member.node.value, quoted)}"
                for key, member in sorted(value.items(), key=_key)
            ]
            return "{" + ",".join(pairs) + "}"
        case tuple():
            return "[" + ",".join([_compact(item.value, quoted) for item in value]) + "]"
        case Decimal():
            return str(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"


def _key(entry: tuple[str, Member]) -> str:
    return entry[0]
