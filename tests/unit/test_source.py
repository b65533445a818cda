"""Offsets in a text become lines and columns."""

import pytest

from backrec_cli.source import SourceText, Span

TEXT = SourceText("rules/glucose.toml", "id = 1\n\nwhen = 'ä日'\r\nlast")


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (5, (1, 6)), (6, (1, 7)), (7, (2, 1)), (8, (3, 1)), (16, (3, 9)), (23, (4, 3))],
)
def test_position_counts_lines_and_columns_from_one(offset: int, position: tuple[int, int]) -> None:
    """A column is a character, however many bytes it takes."""
    assert TEXT.position(offset) == position


@pytest.mark.parametrize(
    ("offset", "line"), [(0, "id = 1"), (6, "id = 1"), (7, ""), (10, "when = 'ä日'"), (25, "last")]
)
def test_line_at_returns_the_line_without_its_end(offset: int, line: str) -> None:
    """Windows line ends are no part of a line."""
    assert TEXT.line_at(offset) == line


def test_span_shifts_both_ends() -> None:
    """A span inside an expression moves into the file that holds the expression."""
    assert Span(2, 5).shifted(10) == Span(12, 15)
