"""Laws of conversion: exactness, order and rounding, for any number a laboratory may print."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.units.convert import (
    converted,
    exact_decimal,
    is_power_of_ten,
    reverted,
    rounded_half_up,
)

numbers = st.decimals(min_value=-10_000, max_value=100_000, places=4)
scales = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000)
offsets = st.fractions(min_value=-100, max_value=100, max_denominator=100)
places = st.integers(min_value=0, max_value=6)


@given(value=numbers, scale=scales, offset=offsets)
def test_conversion_there_and_back_is_the_same_number(
    value: Decimal, scale: Fraction, offset: Fraction
) -> None:
    """Nothing is lost in either direction before the one rounding."""
    there = converted(value, scale, offset)
    assert (there - offset) / scale == Fraction(value)
    assert converted(value, 1 / scale, -offset / scale) == reverted(value, scale, offset)


@given(value=numbers, power=st.integers(min_value=-6, max_value=6))
def test_powers_of_ten_are_exact_decimals_both_ways(value: Decimal, power: int) -> None:
    """Moving the point gives a decimal that says exactly the same, and moves back."""
    scale = Fraction(10) ** power
    assert is_power_of_ten(scale)
    there = exact_decimal(converted(value, scale, Fraction(0)))
    assert there is not None
    assert there == value.scaleb(power)
    assert exact_decimal(reverted(there, scale, Fraction(0))) == value


@given(lower=numbers, upper=numbers, scale=scales, offset=offsets, digits=places)
def test_rounded_conversion_keeps_order(
    lower: Decimal, upper: Decimal, scale: Fraction, offset: Fraction, digits: int
) -> None:
    """A higher reading never becomes the lower one; equal may become of unequal."""
    lower, upper = min(lower, upper), max(lower, upper)
    low = rounded_half_up(converted(lower, scale, offset), digits)
    high = rounded_half_up(converted(upper, scale, offset), digits)
    assert low <= high
    assert converted(lower, scale, offset) <= converted(upper, scale, offset)


@given(value=st.fractions(max_denominator=10_000), digits=places)
def test_rounding_moves_by_half_a_step_at_most(value: Fraction, digits: int) -> None:
    """The rounded number is the nearest of its precision: above by a half, below by less."""
    step = Fraction(1, 10**digits)
    moved = Fraction(rounded_half_up(value, digits)) - value
    assert -step / 2 < moved <= step / 2


@given(value=numbers)
def test_rounding_keeps_what_is_already_that_precise(value: Decimal) -> None:
    """Rounding to the precision a number has changes nothing."""
    assert rounded_half_up(Fraction(value), 4) == value
