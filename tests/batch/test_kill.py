"""Ended at any moment: no half file, no process left behind, and it is said what happened."""

import json
import os
import signal
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.batch.running import RECORDS, Running, waiting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends the signals of Unix")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _signal_all(batch: Running, number: int) -> None:
    """Send a signal as a terminal does: to the program and to every process it started."""
    os.killpg(batch.process.pid, number)


@pytest.mark.parametrize(("jobs", "chunk"), [("1", 1), ("2", 3)])
def test_killed_outright_leaves_nothing_under_the_name(
    tmp_path: Path, jobs: str, chunk: int
) -> None:
    """SIGKILL leaves the old results as they were, and at most hidden parts; workers end too."""
    (tmp_path / "r.ndjson").write_text("old", encoding="utf-8")
    options = ("-o", "r.ndjson", "-j", jobs, "--summary", "s.json")
    with waiting(tmp_path, *options, chunk=chunk) as batch:
        batch.process.send_signal(signal.SIGKILL)
        code, _, _ = batch.ended()
    assert code == -signal.SIGKILL
    assert (tmp_path / "r.ndjson").read_text(encoding="utf-8") == "old"
    pid = batch.process.pid
    assert _names(tmp_path) == [f".r.ndjson.{pid}.part", f".s.json.{pid}.part", "r.ndjson"]


@pytest.mark.parametrize(
    ("number", "jobs", "chunk"),
    [(signal.SIGTERM, "1", 1), (signal.SIGTERM, "2", 2), (signal.SIGHUP, "1", 2)],
)
def test_asked_to_end_removes_what_was_begun(
    tmp_path: Path, number: signal.Signals, jobs: str, chunk: int
) -> None:
    """SIGTERM, or a terminal that is closed: exit 2, a message, and an empty folder."""
    options = ("-o", "r.parquet", "--rejects", "x.ndjson", "-j", jobs)
    with waiting(tmp_path, *options, chunk=chunk) as batch:
        _signal_all(batch, number)
        code, _, err = batch.ended()
    assert code == 2
    assert err == f"error: ended by {number.name}; nothing was written\n"
    assert _names(tmp_path) == []


@pytest.mark.parametrize(("jobs", "chunk"), [("1", 1), ("2", 3)])
def test_stopped_by_hand_keeps_the_finished_rows_apart(
    tmp_path: Path, jobs: str, chunk: int
) -> None:
    """Ctrl-C: exit 130, whole rows from the first on under a name of their own, nothing else."""
    options = ("-o", "r.ndjson", "--rejects", "x.ndjson", "--summary", "s.json", "-j", jobs)
    with waiting(tmp_path, *options, chunk=chunk) as batch:
        _signal_all(batch, signal.SIGINT)
        code, _, err = batch.ended()
    assert code == 130
    assert _names(tmp_path) == ["r.ndjson.partial"]
    rows = [json.loads(line) for line in (tmp_path / "r.ndjson.partial").read_bytes().splitlines()]
    assert [row["id"] for row in rows] == [f"P{n}" for n in range(1, len(rows) + 1)]
    assert chunk <= len(rows) < RECORDS
    assert err == (
        f"stopped after {len(rows)} records; they are in '{tmp_path / 'r.ndjson.partial'}'\n"
    )


def test_stopped_by_hand_leaves_a_table_that_can_be_read(tmp_path: Path) -> None:
    """A Parquet file that was cut short still gets its end."""
    with waiting(tmp_path, "-o", "r.parquet", "-j", "1", chunk=2) as batch:
        _signal_all(batch, signal.SIGINT)
        assert batch.ended()[0] == 130
    ids = pl.read_parquet(tmp_path / "r.parquet.partial")["id"].to_list()
    assert ids == [f"P{n}" for n in range(1, len(ids) + 1)]
    assert 2 <= len(ids) < RECORDS


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_later_run_is_not_disturbed_by_what_was_left(tmp_path: Path, jobs: str) -> None:
    """A part that a killed run left stays, and the next one writes its own."""
    left = tmp_path / ".r.ndjson.1.part"
    left.write_text("left", encoding="utf-8")
    with waiting(tmp_path, "-o", "r.ndjson", "-j", jobs, chunk=1) as batch:
        code, _, err = batch.ended()
    assert (code, err.splitlines()[-1]) == (0, "24 records in, 24 rows out, 0 of them errors")
    assert _names(tmp_path) == [left.name, "r.ndjson"]
    rows = [json.loads(line) for line in (tmp_path / "r.ndjson").read_bytes().splitlines()]
    assert [row["id"] for row in rows] == [f"P{n}" for n in range(1, RECORDS + 1)]
