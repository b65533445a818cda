"""Sheets -> one PDF/UA-1, typeset by Typst; the same sheets give the same bytes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from backrec_cli.render.checklist.document import document_of
from backrec_cli.render.checklist.model import Sheet
from backrec_cli.render.json_text import JsonValue, write_json

PAPERS = {"a4": "a4", "letter": "us-letter"}
_HERE = Path(__file__).parent


def render_pdf(sheets: Sequence[Sheet], paper: str, as_of: date | datetime) -> bytes:
    """Return the PDF, each patient from an odd page on.

    `paper` is a4 or letter; `as_of` is the date written into the file, so that no clock is read.
    """
    moment = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time())
    data: JsonValue = {"title": sheets[0].title, "sheets": [document_of(each) for each in sheets]}
    compiled = typst.compile(
        _HERE / "sheet.typ",
        sys_inputs={"data": write_json(data), "paper": PAPERS[paper]},
        font_paths=[_HERE / "fonts"],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=moment.replace(tzinfo=UTC),
    )
    return bytes(compiled)
