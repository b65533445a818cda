"""Every line of the source document that states something checkable is checked by the pack."""

import hashlib
import os
import runpy
from pathlib import Path

import pytest

from tests.shipped import ROOT, pack

GENERATOR = runpy.run_path(str(ROOT / "docs" / "make_seed_coverage.py"))
TABLE = GENERATOR["read_table"]()
KNOWN = GENERATOR["known_entries"](pack())
# The document itself is not ours to publish: it lies beside the checkout, or where this says.
SEED = Path(os.environ.get("BACKREC_SHARED") or ROOT.parent / "shared") / "seed.txt"


def test_every_line_is_checked_by_entries_that_exist() -> None:
    """A rule that is renamed or taken out takes its line with it, and shows here."""
    assert list(GENERATOR["complaints"](TABLE.lines, KNOWN)) == []


@pytest.mark.parametrize("row", [row for row in TABLE.lines if row.entries], ids=lambda r: r.line)
def test_line_that_loses_its_entries_is_complained_of(row: object) -> None:
    """Each line in turn is left without the entries that check it."""
    lost = KNOWN.difference(row.entries)  # type: ignore[attr-defined]
    said = list(GENERATOR["complaints"]([row], lost))
    assert said[-1].endswith(": nothing checks it, and nothing says why not")


def test_page_of_coverage_is_up_to_date() -> None:
    """Run `python docs/make_seed_coverage.py` after changing the table."""
    page = (ROOT / "docs" / "seed-coverage.md").read_text(encoding="utf-8")
    assert page == GENERATOR["page"]()


def test_no_line_stands_in_the_table_twice() -> None:
    """The table is in the order of the document."""
    numbers = [row.line for row in TABLE.lines]
    assert numbers == sorted(set(numbers))


def _seed() -> list[str]:
    """Return the lines of the document."""
    if not SEED.is_file():
        pytest.skip("the source document is not beside the project (BACKREC_SHARED)")
    return [line.strip() for line in SEED.read_text(encoding="utf-8").splitlines()]


def test_document_is_the_one_the_table_was_made_from() -> None:
    """Another edition would have other lines under the same numbers."""
    assert hashlib.sha256("\n".join(_seed()).encode()).hexdigest() == TABLE.sha256


def test_no_line_of_the_document_is_left_out() -> None:
    """Blank lines, repeats and advertisement aside, the table has them all and no more."""
    first: dict[str, int] = {}
    for number, text in enumerate(_seed(), 1):
        first.setdefault(text, number)
    first.pop("", None)
    expected = set(first.values()) - TABLE.advertisement
    assert {row.line for row in TABLE.lines} == expected


def test_table_repeats_no_sentence_of_the_document() -> None:
    """What it says is said in our own words."""
    said = {row.says.lower().rstrip(".") for row in TABLE.lines}
    sentences = {line.lower().rstrip(".:") for line in _seed() if " " in line}
    assert not [text for text in said if text in sentences]
