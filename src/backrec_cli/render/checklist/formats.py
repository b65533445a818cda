"""The formats of a sheet: name, suffix, and the renderer for one or several patients."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli.render.checklist.model import Sheet


@dataclass(frozen=True, slots=True)
class Printing:
    """How sheets are printed: the paper, the day they stand for, and the width of plain text."""

    paper: str
    as_of: date | datetime
    width: int = 100


@dataclass(frozen=True, slots=True)
class SheetFormat:
    """One format; its renderer is imported when it is used, and gives bytes."""

    name: str
    suffixes: tuple[str, ...]
    render: Callable[[Sequence[Sheet], Printing], bytes]


def _as_pdf(sheets: Sequence[Sheet], printing: Printing) -> bytes:
    from backrec_cli.render.checklist.pdf import render_pdf

    return render_pdf(sheets, printing.paper, printing.as_of)


def _as_html(sheets: Sequence[Sheet], printing: Printing) -> bytes:
    from backrec_cli.render.checklist.html import render_html

    return render_html(sheets, printing.paper).encode()


def _as_markdown(sheets: Sequence[Sheet], _: Printing) -> bytes:
    from backrec_cli.render.checklist.markdown import render_markdown

    return "\n---\n\n".join(map(render_markdown, sheets)).encode()


def _as_text(sheets: Sequence[Sheet], printing: Printing) -> bytes:
    from backrec_cli.render.checklist.text import render_text

    return "\f".join(render_text(sheet, printing.width) for sheet in sheets).encode()


def _as_calendar(sheets: Sequence[Sheet], printing: Printing) -> bytes:
    from backrec_cli.render.checklist.calendar import render_calendar

    return render_calendar(sheets, printing.as_of).encode()


def _as_json(sheets: Sequence[Sheet], _: Printing) -> bytes:
    from backrec_cli.render.checklist.document import document_of
    from backrec_cli.render.json_text import write_json

    documents = [document_of(sheet) for sheet in sheets]
    return (write_json(documents if len(documents) > 1 else documents[0]) + "\n").encode()


SHEET_FORMATS: Mapping[str, SheetFormat] = {
    entry.name: entry
    for entry in (
        SheetFormat("pdf", (".pdf",), _as_pdf),
        SheetFormat("html", (".html", ".htm"), _as_html),
        SheetFormat("markdown", (".md", ".markdown"), _as_markdown),
        SheetFormat("text", (".txt", ".text"), _as_text),
        SheetFormat("ics", (".ics",), _as_calendar),
        SheetFormat("json", (".json",), _as_json),
    )
}


def sheet_format_of_suffix(suffix: str) -> SheetFormat | None:
    """Return the format that a file's suffix (with its dot) stands for."""
    return next((f for f in SHEET_FORMATS.values() if suffix.lower() in f.suffixes), None)
