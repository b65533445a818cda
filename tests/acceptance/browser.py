"""A real browser without a window: opens a page from a file and watches what the page does.

Chromium is the machine's own; Playwright steers it and axe-core looks for what a screen reader
would miss. Both are for tests alone and ship with nothing.
"""

import io
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.acceptance.sheet_texts import squeezed

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
# What a reader has to be told the name of, by its role in the accessibility tree.
_NAMED = {
    "button",
    "checkbox",
    "columnheader",
    "graphics-document",
    "image",
    "link",
    "rowheader",
    "table",
    "textbox",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that stands open: where it came from, and what it has asked for and complained of."""

    address: str
    page: Page
    requests: list[str]
    complaints: list[str]

    @property
    def asked_outside(self) -> list[str]:
        """Return every request but the one for the file itself."""
        return [request for request in self.requests if request != self.address]

    def barriers(self) -> list[str]:
        """Return what stands in the way of a screen reader, by axe-core's names and by ours."""
        found = Axe().run(self.page).response["violations"]
        return sorted({*(str(each["id"]) for each in found), *self._unnamed()})

    def printed(self) -> list[str]:
        """Print without backgrounds, as a browser does by default; return each page's text."""
        data = self.page.pdf(prefer_css_page_size=True, print_background=False)
        return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]

    def _unnamed(self) -> Iterator[str]:
        """Yield what the accessibility tree holds without a name, and headings that jump."""
        session = self.page.context.new_cdp_session(self.page)
        level = 0
        for node in session.send("Accessibility.getFullAXTree")["nodes"]:
            role = _value(node, "role")
            if role in _NAMED and not _value(node, "name").strip():
                yield f"{role} without a name"
            if role == "heading":
                own = _level(node)
                if own > level + 1:
                    yield f"heading of level {own} after {level}"
                level = own


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start the browser, and stop it at the end."""
    with sync_playwright() as playwright:
        # Tests run as root in a container, where Chromium's own sandbox cannot.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, html: str, folder: Path) -> Iterator[Opened]:
    """Open a page from a file, watched from before its first byte until nothing more happens."""
    source = folder / "sheet.html"
    source.write_text(html, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    found = Opened(source.as_uri(), page, [], [])
    context.on("request", lambda request: found.requests.append(request.url))
    context.on("console", lambda message: found.complaints.append(message.text))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.goto(found.address, wait_until="networkidle")
    yield found
    context.close()


def _value(node: Mapping[str, Any], name: str) -> str:
    """Return a text of a node of the accessibility tree, empty where it has none."""
    return str(node.get(name, {}).get("value", ""))


def _level(node: Mapping[str, Any]) -> int:
    """Return the level of a heading."""
    levels = (each["value"]["value"] for each in node["properties"] if each["name"] == "level")
    return int(next(levels))
