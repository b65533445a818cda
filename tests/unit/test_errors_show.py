"""How a diagnostic looks."""

import pytest

from backrec_cli.errors import Diagnostic, Severity
from backrec_cli.errors.show import harmless, show_diagnostic, show_diagnostics
from backrec_cli.source import SourceText, Span


def _shown(text: str, start: int, end: int) -> list[str]:
    """Show an error at a span of a text; leave out the first line."""
    source = SourceText("a.toml", text)
    return show_diagnostic(Diagnostic("E201", "wrong", Span(start, end), source=source)).split(
        "\n"
    )[1:]


def test_diagnostic_shows_place_line_caret_and_hint() -> None:
    """The picture of the house style, character by character."""
    text = "\n" * 13 + 'when = "labs.hba1 >= hba1c_limit"\n'
    diagnostic = Diagnostic(
        "E201",
        "unknown fact 'labs.hba1'",
        Span(21, 30),
        "did you mean 'labs.hba1c'?",
        source=SourceText("rules/glucose.toml", text),
    )
    assert show_diagnostic(diagnostic) == (
        "rules/glucose.toml:14:9: error[E201]: unknown fact 'labs.hba1'\n"
        '  14 | when = "labs.hba1 >= hba1c_limit"\n'
        "     |         ^^^^^^^^^\n"
        "  hint: did you mean 'labs.hba1c'?"
    )


@pytest.mark.parametrize(
    ("diagnostic", "shown"),
    [
        (Diagnostic("E301", "no 'pack.toml'"), "error[E301]: no 'pack.toml'"),
        (Diagnostic("W1", "old", severity=Severity.WARNING), "warning[W1]: old"),
        (Diagnostic("E303", "a link", source=SourceText("a", "")), "a: error[E303]: a link"),
    ],
)
def test_diagnostic_without_a_place_is_one_line(diagnostic: Diagnostic, shown: str) -> None:
    """What is not known is not printed."""
    assert show_diagnostic(diagnostic) == shown


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("\tx = 1", (5, 6), ["  1 |     x = 1", "    |         ^"]),
        ("日本 = 1", (5, 6), ["  1 | 日本 = 1", "    |        ^"]),
        ("日本 = 1", (0, 2), ["  1 | 日本 = 1", "    | ^^^^"]),
        ("e\u0301x = 1", (2, 3), ["  1 | e\u0301x = 1", "    |  ^"]),
        ("a = \x1b[31m", (4, 5), ["  1 | a = \\x1b[31m", "    |     ^^^^"]),
        ("a\u202eb", (2, 3), ["  1 | a\\u202eb", "    |        ^"]),
        ("x = \ud800", (0, 1), ["  1 | x = \\ud800", "    | ^"]),
        ("x =", (3, 4), ["  1 | x =", "    |    ^"]),
        ("x = 1\n", (6, 6), ["  2 |", "    | ^"]),
        ("", (0, 0), ["  1 |", "    | ^"]),
        ('a = """x\ny"""', (4, 12), ['  1 | a = """x', "    |     ^^^^"]),
    ],
)
def test_caret_stands_under_the_place(
    text: str, span: tuple[int, int], expected: list[str]
) -> None:
    """Tabs, wide, combining and dangerous characters keep the caret where it belongs."""
    assert _shown(text, *span) == expected


def test_long_line_is_cut_around_the_place() -> None:
    """A profile on one line of a megabyte still shows the error and forty characters before it."""
    line, caret = _shown("a" * 500_000 + "!" + "b" * 500_000, 500_000, 500_001)
    assert line == "  1 | ..." + "a" * 40 + "!" + "b" * 55 + "..."
    assert caret.index("^") == line.index("!")
    assert caret.count("^") == 1


def test_long_span_is_cut_with_its_line() -> None:
    """The carets end where the line is cut."""
    line, caret = _shown("a" * 1_000, 0, 1_000)
    assert line == "  1 | " + "a" * 96 + "..."
    assert caret == "    | " + "^" * 96


def test_message_place_and_hint_never_act_on_a_terminal() -> None:
    """Names in messages come from files, and files may hold anything."""
    diagnostic = Diagnostic(
        "E1", "unknown '\x1b[2J'", Span(0, 1), "rename '\u2067'", source=SourceText("a\x07", "x")
    )
    assert show_diagnostic(diagnostic).split("\n") == [
        "a\\x07:1:1: error[E1]: unknown '\\x1b[2J'",
        "  1 | x",
        "    | ^",
        "  hint: rename '\\u2067'",
    ]


def test_several_diagnostics_stand_below_each_other() -> None:
    """The order given is kept."""
    found = [Diagnostic("E2", "two"), Diagnostic("E1", "one")]
    assert show_diagnostics(found) == "error[E2]: two\nerror[E1]: one"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\u00e4\u65e5", "\u00e4\u65e5"),
        ("a\nb", "a\\nb"),
        ("\u2028", "\\u2028"),
        ("\ufeff", "\\ufeff"),
    ],
)
def test_harmless_keeps_letters_and_escapes_the_rest(text: str, shown: str) -> None:
    """Any script is fine; line ends and invisible characters are not."""
    assert harmless(text) == shown
