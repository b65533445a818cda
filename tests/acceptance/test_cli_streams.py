"""Files, pipes and encodings: output is whole or absent, private, and never a traceback."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.program import (
    CLEAN,
    DAY,
    DIABETIC,
    Program,
    clean_profile,
    command,
    process,
    settings,
    write_profile,
)


@pytest.mark.parametrize(
    ("name", "start"), [("r.txt", "EXAMPLE"), ("r.json", "{"), ("r.md", "# "), ("r", "EXAMPLE")]
)
def test_output_takes_its_format_from_the_suffix(
    backrec: Program, tmp_path: Path, name: str, start: str
) -> None:
    """-o report.json is JSON; without a suffix it is text."""
    result = backrec("check", CLEAN, *DAY, "-o", tmp_path / name)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_format_wins_over_the_suffix(backrec: Program, tmp_path: Path) -> None:
    """What is asked for by name is what is written."""
    backrec("check", CLEAN, *DAY, "-f", "json", "-o", tmp_path / "r.txt")
    assert json.loads((tmp_path / "r.txt").read_text(encoding="utf-8"))["verdict"] == "eligible"


def test_output_is_for_its_owner_only_and_leaves_nothing_aside(
    backrec: Program, tmp_path: Path
) -> None:
    """A report is patient data: mode 0600, also over an older file, and no half file beside it."""
    target = tmp_path / "r.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o644)
    backrec("check", CLEAN, *DAY, "-o", target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["r.txt"]
    assert "NOTHING FLAGGED" in target.read_text(encoding="utf-8")


def test_output_follows_a_link_to_its_file(backrec: Program, tmp_path: Path) -> None:
    """A link stays a link; the file it names is the one that is written."""
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    backrec("check", CLEAN, *DAY, "-o", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert "NOTHING FLAGGED" in (tmp_path / "real.txt").read_text(encoding="utf-8")


def test_output_of_a_dash_is_stdout(backrec: Program) -> None:
    """-o - is the ordinary output."""
    assert "NOTHING FLAGGED" in backrec("check", CLEAN, *DAY, "-o", "-").out


def test_output_is_not_written_where_nothing_could_be_assessed(
    backrec: Program, tmp_path: Path
) -> None:
    """An old report is not replaced by an empty one."""
    target = tmp_path / "r.txt"
    target.write_text("old", encoding="utf-8")
    assert backrec("check", tmp_path / "absent.json", *DAY, "-o", target).code == 2
    assert target.read_text(encoding="utf-8") == "old"


def test_output_never_overwrites_a_profile(backrec: Program, tmp_path: Path) -> None:
    """The patient's record is not replaced by its own report."""
    path = write_profile(tmp_path / "p.json", clean_profile())
    before = path.read_bytes()
    result = backrec("check", path, *DAY, "-o", path)
    assert result.code == 2
    assert "would overwrite the profile" in result.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", ["absent/r.txt", "file/r.txt", "folder.txt"])
def test_output_that_cannot_be_written_is_exit_two(
    backrec: Program, tmp_path: Path, place: str
) -> None:
    """A folder that is not there, a file in its place, a folder of that name."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    result = backrec("check", DIABETIC, *DAY, "-o", tmp_path / place, "--exit-zero")
    assert result.code == 2
    assert "cannot write" in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_output_into_a_folder_without_permission_is_exit_two(
    backrec: Program, tmp_path: Path
) -> None:
    """A folder that may not be written to ends the run with a message."""
    tmp_path.chmod(0o500)
    assert backrec("check", CLEAN, *DAY, "-o", tmp_path / "r.txt").code == 2


def test_check_reads_standard_input() -> None:
    """- is standard input, and errors in it are shown under <stdin>."""
    good = process("check", "-", *DAY, "-q", stdin=CLEAN.read_bytes())
    assert (good.returncode, good.stderr) == (0, b"")
    bad = process("check", "-", *DAY, stdin=b"{")
    assert bad.returncode == 2
    assert bad.stderr.startswith(b"<stdin>:1:")


def test_check_of_an_empty_standard_input_is_exit_two() -> None:
    """Nothing at all is not a profile."""
    result = process("check", "-", *DAY)
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_check_prints_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    """A character that the encoding lacks never ends the run; the frame needs none of them."""
    document = clean_profile()
    document["patient"]["name"] = "Žižka, Jürgen ☐"
    path = write_profile(tmp_path / "p.json", document)
    result = process("check", path, *DAY, PYTHONIOENCODING=encoding)
    assert (result.returncode, result.stderr) == (0, b"")
    text = result.stdout.decode(encoding)
    assert "NOTHING FLAGGED IN THE FACTS GIVEN" in text
    lost = {"ascii": 4, "cp1252": 1, "latin-1": 3, "utf-8": 0}
    assert text.splitlines()[0].count("?") == lost[encoding]


@pytest.mark.parametrize("arguments", [("check", CLEAN, *DAY, "-v"), ("schema", "profile")])
def test_a_reader_who_goes_away_is_no_error(arguments: tuple[str, ...]) -> None:
    """`backrec ... | head` is quiet, and the exit code stays that of the verdict."""
    with subprocess.Popen(
        command(arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=settings({})
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="closing a stream is shell syntax of Unix")
def test_closed_standard_output_is_exit_two() -> None:
    """A report that nobody can get is a job not done; the verdict may not stand alone."""
    line = " ".join([*command(("check", CLEAN, *DAY)), ">&-"])
    result = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, check=False, env=settings({})
    )
    assert result.returncode == 2
    assert b"standard output is closed" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk_behind_standard_output_is_exit_two() -> None:
    """A report that could not be written is a job not done."""
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            command(("check", CLEAN, *DAY)),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=settings({}),
        )
    assert result.returncode == 2
    assert b"No space left on device" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colour_unless_it_does_not_want_it(
    environment: dict[str, str],
    coloured: bool,  # noqa: FBT001 - a column of the table.
) -> None:
    """Colour is for a terminal; NO_COLOR and TERM=dumb turn it off."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        command(("check", CLEAN, *DAY)), stdout=theirs, env=settings(environment)
    ) as running:
        os.close(theirs)
        shown = _read_all(ours)
        assert running.wait() == 0
    os.close(ours)
    assert (b"\x1b[" in shown) is coloured
    assert b"NOTHING FLAGGED" in shown


def _read_all(descriptor: int) -> bytes:
    parts = []
    while True:
        try:
            part = os.read(descriptor, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)
