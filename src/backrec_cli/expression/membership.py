"""Whether a value is in a list or an interval, and what is in a list (CQL 1.5, chapters 19, 20)."""

from backrec_cli import ternary
from backrec_cli.expression import comparison
from backrec_cli.expression.arithmetic import STEP, OutOfRangeError, add, subtract
from backrec_cli.expression.values import Interval, Long, Value
from backrec_cli.temporal import Temporal
from backrec_cli.temporal.order import compare
from backrec_cli.temporal.values import PRECISIONS
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity


def contains(collection: Value, element: Value, precision: str | None = None) -> Truth:
    """Whether a list or interval holds a value; null as a collection holds nothing."""
    if isinstance(collection, Interval):
        return _in_interval(collection, element, precision)
    if isinstance(collection, tuple):
        return _in_list(collection, element, precision)
    return Truth.FALSE


def _in_list(elements: tuple[Value, ...], wanted: Value, precision: str | None) -> Truth:
    """Whether an element equals the value; a null in the list equals null and nothing else."""
    if comparison.is_null(wanted):
        return ternary.of(any(map(comparison.is_null, elements)))
    answer = Truth.FALSE
    for element in elements:
        found = Truth.FALSE if comparison.is_null(element) else _same(element, wanted, precision)
        if found is Truth.TRUE:
            return found
        if found is Truth.UNKNOWN:
            answer = found
    return answer


def _same(left: Value, right: Value, precision: str | None) -> Truth:
    if precision is not None and isinstance(left, Temporal) and isinstance(right, Temporal):
        found = compare(left, right, PRECISIONS.index(precision))
        return ternary.of(None if found is None else found == 0)
    return comparison.equal(left, right)


def _in_interval(interval: Interval, point: Value, precision: str | None) -> Truth:
    """Whether a point lies between the ends; null is no limit if closed, unknown if open."""
    if comparison.is_null(point):
        return Truth.UNKNOWN
    if interval.low is None and interval.high is None:
        return Truth.FALSE
    return ternary.all_of(
        (
            _beyond(interval.low, point, interval.low_closed, precision),
            _beyond(point, interval.high, interval.high_closed, precision),
        )
    )


def _beyond(lower: Value, upper: Value, closed: bool, precision: str | None) -> Truth:  # noqa: FBT001
    if lower is None or upper is None:
        return ternary.of(True if closed else None)
    if precision is not None and isinstance(lower, Temporal) and isinstance(upper, Temporal):
        found = compare(lower, upper, PRECISIONS.index(precision))
        return ternary.of(None if found is None else found < 0 or (closed and found == 0))
    return comparison.less_or_equal(lower, upper) if closed else comparison.less(lower, upper)


def interval(low: Value, high: Value, *, low_closed: bool, high_closed: bool) -> Value:
    """Make an interval; null of nulls, OutOfRangeError where nothing lies between the ends."""
    if low is None and high is None:
        return None
    reached = comparison.less_or_equal if low_closed and high_closed else comparison.less
    if reached(low, high) is Truth.FALSE:
        msg = "interval ends before it starts"
        raise OutOfRangeError(msg)
    return Interval(low, high, low_closed, high_closed)


def start(value: Value) -> Value:
    """Return the first point of an interval: the low end, or the point after an open one."""
    if not isinstance(value, Interval):
        return None
    return value.low if value.low_closed else add(value.low, _step(value.low))


def end(value: Value) -> Value:
    """Return the last point of an interval."""
    if not isinstance(value, Interval):
        return None
    return value.high if value.high_closed else subtract(value.high, _step(value.high))


def _step(value: Value) -> Value:
    """Return the smallest amount that leads to the next value of the same kind."""
    match value:
        case Long():
            return Long(1)
        case int():
            return 1
        case Quantity():
            return Quantity(STEP, value.unit)
        case Temporal():
            return Quantity(STEP / STEP, PRECISIONS[value.finest])
        case _:
            return STEP


def exists(value: Value) -> Truth:
    """Whether a list has an element that is not null; a null list has none."""
    return ternary.of(
        isinstance(value, tuple) and any(not comparison.is_null(each) for each in value)
    )
