"""Sums, products and rounding of numbers, quantities, dates and uncertain counts.

An Integer or Long that overflows, and a division by zero, are null. Decimals are kept to eight
decimals; whether the final one is too large is settled where it leaves the evaluator, so that
10 * 10^27 - 0.00000001 is the largest decimal and not null. None stands for null throughout.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal

from backrec_cli.expression.quantities import aligned, product_unit, quotient_unit
from backrec_cli.expression.values import Long, Uncertainty, Value
from backrec_cli.temporal import Temporal
from backrec_cli.temporal.shift import shift
from backrec_cli.temporal.values import PRECISIONS
from backrec_cli.units import Quantity
from backrec_cli.units.ucum import CALENDAR_UNITS

MAX_DECIMAL = Decimal("9999999999999999999999999999.99999999")
MAX_DECIMALS = 8
STEP = Decimal("0.00000001")
_LARGEST = Decimal(10) ** 36
WIDE = Context(prec=60, rounding=ROUND_HALF_UP, Emax=200, Emin=-200, traps=[])

_LEVELS: dict[str, tuple[int, int]] = {
    **{name: (level, 1) for level, name in enumerate(PRECISIONS)},
    "week": (PRECISIONS.index("day"), 7),
}
DURATIONS = _LEVELS | {ucum: _LEVELS[name] for name, ucum in CALENDAR_UNITS.items()}
"""Each unit of time that a date can be moved by: a level and how many of it."""

Number = int | Decimal


class OutOfRangeError(ValueError):
    """A result that no value of its type can hold."""


def integer(value: int, *like: Value) -> int | None:
    """Return a whole number if its type can hold it: a Long where one of `like` is."""
    if any(type(each) is Long for each in like):
        return Long(value) if -(2**63) <= value < 2**63 else None
    return value if -(2**31) <= value < 2**31 else None


def decimal(value: Decimal) -> Decimal | None:
    """Return a decimal cut to eight decimals, without a sign on zero; None beyond all bounds."""
    if not value.is_finite() or value.copy_abs() >= _LARGEST:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MAX_DECIMALS:
        value = value.quantize(STEP, context=WIDE)
    return value or value.copy_abs()


def shortest(value: Decimal | None) -> Decimal | None:
    """Drop the zeros that a division leaves behind."""
    if value is None or not value:
        return value
    short = value.normalize(WIDE)
    return short if "E" not in str(short) else Decimal(f"{short:f}")


def _numbers(
    left: Number,
    right: Number,
    whole: Callable[[int, int], int],
    exact: Callable[[Decimal, Decimal], Decimal],
) -> Value:
    if isinstance(left, int) and isinstance(right, int):
        return integer(whole(left, right), left, right)
    return decimal(exact(Decimal(left), Decimal(right)))


def _combined(
    left: Value,
    right: Value,
    whole: Callable[[int, int], int],
    exact: Callable[[Decimal, Decimal], Decimal],
) -> Value:
    """Apply one operation to two numbers, or to two quantities in the unit of the left one."""
    match left, right:
        case ((int() | Decimal()), (int() | Decimal())):
            return _numbers(left, right, whole, exact)
        case Quantity(), Quantity():
            pair = aligned(left, right)
            value = None if pair is None else decimal(exact(*pair))
            return None if value is None else Quantity(value, left.unit)
        case ((Uncertainty() | int()), (Uncertainty() | int())):
            return _uncertain(left, right, whole)
        case _:
            return None


def _uncertain(
    left: Uncertainty | int, right: Uncertainty | int, whole: Callable[[int, int], int]
) -> Value:
    """Combine every end with every end: the range that holds all results."""
    lefts, rights = ends(left), ends(right)
    results = [whole(one, other) for one in lefts for other in rights]
    low, high = integer(min(results)), integer(max(results))
    return None if low is None or high is None else Uncertainty(low, high)


def ends(value: Uncertainty | int) -> tuple[int, int]:
    """Return the least and greatest number a count can be."""
    return (value.low, value.high) if isinstance(value, Uncertainty) else (value, value)


def add(left: Value, right: Value) -> Value:
    """Return the sum (CQL 1.5, 16.2 Add); a date moves by a quantity, texts are joined."""
    if isinstance(left, Temporal) and isinstance(right, Quantity):
        return moved(left, right, 1)
    if isinstance(left, Quantity) and isinstance(right, Temporal):
        return moved(right, left, 1)
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return _combined(left, right, lambda a, b: a + b, WIDE.add)


def subtract(left: Value, right: Value) -> Value:
    """Return the difference (CQL 1.5, 16.17 Subtract)."""
    if isinstance(left, Temporal) and isinstance(right, Quantity):
        return moved(left, right, -1)
    return _combined(left, right, lambda a, b: a - b, WIDE.subtract)


def moved(value: Temporal, by: Quantity, sign: int) -> Temporal | None:
    """Move a date by a duration; OutOfRangeError outside the years 1 to 9999."""
    duration = DURATIONS.get(by.unit)
    if duration is None:
        return None
    level, count = duration
    found = shift(value, by.value * sign * count, level)
    if found is None:
        msg = "date outside the years 1 to 9999"
        raise OutOfRangeError(msg)
    return found


def multiply(left: Value, right: Value) -> Value:
    """Return the product (CQL 1.5, 16.9 Multiply)."""
    if isinstance(left, Quantity) or isinstance(right, Quantity):
        one, other = _as_quantity(left), _as_quantity(right)
        if one is None or other is None:
            return None
        value = decimal(WIDE.multiply(one.value, other.value))
        return None if value is None else Quantity(value, product_unit(one.unit, other.unit))
    return _combined(left, right, lambda a, b: a * b, WIDE.multiply)


def divide(left: Value, right: Value) -> Value:
    """Return the quotient, always a decimal or a quantity (CQL 1.5, 16.4 Divide)."""
    if isinstance(left, Quantity) or isinstance(right, Quantity):
        return _divided_quantities(_as_quantity(left), _as_quantity(right))
    if isinstance(left, int | Decimal) and isinstance(right, int | Decimal):
        return _quotient(Decimal(left), Decimal(right))
    return None


def _quotient(left: Decimal, right: Decimal) -> Decimal | None:
    return shortest(decimal(WIDE.divide(left, right))) if right else None


def _divided_quantities(left: Quantity | None, right: Quantity | None) -> Value:
    if left is None or right is None:
        return None
    unit = quotient_unit(left.unit, right.unit)
    pair = None if right.unit == "1" else aligned(left, right)
    if pair is not None:
        unit = "1"
    value = _quotient(*(pair or (left.value, right.value)))
    return None if value is None else Quantity(value, unit)


def _as_quantity(value: Value) -> Quantity | None:
    if isinstance(value, int | Decimal):
        return Quantity(Decimal(value), "1")
    return value if isinstance(value, Quantity) else None


def _truncated(left: int, right: int) -> int:
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def truncated_divide(left: Value, right: Value) -> Value:
    """Return the quotient without its fraction (CQL 1.5, 16.19 Truncated Divide)."""
    if _is_zero(right):
        return None
    if isinstance(left, Uncertainty) or isinstance(right, Uncertainty):
        msg = "'div' of an uncertain number"
        raise OutOfRangeError(msg)
    return _combined(left, right, _truncated, WIDE.divide_int)


def modulo(left: Value, right: Value) -> Value:
    """Return the remainder, with the sign of the left (CQL 1.5, 16.8 Modulo)."""
    if _is_zero(right):
        return None
    if isinstance(left, Uncertainty) or isinstance(right, Uncertainty):
        msg = "'mod' of an uncertain number"
        raise OutOfRangeError(msg)
    return _combined(left, right, lambda a, b: a - b * _truncated(a, b), WIDE.remainder)


def _is_zero(value: Value) -> bool:
    number = value.value if isinstance(value, Quantity) else value
    return isinstance(number, int | Decimal) and not number


def negate(value: Value) -> Value:
    """Return the opposite number (CQL 1.5, 16.10 Negate)."""
    return multiply(value, Long(-1) if type(value) is Long else -1)


def power(left: Value, right: Value) -> Value:
    """Return a power (CQL 1.5, 16.12); a negative exponent makes whole numbers a decimal."""
    if not isinstance(left, int | Decimal) or not isinstance(right, int | Decimal):
        return None
    if isinstance(left, int) and isinstance(right, int) and right >= 0:
        if right > 64 and abs(left) > 1:  # noqa: PLR2004 - no Long holds a 65th power of 2.
            return None
        return integer(left ** (right if abs(left) > 1 else min(right, 2 - right % 2)), left, right)
    value = decimal(WIDE.power(Decimal(left), Decimal(right)))
    return shortest(value)
