"""The documentation is true: its commands run, its blocks are what the program prints."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from backrec_cli.cli.app import run
from tests.acceptance.program import ROOT, settings

README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = ROOT / "docs" / "report.svg"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OUTPUTS = [
    (page.name, command, body)
    for page in PAGES
    for command, body in re.findall(
        r"<!-- output of: (backrec .*?) -->\n+```\w*\n(.*?)```",
        page.read_text(encoding="utf-8"),
        re.DOTALL,
    )
]


def _section(title: str) -> str:
    """Return one section of the README."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.DOTALL | re.MULTILINE)
    assert found is not None, f"README.md has no section '{title}'"
    return found[1]


def _shell_blocks(title: str) -> list[str]:
    """Return the shell blocks of one section."""
    return [
        block.rstrip("\n") for block in re.findall(r"```sh\n(.*?)```", _section(title), re.DOTALL)
    ]


@pytest.mark.parametrize("title", ["Run it", "Test it"])
def test_readme_sets_up_and_runs_in_one_line(title: str) -> None:
    """One block of one line each, with all set-up in it and nothing but Python assumed."""
    (block,) = _shell_blocks(title)
    assert "\n" not in block
    assert block.startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_readme_run_line_runs_to_success(capsys: pytest.CaptureFixture[str]) -> None:
    """The command of "Run it" exits 0 and prints a report."""
    (block,) = _shell_blocks("Run it")
    words = shlex.split(block.rpartition("&&")[2])
    assert words[0] == ".venv/bin/backrec"
    paths = [word if not word.startswith("examples/") else str(ROOT / word) for word in words]
    assert run(paths[1:]) == 0
    assert "Decision support only" in capsys.readouterr().out


def test_readme_profile_gets_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The profile shown is read without an error, and is answered by a verdict."""
    (profile,) = re.findall(r"```json\n(.*?)```", _section("A profile"), re.DOTALL)
    path = tmp_path / "patient.json"
    path.write_text(profile, encoding="utf-8")
    assert run(["check", str(path), "--as-of", "2026-03-24"]) in {1, 3}
    assert capsys.readouterr().err == ""


def test_ci_runs_the_test_line_of_the_readme() -> None:
    """The script takes the line out of the README, so it cannot run another one."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert '"## Test it"' in script
    assert "pytest -q -n" not in script


@pytest.mark.parametrize(("page", "command", "body"), OUTPUTS)
def test_printed_output_is_what_the_program_prints(page: str, command: str, body: str) -> None:
    """Every block marked as the output of a command is that output, byte for byte."""
    result = subprocess.run(
        [sys.executable, "-m", "backrec_cli", *shlex.split(command)[1:]],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=settings({"COLUMNS": "80"}),
        encoding="utf-8",
    )
    assert result.stdout == body, f"{page}: run docs/make_picture.py"


def test_readme_shows_a_report_and_the_help() -> None:
    """There are output blocks to compare at all."""
    commands = [command for page, command, _ in OUTPUTS if page == "README.md"]
    assert any(command.startswith("backrec check examples/") for command in commands)
    assert "backrec check --help" in commands


def test_readme_opens_with_a_picture_that_is_there() -> None:
    """The first image comes before the first section, and its file exists."""
    opening = README.partition("\n## ")[0]
    found = re.search(r"!\[[^\]]+\]\(([^)]+)\)", opening)
    assert found is not None
    assert ROOT / found[1] == PICTURE
    assert PICTURE.is_file()


def test_picture_shows_the_words_of_the_real_report(capsys: pytest.CaptureFixture[str]) -> None:
    """The picture is made from the program's own output and has not fallen behind it."""
    drawn = re.sub(r"<[^>]+>", " ", PICTURE.read_text(encoding="utf-8"))
    words = set(re.findall(r"[\w.-]{3,}", drawn))
    (block,) = _shell_blocks("Run it")
    arguments = shlex.split(block.rpartition("&&")[2])[1:]
    run([word if not word.startswith("examples/") else str(ROOT / word) for word in arguments])
    printed = set(re.findall(r"[\w.-]{3,}", capsys.readouterr().out))
    assert printed - words == set()


def test_picture_loads_nothing_from_elsewhere() -> None:
    """No web font, no link, no script: a picture of a patient's report calls nobody."""
    text = PICTURE.read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[^\"')\s]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    for word in ("@font-face", "@import", "<script", "xlink:href"):
        assert word not in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_the_documentation_lead_somewhere(page: Path) -> None:
    """Every relative link names a file or folder of the repository."""
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    relative = [target for target in targets if "://" not in target]
    assert [target for target in relative if not (page.parent / target).exists()] == []


def test_readme_names_every_exit_code() -> None:
    """The table of exit codes is complete."""
    assert re.findall(r"^\| (\d+) \|", _section("Exit codes"), re.MULTILINE) == [
        "0",
        "1",
        "2",
        "3",
        "70",
    ]


def test_constraints_are_plain_versions() -> None:
    """One name and version a line: no address, no option, no path."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][\w.]*", line)] == []


def test_guide_to_operators_names_files_that_are_there() -> None:
    """Every path in the guide is a file of the repository."""
    text = (ROOT / "docs" / "adding-an-operator.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:src|tests|docs)/[\w/.-]+\.(?:py|md))`", text))
    assert len(named) >= 10
    assert [path for path in named if not (ROOT / path).is_file()] == []
