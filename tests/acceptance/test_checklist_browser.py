"""The HTML sheet in a real browser: asks for nothing, is read aloud whole, and prints whole."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from backrec_cli.render.checklist.compose import Audience
from backrec_cli.render.checklist.html import render_html
from backrec_cli.rulepack.model import Role
from tests.acceptance.browser import a_browser, needs_browser, opened
from tests.acceptance.sheet_texts import (
    HOSTILE_NAME,
    first_missing,
    rows_of,
    sheet_document,
    sheet_of,
    squeezed,
)
from tests.shipped import examples

pytestmark = needs_browser

EXAMPLES = {example.name: example for example in examples()}
COMPLEX = "complex-three-weeks-ahead"
READERS = (
    *((name, Audience()) for name in (COMPLEX, "emergency-cauda-equina", "out-of-scope-child")),
    (COMPLEX, Audience(Role.PATIENT)),
    ("half-filled", Audience(Role.NURSE, deidentified=True)),
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PICTURE = '<img alt="a flap" src="http://localhost:9/flap.png">'
# One thing broken in the page, and what must be said of it: a watch that sees nothing is no watch.
DAMAGE = {
    "title": ("<title>Pre-operative preparation checklist</title>", "", "document-title"),
    "language": ('<html lang="en-GB">', "<html>", "html-has-lang"),
    "table": ('<table aria-labelledby="', '<table id="was-', "table without a name"),
    "header": (">Tick<", "><", "columnheader without a name"),
    "heading": ("<h2 ", "<h4 ", "heading of level 4 after 1"),
    "checkbox": ("<h1", '<input type="checkbox"><h1', "checkbox without a name"),
    "input": ("<h1", '<input type="text"><h1', "textbox without a name"),
    "image": ("<h1", "<img><h1", "image-alt"),
    "landmark": ("<main>", "<div>", "landmark-one-main"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests; each has a page and a store of its own."""
    with a_browser() as started:
        yield started


@pytest.mark.parametrize(("name", "audience"), READERS)
def test_opened_sheet_asks_for_nothing_complains_of_nothing_and_is_read_aloud(
    name: str, audience: Audience, browser: Browser, tmp_path: Path
) -> None:
    """No request but the file's own, no word on the console, no barrier to a screen reader."""
    page = render_html([sheet_of(EXAMPLES[name], audience)], "a4")
    with opened(browser, page, tmp_path) as found:
        assert (found.requests, found.complaints) == ([found.address], [])
        assert found.barriers() == []


def test_opened_ward_list_asks_for_nothing_and_is_read_aloud(
    browser: Browser, tmp_path: Path
) -> None:
    """Several patients on one page: names and levels hold for each of them."""
    page = render_html([sheet_of(EXAMPLES[name]) for name in (COMPLEX, "half-filled")], "a4")
    with opened(browser, page, tmp_path) as found:
        assert (found.asked_outside, found.complaints) == ([], [])
        assert found.barriers() == []


def test_watch_sees_a_request_where_no_policy_stops_it(browser: Browser, tmp_path: Path) -> None:
    """Without its policy and with a picture from elsewhere the page is caught asking."""
    page = render_html([sheet_of(EXAMPLES[COMPLEX])], "a4")
    assert POLICY in page
    page = page.replace(POLICY, "default-src *").replace("<header>", f"<header>{PICTURE}", 1)
    with opened(browser, page, tmp_path) as found:
        assert found.asked_outside == ["http://localhost:9/flap.png"]


def test_policy_of_the_page_stops_a_request_and_the_console_says_so(
    browser: Browser, tmp_path: Path
) -> None:
    """Were a picture ever to slip into the page, the browser would refuse to fetch it."""
    page = render_html([sheet_of(EXAMPLES[COMPLEX])], "a4")
    with opened(browser, page.replace("<header>", f"<header>{PICTURE}", 1), tmp_path) as found:
        (said,) = found.complaints
    assert "flap.png' violates the following Content Security Policy" in said
    assert "blocked" in said


@pytest.mark.parametrize("damage", DAMAGE)
def test_barrier_to_a_screen_reader_is_found(damage: str, browser: Browser, tmp_path: Path) -> None:
    """Each thing a reader needs is missed when it is taken away."""
    whole, broken, said = DAMAGE[damage]
    page = render_html([sheet_of(EXAMPLES["clean-elective"])], "a4")
    assert whole in page
    with opened(browser, page.replace(whole, broken, 1), tmp_path) as found:
        assert said in found.barriers()


@pytest.mark.parametrize(("name", "paper"), [(COMPLEX, "a4"), ("half-filled", "letter")])
def test_browser_prints_every_row_whole_with_identity_on_each_page(
    name: str, paper: str, browser: Browser, tmp_path: Path
) -> None:
    """Backgrounds off: nothing clipped, nothing split."""
    sheet = sheet_of(EXAMPLES[name])
    with opened(browser, render_html([sheet], paper), tmp_path) as found:
        pages = found.printed()
    document = sheet_document(sheet)
    assert first_missing(map(str, rows_of(document)), "".join(pages)) is None
    assert [row for row in rows_of(document) if not any(row in page for page in pages)] == []
    identity = sheet.identity
    for number, page in enumerate(pages, start=1):
        for each in (identity.name, identity.born, identity.identifier, sheet.void):
            assert squeezed(str(each)) in page
        assert f"Page{number}of{len(pages)}" in page


def test_browser_counts_the_pages_of_each_patient_of_a_ward_list(
    browser: Browser, tmp_path: Path
) -> None:
    """No page carries two patients; a page that is lost, the last one too, leaves a gap."""
    sheets = [sheet_of(EXAMPLES[name]) for name in (COMPLEX, "half-filled", "clean-elective")]
    with opened(browser, render_html(sheets, "a4"), tmp_path) as found:
        pages = found.printed()
    total, place = len(pages), 0
    for number, sheet in enumerate(sheets, start=1):
        own = [page for page in pages if f"Patient{number}of3,page" in page]
        assert pages[place : place + len(own)] == own
        for count, page in enumerate(own, start=1):
            place += 1
            assert f"Patient{number}of3,page{count}({place}of{total}inall)" in page
            assert squeezed(str(sheet.identity.name)) in page
        rows = list(rows_of(sheet_document(sheet)))
        assert [row for row in rows if not any(row in page for page in own)] == []
        ends = ["Endofthesheetofpatient" in page for page in own]
        assert ends == [False] * (len(own) - 1) + [True]
        assert f"Endofthesheetofpatient{number}of3." in own[-1]
    assert place == total


def test_browser_prints_a_hostile_name_as_it_is_written(browser: Browser, tmp_path: Path) -> None:
    """It can hide nothing and run nothing."""
    sheet = sheet_of(EXAMPLES["clean-elective"])
    sheet = replace(sheet, identity=replace(sheet.identity, name=HOSTILE_NAME))
    with opened(browser, render_html([sheet], "a4"), tmp_path) as found:
        pages = found.printed()
        assert (found.asked_outside, found.complaints) == ([], [])
    assert squeezed(HOSTILE_NAME) in pages[0]
    assert squeezed(HOSTILE_NAME)[:30] in pages[-1]
