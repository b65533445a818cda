"""The processes of a run give back what they do not use, and have one thread each that computes."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.program import settings
from tests.batch.running import waiting

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into other processes")

_PROC = Path("/proc")


def _told(process: int) -> dict[str, str]:
    """Return the environment that a process was started with."""
    entries = (_PROC / str(process) / "environ").read_text(encoding="utf-8").split("\0")
    return dict(entry.split("=", 1) for entry in entries if entry)


def _workers(process: int) -> list[dict[str, str]]:
    """Return the environments of the processes that judge; the tracker beside them does not."""
    children = (_PROC / f"{process}/task/{process}/children").read_text(encoding="ascii").split()
    lines = {int(each): (_PROC / each / "cmdline").read_bytes() for each in children}
    return [_told(each) for each, line in lines.items() if b"multiprocessing-fork" in line]


def test_polars_is_told_to_give_memory_back_before_it_is_imported(
    cohort: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads this once; what it would keep of a chunk would add up over the processes."""
    # Where polars is imported already, here too, this says what polars likes.
    monkeypatch.delenv("_RJEM_MALLOC_CONF", raising=False)
    code = (
        "import os, sys; from backrec_cli.cli.app import run\n"
        "early = 'polars' in sys.modules\n"
        "run(sys.argv[1:]); print(early, os.environ['_RJEM_MALLOC_CONF'].split(',')[-2:])"
    )
    command = [sys.executable, "-c", code, "batch", str(cohort), "-q", "-o", "r.ndjson"]
    shown = subprocess.run(
        command,
        env=settings({}),
        cwd=cohort.parent,
        capture_output=True,
        check=True,
        text=True,
    )
    # polars puts what it likes in front; the last word counts.
    assert shown.stdout == "False ['dirty_decay_ms:0', 'muzzy_decay_ms:0']\n"


def test_worker_has_one_thread_and_one_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the environment says nothing of them."""
    for name in ("POLARS_MAX_THREADS", "MALLOC_ARENA_MAX"):
        monkeypatch.delenv(name, raising=False)
    with waiting(tmp_path, "-o", "r.ndjson", "-j", "2", chunk=2) as batch:
        workers = _workers(batch.process.pid)
        batch.ended()
    told = [(each["POLARS_MAX_THREADS"], each["MALLOC_ARENA_MAX"]) for each in workers]
    assert told == [("1", "1")] * 2


def test_what_the_environment_says_already_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever knows better for a machine is not overruled."""
    own = {
        "_RJEM_MALLOC_CONF": "dirty_decay_ms:70",
        "POLARS_MAX_THREADS": "3",
        "MALLOC_ARENA_MAX": "4",
    }
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    with waiting(tmp_path, "-o", "r.ndjson", "-j", "2", chunk=2) as batch:
        workers = _workers(batch.process.pid)
        batch.ended()
    assert len(workers) == 2
    for told in workers:
        assert told["_RJEM_MALLOC_CONF"].endswith(own["_RJEM_MALLOC_CONF"])
        assert (told["POLARS_MAX_THREADS"], told["MALLOC_ARENA_MAX"]) == ("3", "4")
