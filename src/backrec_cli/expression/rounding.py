"""Functions of one number: absolute value, rounding, and logarithms (CQL 1.5, chapter 16)."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from backrec_cli.expression.arithmetic import (
    WIDE,
    OutOfRangeError,
    decimal,
    integer,
    negate,
    shortest,
)
from backrec_cli.expression.values import Uncertainty, Value
from backrec_cli.units import Quantity

_MAX_EXPONENT = 200
_MAX_PLACES = 28


def absolute(value: Value) -> Value:
    """Return the number without its sign."""
    if isinstance(value, Uncertainty):
        return _absolute_range(value)
    number = value.value if isinstance(value, Quantity) else value
    return negate(value) if isinstance(number, int | Decimal) and number < 0 else value


def _absolute_range(value: Uncertainty) -> Uncertainty:
    """Return the distances from zero that an uncertain number can have."""
    low, high = sorted((abs(value.low), abs(value.high)))
    return Uncertainty(0 if value.low < 0 < value.high else low, high)


def ceiling(value: Value) -> Value:
    """Return the least whole number that is not below."""
    return _whole(value, ROUND_CEILING)


def floor(value: Value) -> Value:
    """Return the greatest whole number that is not above."""
    return _whole(value, ROUND_FLOOR)


def truncate(value: Value) -> Value:
    """Return the number without its decimals."""
    return _whole(value, ROUND_DOWN)


def _whole(value: Value, how: str) -> Value:
    if not isinstance(value, int | Decimal):
        return None
    return integer(int(Decimal(value).to_integral_value(how)))


def round_half_up(value: Value, places: Value = 0) -> Value:
    """Round to a number of decimals, a tie going away from zero: Round(-0.5) is -1.0."""
    if not isinstance(value, int | Decimal) or not isinstance(places, int):
        return None
    step = Decimal(1).scaleb(-max(-_MAX_PLACES, min(places, _MAX_PLACES)))
    number = Decimal(value)
    if number.to_integral_value() == number and places >= 0:
        return decimal(number)
    return decimal(number.quantize(step, ROUND_HALF_UP, WIDE))


def exponential(value: Value) -> Value:
    """Return e to the power of a number."""
    number = _number(value)
    if number is None:
        return None
    if number > _MAX_EXPONENT:
        msg = "result too large"
        raise OutOfRangeError(msg)
    return shortest(decimal(WIDE.exp(number)))


def natural_logarithm(value: Value) -> Value:
    """Return the logarithm to base e; null below zero."""
    number = _number(value)
    if number is None or number < 0:
        return None
    if not number:
        msg = "logarithm of zero"
        raise OutOfRangeError(msg)
    return shortest(decimal(WIDE.ln(number)))


def logarithm(value: Value, base: Value) -> Value:
    """Return the logarithm to a base; null where there is none."""
    number, foot = _number(value), _number(base)
    if number is None or foot is None or number <= 0 or foot <= 0:
        return None
    if foot == 1:
        return Decimal(0) if number == 1 else None
    return shortest(decimal(WIDE.divide(WIDE.ln(number), WIDE.ln(foot))))


def _number(value: Value) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None
