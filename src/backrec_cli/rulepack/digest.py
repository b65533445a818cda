"""The digest of a pack: one number that changes whenever the pack could answer differently."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from backrec_cli.rulepack.document import Document

SEMANTICS_VERSION = 1
"""Raised when the engine gives the same pack another meaning."""

# What the linter is told changes no answer.
_LINT = ("pack.toml", "lint")
_BY_ID = {
    "rule": "id",
    "require": "id",
    "step": "id",
    "complication": "id",
    "define": "name",
    "check": "id",
}


class Content:
    """What a checked pack says; its digest is worked out when it is first asked for."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the content, in hexadecimal."""
        return digest(self._documents)


def digest(documents: Iterable[Document]) -> str:
    """Return the SHA-256, in hexadecimal, of the compact, key-sorted JSON of a checked pack.

    Comments, tests, the order of rules and the files they stand in do not count. The order of
    topics does: it is the order of print. What overlays say counts too, their expiry included.
    """
    # Loading a pack does without these two.
    import hashlib  # noqa: PLC0415
    import json  # noqa: PLC0415

    entries: dict[str, dict[str, object]] = {kind: {} for kind in _BY_ID}
    tables: dict[str, object] = {}
    for document in documents:
        for key, value in document.content.items():
            if (document.file, key) == _LINT:
                continue
            if key in _BY_ID and isinstance(value, list):
                entries[key].update((item[_BY_ID[key]], item) for item in value)
            else:
                layer = f"{document.layer}/" if document.layer else ""
                tables[f"{layer}{document.file}/{key}"] = value
    content = {"semantics": SEMANTICS_VERSION, "tables": tables, "entries": entries}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    """Write a decimal number so that 8.0 and 8.00 are one, and neither is the text "8"."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return {"decimal": text.rstrip("0").rstrip(".") if "." in text else text}
