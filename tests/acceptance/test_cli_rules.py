"""`backrec rules list`, `show` and `docs`: what a reviewer of the rules is told."""

import json
from pathlib import Path

import pytest

from tests.acceptance.program import ROOT, Program
from tests.shipped import pack

RULE_BOOK = ROOT / "docs" / "rules.md"


def listed(backrec: Program, *options: str) -> list[str]:
    """Return the ids that a list names, in its order."""
    result = backrec("rules", "list", *options)
    assert (result.code, result.err) == (0, "")
    return [line.split()[0] for line in result.out.splitlines()]


def test_list_names_every_entry_once_and_then_what_the_engine_keeps(backrec: Program) -> None:
    """Every rule, requirement and step stands in the list, and the three rows of the engine."""
    found = listed(backrec)
    assert found[-3:] == ["gen-age", "gen-stale", "gen-implausible"]
    assert sorted(found[:-3]) == sorted(pack().entries)


@pytest.mark.parametrize(
    ("options", "some", "none"),
    [
        (("--topic", "weight"), "ob-3", "dm-hypo"),
        (("--level", "absolute_elective"), "inf-meningitis", "inf-sepsis"),
        (("--source", "todd-2016"), "neuro-cauda-equina", "neuro-mscc"),
        (("--fact", "labs.inr"), "coag-inr", "coag-platelets-50"),
        (("--kind", "require"), "gen-urgency", "gen-hp"),
        (("--topic", "coagulation", "--kind", "rule"), "coag-inr", "coag-inr-missing"),
    ],
)
def test_list_keeps_what_is_asked_for(
    backrec: Program, options: tuple[str, ...], some: str, none: str
) -> None:
    """Each filter keeps an entry that fits and drops one that does not, and the engine's rows."""
    found = listed(backrec, *options)
    assert some in found
    assert none not in found
    assert "gen-age" not in found


def test_list_for_programs_is_an_array(backrec: Program) -> None:
    """JSON says of each entry what it reads and rests on."""
    rows = json.loads(backrec("rules", "list", "--topic", "weight", "-f", "json").out)
    row = next(row for row in rows if row["id"] == "ob-3")
    assert row["kind"] == "rule"
    assert row["levels"] == ["relative_elective"]
    assert row["facts"] == ["vitals.bmi"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--fact", "labs.hba1"), "unknown fact 'labs.hba1'; did you mean 'labs.hba1c'?"),
        (("list", "--topic", "wieght"), "unknown topic 'wieght'; did you mean 'weight'?"),
        (("list", "--level", "absolut"), "unknown level 'absolut'; did you mean 'absolute'?"),
        (("list", "--source", "tod-2016"), "unknown source 'tod-2016'; did you mean 'todd-2016'?"),
        (("show", "dm-hypoo"), "unknown rule 'dm-hypoo'; did you mean 'dm-hypo'?"),
    ],
)
def test_unknown_word_is_exit_two_and_names_the_nearest(
    backrec: Program, arguments: tuple[str, ...], said: str
) -> None:
    """A slip of the finger never lists nothing as if there were nothing."""
    result = backrec("rules", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: {said}\n"


def test_show_tells_all_of_a_rule(backrec: Program) -> None:
    """Words, expression, action, threshold with mark, fact with units and validity, source."""
    out = backrec("rules", "show", "dm-hba1c-high").out
    for line in (
        "dm-hba1c-high: HbA1c at or above the elective limit",
        "rule · Glucose · relative_elective",
        "mark V: read in the source",
        "    HbA1c at least 64 mmol/mol",
        "  when (relative_elective): labs.hba1c >= hba1c_limit",
        "  labs.hba1c: HbA1c, mmol/mol or %, holds 90 d (optional)",
        "  who: surgeon, patient",
    ):
        assert line in out.splitlines()
    assert "hba1c_limit = 64 mmol/mol (V [" in out
    assert "\nTests:\n  flagged relative_elective: exactly at the limit\n" in out
    assert "when it cannot wait: " in out


def test_show_tells_the_window_of_a_step_and_the_facts_of_a_requirement(backrec: Program) -> None:
    """A step has a window, a requirement its facts and its first day."""
    step = backrec("rules", "show", "con-topics").out
    assert "step · Consent · absolute · day -28 to day -1" in step
    need = backrec("rules", "show", "coag-inr-missing").out
    assert "require · Coagulation · relative · from day -1" in need
    assert "these must be known:\n    INR\n" in need


def test_rule_book_in_the_repository_is_current(backrec: Program) -> None:
    """docs/rules.md is what the pack says today; else: backrec rules docs -o docs/rules.md."""
    assert backrec("rules", "docs").out == RULE_BOOK.read_text(encoding="utf-8")


def test_rule_book_is_written_to_a_file(backrec: Program, tmp_path: Path) -> None:
    """With -o the same bytes stand in the file and nothing is printed."""
    target = tmp_path / "rules.md"
    assert backrec("rules", "docs", "-o", target).out == ""
    assert target.read_text(encoding="utf-8") == RULE_BOOK.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "entry", [*sorted(pack().entries), *(each.id for each in pack().complications)]
)
def test_rule_book_has_a_heading_for_every_entry(entry: str) -> None:
    """No entry of the pack is missing from the book."""
    assert f"\n### {entry}\n" in RULE_BOOK.read_text(encoding="utf-8")
