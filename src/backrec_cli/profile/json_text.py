"""JSON text to nested values in which every value and every key keeps its place.

RFC 8259, strictly, in one pass without recursion. What breaks the grammar raises at once; what is
grammatical but refused (a key twice, a number out of all range) is collected.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NoReturn

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors import profile as errors
from backrec_cli.profile.json_tokens import (
    PLAIN_STRING,
    closing_mistake,
    read_number,
    read_string,
    read_word,
    value_mistake,
)
from backrec_cli.profile.text import shortened
from backrec_cli.source import SourceText, Span

DEEPEST = 100
MOST_PROBLEMS = 200

_NOWHERE = Span(0, 0)
_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN_KEY = re.compile(r'[ \t\n\r]*("([^"\\\x00-\x1f]*)"):[ \t\n\r]*')

Json = None | bool | Decimal | str | tuple["Node", ...] | dict[str, "Member"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place; numbers are decimals, arrays tuples, objects dicts of members."""

    value: Json
    span: Span


@dataclass(frozen=True, slots=True)
class Member:
    """A key of an object with its place, and the value under it."""

    key: str
    span: Span
    node: Node


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet; `members` is None for an array."""

    start: int
    items: list[Node] = field(default_factory=list)
    members: dict[str, Member] | None = None
    key: str = ""
    key_span: Span = _NOWHERE


def parse_json(source: SourceText) -> tuple[Node, list[Diagnostic]]:
    """Return the document's value and the diagnostics of what is grammatical but refused.

    Raises DiagnosticsError with exactly one diagnostic where the grammar is broken.
    """
    return _Scanner(source).document()


class _Scanner:
    """One pass over a text: values are completed from the inside out on a stack of brackets."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.stack: list[_Open] = []
        self.problems: list[Diagnostic] = []

    def document(self) -> tuple[Node, list[Diagnostic]]:
        """Document = value, with nothing but space around it."""
        if not self._peek():
            self._fail(errors.empty_document(Span(0, 0)))
        root: Node | None = None
        while root is None:
            node = self._value()
            if node is not None:
                root = self._completed(node)
        found = self._peek()
        if found:
            self._fail(closing_mistake(self.text, self.at, "the end of the file"))
        return root, self.problems

    def _value(self) -> Node | None:
        """Value = object | array | string | number | word; None where a bracket was opened."""
        first = self._peek()
        start = self.at
        if first == '"':
            plain = PLAIN_STRING.match(self.text, start)
            if plain is not None:
                self.at = plain.end()
                return Node(plain[1], Span(start, self.at))
            text, self.at = self._string()
            return Node(text, Span(start, self.at))
        if first in ("{", "["):
            return self._opened(first)
        if first == "-" or "0" <= first <= "9":
            number, self.at = read_number(self.text, start)
            if isinstance(number, Diagnostic):
                return self._number_problem(number, start)
            return Node(number, Span(start, self.at))
        word = read_word(self.text, start)
        if word is None:
            self._fail(value_mistake(self.text, start, in_array=self._in_array()))
        value, self.at = word
        return Node(value, Span(start, self.at))

    def _number_problem(self, diagnostic: Diagnostic, start: int) -> Node:
        """Raise for what is no number; note a number out of range and go on behind it."""
        if self.at == start:
            self._fail(diagnostic)
        self._refuse(diagnostic)
        return Node(Decimal(0), Span(start, self.at))

    def _opened(self, bracket: str) -> Node | None:
        """Push a bracket; an empty object or array is complete at once."""
        start = self.at
        if len(self.stack) == DEEPEST:
            self._fail(errors.too_deep(DEEPEST, Span(start, start + 1)))
        self.at += 1
        self.stack.append(_Open(start, members={} if bracket == "{" else None))
        if self._peek() == ("}" if bracket == "{" else "]"):
            return self._closed()
        if bracket == "{":
            self._key(first=True)
        return None

    def _key(self, *, first: bool) -> None:
        """Key = string ":", once in its object."""
        top = self.stack[-1]
        plain = _PLAIN_KEY.match(self.text, self.at)
        if plain is not None:
            start, end = plain.span(1)
            top.key, top.key_span, self.at = plain[2], Span(start, end), plain.end()
            return self._check_key(top)
        return self._unusual_key(top, first=first)

    def _unusual_key(self, top: _Open, *, first: bool) -> None:
        """Read a key with escapes or space before its colon, or say what stands in its place."""
        found = self._peek()
        start = self.at
        if found != '"':
            if found == "}" and not first:
                self._fail(errors.trailing_comma(self._comma_before(start)))
            self._fail(closing_mistake(self.text, start, "a key between double quotes"))
        top.key, self.at = self._string()
        top.key_span = Span(start, self.at)
        self._check_key(top)
        if self._peek() != ":":
            self._fail(closing_mistake(self.text, self.at, "':'"))
        self.at += 1

    def _check_key(self, top: _Open) -> None:
        """Note a key that its object has already."""
        known = None if top.members is None else top.members.get(top.key)
        if known is not None and len(self.problems) < MOST_PROBLEMS:
            first = self.source.position(known.span.start)
            self._refuse(errors.duplicate_key(shortened(top.key), first, top.key_span))

    def _refuse(self, diagnostic: Diagnostic) -> None:
        """Note what is grammatical but refused; a bounded number is enough."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(diagnostic.at(self.source))

    def _completed(self, node: Node) -> Node | None:
        """Hand a complete value to its bracket; close brackets; return the root at the end."""
        while self.stack:
            top = self.stack[-1]
            if top.members is None:
                top.items.append(node)
            else:
                top.members.setdefault(top.key, Member(top.key, top.key_span, node))
            found = self._peek()
            if found == ",":
                self.at += 1
                if top.members is not None:
                    self._key(first=False)
                return None
            if found != ("]" if top.members is None else "}"):
                wanted = "',' or ']'" if top.members is None else "',' or '}'"
                self._fail(closing_mistake(self.text, self.at, wanted))
            node = self._closed()
        return node

    def _closed(self) -> Node:
        """Pop the innermost bracket as a value."""
        self.at += 1
        top = self.stack.pop()
        value: Json = tuple(top.items) if top.members is None else top.members
        return Node(value, Span(top.start, self.at))

    def _peek(self) -> str:
        """Skip space; return the next character, or an empty text at the end."""
        found = self.text[self.at : self.at + 1]
        if found > " ":
            return found
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def _string(self) -> tuple[str, int]:
        """Return the text that starts here and where it ends."""
        text, end = read_string(self.text, self.at)
        if isinstance(text, Diagnostic):
            self._fail(text)
        return text, end

    def _in_array(self) -> bool:
        """Whether the value here would be a further entry of an array."""
        return bool(self.stack) and self.stack[-1].members is None and bool(self.stack[-1].items)

    def _comma_before(self, offset: int) -> Span:
        """Return the place of the comma before an offset."""
        comma = self.text.rindex(",", 0, offset)
        return Span(comma, comma + 1)

    def _fail(self, diagnostic: Diagnostic) -> NoReturn:
        """Raise the one diagnostic that stops the reading."""
        raise DiagnosticsError([diagnostic.at(self.source)])
