"""`backrec rules validate`: each error and warning of folders of rules."""

import json
from pathlib import Path

import pytest

from tests.acceptance.program import Program
from tests.unit.lint_rows import clean
from tests.unit.overlay_bench import HEAD, write_overlay
from tests.unit.pack_files import FILES, write_pack

_WRONG = FILES["glucose.toml"].replace('level = "caution"', 'level = "cautoin"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for rules."""
    (tmp_path / "rules").mkdir()
    return tmp_path / "rules"


def test_shipped_rules_are_fine(backrec: Program) -> None:
    """Without a folder the shipped rules are looked at, and a strict run passes too."""
    result = backrec("rules", "validate", "--strict")
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("no errors, no warnings in ")


def test_error_is_shown_with_line_caret_and_hint(backrec: Program, folder: Path) -> None:
    """The list goes to standard output, the count to standard error, and the exit code is 2."""
    write_pack(folder, {"glucose.toml": _WRONG})
    result = backrec("rules", "validate", folder)
    assert result.out.splitlines() == [
        f"{folder}/glucose.toml:32:9: error[E320]: unknown level 'cautoin'",
        '  32 | level = "cautoin"',
        "     |         ^^^^^^^^^",
        "  hint: did you mean 'caution'?",
    ]
    assert (result.code, result.err) == (2, "1 error, no warnings in 5 files\n")


def test_warnings_pass_unless_strict(backrec: Program, folder: Path) -> None:
    """A warning is for the author to weigh; a pipeline may insist."""
    files = clean()
    files["sources.toml"] += '[who]\ncitation = "x"\nmark = "V"\n'
    write_pack(folder, files)
    relaxed = backrec("rules", "validate", folder)
    strict = backrec("rules", "validate", "--strict", folder)
    assert (relaxed.code, strict.code) == (0, 2)
    assert relaxed.out == strict.out
    assert f"{folder}/sources.toml:7:1: warning[W303]: nothing rests on source 'who'" in relaxed.out
    assert relaxed.err == "no errors, 1 warning in 5 files\n"


def test_several_folders_are_listed_one_after_the_other(backrec: Program, folder: Path) -> None:
    """Each folder is a pack of its own; one that is none is an error like any other."""
    write_pack(folder, {"glucose.toml": _WRONG})
    result = backrec("rules", "validate", folder, folder.parent / "nowhere", "--format", "json")
    found = json.loads(result.out)
    assert [(each["code"], each["line"]) for each in found] == [("E320", 32), ("E301", None)]
    assert (result.code, result.err) == (2, "2 errors, no warnings in 5 files\n")


def test_json_gives_place_words_and_hint(backrec: Program, folder: Path) -> None:
    """A program gets every part by name."""
    write_pack(folder, {"glucose.toml": _WRONG})
    result = backrec("rules", "validate", folder, "-f", "json")
    assert json.loads(result.out) == [
        {
            "file": f"{folder}/glucose.toml",
            "line": 32,
            "column": 9,
            "end_line": 32,
            "end_column": 18,
            "severity": "error",
            "code": "E320",
            "message": "unknown level 'cautoin'",
            "hint": "did you mean 'caution'?",
        }
    ]


def test_json_of_a_fine_pack_is_an_empty_list(backrec: Program) -> None:
    """A program need not tell silence from success."""
    assert backrec("rules", "validate", "-f", "json").out == "[]\n"


def test_github_commands_are_escaped(backrec: Program, tmp_path: Path) -> None:
    """No character of a file's name or of a message ends a command early."""
    folder = tmp_path / "a,b:100%"
    folder.mkdir()
    text = FILES["glucose.toml"].replace('level = "caution"', 'level = "50%\\n::x"')
    write_pack(folder, {"glucose.toml": text})
    result = backrec("rules", "validate", folder, "-f", "github")
    (line,) = result.out.splitlines()
    place = f"file={tmp_path}/a%2Cb%3A100%25/glucose.toml,line=32,endLine=32,col=9,endColumn=19"
    words, _, hint = line.partition("%0Ahint: ")
    assert words == f"::error {place},title=E320::unknown level '50%25 ::x'"
    assert hint.startswith("use one of 'absolute', ")


def test_unknown_format_is_refused(backrec: Program) -> None:
    """A format that is not there never falls back to another."""
    result = backrec("rules", "validate", "-f", "jsn")
    assert (result.code, result.out) == (2, "")
    assert result.err == "error: unknown format 'jsn'\n  hint: did you mean 'json'?\n"


_OVERLAY = HEAD.replace('"small"', '"back-reconstruction"')
_RULE = """
[[rule]]
id = "north-pale"
topic = "general"
title = "Pale"
when = "labs.haemoglobin < 100 'g/L'"
optional = ["labs.haemoglobin"]
level = "caution"
action = "Look."
role = ["nurse"]
mark = "LP"
"""
_FACT = '[labs.pallor]\ntype = "boolean"\nlabel = "Pale"\n'


def test_overlay_is_warned_of_what_it_adds_and_nothing_else(backrec: Program, folder: Path) -> None:
    """What is likely wrong is told of the overlay's files, each in its own file."""
    folder = write_overlay(
        folder / "north", {"overlay.toml": _OVERLAY, "pale.toml": _RULE, "facts.toml": _FACT}
    )
    result = backrec("rules", "validate", folder)
    assert [line for line in result.out.splitlines() if "warning" in line] == [
        f"{folder}/facts.toml:1:1: warning[W301]: nothing uses fact 'labs.pallor'",
        f"{folder}/pale.toml:6:28: warning[W311]: threshold '100 'g/L'' is not a parameter",
    ]


def test_tests_of_an_overlay_are_read(backrec: Program, folder: Path) -> None:
    """A slip in a test of an overlay is found without running it."""
    folder = write_overlay(folder / "north", {"overlay.toml": _OVERLAY})
    (folder / "tests").mkdir()
    (folder / "tests" / "t.toml").write_text(
        'baseline = "ordinary-fusion"\n[[test]]\nentry = "ob-3"\ncases = [{ expect = "flaged" }]\n',
        encoding="utf-8",
    )
    result = backrec("rules", "validate", folder)
    assert result.out.splitlines()[0] == (
        f"{folder}/tests/t.toml:4:21: error[E320]: unknown expect 'flaged'"
    )
    assert result.err == "1 error, no warnings in 2 files\n"


def test_broken_file_of_tests_is_named_beside_broken_rules(backrec: Program, folder: Path) -> None:
    """One run names every file that is wrong, of a pack and of an overlay."""
    pack = write_pack(folder, {"glucose.toml": _WRONG})
    overlay = write_overlay(folder / "north", {"overlay.toml": _OVERLAY + "[[sets]]\n"})
    for rules in (pack, overlay):
        (rules / "tests").mkdir()
        (rules / "tests" / "t.toml").write_text("[[test]\n", encoding="utf-8")
    found = json.loads(backrec("rules", "validate", pack, overlay, "-f", "json").out)
    assert [Path(each["file"]).name for each in found] == [
        "glucose.toml", "t.toml", "overlay.toml", "t.toml",
    ]  # fmt: skip
