"""One line in, one line out: `rules eval -` below the command line."""

import time

import pytest

from backrec_cli.expression.session import evaluate_line
from tests.unit.expression_bench import SCOPE, record


def _answer(text: str) -> str:
    return evaluate_line(text, SCOPE, record({"labs.inr": "2.5"}))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("labs.inr * 2", "5.0"),
        ("labs.inr > 3", "false"),
        ("labs.hba1c", "null"),
        ("'a\\nb'", "'a\\nb'"),
        ("'\\u001b[2J'", "'\\u001b[2J'"),
        ("", "error: empty expression"),
        ("   ", "error: empty expression"),
        ("DateTime(2005, 10, 10) + 8000 years", "error: date outside the years 1 to 9999"),
        ("Interval[5, 3]", "error: interval ends before it starts"),
        ("cast 5 as String", "error: 5 is no String"),
        ("1 \x07 2", "error: unexpected character 'U+0007'"),
    ],
)
def test_a_line_is_answered_by_a_literal_or_an_error(text: str, answer: str) -> None:
    """The value as CQL, or what is wrong; characters that act are shown, not sent."""
    assert _answer(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "Power(10, 2147483647)",
        "Power(1.00000001, 9999999999.0)",
        "Power(0.00000001, 2147483647.0)",
        "Exp(2147483647)",
        "Exp(-2147483647)",
        "Round(1.5, 2147483647)",
        "Round(1.5, -2147483648)",
        "@2026-01-01 + 9999999999999999999999999999 days",
        "9" * 9_000,
        "'" + "a" * 9_000,
        "1 '" + "m." * 4_000 + "m' = 1 's'",
        "{" + "1," * 4_000 + "1} = {1}",
    ],
)
def test_no_line_takes_long(text: str) -> None:
    """Numbers and texts of any size are answered at once."""
    start = time.perf_counter()
    assert len(_answer(text).splitlines()) == 1
    assert time.perf_counter() - start < 2
