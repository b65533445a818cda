"""UCUM: what measures the same thing, and the exact factor between."""

from decimal import Decimal
from fractions import Fraction

import pytest

from backrec_cli.units import Quantity
from backrec_cli.units.ucum import convert, dimension, ratio


@pytest.mark.parametrize(
    ("unit", "other", "factor"),
    [
        ("kg", "g", 1000),
        ("ug", "mg", Fraction(1, 1000)),
        ("cm", "m", Fraction(1, 100)),
        ("mL", "cm3", 1),
        ("ml", "mL", 1),
        ("g/cm3", "kg/m3", 1000),
        ("mg/dL", "g/L", Fraction(1, 100)),
        ("10*9/L", "/uL", 1000),
        ("mL/min", "L/h", Fraction(6, 100)),
        ("wk", "d", 7),
        ("week", "wk", 1),
        ("a", "d", Fraction(36525, 100)),
        ("a", "mo", 12),
        ("year", "month", 12),
        ("[in_i]", "cm", Fraction(254, 100)),
        ("%", "1", Fraction(1, 100)),
        ("kPa", "Pa", 1000),
    ],
)
def test_ratio_is_exact(unit: str, other: str, factor: int | Fraction) -> None:
    """No float comes near a factor."""
    assert ratio(unit, other) == factor


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("m", "s"),
        ("mg", "mL"),
        ("year", "a"),
        ("month", "d"),
        ("Cel", "K"),
        ("Cel", "[degF]"),
        ("{score}", "1"),
        ("mL/min/{1.73_m2}", "mL/min"),
        ("m/", "m"),
        ("foo", "bar"),
        ("[iU]", "mol"),
    ],
)
def test_what_measures_something_else_has_no_ratio(unit: str, other: str) -> None:
    """A calendar year has no fixed length, and annotated clearances are not the plain ones."""
    assert ratio(unit, other) is None


def test_convert_keeps_the_amount() -> None:
    """The number changes with the unit."""
    assert convert(Quantity(Decimal("1.5"), "g"), "mg") == Quantity(Decimal(1500), "mg")
    assert convert(Quantity(Decimal(1), "g"), "m") is None


def test_dimension_of_a_text_that_is_no_unit_is_unknown() -> None:
    """Nonsense is no dimensionless unit."""
    assert dimension("mm of nothing") is None
    assert dimension("1") == ()
