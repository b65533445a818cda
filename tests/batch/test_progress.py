"""How far a run is: a bar on a terminal, few lines elsewhere; what is said without the extra."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backrec_cli.cli.batching import progress
from tests.acceptance.program import command, settings
from tests.batch.patients import DAY
from tests.batch.stub_cohort import stub_cohort


def test_lines_come_at_most_every_ten_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four stretches, at 1, 9, 12 and 13 seconds: one line, with rate and share."""
    clock = iter([0.0, 1.0, 9.0, 12.0, 13.0])
    monkeypatch.setattr("backrec_cli.cli.batching.progress.time.monotonic", lambda: next(clock))
    with progress.progress_for(stub_cohort([4000, 4000]), quiet=False) as shown:
        for _ in range(4):
            shown.advance(1200, 1000)
    assert capsys.readouterr().err == "3,600 records, 300 a second, 38% of the input\n"


def test_quiet_progress_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """-q is heeded however long it takes."""
    with progress.progress_for(stub_cohort([2]), quiet=True) as shown:
        shown.advance(2, 2)
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_a_bar(cohort: Path) -> None:
    """The bar goes to stderr, and the rows, in a pipe, are not touched by it."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        command(("batch", cohort, "--as-of", DAY)),
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=settings({"TERM": "xterm", "COLUMNS": "100"}),
    ) as running:
        os.close(theirs)
        shown = b""
        while part := _read(ours):
            shown += part
        assert running.stdout is not None
        rows = running.stdout.read()
    os.close(ours)
    assert b"records" in shown
    assert "━".encode() in shown
    assert b"4 records in, 4 rows out, 1 of them an error" in shown
    assert rows.count(b"\n") == 4


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


@pytest.mark.parametrize("arguments", ["'--emit-schema'", "'patients.ndjson'"])
def test_missing_extra_says_how_to_install_it(arguments: str) -> None:
    """Without polars, `batch` is exit 2 with the one line that mends it."""
    script = (
        "import sys; sys.modules['polars'] = None\n"
        "from backrec_cli.cli.app import run\n"
        f"sys.exit(run(['batch', {arguments}]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, env=settings({})
    )
    assert result.returncode == 2
    assert b"pip install 'backrec[batch]'" in result.stderr
    assert b"Traceback" not in result.stderr
