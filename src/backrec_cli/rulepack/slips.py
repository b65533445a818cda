"""What stopped the TOML parser -> a diagnostic with its place and its fix."""

import re

import tomli

from backrec_cli.errors import Diagnostic
from backrec_cli.errors import pack as say
from backrec_cli.rulepack.document import NumberError
from backrec_cli.rulepack.locator import last_key, locate
from backrec_cli.rulepack.recovery import Slip
from backrec_cli.source import SourceText, Span

# The first phrase that a message of tomli's holds says how to mend it.
_FIXES = (
    ("unclosed array", "close the list with ']'"),
    ("unclosed inline table", "close the table with '}'"),
    ("array declaration", "write '[[name]]'"),
    ("table declaration", "write '[name]'"),
    ("after a key", "write 'key = value'"),
    ("initial character for a key", "write 'key = value'"),
    ("unreadable value", "put a text in double quotes"),
    ("unterminated string", "close the text with its quotes"),
    ("illegal character '\\n'", "close the text with a quote"),
    ("expected newline", "put each key on a line of its own"),
    ("escape", "write a backslash as '\\\\'"),
)
_TWICE = re.compile(r"cannot (?:overwrite|declare|mutate)", re.IGNORECASE)


def slip(error: Exception, text: str, source: SourceText) -> Slip:
    """Return what is wrong with a text that is not TOML, and where the parser stopped."""
    if isinstance(error, tomli.TOMLDecodeError):
        return _of_grammar(error, text, source)
    if isinstance(error, NumberError):
        return _of_number(error.text, text, source)
    why = "brackets or dotted keys nested too deeply"
    return Slip(say.not_toml(why, Span(0, 0)).at(source), 0)


def _of_grammar(error: tomli.TOMLDecodeError, text: str, source: SourceText) -> Slip:
    """Word tomli's sentence as ours; what is there twice is marked as a whole."""
    if _TWICE.match(error.msg):
        return Slip(_of_double(text, error.pos).at(source), error.pos)
    why = (error.msg[:1].lower() + error.msg[1:]).replace("invalid", "unreadable")
    hint = _of_value(text, error.pos) or next((fix for what, fix in _FIXES if what in why), None)
    at = error.pos
    if why.startswith("unclosed"):
        hint, at = _of_open_list(text, at, hint)
    return Slip(say.not_toml(why, Span(at, at + 1), hint).at(source), error.pos)


def _of_double(text: str, stop: int) -> Diagnostic:
    """Return what is wrong with a second table of a name: its brackets, or that it is there."""
    span = _written_twice(text, stop)
    header = text[span.start : span.end]
    name = header.strip("[] \t")
    if not header.startswith("["):
        return say.twice(name, span)
    plain = re.compile(rf"^[ \t]*(\[[ \t]*{re.escape(name)}[ \t]*\])(?!\])", re.MULTILINE)
    listed = re.search(rf"^[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]", text, re.MULTILINE)
    alone = plain.search(text)
    if alone is None or listed is None:
        return say.twice(name, span)
    return say.wrong_type(name, "a list of tables", "a table", Span(alone.start(1), alone.end(1)))


def _of_open_list(text: str, stop: int, hint: str | None) -> tuple[str | None, int]:
    """Return how to mend a list or table that goes on unexpectedly, and where.

    Another item on the same line, or after an item alone on its line, lacks a comma; anything else
    is what follows an open list, whose end is marked.
    """
    line = text[text.rfind("\n", 0, stop) + 1 :].partition("\n")[0].strip()
    begun = text[:stop].rstrip()
    same_line = "\n" not in text[len(begun) : stop]
    if text[stop : stop + 1] in {'"', "'", "{"} or (same_line and text[stop : stop + 1].isalnum()):
        return "put a comma before it", stop
    if same_line and line:
        return hint, stop
    return hint, max(len(begun) - 1, 0)


def _of_value(text: str, stop: int) -> str | None:
    """Return how to mend a value that ends too early: a decimal comma, a quote inside a text."""
    line = text[text.rfind("\n", 0, stop) + 1 : stop]
    before, after = text[max(stop - 1, 0) : stop], text[stop : stop + 2]
    if re.search(r"=\s*-?[0-9.]+\s*\Z", line) and re.match(r"[^\W\d]|%", after):
        return "put the unit under 'unit', in double quotes"
    if before.isdigit() and re.match(r",\d", after):
        return "write a decimal point in place of the comma"
    if before in {'"', "'"} and after[:1].isalnum():
        return "put a text with double quotes in it between single quotes"
    return None


def _of_number(number: str, text: str, source: SourceText) -> Slip:
    """Find the number where it stands as a value."""
    spans = (place.value for place in locate(text).values())
    found = [span for span in spans if text[span.start : span.end] == number]
    span = found[0] if found else Span(0, 0)
    return Slip(say.number_out_of_range(number, span).at(source), span.start)


def _written_twice(text: str, stop: int) -> Span:
    """Return the header, or else the key, that the parser refused at `stop`."""
    start = text.rfind("\n", 0, stop) + 1
    header = re.match(r"[ \t]*(\[{1,2}[^\n]*?\]{1,2})", text[start:])
    if header is not None:
        return Span(start + header.start(1), start + header.end(1))
    return last_key(text[:stop]) or Span(stop, stop + 1)
