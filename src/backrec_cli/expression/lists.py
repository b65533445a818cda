"""What a list amounts to: counts, sums, extremes, positions (CQL 1.5, chapters 20 and 21).

Nulls do not count. A list of facts that are not known never reaches these functions.
"""

from functools import reduce

from backrec_cli import ternary
from backrec_cli.expression import comparison
from backrec_cli.expression.arithmetic import add
from backrec_cli.expression.values import Uncertainty, Value
from backrec_cli.ternary import Truth


def _known(value: Value) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        return ()
    return tuple(each for each in value if not comparison.is_null(each))


def count(value: Value) -> Value:
    """Count the elements."""
    return len(_known(value))


def total(value: Value) -> Value:
    """Add the elements; null of none."""
    known = _known(value)
    return reduce(add, known) if known else None


def least(value: Value) -> Value:
    """Return the smallest element; null of none."""
    known = _known(value)
    return reduce(_smaller, known) if known else None


def greatest(value: Value) -> Value:
    """Return the largest element; null of none."""
    known = _known(value)
    return reduce(_larger, known) if known else None


def _smaller(left: Value, right: Value) -> Value:
    match comparison.less(right, left):
        case Truth.TRUE:
            return right
        case Truth.FALSE:
            return left
        case Truth.UNKNOWN:
            return None


def _larger(left: Value, right: Value) -> Value:
    match comparison.less(left, right):
        case Truth.TRUE:
            return right
        case Truth.FALSE:
            return left
        case Truth.UNKNOWN:
            return None


def all_true(value: Value) -> Value:
    """Whether no element is false."""
    return ternary.of(Truth.FALSE not in _known(value))


def any_true(value: Value) -> Value:
    """Whether an element is true."""
    return ternary.of(Truth.TRUE in _known(value))


def first(value: Value) -> Value:
    """Return the first element, null or not."""
    return value[0] if isinstance(value, tuple) and value else None


def last(value: Value) -> Value:
    """Return the last element, null or not."""
    return value[-1] if isinstance(value, tuple) and value else None


def index_of(value: Value, wanted: Value) -> Value:
    """Return the place of the first equal element, counted from 0; -1 where there is none.

    Null where an uncertain number may be the one.
    """
    if not isinstance(value, tuple) or comparison.is_null(wanted):
        return None
    for place, each in enumerate(value):
        found = comparison.equal(each, wanted)
        if found is Truth.TRUE:
            return place
        if found is Truth.UNKNOWN and (
            isinstance(each, Uncertainty) or isinstance(wanted, Uncertainty)
        ):
            return None
    return -1


def length(value: Value) -> Value:
    """Count the characters of a text or the elements of a list, nulls included."""
    return len(value) if isinstance(value, tuple | str) else 0


def coalesce(*values: Value) -> Value:
    """Return the first value that is not null, out of several or out of one list."""
    if len(values) == 1 and isinstance(values[0], tuple):
        values = values[0]
    return next((value for value in values if not comparison.is_null(value)), None)
