"""The program, ready to run, and cohorts of patients to run it on."""

from pathlib import Path

import pytest

from tests.acceptance.program import Program
from tests.batch.patients import write_cohort


@pytest.fixture
def backrec(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return the program, run inside this process."""
    return Program(capsys)


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """Return a cohort of four patients, one of them broken, in a folder of its own."""
    return write_cohort(tmp_path / "in" / "cohort.ndjson", ("clean", "stop", "broken", "child"))
