"""A sheet -> plain text, for a terminal or a line printer."""

import textwrap
from collections.abc import Iterator

from backrec_cli.render.checklist.model import Sheet
from backrec_cli.render.checklist.parts import Line, head_of, parts_of
from backrec_cli.render.parts import NO_BREAK

_BOX, _INDENT = "[ ]", "      "
_TICKS = "N/A [ ]  initials ______  time ______"


def render_text(sheet: Sheet, width: int = 100) -> str:
    """Return the sheet as text that ends in a line end."""
    lines = (line.rstrip().replace(NO_BREAK, " ") for line in _lines(sheet, width))
    return "".join(f"{line}\n" for line in lines)


def _lines(sheet: Sheet, width: int) -> Iterator[str]:
    """Yield the lines of a sheet."""
    yield f"{sheet.title.upper()} ({sheet.reader})"
    for text in head_of(sheet):
        yield from textwrap.wrap(text, width)
    for part in parts_of(sheet):
        yield ""
        yield part.title.upper()
        for line in part.lines:
            ticks = line.box and part.title != "Obtain" and not sheet.for_patient
            yield from _entry(line, width, ticks=ticks)
    yield ""
    yield from textwrap.wrap(f"{sheet.as_of} · {sheet.basis}", width)
    yield sheet.disclaimer


def _entry(line: Line, width: int, *, ticks: bool) -> Iterator[str]:
    """Yield one entry: its box or dash, its text, its details, and on a row what to fill in."""
    mark = f"  {_BOX} " if line.box else "   -  "
    yield from textwrap.wrap(line.text, width, initial_indent=mark, subsequent_indent=_INDENT)
    for detail in line.details:
        yield from textwrap.wrap(detail, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
    if ticks:
        yield _INDENT + _TICKS
