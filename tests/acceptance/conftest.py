"""The program, ready to run."""

import pytest

from tests.acceptance.program import Program


@pytest.fixture
def backrec(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return the program, run inside this process."""
    return Program(capsys)
