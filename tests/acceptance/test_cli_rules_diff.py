"""`backrec rules diff`: the page a clinical committee signs."""

import json
import shutil
from pathlib import Path

import pytest

from backrec_cli.rulepack import shipped_pack_folder
from tests.acceptance.program import DIABETIC, ROOT, Program


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the shipped pack with HbA1c limit 69 and obesity class 3 as a caution."""
    folder = tmp_path / "changed"
    shutil.copytree(shipped_pack_folder(), folder)
    for file, after, was, now in (
        ("parameters.toml", "[hba1c_limit]", "value = 64", "value = 69"),
        ("weight.toml", 'id = "ob-3"', 'level = "relative_elective"', 'level = "caution"'),
    ):
        path = folder / file
        head, mark, tail = path.read_text(encoding="utf-8").partition(after)
        path.write_text(head + mark + tail.replace(was, now, 1), encoding="utf-8")
    return folder


def test_diff_says_what_changed_and_for_whom(backrec: Program, changed: Path) -> None:
    """Threshold and level with both values; the patient's verdict and the cause of it."""
    result = backrec("rules", "diff", "shipped", changed, "--on", DIABETIC, "--as-of", "2026-03-16")
    assert (result.code, result.err) == (0, "")
    lines = [line.strip() for line in result.out.splitlines()]
    assert "~ ob-3" in lines
    assert "level: relative_elective -> caution" in lines
    assert "value: 64 mmol/mol -> 69 mmol/mol" in lines
    assert f"{DIABETIC}: defer -> eligible_with_precautions" in lines
    assert "dm-hba1c-high: flagged, relative -> clear (parameter hba1c_limit)" in lines


def test_diff_of_a_pack_with_itself_is_empty(backrec: Program) -> None:
    """No change is said in words, not by silence."""
    out = backrec("rules", "diff", "shipped", "shipped").out
    assert out.splitlines()[-1] == "no difference in rules, thresholds, levels or texts"


def test_diff_for_the_committee_has_lines_to_sign(backrec: Program, changed: Path) -> None:
    """Markdown ends in a table for names and signatures, and names both digests."""
    out = backrec("rules", "diff", "shipped", changed, "-f", "markdown").out
    assert out.startswith("# Change of rules\n")
    assert "| name | role | date | signature |" in out
    assert out.count("sha256") == 2


def test_diff_for_programs_is_json(backrec: Program, changed: Path) -> None:
    """One object: the packs, the changes field by field, the patients."""
    arguments = ("--on", DIABETIC, "--as-of", "2026-03-16", "-f", "json")
    document = json.loads(backrec("rules", "diff", "shipped", changed, *arguments).out)
    assert document["schema"] == "backrec.packdiff/1"
    assert [(c["part"], c["id"], c["what"]) for c in document["changes"]] == [
        ("entry", "ob-3", "changed"),
        ("parameter", "hba1c_limit", "changed"),
    ]
    (patient,) = document["patients"]
    assert (patient["old"], patient["new"]) == ("defer", "eligible_with_precautions")


def test_diff_reports_a_patient_that_cannot_be_read(
    backrec: Program, changed: Path, tmp_path: Path
) -> None:
    """A broken profile is named on stderr, counted, and the exit code is 2."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    result = backrec("rules", "diff", "shipped", changed, "--on", broken, "--on", DIABETIC)
    assert result.code == 2
    assert "broken.json:1:" in result.err
    assert "1 could not be read" in result.out


def test_diff_of_a_broken_pack_names_the_place(backrec: Program, changed: Path) -> None:
    """The pack's own errors come out with file, line and column."""
    path = changed / "weight.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("vitals.bmi", "vitals.bmj"), "utf-8")
    result = backrec("rules", "diff", "shipped", changed)
    assert (result.code, result.out) == (2, "")
    assert "weight.toml:" in result.err
    assert "did you mean 'vitals.bmi'?" in result.err


def test_diff_takes_an_overlay_for_the_pack_under_it(backrec: Program) -> None:
    """An overlay is compared as the rules that are in force with it."""
    overlay = ROOT / "examples" / "overlay-uk"
    patient = overlay / "patient.json"
    out = backrec("rules", "diff", "shipped", overlay, "--on", patient, "--as-of", "2026-03-16").out
    assert "new: back-reconstruction 1.0.0 + uk-example 2026.1 (sha256 " in out
    assert f"{patient}: defer -> eligible_with_precautions" in out
    assert "dm-hba1c-high: flagged, relative -> clear (parameter hba1c_limit)" in out
