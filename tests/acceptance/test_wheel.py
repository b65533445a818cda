"""The wheel: built from this tree, installed elsewhere, run from another folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.acceptance.program import CLEAN, DAY, ROOT


def _python(*arguments: str | Path, cwd: Path, **environment: str) -> str:
    """Run this interpreter; return what it prints, and fail with what it says."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    result = subprocess.run(
        [sys.executable, *(str(argument) for argument in arguments)],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**kept, **environment},
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with the build backend that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_carries_the_program_and_its_rules_and_nothing_else(wheel: Path) -> None:
    """Every module and every file of the pack is in it; tests and examples are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = ROOT / "src" / "backrec_cli"
    modules = {f"backrec_cli/{path.relative_to(package)}" for path in package.rglob("*.py")}
    rules = {
        f"backrec_cli/rules/{path.relative_to(ROOT / 'rules')}"
        for path in (ROOT / "rules").rglob("*.toml")
    }
    sheet = {
        f"backrec_cli/render/checklist/{name}"
        for name in (
            "sheet.typ",
            "sheet.html.j2",
            "fonts/DejaVuSans.ttf",
            "fonts/DejaVuSans-Bold.ttf",
            "fonts/LICENSE.txt",
            "fonts/coverage.txt",
        )
    }
    assert modules | rules | sheet <= names
    assert not [n for n in names if n.startswith(("tests", "examples")) or n.endswith(".pyc")]
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_installed_wheel_checks_a_patient_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """The rules are found in the installed package, wherever the program is started."""
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    _python(
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-index",
        "--target",
        site,
        wheel,
        cwd=elsewhere,
    )
    where = "import backrec_cli; print(backrec_cli.__file__)"
    found = _python("-c", where, cwd=elsewhere, PYTHONPATH=str(site))
    assert Path(found.strip()).is_relative_to(site)
    report = _python("-m", "backrec_cli", "check", CLEAN, *DAY, cwd=elsewhere, PYTHONPATH=str(site))
    assert "NOTHING FLAGGED IN THE FACTS GIVEN" in report
