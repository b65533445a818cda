"""The HTML sheet as it is written: every text of the JSON, nothing from outside, hostile names."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from backrec_cli.render.checklist.compose import Audience
from backrec_cli.render.checklist.html import css_string, render_html, running_head
from backrec_cli.render.checklist.model import Sheet
from backrec_cli.rulepack.model import Role
from tests.acceptance.sheet_texts import (
    HOSTILE_NAME,
    first_missing,
    sheet_document,
    sheet_of,
    sheet_texts,
    squeezed,
)
from tests.shipped import Example, examples

EXAMPLES = {example.name: example for example in examples()}
AUDIENCES = {
    "team": Audience(),
    "patient": Audience(Role.PATIENT),
    "nurse-deidentified": Audience(Role.NURSE, deidentified=True),
}
OUTSIDE = re.compile(
    r"https?:|//|url\(|@import|<(?:link|script|img|iframe)|\bsrc=|\bon\w+=", re.IGNORECASE
)


class _Reader(HTMLParser):
    """Collects the text of the body, and what stands in the style element."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.style: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember each element."""
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep a text where it stands."""
        last = self.tags[-1] if self.tags else ""
        (self.style if last == "style" else self.text).append(data)


def _read(page: str) -> _Reader:
    """Read a page as a browser would."""
    reader = _Reader()
    reader.feed(page)
    return reader


def _hostile() -> Sheet:
    """Return a sheet whose patient's name is an attack."""
    sheet = sheet_of(EXAMPLES["clean-elective"])
    return replace(sheet, identity=replace(sheet.identity, name=HOSTILE_NAME))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("example", examples(), ids=lambda each: each.name)
def test_html_carries_every_text_of_the_json_in_its_order(example: Example, audience: str) -> None:
    """No row stands in the JSON that is not on the page, and none changes its place."""
    sheet = sheet_of(example, AUDIENCES[audience])
    text = "".join(_read(render_html([sheet], "a4")).text)
    assert first_missing(sheet_texts(sheet_document(sheet)), text) is None


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.name)
def test_html_asks_for_nothing_from_outside(example: Example) -> None:
    """One file, no script, no link, and a policy that would stop them."""
    page = render_html([sheet_of(example)], "a4")
    assert OUTSIDE.findall(page) == []
    assert "default-src 'none'; style-src 'unsafe-inline'" in page


def test_hostile_name_stays_text_in_body_and_in_stylesheet() -> None:
    """A name ends neither the style element nor a string in it."""
    page = render_html([_hostile()], "a4")
    reader = _read(page)
    assert "script" not in reader.tags
    assert reader.tags.count("style") == 1
    assert squeezed(HOSTILE_NAME) in squeezed("".join(reader.text))
    assert page.count("</style>") == 1
    assert "display: none }" not in "".join(reader.style)


def test_text_in_the_stylesheet_is_letters_digits_and_escapes_alone() -> None:
    """Every other character is written by its number."""
    assert css_string('a"\\1é<') == r'"a\22 \5c 1\e9 \3c "'


def test_running_head_names_the_patient_or_nobody() -> None:
    """It stands on each printed page; the de-identified one leaves identity to the label."""
    example = EXAMPLES["clean-elective"]
    identity = sheet_of(example).identity
    named = running_head(sheet_of(example))
    assert all(str(each) in named for each in (identity.name, identity.born, identity.identifier))
    nobody = running_head(sheet_of(example, Audience(deidentified=True)))
    assert nobody == f"Patient label on page 1 · {identity.surgery}"


def test_deidentified_html_names_nobody() -> None:
    """Neither in the body nor in the stylesheet."""
    example = EXAMPLES["clean-elective"]
    identity = sheet_of(example).identity
    page = render_html([sheet_of(example, Audience(deidentified=True))], "a4")
    for each in (identity.name, identity.born, identity.identifier):
        assert str(each) not in page
        assert str(css_string(str(each))).strip('"') not in page
