"""Exact arithmetic between units: canonical = value * scale + offset, in fractions, never floats.

A result is either exact (it terminates as a decimal) or rounded half up once, at the very end.
"""

from decimal import Decimal
from fractions import Fraction

_LARGEST_EXPONENT = 40
_PLACES = 40


def converted(value: Decimal, scale: Fraction, offset: Fraction) -> Fraction:
    """Return value * scale + offset exactly; ValueError for NaN and infinities."""
    return Fraction(bounded(value)) * scale + offset


def reverted(value: Decimal, scale: Fraction, offset: Fraction) -> Fraction:
    """Return the number whose conversion is `value`, exactly."""
    return (Fraction(bounded(value)) - offset) / scale


def bounded(value: Decimal) -> Decimal:
    """Bring a number no one measures within reach of exact arithmetic.

    `1e999999999` would fill the memory as a fraction. Beyond 10^40 every measurement is impossible
    and stays so at 10^40, and the 41st decimal of a measurement decides nothing.
    """
    if not value.is_finite():
        msg = f"{value} is not a number that can be converted"
        raise ValueError(msg)
    if value and value.adjusted() > _LARGEST_EXPONENT:
        return Decimal(f"1E+{_LARGEST_EXPONENT}").copy_sign(value)
    sign, digits, exponent = value.as_tuple()
    surplus = -_PLACES - int(exponent)
    return value if surplus <= 0 else Decimal((sign, digits[:-surplus] or (0,), -_PLACES))


def rounded_half_up(value: Fraction, places: int) -> Decimal:
    """Return `value` with that many decimals, a tie going up: 0.05 to one place is 0.1."""
    shifted = value * 10**places
    # Floor division of whole numbers: the nearest one, and the upper one of a tie.
    count = (2 * shifted.numerator + shifted.denominator) // (2 * shifted.denominator)
    return Decimal(f"{count}E-{places}")


def exact_decimal(value: Fraction) -> Decimal | None:
    """Return the decimal that equals `value`, or None where its digits never end (1/3)."""
    places = _places_needed(value.denominator)
    if places is None:
        return None
    count = value.numerator * (10**places // value.denominator)
    return Decimal(f"{count}E-{places}")


def is_power_of_ten(value: Fraction) -> bool:
    """Whether multiplying by `value` only moves the decimal point."""
    smaller, larger = sorted((value.numerator, value.denominator))
    return smaller == 1 and str(larger).strip("0") == "1"


def _places_needed(denominator: int) -> int | None:
    """Return how many decimals a fraction with this denominator has, or None for no end."""
    twos = (denominator & -denominator).bit_length() - 1
    fives = 0
    rest = denominator >> twos
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None
