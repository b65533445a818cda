"""Equality, equivalence and order of any two values (CQL 1.5, chapter 12)."""

from decimal import ROUND_HALF_UP, Decimal

from backrec_cli import ternary
from backrec_cli.expression.arithmetic import WIDE, ends
from backrec_cli.expression.quantities import aligned, alike
from backrec_cli.expression.values import Interval, TupleValue, Uncertainty, Value
from backrec_cli.temporal import Temporal
from backrec_cli.temporal.order import compare
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity


def is_null(value: Value) -> bool:
    """Whether there is no value; an unknown truth is null."""
    return value is None or value is Truth.UNKNOWN


def order(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1, or None where that is not known."""
    match left, right:
        case ((int() | Decimal()), (int() | Decimal())):
            return _sign(left, right)
        case str(), str():
            return (left > right) - (left < right)
        case Quantity(), Quantity():
            pair = aligned(left, right)
            return None if pair is None else _sign(*pair)
        case Quantity(), (int() | Decimal()):
            return order(left, Quantity(Decimal(right), "1"))
        case ((int() | Decimal()), Quantity()):
            return order(Quantity(Decimal(left), "1"), right)
        case Temporal(), Temporal():
            return compare(left, right)
        case _:
            return None


def _sign(left: int | Decimal, right: int | Decimal) -> int:
    return (left > right) - (left < right)


def less(left: Value, right: Value) -> Truth:
    """Whether the left is smaller."""
    if isinstance(left, Uncertainty) or isinstance(right, Uncertainty):
        return _uncertain_less(left, right)
    found = order(left, right)
    return ternary.of(None if found is None else found < 0)


def less_or_equal(left: Value, right: Value) -> Truth:
    """Whether the left is not greater."""
    if isinstance(left, Uncertainty) or isinstance(right, Uncertainty):
        return ternary.negate(_uncertain_less(right, left))
    found = order(left, right)
    return ternary.of(None if found is None else found <= 0)


def _uncertain_less(left: Value, right: Value) -> Truth:
    if not isinstance(left, Uncertainty | int) or not isinstance(right, Uncertainty | int):
        return Truth.UNKNOWN
    (low, high), (other_low, other_high) = ends(left), ends(right)
    if high < other_low:
        return Truth.TRUE
    return Truth.FALSE if low >= other_high else Truth.UNKNOWN


def equal(left: Value, right: Value) -> Truth:
    """Whether two values are the same; unknown where either is null (CQL 1.5, 12.1)."""
    if isinstance(left, str) and isinstance(right, str):
        return Truth.TRUE if left == right else Truth.FALSE
    match left, right:
        case _ if is_null(left) or is_null(right):
            return Truth.UNKNOWN
        case Truth(), Truth():
            return ternary.of(left is right)
        case (Uncertainty(), _) | (_, Uncertainty()):
            return _uncertain_equal(left, right)
        case tuple(), tuple():
            if len(left) != len(right):
                return Truth.FALSE
            return ternary.all_of(map(_equal_elements, left, right))
        case TupleValue(), TupleValue():
            if len(left.elements) != len(right.elements):
                return Truth.FALSE
            pairs = zip(left.elements, right.elements, strict=True)
            return ternary.all_of(_equal_elements(one, other) for (_, one), (_, other) in pairs)
        case Interval(), Interval():
            return _equal_intervals(left, right)
        case _:
            return _equal_simple(left, right)


def _equal_simple(left: Value, right: Value) -> Truth:
    found = order(left, right)
    if found is not None:
        return ternary.of(found == 0)
    both_known_kinds = isinstance(left, Temporal | Quantity) and isinstance(right, type(left))
    mixed_dates = isinstance(left, Temporal) and isinstance(right, Temporal)
    return Truth.UNKNOWN if both_known_kinds or mixed_dates else Truth.FALSE


def _equal_elements(left: Value, right: Value) -> Truth:
    """Inside lists and tuples two nulls are equal."""
    return Truth.TRUE if is_null(left) and is_null(right) else equal(left, right)


def _uncertain_equal(left: Value, right: Value) -> Truth:
    """Compare a count that lies between two numbers; 2.0 is the whole number 2, and 2.5 is none."""
    one, other = _whole(left), _whole(right)
    if one is None or other is None:
        return Truth.FALSE
    (low, high), (other_low, other_high) = ends(one), ends(other)
    if high < other_low or low > other_high:
        return Truth.FALSE
    return ternary.of(True if low == high == other_low == other_high else None)


def _whole(value: Value) -> Uncertainty | int | None:
    """Return a whole number however it is written, or a range of them; None for anything else."""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value if isinstance(value, Uncertainty | int) else None


def _equal_intervals(left: Interval, right: Interval) -> Truth:
    ours, theirs = bounds(left), bounds(right)
    return ternary.all_of(map(_equal_elements, ours, theirs))


def bounds(interval: Interval) -> tuple[Value, Value, Value, Value]:
    """Return what tells one interval from another."""
    low_closed, high_closed = ternary.of(interval.low_closed), ternary.of(interval.high_closed)
    return interval.low, interval.high, low_closed, high_closed


def equivalent(left: Value, right: Value) -> bool:
    """Whether two values mean the same; two nulls do, and texts whatever their case and blanks."""
    match left, right:
        case _ if is_null(left) or is_null(right):
            return is_null(left) and is_null(right)
        case str(), str():
            return " ".join(left.lower().split()) == " ".join(right.lower().split())
        case ((Decimal() | int()), (Decimal() | int())):
            return _equivalent_numbers(left, right)
        case Quantity(), Quantity():
            pair = alike(left, right)
            return pair is not None and pair[0] == pair[1]
        case tuple(), tuple():
            return len(left) == len(right) and all(map(equivalent, left, right))
        case TupleValue(), TupleValue():
            ours, theirs = dict(left.elements), dict(right.elements)
            return ours.keys() == theirs.keys() and all(
                equivalent(ours[name], theirs[name]) for name in ours
            )
        case Interval(), Interval():
            return all(map(equivalent, bounds(left), bounds(right)))
        case _:
            return equal(left, right) is Truth.TRUE


def _equivalent_numbers(left: int | Decimal, right: int | Decimal) -> bool:
    """Compare numbers rounded to the decimals of the less precise one (CQL 1.5, 12.2)."""
    one, other = Decimal(left), Decimal(right)
    places = min(_decimals(one), _decimals(other))
    step = Decimal(1).scaleb(-places)
    return one.quantize(step, ROUND_HALF_UP, WIDE) == other.quantize(step, ROUND_HALF_UP, WIDE)


def _decimals(value: Decimal) -> int:
    """Count decimals without trailing zeros."""
    exponent = value.normalize(WIDE).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
