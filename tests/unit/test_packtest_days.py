"""Days relative to surgery: what is one, what only looks like one, and what is left alone."""

from datetime import date, datetime

import pytest

from backrec_cli.packtest.days import day_of, is_relative, relative_text

SURGERY = date(2026, 3, 16)

# text, the day or moment it names
NAMED = [
    ("T", date(2026, 3, 16)),
    ("T-20", date(2026, 2, 24)),
    ("T+3", date(2026, 3, 19)),
    ("T-1 14:30", datetime(2026, 3, 15, 14, 30)),  # noqa: DTZ001 - a wall clock.
    ("T 08:30", datetime(2026, 3, 16, 8, 30)),  # noqa: DTZ001 - as above.
]


@pytest.mark.parametrize(("text", "moment"), NAMED)
def test_relative_day_is_counted_from_surgery(text: str, moment: date) -> None:
    """A day, or a day with its time; and it is written back as it was read."""
    assert day_of(text, SURGERY) == moment
    assert relative_text(moment, SURGERY) == text


@pytest.mark.parametrize("text", ["T-", "T -20", "T-20d", "T 25:00", "T-1 8:30", "T-999999"])
def test_what_looks_like_a_relative_day_and_is_none_is_not_guessed(text: str) -> None:
    """It is meant as a day, so it is not passed on as a text."""
    assert is_relative(text)
    assert day_of(text, SURGERY) is None


@pytest.mark.parametrize("text", ["type2", "Tuesday", "2026-03-16", "", "tumour_resection", "T6"])
def test_other_texts_are_left_alone(text: str) -> None:
    """A choice may begin with a T, and a vertebra does."""
    assert not is_relative(text)


def test_a_day_before_the_calendar_begins_is_none() -> None:
    """Nothing overflows."""
    assert day_of("T-99999", date(1, 1, 2)) is None
