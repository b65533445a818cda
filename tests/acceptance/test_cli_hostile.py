"""Hostile paths and documents: exit 2 with a place and a hint, never a traceback or a hang."""

import os
from pathlib import Path

import pytest

from tests.acceptance.program import CLEAN, DAY, Program, clean_profile, process, write_profile


def _refused(backrec: Program, *arguments: str | Path) -> str:
    """Run a check that must end in exit 2 without output; return what it says."""
    result = backrec("check", *arguments, *DAY)
    assert (result.code, result.out) == (2, "")
    assert "Traceback" not in result.err
    assert "internal error" not in result.err
    return result.err


def test_missing_file_is_said_by_name(backrec: Program, tmp_path: Path) -> None:
    """A file that is not there."""
    assert "absent.json': No such file or directory" in _refused(backrec, tmp_path / "absent.json")


def test_empty_folder_is_no_success(backrec: Program, tmp_path: Path) -> None:
    """A folder without profiles has not been checked."""
    assert "no *.json file in folder" in _refused(backrec, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_unreadable_file_is_said_by_name(backrec: Program, tmp_path: Path) -> None:
    """A file that may not be read."""
    path = write_profile(tmp_path / "p.json", {})
    path.chmod(0)
    assert "Permission denied" in _refused(backrec, path)


def test_file_below_a_file_is_said_by_name(backrec: Program, tmp_path: Path) -> None:
    """A path through a file."""
    path = write_profile(tmp_path / "p.json", {})
    assert "Not a directory" in _refused(backrec, path / "x.json")


def test_name_that_no_file_can_have_is_refused(backrec: Program) -> None:
    """A name with a null character, and one that is too long."""
    assert "no such name can exist" in _refused(backrec, "a\0b")
    assert "File name too long" in _refused(backrec, "a" * 5000)


def test_name_with_control_characters_is_shown_harmlessly(backrec: Program, tmp_path: Path) -> None:
    """A file's name cannot act on the terminal, neither in an error nor above a report."""
    name = "evil\x1b[31m\u202e.json"
    assert "evil\\x1b[31m\\u202e.json" in _refused(backrec, tmp_path / name)
    write_profile(tmp_path / name, clean_profile())
    result = backrec("check", tmp_path / name, CLEAN, *DAY)
    assert "==> " in result.out
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_endless_file_is_refused(backrec: Program) -> None:
    """A stream without end does not fill the memory."""
    assert "larger than 16 MB" in _refused(backrec, "/dev/zero")


def test_loop_of_links_is_refused(backrec: Program, tmp_path: Path) -> None:
    """A link to itself is no file."""
    (tmp_path / "loop.json").symlink_to(tmp_path / "loop.json")
    assert "cannot read" in _refused(backrec, tmp_path / "loop.json")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe{\x00}\x00",
        b"\x00" * 100,
        b"\x80\x81",
        b'{"labs": NaN}',
        b'{"labs": {"inr": Infinity}}',
        b'{"labs": {"inr": 1e999999999}}',
        b'{"labs": {"inr": ' + b"9" * 10_000 + b"}}",
        b'{"labs": {}, "labs": {}}',
        b'{"labs": null}',
        b'{"patient": {"name": "\\ud800"}}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"reviewed": ["everything"]}',
        b'{"overrides": {}}',
        b"{} {}",
        b"%PDF-1.7",
        b"patient_id,age\n1,65\n",
    ],
    ids=lambda data: repr(data[:24]),
)
def test_malformed_profile_is_refused_whole(backrec: Program, tmp_path: Path, data: bytes) -> None:
    """Any bytes end in exit 2, with the place of each error."""
    path = tmp_path / "p.json"
    path.write_bytes(data)
    message = _refused(backrec, path)
    assert message.startswith(f"{path}")
    assert "error[E4" in message


def test_profile_with_a_byte_order_mark_is_read(backrec: Program, tmp_path: Path) -> None:
    """A file saved by a spreadsheet or an editor of Windows is read."""
    path = tmp_path / "p.json"
    path.write_bytes(b"\xef\xbb\xbf" + CLEAN.read_bytes())
    assert backrec("check", path, *DAY).code == 0


def test_all_errors_of_a_profile_are_said_at_once(backrec: Program, tmp_path: Path) -> None:
    """Each with file, line and column."""
    path = tmp_path / "p.json"
    path.write_text(
        '{\n  "labs": {"hba1x": 1},\n  "procedure": {"date": "2026-02-30"},\n  "vital": {}\n}\n',
        encoding="utf-8",
    )
    message = _refused(backrec, path)
    assert [f"{path}:{line}:" in message for line in (2, 3, 4)] == [True, True, True]
    assert "did you mean" in message


@pytest.mark.parametrize("format_name", ["text", "json", "markdown"])
def test_patient_text_never_acts(backrec: Program, tmp_path: Path, format_name: str) -> None:
    """Escapes, controls and bidi marks of a profile reach no output as they are."""
    document = clean_profile()
    document["patient"]["name"] = "A\x1b[2JB\u202eC\x07D\u200bE[/b]<script>"
    document["procedure"]["operation"] = "\x1b]0;owned\x07 fusion"
    path = write_profile(tmp_path / "p.json", document)
    for colour in ("never", "always"):
        out = backrec("check", path, *DAY, "-f", format_name, "--color", colour).out
        for character in ("\x1b[2J", "\u202e", "\x07", "\u200b", "\x1b]"):
            assert character not in out


def test_bug_is_exit_seventy_and_tells_no_patient_data(
    backrec: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error nobody foresaw is one line without a traceback; --debug shows it."""

    def broken(*_: object, **__: object) -> None:
        words = "Mrs Example, HbA1c 71"
        raise ZeroDivisionError(words)

    monkeypatch.setattr("backrec_cli.cli.session.assess", broken)
    result = backrec("check", CLEAN, *DAY)
    assert (result.code, result.out) == (70, "")
    assert "internal error (ZeroDivisionError at test_cli_hostile.py:" in result.err
    assert "Mrs Example" not in result.err
    assert "Traceback" not in result.err
    shown = backrec("check", CLEAN, *DAY, "--debug")
    assert shown.code == 70
    assert "Traceback" in shown.err


def test_interrupt_is_exit_one_hundred_and_thirty(
    backrec: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control-C ends the run without a word."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("backrec_cli.cli.session.assess", interrupted)
    result = backrec("check", CLEAN, *DAY)
    assert (result.code, result.out) == (130, "")
    assert "Traceback" not in result.err


def test_deep_document_does_not_crash_the_process() -> None:
    """A hundred thousand open brackets end in exit 2 in a process of its own, too."""
    result = process("check", "-", *DAY, stdin=b"[" * 100_000)
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
