"""What the fonts of the printed sheet can show: never an empty box in the place of a letter."""

import pytest

from backrec_cli.render.checklist.glyphs import can_print, printable
from docs.make_coverage import COVERAGE, coverage_text


def test_list_of_glyphs_is_that_of_the_fonts() -> None:
    """coverage.txt is what the shipped fonts have; else: python docs/make_coverage.py."""
    assert COVERAGE.read_text(encoding="ascii") == coverage_text()


@pytest.mark.parametrize("text", ["Zoë Ñandú", "ŁUKASIEWICZ", "Ωμέγα", "Иван", "≥ 1.5 · ✗ → ○"])
def test_letters_of_europe_and_the_signs_of_a_sheet_can_be_printed(text: str) -> None:
    """Names and signs that are ordinary here stand as they are."""
    assert can_print(text)
    assert printable(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("王小明", "[?]"), ("Ann 王 B", "Ann [?] B"), ("\U0001f9ec!", "[?]!"), ("\x00", "[?]")],
)
def test_letters_that_no_font_has_are_said_to_be_lacking(text: str, shown: str) -> None:
    """A run of them is one sign, and the caller is told."""
    assert printable(text) == (shown, True)


def test_every_text_of_a_document_is_looked_at() -> None:
    """Lists and tables too; numbers and null stay."""
    value, changed = printable({"a": ["x", {"b": "王"}], "n": None, "t": True})
    assert value == {"a": ["x", {"b": "[?]"}], "n": None, "t": True}
    assert changed
