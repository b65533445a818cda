"""Runs the program: inside this process where that is enough, as a process where streams count."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from backrec_cli.cli.app import run

ROOT = Path(__file__).resolve().parent.parent.parent
CLEAN = ROOT / "examples" / "clean-elective" / "patient.json"
DIABETIC = ROOT / "examples" / "diabetic-at-the-limit" / "patient.json"
HALF = ROOT / "examples" / "half-filled" / "patient.json"
CHILD = ROOT / "examples" / "out-of-scope-child" / "patient.json"
DAY = ("--as-of", "2026-03-16")

_CHANGING = ("NO_COLOR", "COLUMNS", "BACKREC_RULES")

Object = dict[str, object]


@dataclass(frozen=True)
class Result:
    """What one run of the program gave."""

    code: int
    out: str
    err: str


class Program:
    """The program, run inside this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Result:
        """Run it with arguments; return exit code, output and errors of this run alone."""
        self._capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return Result(code, out, err)


def process(
    *arguments: str | Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    return subprocess.run(
        command(arguments),
        input=stdin,
        capture_output=True,
        check=False,
        env=settings(environment),
        cwd=ROOT,
    )


def command(arguments: Sequence[str | Path]) -> list[str]:
    """Return the command line of the program."""
    return [sys.executable, "-m", "backrec_cli", *(str(argument) for argument in arguments)]


def settings(environment: dict[str, str]) -> dict[str, str]:
    """Return this process's environment without what would change a report, and with changes."""
    kept = {key: value for key, value in os.environ.items() if key not in _CHANGING}
    return {**kept, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "src"), **environment}


def clean_profile() -> dict[str, Object]:
    """Return the complete, healthy patient as a document to change."""
    document: dict[str, Object] = json.loads(CLEAN.read_text(encoding="utf-8"))
    return document


def write_profile(path: Path, document: object) -> Path:
    """Write a document as a profile."""
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
