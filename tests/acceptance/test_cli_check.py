"""`backrec check`: every flag, every exit code, one patient and several."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.acceptance.program import CHILD, CLEAN, DAY, DIABETIC, HALF, Program
from tests.acceptance.program import clean_profile as clean
from tests.acceptance.program import write_profile as write


@pytest.mark.parametrize(
    ("path", "code", "verdict"),
    [
        (CLEAN, 0, "eligible"),
        (DIABETIC, 1, "defer"),
        (CHILD, 3, "out_of_scope"),
    ],
)
def test_check_exits_with_the_code_of_the_verdict(
    backrec: Program, path: Path, code: int, verdict: str
) -> None:
    """0 nothing stops, 1 a stop, 3 cannot say."""
    result = backrec("check", path, *DAY, "-f", "json")
    assert (result.code, json.loads(result.out)["verdict"]) == (code, verdict)
    assert result.err == ""


def test_check_of_an_empty_profile_cannot_say(backrec: Program, tmp_path: Path) -> None:
    """Nothing known is never nothing wrong."""
    result = backrec("check", write(tmp_path / "p.json", {}), *DAY, "-f", "json")
    document = json.loads(result.out)
    assert (result.code, document["verdict"]) == (3, "undecided")
    assert document["counts"]["clear"] == 0


def test_check_writes_the_report_to_stdout_and_nothing_else(backrec: Program) -> None:
    """Data goes to stdout; a clean run says nothing on stderr."""
    result = backrec("check", CLEAN, *DAY)
    assert "NOTHING FLAGGED IN THE FACTS GIVEN" in result.out
    assert result.err == ""


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("clean", "child"), 3),
        (("child", "diabetic"), 1),
        (("clean", "broken", "diabetic"), 2),
        (("clean", "clean"), 0),
    ],
)
def test_check_of_several_exits_with_the_worst_code(
    backrec: Program, tmp_path: Path, codes: tuple[str, ...], expected: int
) -> None:
    """Worst first: 2, 1, 3, 0."""
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    known = {"clean": CLEAN, "child": CHILD, "diabetic": DIABETIC, "broken": broken}
    assert backrec("check", *(known[name] for name in codes), *DAY).code == expected


def test_check_reports_the_others_where_one_file_is_bad(backrec: Program, tmp_path: Path) -> None:
    """A bad file is an error on stderr with its place; its neighbours still get their reports."""
    bad = tmp_path / "bad.json"
    bad.write_text('{"labs": {"hba1x": 1}}', encoding="utf-8")
    result = backrec("check", CLEAN, bad, CHILD, *DAY)
    assert result.code == 2
    assert re.findall("^==> .*/(.*)/patient.json <==$", result.out, re.MULTILINE) == [
        "clean-elective",
        "out-of-scope-child",
    ]
    assert f"{bad}:1:11: error[E4" in result.err


def test_check_of_a_folder_takes_its_json_files_in_order(backrec: Program, tmp_path: Path) -> None:
    """Files by name, without subfolders, hidden files and other suffixes."""
    for name in ("b.json", "a.json", ".hidden.json"):
        shutil.copy(CLEAN, tmp_path / name)
    (tmp_path / "notes.txt").write_text("no profile", encoding="utf-8")
    (tmp_path / "c.json").mkdir()
    result = backrec("check", tmp_path, *DAY)
    heads = [line for line in result.out.splitlines() if line.startswith("==>")]
    assert heads == [f"==> {tmp_path}/a.json <==", f"==> {tmp_path}/b.json <=="]
    assert result.code == 0


def test_check_of_a_folder_is_a_json_array_even_of_one(backrec: Program, tmp_path: Path) -> None:
    """A script that asks for a folder always reads an array."""
    shutil.copy(CLEAN, tmp_path / "a.json")
    documents = json.loads(backrec("check", tmp_path, *DAY, "-f", "json").out)
    assert [document["verdict"] for document in documents] == ["eligible"]


def test_check_keeps_patients_apart(backrec: Program) -> None:
    """Neighbours and order change no result."""
    alone = json.loads(backrec("check", DIABETIC, *DAY, "-f", "json").out)
    paths = (CLEAN, DIABETIC, HALF, DIABETIC)
    together = json.loads(backrec("check", *paths, *DAY, "-f", "json").out)
    assert together[1] == alone
    assert together[3] == alone


def test_check_takes_today_as_the_default_day(backrec: Program) -> None:
    """Without --as-of the assessment is of the local date."""
    before = date.today()  # noqa: DTZ011 - the local date is what is tested.
    document = json.loads(backrec("check", CLEAN, "-f", "json").out)
    after = date.today()  # noqa: DTZ011
    assert document["as_of"] in {before.isoformat(), after.isoformat()}


@pytest.mark.parametrize("moment", ["2026-03-16", "2026-03-16T08:30:00", "2026-03-16T08:30+01:00"])
def test_check_takes_a_day_or_a_moment(backrec: Program, moment: str) -> None:
    """--as-of may have a time, with or without an offset."""
    document = json.loads(backrec("check", CLEAN, "--as-of", moment, "-f", "json").out)
    assert document["as_of"][:10] == "2026-03-16"
    assert len(document["as_of"]) == {10: 10, 19: 19, 22: 25}[len(moment)]


@pytest.mark.parametrize(
    "moment",
    [
        "",
        "today",
        "16/03/2026",
        "20260316",
        "2026-W12-1",
        "2026-02-30",
        "2026-3-16",
        "2026-03-16 08:30",
        "2026-03-16T25:00",
        "٢٠٢٦-03-16",
    ],
)
@pytest.mark.parametrize("option", ["--as-of", "--surgery-date"])
def test_check_refuses_what_is_not_an_iso_date(backrec: Program, option: str, moment: str) -> None:
    """A date that could be read in two ways is not read."""
    result = backrec("check", CLEAN, option, moment)
    assert result.code == 2
    assert f"{option}: " in result.err
    assert result.out == ""


def test_check_moves_the_operation_with_surgery_date(backrec: Program) -> None:
    """--surgery-date stands in for the profile's own; freshness is counted anew."""
    moved = backrec("check", CLEAN, *DAY, "--surgery-date", "2026-09-16", "-f", "json")
    document = json.loads(moved.out)
    assert document["procedure_date"] == "2026-09-16"
    assert document["verdict"] != "eligible"


def test_check_of_selected_rules_is_partial_and_at_best_undecided(backrec: Program) -> None:
    """A part of the rules never gives a whole answer."""
    document = json.loads(
        backrec("check", CLEAN, *DAY, "--select", "dm-hba1c-high,coagulation", "-f", "json").out
    )
    assert document["partial"] is True
    assert document["verdict"] == "undecided"
    topics = {finding["topic"] for finding in document["findings"][1:]}
    assert topics == {"glucose", "coagulation"}


def test_check_ignores_rules_by_id_and_topic(backrec: Program) -> None:
    """--ignore is repeatable, and takes ids and topics, separated by commas."""
    result = backrec(
        "check",
        DIABETIC,
        *DAY,
        "--ignore",
        "dm-hba1c-high",
        "--ignore",
        "bone, weight",
        "-f",
        "json",
    )
    document = json.loads(result.out)
    assert result.code == 3
    assert {"bone", "weight"}.isdisjoint(finding["topic"] for finding in document["findings"])
    assert "dm-hba1c-high" not in document["flagged"]
    assert "partial rule set" in document["qualifiers"]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_check_refuses_an_unknown_rule_once_with_a_suggestion(
    backrec: Program, option: str
) -> None:
    """A mistyped id is said once for the run, with the id that was probably meant."""
    result = backrec("check", CLEAN, CHILD, *DAY, option, "dm-hba1c-hihg")
    assert (result.code, result.out) == (2, "")
    assert result.err.count("dm-hba1c-hihg") == 1
    assert "did you mean 'dm-hba1c-high'?" in result.err


@pytest.mark.parametrize("path", [CLEAN, DIABETIC, CHILD])
def test_exit_zero_masks_verdicts(backrec: Program, path: Path) -> None:
    """--exit-zero turns 1 and 3 into 0."""
    assert backrec("check", path, *DAY, "--exit-zero").code == 0


def test_exit_zero_never_masks_what_could_not_be_done(backrec: Program, tmp_path: Path) -> None:
    """A file that could not be read stays 2."""
    assert backrec("check", CLEAN, tmp_path / "absent", *DAY, "--exit-zero").code == 2


def test_quiet_prints_the_headline_only(backrec: Program) -> None:
    """-q is one line for one patient, one line each for several."""
    assert backrec("check", CLEAN, *DAY, "-q").out.splitlines()[0].startswith("Nothing flagged")
    assert len(backrec("check", CLEAN, *DAY, "-q").out.splitlines()) == 1
    lines = backrec("check", CLEAN, DIABETIC, *DAY, "--quiet").out.splitlines()
    assert lines[1].startswith(f"{DIABETIC}: Not yet: optimise first")


def test_verbose_prints_every_rule(backrec: Program) -> None:
    """-v names all rules of the JSON document, sources included."""
    document = json.loads(backrec("check", CLEAN, *DAY, "-f", "json").out)
    text = backrec("check", CLEAN, *DAY, "-v").out
    assert [f["rule"] for f in document["findings"] if f"[{f['rule']}]" not in text] == []
    assert "Sources: " in text


@pytest.mark.parametrize(
    ("option", "coloured"), [("always", True), ("never", False), ("auto", False)]
)
def test_colour_is_asked_for_or_left_out(backrec: Program, option: str, coloured: bool) -> None:  # noqa: FBT001 - a column of the table.
    """A pipe gets no colour unless it is asked for."""
    out = backrec("check", CLEAN, *DAY, "--color", option).out
    assert ("\x1b[" in out) is coloured


def test_colour_changes_no_word(backrec: Program) -> None:
    """Colour is only colour."""
    plain = backrec("check", HALF, *DAY, "--color", "never").out
    coloured = backrec("check", HALF, *DAY, "--color", "always").out
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--color", "alwasy"), "unknown --color 'alwasy'; did you mean 'always'?"),
        (("-f", "jsn"), "unknown format 'jsn'; did you mean 'json'?"),
        (("-o", "report.xlsx"), "no format has the suffix '.xlsx'"),
        (("--frobnicate",), "No such option: --frobnicate"),
        (("--as-of",), "--as-of"),
    ],
)
def test_check_refuses_a_wrong_option(
    backrec: Program, arguments: tuple[str, ...], message: str
) -> None:
    """A usage error is exit 2, on stderr, and says what to do."""
    result = backrec("check", CLEAN, *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "Traceback" not in result.err


def test_check_refuses_an_override_of_an_unknown_rule(backrec: Program, tmp_path: Path) -> None:
    """An override that names no rule is a mistake, not a wish."""
    override = {"rule": "dm-hba1c-hgh", "by": "A", "on": "2026-03-10", "reason": "b"}
    document = {**clean(), "overrides": [override]}
    result = backrec("check", write(tmp_path / "p.json", document), CLEAN, *DAY)
    assert result.code == 2
    assert "did you mean 'dm-hba1c-high'?" in result.err
    assert "clean-elective" in result.out


def test_check_is_the_same_twice(backrec: Program) -> None:
    """The same input gives a byte-identical report."""
    first = backrec("check", HALF, *DAY).out
    assert backrec("check", HALF, *DAY).out == first


@pytest.mark.parametrize("format_name", ["text", "json", "markdown"])
def test_every_format_shows_rejected_values(
    backrec: Program, tmp_path: Path, format_name: str
) -> None:
    """A discarded value is never silent."""
    document = clean()
    document["labs"]["hba1c"] = {"value": 64, "unit": "%", "measured_on": "2026-03-01"}
    path = write(tmp_path / "p.json", document)
    out = backrec("check", path, *DAY, "-f", format_name).out
    assert re.search("64( |\u00a0)%", out)
    assert re.search("implausible|outside what is possible", out)
