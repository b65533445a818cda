"""The smallest parts of JSON text: strings, numbers and words, and what to say of a wrong one."""

import re
from decimal import Decimal

from backrec_cli.errors import Diagnostic
from backrec_cli.errors import profile as errors
from backrec_cli.source import Span

_LONGEST_NUMBER = 128
_LARGEST_EXPONENT = 99

PLAIN_STRING = re.compile(r'"([^"\\\x00-\x1f]*)"')
_CHUNK = re.compile(r'[^"\\\x00-\x1f]*')
_UNICODE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE]([+-]?[0-9]+))?")
_WORD = re.compile(r"true|false|null")
_AFTER_NUMBER = re.compile(r"[0-9A-Za-z_.+]")
_BARE = re.compile(r"[^\s,:\[\]{}\"]{1,40}")
# The two halves of a surrogate pair, and the first character that needs a pair (RFC 8259, 7).
_HIGH, _LOW, _FIRST_PAIRED = range(0xD800, 0xDC00), range(0xDC00, 0xE000), 0x10000
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_COMMENTS = "/#"
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def read_number(text: str, start: int) -> tuple[Decimal | Diagnostic, int]:
    """Number = ["-"] int [frac] [exp], digits kept as written; also where it ends.

    A number out of all range is a diagnostic that ends behind it; anything that is no number is a
    diagnostic that ends where it started.
    """
    match = _NUMBER.match(text, start)
    if match is None or _AFTER_NUMBER.match(text, match.end()):
        return errors.not_a_value(*_bare(text, start)), start
    end = match.end()
    exponent = (match[1] or "0").lstrip("+-")
    if end - start > _LONGEST_NUMBER or len(exponent) > _LONGEST_NUMBER:
        return errors.number_too_long(Span(start, end)), end
    if int(exponent) > _LARGEST_EXPONENT:
        return errors.number_too_long(Span(start, end)), end
    return Decimal(match[0]), end


def read_word(text: str, start: int) -> tuple[bool | None, int] | None:
    """Word = "true" | "false" | "null"; None where no word, or a longer one, stands."""
    match = _WORD.match(text, start)
    if match is None or _AFTER_NUMBER.match(text, match.end()):
        return None
    return _WORDS[match[0]], match.end()


def read_string(text: str, start: int) -> tuple[str | Diagnostic, int]:
    """String = '"' {character | escape} '"'; also where it ends."""
    plain = PLAIN_STRING.match(text, start)
    if plain is not None:
        return plain[1], plain.end()
    parts: list[str] = []
    at = start + 1
    while True:
        chunk = _CHUNK.match(text, at)
        if chunk is not None:
            parts.append(chunk[0])
            at = chunk.end()
        found = text[at : at + 1]
        if found == '"':
            return "".join(parts), at + 1
        if found != "\\":
            return _broken_string(text, start, at), at
        character, at = _escape(text, at)
        if isinstance(character, Diagnostic):
            return character, at
        parts.append(character)


def _escape(text: str, at: int) -> tuple[str | Diagnostic, int]:
    r"""Escape = "\" one of "\/bfnrt, or "\u" four hex digits, a pair of them above U+FFFF."""
    simple = _ESCAPES.get(text[at + 1 : at + 2])
    if simple is not None:
        return simple, at + 2
    match = _UNICODE.match(text, at)
    if match is None:
        return errors.bad_escape(Span(at, min(at + 2, len(text)))), at
    code, end = int(match[1], 16), match.end()
    if code in _HIGH:
        low = _UNICODE.match(text, end)
        if low is not None and int(low[1], 16) in _LOW:
            above = ((code - _HIGH.start) << 10) + int(low[1], 16) - _LOW.start
            return chr(_FIRST_PAIRED + above), low.end()
    if code in _HIGH or code in _LOW:
        return errors.lone_surrogate(Span(at, end)), at
    return chr(code), end


def _broken_string(text: str, start: int, at: int) -> Diagnostic:
    """Say why a string stops in the middle: a raw control character, or the end of the file."""
    if at >= len(text):
        return errors.unterminated_text(Span(start, start + 1))
    if text[at] in "\r\n":
        return errors.unterminated_text(Span(start, at))
    return errors.control_character(ord(text[at]), Span(at, at + 1))


def value_mistake(text: str, at: int, *, in_array: bool) -> Diagnostic:
    """Say what stands where a value should be."""
    found = text[at : at + 1]
    if found in _COMMENTS and found:
        return errors.comment(Span(at, at + 1))
    if found == "]" and in_array:
        comma = text.rindex(",", 0, at)
        return errors.trailing_comma(Span(comma, comma + 1))
    if found == "" or found in ",:]}[{":
        return errors.unexpected(_shown(found), "a value", Span(at, at + len(found)))
    return errors.not_a_value(*_bare(text, at))


def closing_mistake(text: str, at: int, wanted: str) -> Diagnostic:
    """Say what stands where a comma, a colon, a key or a bracket should be."""
    found = text[at : at + 1]
    if found in _COMMENTS and found:
        return errors.comment(Span(at, at + 1))
    return errors.unexpected(_shown(found), wanted, Span(at, at + len(found)))


def _bare(text: str, start: int) -> tuple[str, Span]:
    """Return the run of characters that was probably meant as one word, and its place."""
    match = _BARE.match(text, start)
    end = match.end() if match is not None else start + 1
    return text[start:end], Span(start, end)


def _shown(found: str) -> str:
    """Name one character of the text."""
    return f"'{found}'" if found else "the end of the file"
