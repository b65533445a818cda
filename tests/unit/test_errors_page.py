"""Every error is documented, has a code of its own, and is provoked by some test."""

import re
import runpy
from pathlib import Path

import pytest

from backrec_cli.errors import Diagnostic

ROOT = Path(__file__).parent.parent.parent
GENERATOR = runpy.run_path(str(ROOT / "docs" / "make_errors.py"))
MESSAGES = [
    function for _, module in GENERATOR["FAMILIES"] for function in GENERATOR["messages"](module)
]
CODES = [GENERATOR["summary"](function)[0] for function in MESSAGES]
# A code that ends in a message of its own needs a test that names it, in any file of the tests.
TESTED = {
    code
    for path in (ROOT / "tests").rglob("*.py")
    for code in re.findall(r"\b[EW]\d{3}\b", path.read_text(encoding="utf-8"))
}


def test_page_of_errors_is_up_to_date() -> None:
    """Run `python docs/make_errors.py` after changing a message."""
    assert (ROOT / "docs" / "errors.md").read_text(encoding="utf-8") == GENERATOR["page"]()


def test_every_error_has_a_code_of_its_own() -> None:
    """Two messages under one code could not be looked up."""
    assert sorted(CODES) == sorted(set(CODES))


@pytest.mark.parametrize("code", sorted(CODES))
def test_error_is_provoked_by_a_test(code: str) -> None:
    """A message that nothing can trigger is a promise nobody keeps."""
    assert code in TESTED


@pytest.mark.parametrize("function", MESSAGES, ids=CODES)
def test_message_speaks_the_house_grammar(function: object) -> None:
    """Lower case, no full stop, one action as hint; never "invalid", "failed" or "please"."""
    found = GENERATOR["sample"](function)
    assert isinstance(found, Diagnostic)
    assert found.code == GENERATOR["summary"](function)[0]
    for text in filter(None, (found.message, found.hint)):
        assert not text.endswith(".")
        assert not re.search(r"\b(invalid|failed|please)\b", text, re.IGNORECASE)
    assert found.message[0] == found.message[0].lower() or re.match(r"[A-Z]{2}", found.message)
