"""Processes that are started ahead: for what needs several, and none is left behind."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from backrec_cli.batch.run import judge_cohort
from backrec_cli.batch.standby import standing_by
from backrec_cli.cli.batching.ahead import processes_ahead
from backrec_cli.cli.batching.request import BatchRequest, Places, Question
from backrec_cli.errors import UsageError
from tests.batch.stub_cohort import stub_cohort
from tests.batch.test_run import JOB, SIZES


def request(source: Path | str, jobs: int | None = 2, engine: str = "polars") -> BatchRequest:
    """Return what a run is told."""
    return BatchRequest(str(source), None, Places(), Question(), engine, jobs)


def sparse(path: Path, size: int) -> Path:
    """Return a file of so many bytes, none of which lies on the disk."""
    with path.open("wb") as stream:
        stream.truncate(size)
    return path


@pytest.mark.parametrize("ahead", [1, 3])
def test_pieces_are_the_same_whoever_was_ready(ahead: int) -> None:
    """Too few or too many: two judge, and in the end there is none."""
    with standing_by(ahead) as ready:
        pieces = [each.results for each in judge_cohort(stub_cohort(SIZES), JOB, 2, ready)]
    assert pieces == [each.results for each in judge_cohort(stub_cohort(SIZES), JOB, 1)]
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("end", [lambda: None, lambda: 1 / 0])
def test_processes_that_find_nothing_to_do_are_ended(end: Callable[[], object]) -> None:
    """However it ends before there is a job, also while they still get ready."""
    try:
        with standing_by(2) as ready:
            assert len(multiprocessing.active_children()) == 2
            end()
    except ZeroDivisionError:
        assert end is not None
    assert all(each.stopped for each in ready)
    assert multiprocessing.active_children() == []


def test_process_that_is_gone_before_its_job_is_said() -> None:
    """It is the same trouble as later on."""
    with standing_by(1) as ready:
        ready[0].process.kill()
        ready[0].process.join()
        with pytest.raises(UsageError, match="a worker process was ended by SIGKILL"):
            list(judge_cohort(stub_cohort(SIZES), JOB, 2, ready))
    assert multiprocessing.active_children() == []


def test_only_a_large_file_is_worth_processes_ahead(tmp_path: Path) -> None:
    """One chunk is judged in the process that is there; how much comes by a pipe nobody knows."""
    large, small = sparse(tmp_path / "large", 17 << 20), sparse(tmp_path / "small", 15 << 20)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert processes_ahead(request(large)) == 2
    assert processes_ahead(request(large, None)) == (0 if cores == 1 else cores)
    others: list[Path | str] = [small, tmp_path, tmp_path / "none", "-", "a\0b", "x" * 5000]
    assert [processes_ahead(request(each)) for each in others] == [0] * 6
    assert processes_ahead(request(large, 1)) == 0
    assert processes_ahead(request(large, engine="pyspark")) == 0
