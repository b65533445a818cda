"""One TOML table read strictly: typed values out, a diagnostic for everything that does not fit."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal

from backrec_cli.errors import Diagnostic, pack
from backrec_cli.errors.suggest import closest
from backrec_cli.source import SourceText, Span

Path = tuple[str | int, ...]
"""Keys and list positions from the top of the document."""


class Findings:
    """The diagnostics of one document, each placed where its path stands in the text."""

    def __init__(self, source: SourceText, locate: Callable[[Path], Span]) -> None:
        """Keep the document and the function that finds a path in it."""
        self.source = source
        self.locate = locate
        self.diagnostics: list[Diagnostic] = []

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a diagnostic whose span is one of this document."""
        self.diagnostics.append(diagnostic.at(self.source))


class Table:
    """A table of the document under its path, with the name it goes by in messages."""

    def __init__(
        self, content: Mapping[str, object], path: Path, owner: str, findings: Findings
    ) -> None:
        """Take a table of tomli's output."""
        self.content = content
        self.path = path
        self.owner = owner
        self.findings = findings
        self._mistyped: frozenset[str | None] = frozenset()

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a diagnostic whose span is one of this document."""
        self.findings.add(diagnostic)

    def place(self, *keys: str | int) -> Span:
        """Return where a key of this table stands; found only for what is wrong."""
        return self.findings.locate((*self.path, *keys))

    def only(self, allowed: AbstractSet[str]) -> None:
        """Record every key that is not allowed here."""
        if self.content.keys() <= allowed:
            return
        for key in self.content:
            if key not in allowed:
                self._mistyped |= {closest(key, allowed)}
                self.add(pack.unknown_key(key, self.owner, sorted(allowed), self._key_place(key)))

    def absent(self, key: str) -> bool:
        """Whether a key is neither there nor, as far as was seen, there with a slip in its name."""
        return key not in self.content and self.spelt(key)

    def spelt(self, key: str) -> bool:
        """Whether no unknown key was seen that is likely this one with a slip in it."""
        return key not in self._mistyped

    def missing(self, key: str) -> None:
        """Record that a key is not there, unless it is there with a slip in its name."""
        if self.absent(key):
            self.add(pack.missing_key(key, self.owner, self.place()))

    def _key_place(self, key: str) -> Span:
        """Return where an unknown key is marked: here at its value, which has a place for sure."""
        return self.place(key)

    def wrong(self, key: str, wanted: str) -> None:
        """Record that a key's value has another type than wanted."""
        self.add(pack.wrong_type(key, wanted, toml_type(self.content[key]), self.place(key)))

    def text(self, key: str) -> str | None:
        """Return a text; None where it is not there, blank, or no text."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(key, "a text")
            return None
        if not value.strip():
            self.add(pack.blank(key, self.place(key)))
            return None
        return value

    def required_text(self, key: str) -> str:
        """Return a text that must be there; an empty one where it is not, which is recorded."""
        if key not in self.content:
            self.missing(key)
        return self.text(key) or ""

    def flag(self, key: str) -> bool:
        """Return true or false; false where it is not there."""
        value = self.content.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, "true or false")
            return False
        return value

    def count(self, key: str, default: int = 0) -> int:
        """Return a whole number of at least zero."""
        value = self.content.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.wrong(key, "a whole number of at least 0")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where it is not there."""
        value = self.content.get(key, [])
        if not isinstance(value, list):
            self.wrong(key, "a list of texts")
            return ()
        wrong = [n for n, item in enumerate(value) if not (isinstance(item, str) and item.strip())]
        for number in wrong:
            self._wrong_item(key, number, "a list of texts", value[number])
        return () if wrong else tuple(value)

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return a list of tables; empty where it is not there."""
        value = self.content.get(key, [])
        if not isinstance(value, list):
            self.wrong(key, "a list of tables")
            return ()
        wrong = [number for number, item in enumerate(value) if not isinstance(item, dict)]
        for number in wrong:
            self._wrong_item(key, number, "a list of tables", value[number])
        if wrong:
            return ()
        return tuple(
            Table(content, (*self.path, key, number), f"'{key}' of {self.owner}", self.findings)
            for number, content in enumerate(value)
        )

    def _wrong_item(self, key: str, number: int, wanted: str, item: object) -> None:
        """Record that an item of a list has another type than the list takes."""
        got = (
            "an empty text"
            if isinstance(item, str) and wanted.endswith("texts")
            else toml_type(item)
        )
        self.add(pack.wrong_type(key, wanted, f"a list with {got} in it", self.place(key, number)))


def toml_type(value: object) -> str:
    """Return how a TOML value is called in a message."""
    if isinstance(value, bool):
        return "true or false"
    names: tuple[tuple[type, str], ...] = (
        (str, "a text"),
        (int, "a whole number"),
        (Decimal, "a decimal number"),
        (float, "a decimal number"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "a date or time")
