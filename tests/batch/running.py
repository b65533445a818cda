"""A batch that waits for a test at a moment that was chosen, and is then let go or stopped."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.program import ROOT, settings
from tests.batch.patients import DAY, write_cohort

RECORDS = 24
"""How many records the cohort of such a batch holds: about five chunks."""

_PATIENCE = 60.0


@dataclass
class Running:
    """A batch that was started, and the end of the pipe that keeps it waiting."""

    process: subprocess.Popen[bytes]
    go: int

    def ended(self) -> tuple[int, bytes, str]:
        """Let it go, and wait until it and all it started are gone: exit code, stdout, stderr."""
        os.close(self.go)
        self.go = -1
        # Reads until no process holds the other end of these pipes any more.
        out, err = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, out, err.decode()


@contextmanager
def waiting(
    folder: Path, *options: str, chunk: int, prepare: Callable[[], None] | None = None
) -> Iterator[Running]:
    """Give a batch that waits after a chunk; its outputs go to a folder, its cohort lies apart."""
    cohort = write_cohort(folder.parent / f"{folder.name}-in" / "c.ndjson", ["clean"] * RECORDS)
    told, tell = os.pipe()
    going, go = os.pipe()
    program = [sys.executable, "-m", "tests.batch.small_chunks", str(tell), str(going), str(chunk)]
    with subprocess.Popen(
        [*program, "batch", str(cohort), "--as-of", DAY, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=settings({"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}),
        cwd=folder,
        pass_fds=[tell, going],
        preexec_fn=prepare,  # noqa: PLW1509 - this process has one thread.
        start_new_session=True,
    ) as process:
        os.close(tell)
        os.close(going)
        batch = Running(process, go)
        try:
            os.read(told, 1)
            yield batch
        finally:
            process.kill()
            os.close(told)
            if batch.go >= 0:
                os.close(batch.go)
