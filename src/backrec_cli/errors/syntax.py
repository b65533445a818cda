"""E1: what can be wrong with the text of an expression, one function per message."""

from backrec_cli.errors.diagnostic import Diagnostic
from backrec_cli.source import Span

_UNIT = "put a unit between single quotes, like 8 '%'"
_STRAIGHT = "put texts and units between straight single quotes"
# What people write in place of a character or word of the language.
_PLAIN = {
    "≥": "write '>='",
    "≤": "write '<='",
    "≠": "write '!='",
    "!": "write 'not', or '!=' between two values",
    "%": _UNIT,
    "°": _UNIT,
    "µ": _UNIT,
    "μ": _UNIT,
    **dict.fromkeys("\u2018\u2019\u201c\u201d\u201e\u201a\u00ab\u00bb", _STRAIGHT),
    **dict.fromkeys("\u2013\u2212\u2014", "write '-'"),
}
_INSTEAD = {"|": "write 'or'", "[": "write a list in braces, like { 'a', 'b' }"}


def empty_expression() -> Diagnostic:
    """E101: there is nothing to read."""
    return Diagnostic("E101", "empty expression", Span(0, 0), "write a condition")


def too_long(limit: int) -> Diagnostic:
    """E102: longer than anyone can review."""
    message = f"expression longer than {limit} characters"
    return Diagnostic("E102", message, Span(0, 1), "move a part of it into a '[[define]]'")


def too_deep(limit: int, span: Span) -> Diagnostic:
    """E103: more parts inside each other than anyone can review."""
    message = f"expression nested more than {limit} levels deep"
    return Diagnostic("E103", message, span, "move a part of it into a '[[define]]'")


def unexpected_character(character: str, span: Span) -> Diagnostic:
    """E104: a character that begins nothing in the language."""
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return Diagnostic("E104", f"unexpected character '{shown}'", span, _PLAIN.get(character))


def unexpected(found: str, wanted: str, span: Span, hint: str | None = None) -> Diagnostic:
    """E105: something else was due here."""
    return Diagnostic("E105", f"unexpected {found}, wanted {wanted}", span, hint)


def open_text(span: Span) -> Diagnostic:
    """E106: a text without its closing quote."""
    return Diagnostic("E106", "text without a closing quote", span, "close it with a single quote")


def quoted_name(quote: str, span: Span) -> Diagnostic:
    """E107: a quoted identifier; texts take single quotes, names none."""
    message = f"quote {quote} is not in the language"
    return Diagnostic("E107", message, span, "put texts in single quotes and names in none")


def unknown_escape(escape: str, span: Span) -> Diagnostic:
    """E108: a backslash sequence that CQL does not have."""
    return Diagnostic("E108", f"unknown escape '{escape}'", span, "write a backslash as '\\\\'")


def number_too_large(text: str, kind: str, span: Span) -> Diagnostic:
    """E109: a literal beyond the range of its type."""
    message = f"'{text}' is outside the range of {kind}"
    return Diagnostic("E109", message, span, "write a smaller number")


def too_many_decimals(text: str, limit: int, span: Span) -> Diagnostic:
    """E110: a decimal finer than CQL keeps."""
    message = f"'{text}' has more than {limit} decimals"
    return Diagnostic("E110", message, span, f"round it to {limit} decimals")


def no_such_date(text: str, span: Span) -> Diagnostic:
    """E111: a date or time that is not on any calendar or clock."""
    message = f"'{text}' is no date or time"
    return Diagnostic("E111", message, span, "write it like '@2026-03-16' or '@2026-03-16T08:30'")


def reserved_word(word: str, span: Span) -> Diagnostic:
    """E112: a word of the language used as a name."""
    message = f"'{word}' is a word of the language, not a name"
    return Diagnostic("E112", message, span, "use another name")


def outside_language(phrase: str, span: Span) -> Diagnostic:
    """E113: CQL that this subset leaves out."""
    message = f"'{phrase}' is CQL outside this language"
    hint = _INSTEAD.get(phrase, "see 'docs/language.md' for what there is")
    return Diagnostic("E113", message, span, hint)


def needs_parentheses(phrase: str, span: Span) -> Diagnostic:
    """E114: an operator that binds too loosely to stand here without parentheses."""
    message = f"'{phrase}' cannot stand here without parentheses"
    return Diagnostic("E114", message, span, "put it in parentheses")
