"""The other commands, help, version, and what happens without a command."""

import json
import stat
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from backrec_cli import __version__
from tests.acceptance.program import CLEAN, DAY, DIABETIC, HALF, ROOT, Program, process

COMMANDS = (
    (),
    ("check",),
    ("checklist",),
    ("explain",),
    ("rules",),
    ("rules", "eval"),
    ("rules", "list"),
    ("rules", "show"),
    ("rules", "docs"),
    ("rules", "diff"),
    ("rules", "test"),
    ("schema",),
    ("new",),
)
EXAMPLES = sorted((ROOT / "examples").glob("*/patient.json"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help(backrec: Program, command: tuple[str, ...], option: str) -> None:
    """Help goes to stdout, exits 0, and is plain text."""
    result = backrec(*command, option)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: {' '.join(('backrec', *command))}")
    assert result.out.isascii()


def test_version_is_said(backrec: Program) -> None:
    """--version prints name and number."""
    assert backrec("--version").out == f"backrec {__version__}\n"


@pytest.mark.parametrize("command", [(), ("rules",)], ids=" ".join)
def test_no_command_shows_the_help_and_is_exit_two(
    backrec: Program, command: tuple[str, ...]
) -> None:
    """Nothing asked for is nothing done: help on stderr, exit 2."""
    result = backrec(*command)
    assert (result.code, result.out) == (2, "")
    assert "Usage: backrec" in result.err


@pytest.mark.parametrize(
    "arguments",
    [("chekc",), ("check",), ("explain", "x"), ("schema", "packs"), ("rules", "evil"), ("--frob",)],
    ids=" ".join,
)
def test_wrong_use_is_exit_two_without_a_traceback(
    backrec: Program, arguments: tuple[str, ...]
) -> None:
    """A wrong command, a missing argument, an unknown option."""
    result = backrec(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: ")


def test_explain_shows_every_operand_with_its_value_and_origin(backrec: Program) -> None:
    """The trace names the comparison, the limit, and the value as it was reported."""
    result = backrec("explain", "dm-hba1c-high", DIABETIC, *DAY)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("dm-hba1c-high: ")
    assert "flagged as of 16-Mar-2026" in result.out
    assert "labs.hba1c" in result.out
    assert "reported 64 mmol/mol" in result.out
    assert "source: " in result.out


def test_explain_says_why_a_fact_is_unknown(backrec: Program) -> None:
    """A value without its unit is unknown, and the trace says so."""
    result = backrec("explain", "dm-hba1c-high", HALF, *DAY)
    assert "has no unit" in result.out


def test_explain_refuses_an_unknown_rule_with_a_suggestion(backrec: Program) -> None:
    """A mistyped id is answered with the one that was probably meant."""
    result = backrec("explain", "dm-hba1c-hihg", CLEAN)
    assert (result.code, result.out) == (2, "")
    assert "did you mean 'dm-hba1c-high'?" in result.err


def test_explain_takes_one_profile(backrec: Program, tmp_path: Path) -> None:
    """A folder of several patients cannot be explained."""
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(CLEAN.read_bytes())
    result = backrec("explain", "dm-hba1c-high", tmp_path)
    assert result.code == 2
    assert "one profile at a time" in result.err


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_keep_to_the_printed_schemas(backrec: Program, path: Path) -> None:
    """Every example is a profile of `schema profile`, and its result one of `schema assessment`."""
    for subject, document in (
        ("profile", path.read_text(encoding="utf-8")),
        ("assessment", backrec("check", path, *DAY, "-f", "json").out),
    ):
        schema = json.loads(backrec("schema", subject).out)
        Draft202012Validator.check_schema(schema)
        errors = list(Draft202012Validator(schema).iter_errors(json.loads(document)))
        # The half-filled example leaves units out on purpose: that is rejected, not malformed.
        if subject == "assessment" or path != HALF:
            assert errors == []


def test_new_profile_is_read_and_answers_nothing(backrec: Program, tmp_path: Path) -> None:
    """A starter is a valid profile; its unknowns clear nothing and decide nothing."""
    path = tmp_path / "patient.json"
    assert backrec("new", path).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    result = backrec("check", path, *DAY, "-f", "json")
    assert (result.code, result.err) == (3, "")
    document = json.loads(result.out)
    assert document["verdict"] == "undecided"
    assert document["rejected"] == []


@pytest.mark.parametrize("option", [(), ("--all",)], ids=["asked", "all"])
def test_new_profile_keeps_to_the_schema(backrec: Program, option: tuple[str, ...]) -> None:
    """What `new` prints is what `schema profile` describes."""
    schema = json.loads(backrec("schema", "profile").out)
    document = json.loads(backrec("new", *option).out)
    assert list(Draft202012Validator(schema).iter_errors(document)) == []
    assert document["procedure"]["urgency"] == "unknown"
    assert document["labs"]["hba1c"] == {
        "value": "unknown",
        "unit": "mmol/mol",
        "measured_on": "unknown",
    }


def test_new_profile_asks_for_more_with_all(backrec: Program) -> None:
    """Optional results are asked for only on request."""
    asked = json.loads(backrec("new").out)
    everything = json.loads(backrec("new", "--all").out)
    assert "prealbumin" not in asked["labs"]
    assert "prealbumin" in everything["labs"]


def test_new_profile_never_overwrites(backrec: Program, tmp_path: Path) -> None:
    """A profile that is there already is left alone."""
    path = tmp_path / "patient.json"
    path.write_text("mine", encoding="utf-8")
    result = backrec("new", path)
    assert result.code == 2
    assert "is there already" in result.err
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 1", "2"),
        ("true and null", "null"),
        ("8.0 '%' > 7.0 '%'", "true"),
        ("{ 'a', 'b' } contains 'a'", "true"),
        ("labs.hba1c is null", "true"),
    ],
)
def test_rules_eval_prints_a_cql_literal(backrec: Program, expression: str, value: str) -> None:
    """One expression, one value; a fact without a patient is unknown."""
    assert (backrec("rules", "eval", expression).out) == f"{value}\n"


def test_rules_eval_knows_the_facts_of_a_patient(backrec: Program) -> None:
    """--patient gives the facts their values, in their canonical units."""
    arguments = ("rules", "eval", "--patient", DIABETIC, *DAY)
    assert backrec(*arguments, "labs.hba1c").out == "64 'mmol/mol'\n"
    assert backrec(*arguments, "labs.hba1c >= 8.0 '%'").out == "true\n"
    assert backrec(*arguments, "Today()").out == "@2026-03-16\n"


def test_rules_eval_refuses_a_wrong_expression(backrec: Program) -> None:
    """One wrong expression is exit 2, with its place and a hint."""
    result = backrec("rules", "eval", "labs.hba1x > 1")
    assert (result.code, result.out) == (2, "")
    assert "did you mean 'labs.hba1c'?" in result.err


def test_rules_eval_answers_every_line() -> None:
    """- reads one expression a line and answers one line each, whatever stands in it."""
    lines = [b"1 + 1", b"1 +", b"", b"\xff\xfe", b"(" * 5000, b"'a' + 'b' = 'ab'", b"2 * 3"]
    result = process("rules", "eval", "-", stdin=b"\n".join(lines) + b"\n")
    assert result.returncode == 0
    answers = result.stdout.decode().splitlines()
    assert len(answers) == len(lines)
    assert answers[0] == "2"
    assert answers[1].startswith("error: ")
    assert answers[3].startswith("error: ")
    assert answers[4].startswith("error: ")
    assert answers[-1] == "6"
    assert b"Traceback" not in result.stderr
