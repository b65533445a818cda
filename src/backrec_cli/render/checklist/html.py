"""Sheets -> one self-contained HTML page with a print stylesheet: no script, no outside link."""

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from backrec_cli.render.checklist.model import Sheet

_PAPERS = {"a4": "A4", "letter": "letter"}
_DATE = re.compile(r"\d{2}-[A-Z][a-z]{2}(?:-\d{4})?")
_NAME_SHOWN = 40


def css_string(text: str) -> Markup:
    """Return a text as a CSS string in which nothing but letters and digits stands for itself.

    The name of a patient stands in the stylesheet for the margin of each printed page. As hex
    escapes it can end neither the string nor the style element.
    """
    letters = (each if each.isascii() and each.isalnum() else f"\\{ord(each):x} " for each in text)
    return Markup('"{}"').format(Markup("").join(map(Markup, letters)))


def whole_dates(text: str) -> Markup:
    """Return a text, escaped, whose dates do not break at their hyphens."""
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(text))))  # noqa: S704


def running_head(sheet: Sheet) -> str:
    """Return who a sheet is for, on one line, for the head of every printed page."""
    identity = sheet.identity
    if sheet.deidentified or identity.name is None:
        return f"Patient label on page 1 \u00b7 {identity.surgery}"
    words = (identity.name, identity.born or "", identity.identifier or "", identity.surgery)
    return " \u00b7 ".join(_shortened(word) for word in words if word)


def _shortened(word: str) -> str:
    """Return a word that leaves room for the others; page 1 has it whole."""
    return word if len(word) <= _NAME_SHOWN else f"{word[: _NAME_SHOWN - 1]}\u2026"


# autoescape=True and not by suffix: Jinja does not know that .html.j2 is HTML.
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


_ENVIRONMENT.filters |= {
    "css_string": css_string,
    "dates": whole_dates,
    "running_head": running_head,
}


def render_html(sheets: Sequence[Sheet], paper: str) -> str:
    """Return the page, each patient on a page of its own when printed; `paper` is a4 or letter."""
    template = _ENVIRONMENT.get_template("sheet.html.j2")
    return template.render(sheets=sheets, paper=_PAPERS[paper])
