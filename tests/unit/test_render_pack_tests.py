"""What an author reads of a run: failures with their trace, what to add, and the summary."""

import json
from pathlib import Path

from backrec_cli.render.pack_tests import render_brief_run, render_run
from backrec_cli.render.pack_tests_json import render_run_json
from tests.unit.pack_tests_bench import cases, rule, run_one

WRONG = (
    '{ facts = { labs.hba1c = { value = 8.0, unit = "%" } }, expect = "clear",'
    ' as_of = "T-1", name = "in per cent" }'
)
PACK = rule("labs.hba1c >= hba1c_limit", applies="conditions.diabetes")


def test_failure_shows_the_difference_the_changes_and_the_trace(tmp_path: Path) -> None:
    """Place, entry, case, expected against actual; then only the condition that explains it."""
    text = render_run(run_one(tmp_path, cases(WRONG), PACK))
    folder = tmp_path.as_posix()
    assert text.split("\n\n")[0].splitlines() == [
        f'{folder}/tests/some.toml:6:3: dm-high, case 1 "in per cent": expected clear, got flagged',
        "    baseline adult, as of T-1",
        '    labs.hba1c = { value = 8.0, unit = "%" }',
        "    assessed on T-1",
        "    when (caution):",
        "      labs.hba1c >= hba1c_limit  = true",
        "        labs.hba1c               = 64 'mmol/mol'   (reported 8.0 %; 15-Mar-2026)",
        "        hba1c_limit              = 64 'mmol/mol'",
    ]


def test_what_should_not_apply_is_explained_by_applies(tmp_path: Path) -> None:
    """The trace of `when` would say nothing about it."""
    text = render_run(run_one(tmp_path, cases('{ expect = "not_applicable" }'), PACK))
    failure = text.split("\n\n")[0]
    assert "    applies:\n      conditions.diabetes  = true   (reported yes)" in failure
    assert "hba1c_limit" not in failure


def test_what_lacks_comes_with_a_case_to_copy(tmp_path: Path) -> None:
    """Demand, in words, and below it the piece of TOML that would show it."""
    text = render_run(run_one(tmp_path, cases('{ expect = "clear" }'), PACK))
    assert text.split("\n\n")[0].splitlines() == [
        f"{tmp_path.as_posix()}/glucose.toml:2:6: dm-high: still to show, beside 1 case",
        "    flagged        flagged",
        '                   { expect = "flagged", level = "caution" }',
        "    missing        a fact it reads is not known",
        '                   { facts = { labs.hba1c = "unknown" }, expect = "undecided" }',
        "    not_applicable a patient to whom it does not apply",
        '                   { expect = "not_applicable" }',
        "    threshold      exactly on labs.hba1c >= hba1c_limit",
        '                   { facts = { labs.hba1c = { value = 64, unit = "mmol/mol" } } }',
        "    stale          labs.hba1c too old",
        (
            '                   { facts = { labs.hba1c = { value = ..., unit = "mmol/mol",'
            ' measured_on = "T-91" } } }'
        ),
        "    unit           labs.hba1c in %",
        '                   { facts = { labs.hba1c = { value = ..., unit = "%" } } }',
    ]


def test_coverage_lists_what_was_never_seen_where_it_stands(tmp_path: Path) -> None:
    """One line a leaf, with every answer that no case has shown, and the share rounded down."""
    text = render_run(run_one(tmp_path, cases('{ expect = "clear" }'), PACK))
    place = f"{tmp_path.as_posix()}/glucose.toml"
    assert "dm-high: 2 of 6 (33.3 %)\n" in text
    assert f"    {place}:5:14: conditions.diabetes: never false, never unknown\n" in text
    assert f"    {place}:6:11: labs.hba1c >= hba1c_limit: never true, never unknown\n" in text


def test_last_line_sums_up(tmp_path: Path) -> None:
    """Cases, failures, entries that lack cases, coverage; alone where that is asked for."""
    run = run_one(tmp_path, cases('{ expect = "clear" }', '{ expect = "flagged" }'), PACK)
    last = "2 cases of 1 entry: 1 failed, cases lack for 1 entry, coverage 2 of 6 (33.3 %)\n"
    assert render_brief_run(run) == last
    assert render_run(run).endswith(f"\n{last}")


def test_waivers_are_listed(tmp_path: Path) -> None:
    """What is waived is never out of sight, and one without need is said to be so."""
    waive = (
        'waive = [{ demand = "unit", why = "one laboratory" }, { demand = "clear", why = "x" }]\n'
    )
    text = render_run(run_one(tmp_path, cases('{ expect = "clear" }') + waive, PACK))
    some = f"{tmp_path.as_posix()}/tests/some.toml"
    assert f"{some}:8:10: dm-high: unit waived: one laboratory\n" in text
    assert f"    waive          clear is waived at {some}:8:55 and need not be\n" in text
    assert "labs.hba1c in %" not in text


def test_programs_read_the_same_as_people(tmp_path: Path) -> None:
    """The object holds every case, what lacks, and coverage as whole numbers."""
    found = json.loads(render_run_json(run_one(tmp_path, cases(WRONG), PACK)))
    assert (found["schema"], found["passed"], found["cases"], found["failed"]) == (
        "backrec.packtest/1",
        False,
        1,
        1,
    )
    (entry,) = found["entries"]
    assert entry["cases"][0]["differences"] == ["expected clear, got flagged"]
    assert [lack["demand"] for lack in entry["lacks"]] == [
        "clear",
        "missing",
        "not_applicable",
        "stale",
    ]
    assert found["coverage"] == entry["coverage"] == {"seen": 2, "possible": 6}
    assert entry["unseen"][0]["leaf"] == "conditions.diabetes"
