"""Where each key and value of a TOML text stands: key path -> spans.

tomli keeps no positions. This scanner walks a text that tomli has already accepted, so it may
trust the grammar; it runs only when there is something to show.
"""

import re
from dataclasses import dataclass

import tomli

from backrec_cli.source import Span

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of the document: `("rule", 3, "when")`."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY = re.compile(
    r"""[ \t]*(?P<key>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*(?P<dot>\.)?"""
)
_STRING = re.compile(
    r'"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*"{3,5}|' + r"'{3}(?:[^']++|'{1,2}(?!'))*'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'",
    re.DOTALL,
)
# One inner blank: TOML lets a space stand between a date and its time.
_BARE = re.compile(r"[^,\]}#\s]+(?: [^,\]}#\s]+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Spans of a key and of its value; for a table, of its name and of its `[header]`."""

    key: Span
    value: Span


_Keys = list[tuple[str, Span]]


def locate(text: str) -> dict[KeyPath, Place]:
    """Return the place of every table, key, list item and value of an accepted TOML text."""
    scanner = _Scanner(text)
    try:
        scanner.document()
    except RecursionError:
        # What lies deeper than Python's stack has no place of its own; its owner has one.
        return scanner.places
    return scanner.places


def last_key(text: str) -> Span | None:
    """Return the key of the last `key = value` of a text that may end there; None without one."""
    scanner = _Scanner(text)
    try:
        scanner.document()
    except (IndexError, ValueError, RecursionError):
        return scanner.last
    return scanner.last


def content_offset(literal: str) -> int | None:
    """Return where the content of a string literal begins, counted from its first quote.

    None where the content as read differs from the text as written (it has escapes), so that an
    offset into the one is none into the other.
    """
    if literal.startswith("'''"):
        return 4 if literal.startswith("'''\n") else 3
    if literal.startswith("'"):
        return 1
    if "\\" in literal:
        return None
    if literal.startswith('"""'):
        return 4 if literal.startswith('"""\n') else 3
    return 1 if literal.startswith('"') else None


class _Scanner:
    """One walk through a text; `at` is the offset of what comes next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[KeyPath, Place] = {}
        self.last_item: dict[KeyPath, int] = {}
        self.last: Span | None = None

    def document(self) -> None:
        """Walk over headers and `key = value` lines up to the end."""
        table: KeyPath = ()
        self.blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.blank()

    def header(self) -> KeyPath:
        """Walk over `[name]` or `[[name]]` and return the path of the table it opens."""
        start = self.at
        array = self.text.startswith("[[", start)
        self.at += 1 + array
        keys = self.keys()
        self.at += 1 + array
        whole = Span(start, self.at)
        path: KeyPath = ()
        for number, (name, span) in enumerate(keys, start=1):
            path = (*path, name)
            self.places.setdefault(path, Place(span, whole))
            if array and number == len(keys):
                self.last_item[path] = self.last_item.get(path, -1) + 1
            if path in self.last_item:
                path = (*path, self.last_item[path])
        self.places[path] = Place(keys[-1][1], whole)
        return path

    def pair(self, table: KeyPath) -> None:
        """Walk over `key = value`; a dotted key gives each of its tables a place too."""
        keys = self.keys()
        self.at += 1
        self.blank()
        start = self.at
        paths = [table]
        for name, _ in keys:
            paths.append((*paths[-1], name))
        self.value(paths[-1])
        value = Span(start, self.at)
        self.last = Span(keys[0][1].start, keys[-1][1].end)
        for path, (_, span) in zip(paths[1:], keys, strict=True):
            self.places.setdefault(path, Place(span, value))

    def value(self, path: KeyPath) -> None:
        """Walk over one value; what it holds is placed under `path`."""
        first = self.text[self.at]
        if first == "[":
            self.items(path)
        elif first == "{":
            self.inline_table(path)
        elif first in "\"'":
            self.skip(_STRING)
        else:
            self.skip(_BARE)

    def items(self, path: KeyPath) -> None:
        """Walk over `[a, b]`."""
        self.at += 1
        self.blank()
        number = 0
        while self.text[self.at] != "]":
            start = self.at
            self.value((*path, number))
            span = Span(start, self.at)
            self.places[(*path, number)] = Place(span, span)
            number += 1
            self.comma()
        self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        """Walk over `{ a = 1, b.c = 2 }`."""
        self.at += 1
        self.blank()
        while self.text[self.at] != "}":
            self.pair(path)
            self.comma()
        self.at += 1

    def keys(self) -> _Keys:
        """Walk over a dotted key and return its parts."""
        parts: _Keys = []
        dotted = True
        while dotted:
            match = _KEY.match(self.text, self.at)
            if match is None:
                msg = f"no key at offset {self.at}: the text is not what tomli accepted"
                raise ValueError(msg)
            written = match["key"]
            name = tomli.loads(f"k = {written}")["k"] if written[0] in "\"'" else written
            parts.append((name, Span(match.start("key"), match.end("key"))))
            self.at = match.end()
            dotted = match["dot"] is not None
        return parts

    def comma(self) -> None:
        """Walk over blanks and at most one comma."""
        self.blank()
        if self.text[self.at] == ",":
            self.at += 1
            self.blank()

    def blank(self) -> None:
        """Walk over white space and comments."""
        self.skip(_BLANK)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Walk over what a pattern matches here."""
        match = pattern.match(self.text, self.at)
        self.at = self.at if match is None else match.end()
