"""`backrec rules test`: the shipped pack's own tests, and what an author gets to see."""

import shutil
from pathlib import Path

import pytest

from tests.acceptance.program import ROOT, Program

OVERLAY = ROOT / "examples" / "overlay-uk"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of the shipped pack."""
    return shutil.copytree(ROOT / "rules", tmp_path / "rules")


def test_shipped_pack_passes_its_own_tests_at_full_coverage(backrec: Program) -> None:
    """Every case as expected, nothing lacking, every answer of every comparison seen."""
    result = backrec("rules", "test", "--coverage", "-q")
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith(" (100 %)\n")
    assert ": no failure, coverage " in result.out


def test_a_changed_limit_turns_the_tests_red(backrec: Program, pack: Path) -> None:
    """The cases hold the figures: another limit is exit 2, and the case on the limit says so."""
    file = pack / "parameters.toml"
    text = file.read_text(encoding="utf-8")
    assert "value = 64\n" in text
    file.write_text(text.replace("value = 64\n", "value = 65\n", 1), encoding="utf-8")
    result = backrec("rules", "test", pack, "--run", "^dm-hba1c-high$")
    assert result.code == 2
    said = 'dm-hba1c-high, case 1 "exactly at the limit": expected flagged, got clear\n'
    assert f"{pack.as_posix()}/tests/glucose.toml:10:3: {said}" in result.out


def test_an_entry_without_cases_is_lacking(backrec: Program, pack: Path) -> None:
    """A pack is not tested by the tests it does not have."""
    (pack / "tests" / "weight.toml").unlink()
    result = backrec("rules", "test", pack, "--run", "^ob-4$")
    assert result.code == 2
    assert "ob-4: still to show, beside 0 cases\n" in result.out
    assert result.out.endswith("0 cases of 1 entry: no failure, cases lack for 1 entry\n")


def test_coverage_counts_only_where_it_is_asked_for(backrec: Program, pack: Path) -> None:
    """Without --coverage an unseen answer is no failure; with it, exit 2."""
    file = pack / "tests" / "glucose.toml"
    text = file.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "operation not known" not in line]
    file.write_text("\n".join(kept), encoding="utf-8")
    arguments = ("rules", "test", pack, "--run", "^dm-hba1c-fusion$", "-q")
    assert backrec(*arguments).code == 0
    result = backrec(*arguments, "--coverage")
    assert (result.code, result.out.rpartition(", ")[2]) == (2, "coverage 22 of 30 (73.3 %)\n")


def test_mistake_in_a_test_is_shown_in_its_line(backrec: Program, pack: Path) -> None:
    """As everywhere: place, code, line, caret, hint; nothing on stdout, exit 2."""
    file = pack / "tests" / "weight.toml"
    text = file.read_text(encoding="utf-8").replace("ob-under", "ob-udner")
    file.write_text(text, encoding="utf-8")
    result = backrec("rules", "test", pack)
    assert (result.code, result.out) == (2, "")
    assert "weight.toml:" in result.err
    assert "error[E371]: unknown entry 'ob-udner'" in result.err
    assert "hint: did you mean 'ob-under'?" in result.err


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("[", "error: --run is not a pattern: '['"),
        ("nothing", "error: no rule, requirement or step"),
    ],
)
def test_pattern_that_finds_nothing_is_exit_two(backrec: Program, pattern: str, said: str) -> None:
    """Nothing run must not look like everything passed."""
    result = backrec("rules", "test", "--run", pattern)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(said)


def test_tests_do_not_count_in_the_digest(backrec: Program, pack: Path) -> None:
    """They change nothing that a patient is told."""
    before = backrec("rules", "diff", "shipped", pack).out
    (pack / "tests" / "more.toml").write_text("baseline = 'flap'\n", encoding="utf-8")
    assert backrec("rules", "diff", "shipped", pack).out == before


def test_overlay_is_tested_on_top_of_the_pack_whose_patients_it_borrows(backrec: Program) -> None:
    """Its cases run over the pack's baselines; of the pack's own entries nothing is demanded."""
    result = backrec("rules", "test", OVERLAY)
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("no failure\n")


def test_overlay_must_test_what_it_adds(backrec: Program, tmp_path: Path) -> None:
    """A rule of the overlay without its cases fails the run, by name."""
    overlay = tmp_path / "overlay"
    shutil.copytree(OVERLAY, overlay)
    tests = overlay / "tests" / "limits.toml"
    text = tests.read_text(encoding="utf-8")
    start = text.index('[[test]]\nentry = "uk-glucose-tolerated"')
    end = text.find("[[test]]", start + 1)
    tests.write_text(text[:start] + (text[end:] if end > 0 else ""), encoding="utf-8")
    result = backrec("rules", "test", overlay)
    assert result.code == 2
    assert "uk-glucose-tolerated" in result.out
    assert "dm-hba1c-high" not in result.out
