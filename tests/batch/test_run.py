"""One process or several: the same pieces in the same order, nothing lost, no hang."""

import json
import multiprocessing
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from backrec_cli.batch.chunk import Answer, Chunk
from backrec_cli.batch.columns.assessor import ColumnAssessor
from backrec_cli.batch.piece import Job
from backrec_cli.batch.reference import Terms
from backrec_cli.batch.run import judge_cohort
from backrec_cli.batch.tally import Tally
from backrec_cli.errors import UsageError
from tests.acceptance.program import Program
from tests.batch.patients import DAY
from tests.batch.stub_cohort import Harm, StubChunk, StubCohort, stub_cohort
from tests.shipped import pack

JOB = Job(Terms(pack(), date.fromisoformat(DAY)), "polars", "ndjson", with_rejects=True)
SIZES = (3, 1, 4, 1, 5, 2)


def _ids(cohort: StubCohort, jobs: int) -> list[str]:
    pieces = judge_cohort(cohort, JOB, jobs)
    return [json.loads(line)["id"] for piece in pieces for line in piece.results.splitlines()]


@pytest.mark.parametrize("jobs", [1, 3])
def test_pieces_come_in_the_order_of_the_cohort(jobs: int) -> None:
    """Uneven chunks finish in any order; their rows come out in one, and no process is left."""
    assert _ids(stub_cohort(SIZES), jobs) == [f"P{number}" for number in range(1, 17)]
    assert multiprocessing.active_children() == []


def test_more_chunks_than_may_be_on_the_way_at_once() -> None:
    """The window of chunks moves on; it is no limit on the cohort."""
    assert _ids(stub_cohort([1] * 30, kind="broken"), 2) == [None] * 30


@pytest.mark.parametrize("jobs", [1, 2])
def test_chunk_that_loses_a_record_is_a_bug(jobs: int) -> None:
    """Records that were counted and did not come are never passed over in silence."""
    cohort = StubCohort([StubChunk(1, 2), StubChunk(3, 2, lost=1), StubChunk(5, 1)])
    with pytest.raises(RuntimeError, match="2 records gave 1 rows"):
        _ids(cohort, jobs)


def test_rows_that_were_counted_otherwise_are_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an engine counts while it judges is held to the rows that it gives."""
    assess = ColumnAssessor.assess

    def miscounted(assessor: ColumnAssessor, chunk: Chunk) -> Answer:
        return replace(assess(assessor, chunk), tally=Tally(Counter({"defer": 1, "eligible": 1})))

    monkeypatch.setattr(ColumnAssessor, "assess", miscounted)
    with pytest.raises(RuntimeError, match="other verdicts than its rows say"):
        _ids(StubCohort([StubChunk(1, 2)]), 1)


def test_chunk_that_starts_elsewhere_is_a_bug() -> None:
    """A gap between two chunks is a record lost, an overlap is one counted twice."""
    with pytest.raises(RuntimeError, match="record 4 follows on 2 rows"):
        _ids(StubCohort([StubChunk(1, 2), StubChunk(4, 1)]), 1)


def test_worker_that_is_killed_ends_the_run() -> None:
    """Nobody waits for an answer that cannot come; the message says what to try."""
    with pytest.raises(UsageError, match=r"ended by SIGKILL\n  hint: .*--jobs"):
        _ids(stub_cohort(SIZES, harm=Harm.KILLED), 2)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("harm", "error", "said"),
    [
        (Harm.MENDABLE, UsageError, "the cohort became shorter"),
        (Harm.VANISHED, UsageError, "'c.ndjson': No such file or directory"),
        (Harm.BUG, RuntimeError, "ValueError"),
    ],
)
def test_trouble_in_a_worker_is_told_where_the_run_is(
    harm: Harm, error: type[Exception], said: str
) -> None:
    """An error crosses from one process to the other as what it is."""
    with pytest.raises(error, match=said):
        _ids(stub_cohort(SIZES, harm=harm), 2)


@pytest.mark.parametrize(("harm", "code"), [(Harm.KILLED, 2), (Harm.BUG, 70)])
def test_run_that_ends_badly_writes_nothing(
    backrec: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Harm, code: int
) -> None:
    """Exit 2 for a killed worker, 70 for a bug; no output, and nothing of a patient is said."""
    cohort = stub_cohort(SIZES, harm=harm)
    monkeypatch.setattr(
        "backrec_cli.cli.batching.run.open_cohort", lambda *_args, **_kwargs: cohort
    )
    outputs = ("-o", tmp_path / "r.csv", "--rejects", tmp_path / "x.ndjson")
    result = backrec("batch", "stub", "--as-of", DAY, "-j", "2", *outputs)
    assert result.code == code
    assert result.err.startswith("error: ")
    assert "patient data" not in result.err
    assert list(tmp_path.iterdir()) == []
