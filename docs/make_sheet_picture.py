"""Make the README's picture of the sheet's first page: docs/sheet.png, from the program itself.

    python docs/make_sheet_picture.py

Typst sets the page as it does for the PDF.
"""

from datetime import date
from pathlib import Path

from backrec_cli.cli.inputs import find_documents
from backrec_cli.cli.session import Session
from backrec_cli.render.checklist.compose import Audience, compose_sheet
from backrec_cli.render.checklist.pdf import render_first_page

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "sheet.png"
EXAMPLE = "examples/complex-three-weeks-ahead/patient.json"
AS_OF = "2026-03-24"


def make_sheet_picture() -> bytes:
    """Return the picture of page 1 of the example's sheet."""
    session = Session.opened(AS_OF, None)
    (result,), _ = session.assess_all(find_documents([str(ROOT / EXAMPLE)]))
    sheet = compose_sheet(result.assessment, session.pack, Audience())
    return render_first_page(sheet, "a4", date.fromisoformat(AS_OF))


if __name__ == "__main__":
    PICTURE.write_bytes(make_sheet_picture())
    print("docs/sheet.png renewed")
