"""Exact fractions, one rounding at the end, and numbers that no one measures."""

from decimal import Decimal
from fractions import Fraction

import pytest

from backrec_cli.units.convert import (
    bounded,
    converted,
    exact_decimal,
    is_power_of_ten,
    reverted,
    rounded_half_up,
)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.05", 1, "0.1"),
        ("0.04999", 1, "0.0"),
        ("63.5", 0, "64"),
        ("63.4999999", 0, "63"),
        ("64.5", 0, "65"),  # Half-even rounding would give 64.
        ("-0.5", 0, "0"),  # Up, not away from zero.
        ("-1.5", 0, "-1"),
        ("180.16", 0, "180"),
        ("38", 1, "38.0"),
    ],
)
def test_rounding_takes_a_tie_up(value: str, places: int, expected: str) -> None:
    """A number is rounded to the nearest, and a tie to the larger one."""
    rounded = rounded_half_up(Fraction(value), places)
    assert rounded == Decimal(expected)
    assert rounded.as_tuple().exponent == -places


def test_conversion_of_fahrenheit_is_affine() -> None:
    """A scale and an offset in ninths lose nothing: 100.4 degrees Fahrenheit is 38 Celsius."""
    fahrenheit = Fraction(5, 9), Fraction(-160, 9)
    assert converted(Decimal("100.4"), *fahrenheit) == 38
    assert reverted(Decimal(38), *fahrenheit) == Fraction("100.4")
    assert converted(Decimal(-40), *fahrenheit) == -40


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 5), "0.2"),
        (Fraction(100), "100"),
        (Fraction(1, 1000), "0.001"),
        (Fraction(-7, 4), "-1.75"),
        (Fraction(1, 3), None),
        (Fraction(1, 60), None),
    ],
)
def test_exact_decimal_exists_where_digits_end(value: Fraction, expected: str | None) -> None:
    """A fraction in twos and fives has a last digit, any other has none."""
    assert exact_decimal(value) == (None if expected is None else Decimal(expected))


def test_exact_decimal_keeps_more_digits_than_the_context() -> None:
    """The default of 28 digits does not cut an exact result."""
    digits = "1234567890123456789012345678901234567"
    assert str(exact_decimal(Fraction(digits))) == digits


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("10", True),
        ("1/1000", True),
        ("100000", True),
        ("2", False),
        ("5/9", False),
        ("20", False),
        ("10/3", False),
        ("101", False),
    ],
)
def test_power_of_ten_only_moves_the_point(value: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table.
    """One, tens, hundreds and their inverses are powers of ten, and nothing else."""
    assert is_power_of_ten(Fraction(value)) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1e999999", "1E+40"),
        ("-1e999999", "-1E+40"),
        ("1e-999999", "0"),
        ("0e999999", "0"),
        ("7.25", "7.25"),
        ("1e40", "1e40"),
    ],
)
def test_absurd_numbers_are_bounded(written: str, expected: str) -> None:
    """A number that would fill the memory as a fraction is brought within reach, others stay."""
    assert bounded(Decimal(written)) == Decimal(expected)


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity"])
def test_conversion_refuses_what_is_no_number(written: str) -> None:
    """NaN and infinities never become a measurement."""
    with pytest.raises(ValueError, match="not a number"):
        converted(Decimal(written), Fraction(1), Fraction(0))
