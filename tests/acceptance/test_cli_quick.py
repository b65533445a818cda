"""The quick reading of plain command lines asks for exactly what typer's reading asks for."""

import pytest

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import check, commands
from backrec_cli.cli.checking import CheckRequest
from backrec_cli.cli.quick import quick_request

PLAIN = [
    ("check", "a.json"),
    ("check", "a.json", "b.json", "-"),
    ("check", "a.json", "--as-of", "2026-03-16"),
    ("check", "--as-of", "2026-03-16", "a.json"),
    ("check", "--surgery-date", "x", "-f", "json", "-o", "-", "a", "--color", "never"),
    ("check", "a.json", "-q", "--exit-zero"),
    ("check", "-v", "a.json"),
    ("check", "", "-f", ""),
    ("check", "check"),
    ("check", "a.json", "--rules", "one", "--rules", "two"),
]
LEFT_TO_TYPER = [
    (),
    ("--version",),
    ("chekc", "a.json"),
    ("check",),
    ("check", "--help"),
    ("check", "a.json", "-h"),
    ("check", "a.json", "--as-of"),
    ("check", "a.json", "--as-of", "-q"),
    ("check", "a.json", "--as-of=2026-03-16"),
    ("check", "a.json", "-qv"),
    ("check", "a.json", "-q", "-q"),
    ("check", "a.json", "--rules"),
    ("check", "a.json", "--rules=one"),
    ("check", "a.json", "--", "-b.json"),
    ("check", "a.json", "--select", "x"),
    ("check", "a.json", "--debug"),
    ("check", "a.json", "--format", "json"),
    ("explain", "rule", "a.json"),
]


@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_quick_reading_equals_the_reading_of_typer(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever way a command line is read, the same is done."""
    asked: list[CheckRequest] = []

    def note(request: CheckRequest) -> ExitCode:
        asked.append(request)
        return ExitCode.ELIGIBLE

    monkeypatch.setattr(check, "check_patients", note)
    commands.invoke(arguments)
    assert [quick_request(arguments)] == asked


@pytest.mark.parametrize("arguments", LEFT_TO_TYPER, ids=" ".join)
def test_anything_else_is_left_to_typer(arguments: tuple[str, ...]) -> None:
    """Help, mistakes and abbreviations have one voice."""
    assert quick_request(arguments) is None
