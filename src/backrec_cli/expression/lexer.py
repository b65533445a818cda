"""Text to tokens, with one compiled pattern."""

import re
from typing import NamedTuple

from backrec_cli.errors import Diagnostic, syntax
from backrec_cli.source import Span

MAX_LENGTH = 10_000

NUMBER, TEXT, MOMENT, WORD, SYMBOL, END = range(6)


class Token(NamedTuple):
    """A piece of text of one kind, with its place."""

    kind: int
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class ExpressionSyntaxError(Exception):
    """The text is not an expression; carries the one diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


_CLOCK = r"\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?"
# The groups stand in the order of the token kinds; what matches without a group is skipped.
_TOKEN = re.compile(
    r"(?:\s+|//[^\n]*|/\*.*?\*/)+"
    r"|(\d+(?:\.\d+|L\b)?)"
    r"|('(?:[^'\\]|\\.)*')"
    rf"|(@(?:T{_CLOCK}|\d{{4}}(?:-\d\d(?:-\d\d)?)?(?:T(?:{_CLOCK}(?:Z|[+-]\d\d:\d\d)?)?)?))"
    r"|([A-Za-z_][A-Za-z0-9_]*)"
    r"|(<=|>=|!=|!~|[-+*/^&|=<>~(){}\[\].,:])",
    re.ASCII | re.DOTALL,
)


def tokenize(text: str) -> list[Token]:
    """Split an expression; raise ExpressionSyntaxError at the first thing that is no token."""
    if len(text) > MAX_LENGTH:
        raise ExpressionSyntaxError(syntax.too_long(MAX_LENGTH))
    tokens: list[Token] = []
    place = 0
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if start != place:
            # The search passed over something that is no token.
            break
        if found.lastindex is not None:
            tokens.append(Token(found.lastindex - 1, text[place:end], place, end))
        place = end
    if place < len(text):
        raise ExpressionSyntaxError(_problem(text, place))
    tokens.append(Token(END, "", place, place))
    return tokens


def _problem(text: str, place: int) -> Diagnostic:
    character = text[place]
    if character == "'":
        return syntax.open_text(Span(place, len(text)))
    span = Span(place, place + 1)
    if character in '"`':
        return syntax.quoted_name(character, span)
    if character == "@":
        return syntax.no_such_date(re.split(r"[\s,)}\]]", text[place : place + 30])[0], span)
    return syntax.unexpected_character(character, span)
