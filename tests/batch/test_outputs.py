"""Outputs that cannot be written: whole or absent, and said so."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from backrec_cli.cli.whole_files import WholeFiles
from backrec_cli.errors import UsageError
from tests.acceptance.program import Program, command, settings
from tests.batch.patients import DAY
from tests.batch.running import waiting

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the files of Unix")


def test_files_appear_together_at_the_end(tmp_path: Path) -> None:
    """Until all is published, no name is taken."""
    with WholeFiles() as files:
        files.open(str(tmp_path / "a")).write(b"1")
        files.open(str(tmp_path / "b")).write(b"2")
        assert not (tmp_path / "a").exists()
        files.publish()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}


def test_part_of_a_killed_run_under_the_same_number_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container every run may have the same process number."""
    monkeypatch.setattr("backrec_cli.cli.whole_files.os.getpid", lambda: 7)
    (tmp_path / ".a.7.part").write_bytes(b"left")
    with WholeFiles() as files:
        files.open(str(tmp_path / "a")).write(b"1")
        files.publish()
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert found == {".a.7.part": b"left", "a": b"1"}


@pytest.mark.parametrize("place", ["absent/r", "file/r", "folder", "x" * 300])
def test_name_that_cannot_be_written_is_told_before_anything_is_judged(
    tmp_path: Path, place: str
) -> None:
    """A folder that is not there, a file in its place, a folder of that name, too long a name."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with WholeFiles() as files, pytest.raises(UsageError, match="cannot write"):
        files.open(str(tmp_path / place))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_folder_without_permission_is_exit_two(
    backrec: Program, cohort: Path, tmp_path: Path
) -> None:
    """A folder that may not be written to ends the run with a message."""
    (tmp_path / "out").mkdir(mode=0o500)
    result = backrec("batch", cohort, "--as-of", DAY, "-o", tmp_path / "out" / "r.csv")
    assert (result.code, result.out) == (2, "")
    assert "cannot write" in result.err


def test_one_output_that_cannot_be_written_keeps_back_the_others(
    backrec: Program, cohort: Path, tmp_path: Path
) -> None:
    """Rows without the summary that was asked for are half a job."""
    (tmp_path / "out").mkdir()
    outputs = ("-o", tmp_path / "out" / "r.csv", "--summary", tmp_path / "absent" / "s.json")
    result = backrec("batch", cohort, "--as-of", DAY, *outputs)
    assert result.code == 2
    assert list((tmp_path / "out").iterdir()) == []


def test_full_disk_leaves_no_file(tmp_path: Path) -> None:
    """What does not fit is removed, also with several processes, and the message says why."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    with waiting(tmp_path, "-o", "r.ndjson", "-j", "1", chunk=1, prepare=limited) as batch:
        code, _, err = batch.ended()
    assert code == 2
    assert err == "error: cannot write 'r.ndjson': File too large\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk_behind_standard_output_is_exit_two(cohort: Path) -> None:
    """Rows that were lost are a job not done."""
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            command(("batch", cohort, "--as-of", DAY)),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=settings({}),
        )
    assert result.returncode == 2
    assert result.stderr == b"error: cannot write standard output: No space left on device\n"


def test_reader_who_goes_away_is_told_of(tmp_path: Path) -> None:
    """Rows that nobody reads are a job not done: exit 2, one line, no traceback."""
    with waiting(tmp_path, "-j", "1", chunk=1) as batch:
        assert batch.process.stdout is not None
        first = batch.process.stdout.readline()
        batch.process.stdout.close()
        os.close(batch.go)
        batch.go = -1
        assert batch.process.stderr is not None
        err = batch.process.stderr.read()
        code = batch.process.wait()
    assert first.startswith(b'{"id":"P1",')
    assert code == 2
    assert err == (
        b"error: whoever read standard output has stopped reading; the rest was not written\n"
    )


def test_pipe_is_written_to_and_not_replaced(
    backrec: Program, cohort: Path, tmp_path: Path
) -> None:
    """-o names a pipe: its reader gets the rows, and it stays a pipe."""
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:  # noqa: S607
        result = backrec("batch", cohort, "--as-of", DAY, "-o", pipe)
        assert reader.stdout is not None
        text = reader.stdout.read()
    assert result.code == 2
    assert text.count(b"\n") == 5
    assert pipe.is_fifo()
