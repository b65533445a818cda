"""What a plain check does without, so that it starts fast."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PATIENT = ROOT / "examples" / "clean-elective" / "patient.json"
PROGRAM = f"""
import sys
from backrec_cli.cli.app import run
code = run(["check", {str(PATIENT)!r}, "--as-of", "2026-03-16", "-q"])
sys.stderr.write(" ".join([str(int(code)), *sys.modules]))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """Return the exit code and the names of all modules of one plain check."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize("module", ["typer", "rich", "pydantic", "jinja2", "difflib"])
def test_plain_check_does_without(loaded: set[str], module: str) -> None:
    """Each of these takes as long to import as a good part of the check takes to run."""
    assert {"0", "backrec_cli.engine.assess"} <= loaded
    assert module not in loaded
