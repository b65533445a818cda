"""Diagnostics as text: place, code, message, the source line with a caret, and the hint."""

from collections.abc import Iterable

from backrec_cli.errors.diagnostic import Diagnostic
from backrec_cli.source import SourceText, Span

_WINDOW = 96
_BEFORE = 40
_CUT = "..."
_TAB = "    "
_ESCAPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def show_diagnostic(diagnostic: Diagnostic) -> str:
    """Return one diagnostic as lines of plain text, without a final line end.

    Characters that a terminal acts upon (escapes, bidi controls) are shown by their number.
    """
    place = harmless(diagnostic.place)
    label = f"{diagnostic.severity}[{diagnostic.code}]: {harmless(diagnostic.message)}"
    lines = [f"{place}: {label}" if place else label]
    if diagnostic.source is not None and diagnostic.span is not None:
        lines += _excerpt(diagnostic.source, diagnostic.span)
    if diagnostic.hint:
        lines.append(f"  hint: {harmless(diagnostic.hint)}")
    return "\n".join(lines)


def show_diagnostics(diagnostics: Iterable[Diagnostic]) -> str:
    """Return several diagnostics, in the order given, one below the other."""
    return "\n".join(show_diagnostic(diagnostic) for diagnostic in diagnostics)


def harmless(text: str) -> str:
    """Show control, format and lone surrogate characters of a text as escapes; a tab as spaces."""
    return text if text.isascii() and text.isprintable() else "".join(_cell(c) for c in text)


def _excerpt(source: SourceText, span: Span) -> list[str]:
    """Return the line a span starts in, cut around it where it is long, and the caret line."""
    number, column = source.position(span.start)
    line = source.line_at(span.start)
    start = min(column - 1, len(line))
    end = max(min(start + span.end - span.start, len(line)), start + 1)
    first = max(0, start - _BEFORE) if len(line) > _WINDOW else 0
    last = min(len(line), first + _WINDOW)
    lead = _CUT if first else ""
    before = lead + harmless(line[first:start])
    marked = harmless(line[start : min(end, last)])
    shown = before + marked + harmless(line[min(end, last) : last])
    margin = f"  {number} | "
    carets = "^" * max(1, _width(marked))
    return [
        (margin + shown + (_CUT if last < len(line) else "")).rstrip(),
        " " * (len(margin) - 2) + "| " + " " * _width(before) + carets,
    ]


def _cell(character: str) -> str:
    """Return what is printed for one character."""
    from unicodedata import category  # noqa: PLC0415 - only a text with odd characters needs it.

    if character == "\t":
        return _TAB
    if category(character) not in _ESCAPED_CATEGORIES:
        return character
    return character.encode("unicode_escape").decode("ascii")


def _width(text: str) -> int:
    """Return how many terminal columns a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - as in `_cell`.

    return sum(
        0 if combining(character) else 1 + (east_asian_width(character) in "WF")
        for character in text
    )
