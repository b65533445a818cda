"""Sheets -> one self-contained HTML page with a print stylesheet: no script, no outside link."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backrec_cli.render.checklist.model import Sheet

_PAPERS = {"a4": "A4", "letter": "letter"}
# autoescape=True and not by suffix: Jinja does not know that .html.j2 is HTML.
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def render_html(sheets: Sequence[Sheet], paper: str) -> str:
    """Return the page, each patient on a page of its own when printed; `paper` is a4 or letter."""
    template = _ENVIRONMENT.get_template("sheet.html.j2")
    return template.render(sheets=sheets, paper=_PAPERS[paper])
