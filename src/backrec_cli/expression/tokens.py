"""A cursor over the tokens of one expression, and the messages about what was due."""

from typing import NoReturn

from backrec_cli.errors import Diagnostic, syntax
from backrec_cli.expression.lexer import (
    END,
    MOMENT,
    NUMBER,
    TEXT,
    WORD,
    ExpressionSyntaxError,
    Token,
)
from backrec_cli.expression.operators import BINARY
from backrec_cli.source import Span

_KINDS = {NUMBER: "number", TEXT: "text", MOMENT: "date"}
_HINTS = {
    "==": "write '='",
    "<>": "write '!='",
    "&&": "write 'and'",
    "||": "write 'or'",
    "=>": "write '>='",
    "=<": "write '<='",
}
# What to do where something else stands than was due, and where nothing more stands at all.
_DUE = {
    "a value": "write a fact, a name or a number before it",
    "an operator or the end": "join two conditions with 'and' or 'or'",
    "an operator or ')'": "join two conditions with 'and' or 'or', or close the bracket",
}
_ENDED = {"an operator or ')'": "close the bracket", "a value": "write what it is compared with"}


class TokenCursor:
    """Reads tokens one after the other; the parser builds on it."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.current = tokens[0]

    def advance(self) -> Token:
        """Return the current token and go on to the next."""
        token = self.current
        if token.kind != END:
            self.place += 1
            self.current = self.tokens[self.place]
        return token

    def next_text(self, ahead: int = 1) -> str:
        """Return the text of a later token, empty beyond the end."""
        place = self.place + ahead
        return self.tokens[place].text if place < len(self.tokens) else ""

    def accept(self, text: str) -> bool:
        """Go past a token with this text, if it is the current one."""
        if self.current.text != text:
            return False
        self.advance()
        return True

    def expect(self, text: str) -> Token:
        """Go past a token with this text, or refuse the expression."""
        if self.current.text != text:
            self.refuse(f"'{text}'")
        return self.advance()

    def since(self, start: int) -> Span:
        """Return the span from an offset to the end of the last token read."""
        return Span(start, self.tokens[self.place - 1].end if self.place else start)

    def refuse(self, wanted: str) -> NoReturn:
        """Raise the error that says what stands here instead of what was due."""
        raise ExpressionSyntaxError(self._unexpected(self.current, wanted))

    def _unexpected(self, token: Token, wanted: str) -> Diagnostic:
        if token.kind == END:
            # An empty span has no caret: point at the last token.
            span = self.tokens[self.place - 1].span if self.place else token.span
            return syntax.unexpected("end", wanted, span, _ENDED.get(wanted, f"add {wanted}"))
        before = self.tokens[self.place - 1].text if self.place else ""
        hint = _HINTS.get(before + token.text) or _HINTS.get(token.text + self.next_text())
        number = self.place and self.tokens[self.place - 1].kind == NUMBER
        if token.kind == WORD and number:
            hint = f"a unit stands in single quotes: {before} '{self._adjacent()}'"
        elif token.text == "," and number and self.next_text()[:1].isdigit():
            hint = "write a decimal point in place of the comma"
        elif token.text == ")" and wanted == "an operator or the end":
            hint = "take ')' out, or open a bracket before it"
        elif hint is None and token.text.lower() in BINARY and token.text not in BINARY:
            hint = f"write '{token.text.lower()}'"
        elif hint is None:
            hint = _DUE.get(wanted)
        kind = _KINDS.get(token.kind)
        found = f"{kind} {token.text}" if kind else f"'{token.text}'"
        return syntax.unexpected(found, wanted, token.span, hint)

    def _adjacent(self) -> str:
        """Return the text from the current token on up to a space: a whole unit."""
        parts = [self.current]
        for token in self.tokens[self.place + 1 :]:
            if token.kind == END or token.start != parts[-1].end:
                break
            parts.append(token)
        return "".join(token.text for token in parts)
