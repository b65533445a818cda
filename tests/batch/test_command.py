"""`backrec batch`: one row for each record, the exit code of the worst, and outputs that agree."""

import json
import stat
from functools import partial
from io import StringIO
from pathlib import Path

import polars as pl
import pytest

from backrec_cli.batch.cohort import open_cohort
from tests.acceptance.program import DIABETIC, Program
from tests.batch.patients import DAY, patient, write_cohort

ON_THE_DAY = ("--as-of", DAY)
Document = dict[str, object]


def _rows(text: str) -> list[Document]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_record_has_its_row_in_its_place(backrec: Program, cohort: Path) -> None:
    """Four records, one of them no JSON: four rows in order, the broken one with its reason."""
    result = backrec("batch", cohort, *ON_THE_DAY)
    rows = _rows(result.out)
    assert [row["verdict"] for row in rows] == ["eligible", "defer", "error", "out_of_scope"]
    assert [row["id"] for row in rows] == ["P1", "P2", None, "P4"]
    assert "cohort.ndjson:3" in str(rows[2]["errors"])
    assert all(row["as_of"] == DAY for row in rows)
    assert result.code == 2
    assert result.err.splitlines()[-1] == "4 records in, 4 rows out, 1 of them an error"


def test_flags_are_those_of_check(backrec: Program, cohort: Path) -> None:
    """The row of a patient names what the report of the same patient flags."""
    report = json.loads(backrec("check", DIABETIC, *ON_THE_DAY, "-f", "json").out)
    flagged = {each["rule"] for each in report["findings"] if each["status"] == "flagged"}
    row = _rows(backrec("batch", cohort, *ON_THE_DAY).out)[1]
    assert isinstance(row["flagged"], list)
    assert "dm-hba1c-high" in row["flagged"]
    assert (len(row["flagged"]), set(row["flagged"])) == (len(flagged), flagged)


@pytest.mark.parametrize(
    ("kinds", "code", "masked"),
    [
        (("clean",), 0, 0),
        (("clean", "half"), 3, 0),
        (("child", "clean"), 3, 0),
        (("half", "stop", "clean"), 1, 0),
        (("stop", "broken", "half"), 2, 2),
    ],
)
def test_exit_code_is_that_of_the_worst_record(
    backrec: Program, tmp_path: Path, kinds: tuple[str, ...], code: int, masked: int
) -> None:
    """2 for any error, then 1, then 3, then 0; --exit-zero masks 1 and 3, never 2."""
    path = write_cohort(tmp_path / "c.ndjson", kinds)
    assert backrec("batch", path, *ON_THE_DAY, "-q").code == code
    assert backrec("batch", path, *ON_THE_DAY, "-q", "--exit-zero").code == masked


def _read(path: Path) -> pl.DataFrame:
    match path.suffix.lower():
        case ".parquet":
            return pl.read_parquet(path)
        case ".csv":
            return pl.read_csv(path)
        case _:
            return pl.read_ndjson(path)


@pytest.mark.parametrize("name", ["r.ndjson", "r.jsonl", "r.csv", "r.parquet", "R.PARQUET"])
def test_format_goes_by_the_suffix(
    backrec: Program, cohort: Path, tmp_path: Path, name: str
) -> None:
    """Whatever the format, the rows are the same; stdout stays empty, the file private."""
    target = tmp_path / name
    result = backrec("batch", cohort, *ON_THE_DAY, "-o", target)
    assert result.out == ""
    assert _read(target)["verdict"].to_list() == ["eligible", "defer", "error", "out_of_scope"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in", name])


def test_format_by_name_wins(backrec: Program, cohort: Path, tmp_path: Path) -> None:
    """What is asked for by name is what is written."""
    target = tmp_path / "r.txt"
    assert backrec("batch", cohort, *ON_THE_DAY, "-f", "csv", "-o", target).code == 2
    assert target.read_text(encoding="utf-8").startswith("id,verdict,flagged,")
    assert backrec("batch", cohort, *ON_THE_DAY, "-o", tmp_path / "s.txt").err.startswith(
        "error: no format has the suffix '.txt'"
    )


def test_rejects_say_where_why_and_what(backrec: Program, cohort: Path, tmp_path: Path) -> None:
    """A line for each record that could not be assessed: enough to mend it and run it again."""
    rejects = tmp_path / "rejects.ndjson"
    backrec("batch", cohort, *ON_THE_DAY, "--rejects", rejects)
    (line,) = rejects.read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert (found["number"], found["record"]) == (3, patient("broken", "P3"))
    assert found["place"].endswith("cohort.ndjson:3")
    assert found["reasons"][0].startswith(found["place"])
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600


def test_rejects_are_an_empty_file_where_there_are_none(backrec: Program, tmp_path: Path) -> None:
    """A script can count lines without asking whether the file is there."""
    path = write_cohort(tmp_path / "c.ndjson", ["clean"])
    backrec("batch", path, *ON_THE_DAY, "--rejects", tmp_path / "rejects.ndjson")
    assert (tmp_path / "rejects.ndjson").read_bytes() == b""


def test_summary_counts_what_the_rows_say(backrec: Program, tmp_path: Path) -> None:
    """Counts by hand: five patients, two of them alike in their id."""
    path = tmp_path / "c.ndjson"
    records = [("stop", "A"), ("clean", "B"), ("stop", "A"), ("half", "C"), ("broken", "D")]
    path.write_text("".join(f"{patient(*each)}\n" for each in records), encoding="utf-8")
    result = backrec("batch", path, *ON_THE_DAY, "--summary", tmp_path / "s.json")
    summary = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert summary["schema"] == "backrec.batch-summary/1"
    assert (summary["records_in"], summary["rows_out"], summary["errors"]) == (5, 5, 1)
    assert summary["verdicts"] == {
        "out_of_scope": 0,
        "not_eligible": 0,
        "defer": 2,
        "undecided": 1,
        "eligible_with_precautions": 0,
        "eligible": 1,
        "error": 1,
    }
    flags = {each["id"]: each["records"] for each in summary["flagged"]}
    assert flags["dm-hba1c-high"] == 2
    assert summary["flagged"] == sorted(
        summary["flagged"], key=lambda each: (-each["records"], each["id"])
    )
    assert (summary["repeated_ids"], summary["first_repeated_ids"]) == (1, ["A"])
    assert (summary["as_of"], summary["exit_code"]) == (DAY, 2)
    assert summary["pack"]["id"] == "back-reconstruction"
    digests = {row["pack_digest"] for row in _rows(result.out)}
    assert digests == {summary["pack"]["digest"]}
    assert "1 record carries the patient id of an earlier one: A" in result.err


def test_each_record_can_be_assessed_on_its_own_day(backrec: Program, tmp_path: Path) -> None:
    """--as-of procedure goes by the record's date of surgery; a record without is an error."""
    undated = json.loads(patient("clean", "P2"))
    del undated["procedure"]["date"]
    path = tmp_path / "c.ndjson"
    path.write_text(f"{patient('clean', 'P1')}\n{json.dumps(undated)}\n", encoding="utf-8")
    dated, missing = _rows(backrec("batch", path, "--as-of", "procedure").out)
    assert (dated["as_of"], dated["verdict"]) == (DAY, "eligible")
    assert (missing["as_of"], missing["verdict"], missing["id"]) == (None, "error", "P2")
    assert "--as-of" in str(missing["errors"])


def test_surgery_date_and_selection_reach_every_record(backrec: Program, tmp_path: Path) -> None:
    """The options of check mean the same here; a partial rule set never says eligible."""
    path = write_cohort(tmp_path / "c.ndjson", ["clean", "clean"])
    chosen = ("--select", "glucose", "--surgery-date", "2026-03-30")
    rows = _rows(backrec("batch", path, *ON_THE_DAY, *chosen).out)
    assert [row["verdict"] for row in rows] == ["undecided", "undecided"]
    result = backrec("batch", path, *ON_THE_DAY, "--select", "glucos")
    assert (result.code, result.out) == (2, "")


def test_quiet_says_nothing(backrec: Program, cohort: Path) -> None:
    """-q leaves the exit code to speak."""
    assert backrec("batch", cohort, *ON_THE_DAY, "-q").err == ""


def test_report_lists_verdicts_flags_and_missing_facts(backrec: Program, cohort: Path) -> None:
    """What a person wants to see first, with shares."""
    said = backrec("batch", cohort, *ON_THE_DAY).err
    assert "  eligible               1  25.0%\n" in said
    assert "flagged most often\n" in said
    assert "missing most often\n" in said


@pytest.mark.parametrize("engine", ["polars", "duckdb", "pyspark"])
def test_every_engine_gives_the_same_rows(backrec: Program, cohort: Path, engine: str) -> None:
    """What evaluates the rules changes no answer."""
    rows = _rows(backrec("batch", cohort, *ON_THE_DAY, "--engine", engine).out)
    assert [row["verdict"] for row in rows] == ["eligible", "defer", "error", "out_of_scope"]


def test_rules_too_many_for_an_engine_are_said_once(
    backrec: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once for each chunk."""
    cohort = write_cohort(tmp_path / "c.ndjson", ["clean"] * 410)
    small = partial(open_cohort, chunk_size=cohort.stat().st_size // 2)
    monkeypatch.setattr("backrec_cli.cli.batching.run.open_cohort", small)
    said = backrec("batch", cohort, *ON_THE_DAY, "-j", "1", "--engine", "duckdb").err
    assert said.count("evaluated as by polars: these rules come to more than 15,000 terms") == 1


@pytest.mark.parametrize(
    ("engine", "extra"), [("duckdb", "duckdb"), ("pyspark", "spark"), ("polars", "batch")]
)
def test_engine_that_is_not_installed_says_how_to_install_it(
    backrec: Program, cohort: Path, monkeypatch: pytest.MonkeyPatch, engine: str, extra: str
) -> None:
    """Exit 2, and the one line that mends it."""
    monkeypatch.setattr("backrec_cli.batch.engines.find_spec", lambda _name: None)
    result = backrec("batch", cohort, "--engine", engine)
    assert result.code == 2
    assert f"pip install 'backrec[{extra}]'" in result.err


def test_unknown_engine_is_exit_two(backrec: Program, cohort: Path) -> None:
    """A slip of the pen is named, not guessed."""
    result = backrec("batch", cohort, "--engine", "polar")
    assert (result.code, result.out) == (2, "")
    assert "unknown engine 'polar'; did you mean 'polars'?" in result.err


def test_schema_needs_no_input(backrec: Program) -> None:
    """--emit-schema prints what a row is."""
    result = backrec("batch", "--emit-schema")
    assert result.code == 0
    assert json.loads(result.out)["title"] == "backrec.batch/1"


def test_no_input_is_exit_two(backrec: Program) -> None:
    """Nothing to check is a job not done."""
    result = backrec("batch")
    assert result.code == 2
    assert "no INPUT to check" in result.err


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_input_without_a_record_is_exit_two(
    backrec: Program, tmp_path: Path, content: bytes
) -> None:
    """An export that came out empty is not a cohort in which all is well."""
    path = tmp_path / "c.ndjson"
    path.write_bytes(content)
    target = tmp_path / "r.ndjson"
    target.write_text("old", encoding="utf-8")
    result = backrec("batch", path, *ON_THE_DAY, "-o", target)
    assert result.code == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["c.ndjson", "r.ndjson"]


@pytest.mark.parametrize("option", ["-o", "--rejects", "--summary"])
def test_no_output_overwrites_the_cohort(backrec: Program, cohort: Path, option: str) -> None:
    """The patients' records are not replaced by what is said of them."""
    before = cohort.read_bytes()
    result = backrec("batch", cohort, *ON_THE_DAY, option, cohort)
    assert result.code == 2
    assert "would overwrite INPUT" in result.err
    assert cohort.read_bytes() == before


def test_output_does_not_lie_among_the_profiles(backrec: Program, cohort: Path) -> None:
    """In a folder of profiles the next run would read the results as one of them."""
    result = backrec("batch", cohort.parent, *ON_THE_DAY, "-o", cohort.parent / "r.ndjson")
    assert result.code == 2
    assert "lies among the profiles" in result.err
    assert [path.name for path in cohort.parent.iterdir()] == ["cohort.ndjson"]


def test_two_outputs_are_two_files(backrec: Program, cohort: Path, tmp_path: Path) -> None:
    """Rows and rejects in one file would be neither."""
    both = tmp_path / "r.ndjson"
    result = backrec("batch", cohort, *ON_THE_DAY, "-o", both, "--rejects", both)
    assert result.code == 2
    assert "two outputs" in result.err
    assert not both.exists()


def test_csv_is_read_back_by_its_header(backrec: Program, cohort: Path) -> None:
    """CSV on standard output has its header once."""
    text = backrec("batch", cohort, *ON_THE_DAY, "-f", "csv").out
    frame = pl.read_csv(StringIO(text))
    assert frame["id"].to_list() == ["P1", "P2", None, "P4"]
    assert text.count("pack_digest") == 1
