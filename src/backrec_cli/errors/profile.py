"""E4: what can be wrong with a patient's profile, one function per message."""

from collections.abc import Iterable

from backrec_cli.errors.diagnostic import Diagnostic
from backrec_cli.source import Span


def _one_of(names: Iterable[str]) -> str:
    """Return a hint that names what is allowed."""
    return "use one of " + ", ".join(f"'{name}'" for name in names)


def _did_you_mean(near: str | None, otherwise: str) -> str:
    """Return the hint for a mistyped name."""
    return f"did you mean '{near}'?" if near else otherwise


# The bytes and the text.


def not_utf8(span: Span, found: str | None = None) -> Diagnostic:
    """E401: JSON is UTF-8, and the file is something else."""
    message = "the file is not UTF-8" + (f" but {found}" if found else "")
    return Diagnostic("E401", message, span, "save the file as UTF-8")


def too_large(limit: int) -> Diagnostic:
    """E402: a file that cannot be one patient's profile."""
    message = f"the file is larger than {limit} bytes"
    return Diagnostic("E402", message, Span(0, 0), "give one patient a file")


def empty_document(span: Span) -> Diagnostic:
    """E403: there is nothing in the file."""
    return Diagnostic("E403", "the file is empty", span, "write a JSON object: { ... }")


def unexpected(found: str, expected: str, span: Span) -> Diagnostic:
    """E404: the text breaks JSON's grammar."""
    message = f"found {found} where {expected} was expected"
    return Diagnostic("E404", message, span, "look for a missing comma, quote or bracket")


def trailing_comma(span: Span) -> Diagnostic:
    """E405: a comma with nothing behind it."""
    return Diagnostic("E405", "comma after the last entry", span, "remove the comma")


def comment(span: Span) -> Diagnostic:
    """E406: JSON has no comments."""
    return Diagnostic("E406", "comment in JSON", span, "remove the comment")


def not_a_value(word: str, span: Span) -> Diagnostic:
    """E407: a bare word or a number which JSON does not have, such as NaN, 01 or True."""
    hints = {
        "true": "write true",
        "false": "write false",
        "null": 'leave the fact out, or write "unknown"',
        "none": 'leave the fact out, or write "unknown"',
    }
    hint = hints.get(word.lower(), "put text between double quotes; write numbers like 0.5")
    return Diagnostic("E407", f"'{word}' is not a JSON value", span, hint)


def unterminated_text(span: Span) -> Diagnostic:
    """E408: a text without its closing quote."""
    return Diagnostic("E408", "text without closing quote", span, "close it with a double quote")


def control_character(code: int, span: Span) -> Diagnostic:
    """E409: a raw control character or line end inside a text."""
    message = f"raw control character U+{code:04X} in a text"
    return Diagnostic("E409", message, span, f"write it as \\u{code:04x}, or remove it")


def bad_escape(span: Span) -> Diagnostic:
    """E410: a backslash followed by something JSON does not know."""
    return Diagnostic("E410", "unknown escape in a text", span, "write a backslash as \\\\")


def lone_surrogate(span: Span) -> Diagnostic:
    """E411: half of a surrogate pair stands for no character."""
    return Diagnostic("E411", "half a surrogate pair in a text", span, "write the whole character")


def too_deep(limit: int, span: Span) -> Diagnostic:
    """E412: brackets nested beyond anything a profile holds."""
    message = f"more than {limit} brackets inside one another"
    return Diagnostic("E412", message, span, "flatten the document")


def number_too_long(span: Span) -> Diagnostic:
    """E413: a number with more digits, or a larger exponent, than any measurement has."""
    return Diagnostic("E413", "number out of all range", span, "write the measured value")


def duplicate_key(key: str, first: tuple[int, int], span: Span) -> Diagnostic:
    """E414: one object has the same key twice, and one of them would be lost."""
    line, column = first
    message = f"duplicate key '{key}', first at line {line}, column {column}"
    return Diagnostic("E414", message, span, "keep one of them")


# Names and shapes.


def unknown_section(name: str, near: str | None, sections: Iterable[str], span: Span) -> Diagnostic:
    """E420: a key of the document that is no section of the dictionary."""
    hint = _did_you_mean(near, _one_of(sections))
    return Diagnostic("E420", f"unknown section '{name}'", span, hint)


def unknown_fact(path: str, near: str | None, span: Span) -> Diagnostic:
    """E421: a fact that the dictionary does not have; it is never passed over."""
    hint = _did_you_mean(near, "remove it, or add the fact to the pack")
    return Diagnostic("E421", f"unknown fact '{path}'", span, hint)


def unknown_attribute(
    name: str, owner: str, near: str | None, allowed: Iterable[str], span: Span
) -> Diagnostic:
    """E422: a key inside a fact, a review or an override that means nothing there."""
    hint = _did_you_mean(near, _one_of(allowed))
    return Diagnostic("E422", f"unknown attribute '{name}' of '{owner}'", span, hint)


def null_value(owner: str, span: Span) -> Diagnostic:
    """E423: null says neither "no" nor "not known"."""
    return Diagnostic("E423", f"'{owner}' is null", span, 'leave it out, or write "unknown"')


def wrong_type(owner: str, expected: str, found: str, hint: str, span: Span) -> Diagnostic:
    """E424: a value of another JSON type than the fact has."""
    return Diagnostic("E424", f"'{owner}' must be {expected}, not {found}", span, hint)


def impossible_date(owner: str, text: str, span: Span) -> Diagnostic:
    """E425: not a date, or one that no calendar has."""
    message = f"'{owner}' is not a possible date: '{text}'"
    return Diagnostic("E425", message, span, "write 2026-03-16 or 2026-03-16T08:30+01:00")


def missing_attribute(owner: str, name: str, hint: str, span: Span) -> Diagnostic:
    """E426: an object that lacks what it cannot do without."""
    return Diagnostic("E426", f"'{owner}' has no '{name}'", span, hint)


def dated_no(owner: str, hint: str, span: Span) -> Diagnostic:
    """E427: a "no" with a date contradicts itself."""
    return Diagnostic("E427", f"'{owner}' is false and has a date", span, hint)


def blank(owner: str, span: Span) -> Diagnostic:
    """E428: an empty text where a person or a reason must be named."""
    return Diagnostic("E428", f"'{owner}' is empty", span, "write who, or why")


def more_errors(count: int, span: Span) -> Diagnostic:
    """E429: the errors behind the first few hundred are counted only."""
    return Diagnostic("E429", f"and {count} more errors", span, "mend the ones above first")
