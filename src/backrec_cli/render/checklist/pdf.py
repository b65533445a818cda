"""Sheets -> one PDF/UA-1, typeset by Typst; the same sheets give the same bytes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from backrec_cli.render.checklist.document import document_of
from backrec_cli.render.checklist.glyphs import NAME_LACKS, NOTE, can_print, printable
from backrec_cli.render.checklist.model import Sheet
from backrec_cli.render.json_text import JsonValue, write_json

PAPERS = {"a4": "a4", "letter": "us-letter"}
_HERE = Path(__file__).parent


def render_pdf(sheets: Sequence[Sheet], paper: str, as_of: date | datetime) -> bytes:
    """Return the PDF, each patient from an odd page on.

    `paper` is a4 or letter; `as_of` is the date written into the file, so that no clock is read.
    """
    compiled = typst.compile(
        _HERE / "sheet.typ",
        sys_inputs=_inputs(sheets, paper),
        font_paths=[_HERE / "fonts"],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=_moment(as_of),
    )
    return bytes(compiled)


def render_first_page(sheet: Sheet, paper: str, as_of: date | datetime, dots: float = 76) -> bytes:
    """Return page 1 as a PNG with so many dots to the inch."""
    pages: object = typst.compile(
        _HERE / "sheet.typ",
        format="png",
        ppi=dots,
        sys_inputs=_inputs([sheet], paper),
        font_paths=[_HERE / "fonts"],
        ignore_system_fonts=True,
        timestamp=_moment(as_of),
    )
    first = pages[0] if isinstance(pages, list) else pages  # A document of one page is no list.
    assert isinstance(first, bytes)  # noqa: S101 - Typst's own types do not tell of the list.
    return first


def _moment(as_of: date | datetime) -> datetime:
    """Return the moment written into the file."""
    moment = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time())
    return moment.replace(tzinfo=UTC)


def _inputs(sheets: Sequence[Sheet], paper: str) -> dict[str, str]:
    """Return what the template reads."""
    data: JsonValue = {"title": sheets[0].title, "sheets": [_printable(each) for each in sheets]}
    return {"data": write_json(data), "paper": PAPERS[paper]}


def _printable(sheet: Sheet) -> JsonValue:
    """Return a sheet's data with letters the fonts lack replaced, and a note that says so."""
    name = sheet.identity.name
    if name is not None and not can_print(name):
        sheet = replace(sheet, identity=replace(sheet.identity, name=NAME_LACKS))
    data, changed = printable(document_of(sheet))
    if changed:
        noted = replace(sheet, warnings=(*sheet.warnings, NOTE))
        data, _ = printable(document_of(noted))
    return data
