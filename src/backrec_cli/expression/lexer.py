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


_FLAGS = re.ASCII | re.DOTALL
_CLOCK = r"\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?"
# Possessive: what is skipped is never given back, so a long blank costs no more than its length.
_SKIPPED = r"(?:\s++|//[^\n]*+|/\*.*?\*/)*+"
# The groups stand in the order of the token kinds; a match without a group ends the text.
_TOKEN = re.compile(
    rf"{_SKIPPED}(?:"
    r"(\d+(?:\.\d+|L\b)?)"
    r"|('(?:[^'\\]|\\.)*')"
    rf"|(@(?:T{_CLOCK}|\d{{4}}(?:-\d\d(?:-\d\d)?)?(?:T(?:{_CLOCK}(?:Z|[+-]\d\d:\d\d)?)?)?))"
    r"|([A-Za-z_][A-Za-z0-9_]*)"
    r"|(<=|>=|!=|!~|[-+*/^&|=<>~(){}\[\].,:])"
    r"|\Z)",
    _FLAGS,
)


def tokenize(text: str) -> list[Token]:
    """Split an expression; raise ExpressionSyntaxError at the first thing that is no token."""
    if len(text) > MAX_LENGTH:
        raise ExpressionSyntaxError(syntax.too_long(MAX_LENGTH))
    tokens: list[Token] = []
    place = 0
    for found in _TOKEN.finditer(text):
        group = found.lastindex
        if found.start() != place:
            # The search passed over something that is no token.
            break
        place = found.end()
        if group is None:
            tokens.append(Token(END, "", place, place))
            return tokens
        tokens.append(Token(group - 1, found[group], found.start(group), place))
    raise ExpressionSyntaxError(_problem(text, place))


def _problem(text: str, place: int) -> Diagnostic:
    """Say what is wrong with what follows at `place`, beyond blanks and comments."""
    place += len(text[place:]) - len(re.sub(_SKIPPED, "", text[place:], count=1, flags=_FLAGS))
    character = text[place]
    if character == "'":
        return syntax.open_text(Span(place, len(text)))
    span = Span(place, place + 1)
    if character in '"`':
        return syntax.quoted_name(character, span)
    if character == "@":
        return syntax.no_such_date(re.split(r"[\s,)}\]]", text[place : place + 30])[0], span)
    return syntax.unexpected_character(character, span)
