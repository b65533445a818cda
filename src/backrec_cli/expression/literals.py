"""The text of a literal to its value, within CQL's limits."""

import re
from decimal import Decimal

from backrec_cli.errors import syntax
from backrec_cli.expression.lexer import ExpressionSyntaxError, Token
from backrec_cli.expression.nodes import Literal
from backrec_cli.expression.value_types import DATE, DATETIME, DECIMAL, INTEGER, LONG, STRING, TIME
from backrec_cli.expression.values import Long
from backrec_cli.source import Span
from backrec_cli.temporal import Date, Time, parse_temporal

MAX_INTEGER = 2**31 - 1
MAX_LONG = 2**63 - 1
MAX_DECIMALS = 8
MAX_WHOLE_DIGITS = 28

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPED = {"'": "'", '"': '"', "`": "`", "\\": "\\", "/": "/"} | {
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


def number(token: Token, *, negative: bool = False) -> Literal:
    """Read an Integer, Long or Decimal; the sign counts, since -2147483648 exists."""
    text, span = token.text, token.span
    if text.endswith("L"):
        return Literal(Long(_whole(token, text[:-1], MAX_LONG, "Long", negative)), LONG, span)
    if "." not in text:
        return Literal(_whole(token, text, MAX_INTEGER, "Integer", negative), INTEGER, span)
    decimals = len(text) - text.index(".") - 1
    if decimals > MAX_DECIMALS:
        raise ExpressionSyntaxError(syntax.too_many_decimals(text, MAX_DECIMALS, span))
    value = quantity_value(token)
    return Literal(value.copy_negate() if negative and value else value, DECIMAL, span)


def _whole(token: Token, text: str, limit: int, kind: str, negative: bool) -> int:  # noqa: FBT001
    digits = text.lstrip("0")
    value = int(digits or "0") if len(digits) <= len(str(limit)) else limit + 2
    if value > limit + negative:
        raise ExpressionSyntaxError(syntax.number_too_large(token.text, kind, token.span))
    return -value if negative else value


def quantity_value(token: Token) -> Decimal:
    """Read the number of a quantity, whose decimals CQL does not limit."""
    if len(token.text.partition(".")[0].lstrip("0")) > MAX_WHOLE_DIGITS:
        raise ExpressionSyntaxError(syntax.number_too_large(token.text, "Decimal", token.span))
    if token.text.endswith("L"):
        raise ExpressionSyntaxError(syntax.unexpected("a Long", "a decimal", token.span))
    return Decimal(token.text)


def text(token: Token) -> str:
    """Undo the quotes and escapes of a text."""
    body = token.text[1:-1]
    if "\\" not in body:
        return body

    def unescape(found: re.Match[str]) -> str:
        escape = found.group(1)
        character = chr(int(escape[1:], 16)) if len(escape) > 1 else _ESCAPED.get(escape)
        if character is None or "\ud800" <= character <= "\udfff":
            start = token.start + 1 + found.start()
            span = Span(start, start + len(found.group()))
            raise ExpressionSyntaxError(syntax.unknown_escape(found.group(), span))
        return character

    return _ESCAPE.sub(unescape, body)


def text_literal(token: Token) -> Literal:
    """Read a text."""
    return Literal(text(token), STRING, token.span)


def moment(token: Token) -> Literal:
    """Read a date, date-time or time."""
    value = parse_temporal(token.text[1:])
    if value is None:
        raise ExpressionSyntaxError(syntax.no_such_date(token.text, token.span))
    if isinstance(value, Time):
        return Literal(value, TIME, token.span)
    return Literal(value, DATE if isinstance(value, Date) else DATETIME, token.span)
