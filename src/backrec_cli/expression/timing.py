"""Dates and times against each other: before, after, same, and how far apart."""

from datetime import date
from typing import assert_never

from backrec_cli import ternary
from backrec_cli.expression import nodes
from backrec_cli.expression.values import Uncertainty, Value
from backrec_cli.temporal import Temporal
from backrec_cli.temporal.distance import WEEK, difference, duration
from backrec_cli.temporal.order import compare
from backrec_cli.temporal.values import DAY, PRECISIONS, YEAR
from backrec_cli.ternary import Truth


def related(node: nodes.Timing, left: Value, right: Value) -> Truth:
    """Whether two dates stand in a relation, cut to the node's precision."""
    if not isinstance(left, Temporal) or not isinstance(right, Temporal):
        return Truth.UNKNOWN
    level = None if node.precision is None else PRECISIONS.index(node.precision)
    found = compare(left, right, level)
    return ternary.of(None if found is None else _holds(node, found))


def _holds(node: nodes.Timing, order: int) -> bool:
    match node:
        case nodes.SameAs():
            return order == 0
        case nodes.SameOrBefore():
            return order <= 0
        case nodes.SameOrAfter():
            return order >= 0
        case nodes.Before():
            return order < 0
        case nodes.After():
            return order > 0
        case _:
            assert_never(node)


def difference_between(left: Value, right: Value, precision: str | None) -> Value:
    """Count the boundaries crossed; an uncertain number where a date is too coarse."""
    if not isinstance(left, Temporal) or not isinstance(right, Temporal) or precision is None:
        return None
    if precision == "day" and _has_day(left) and _has_day(right):
        return _day_number(right) - _day_number(left)
    return _count(*difference(left, right, _unit(precision)))


def duration_between(left: Value, right: Value, precision: str | None) -> Value:
    """Count the whole periods gone by; an uncertain number where a date is too coarse."""
    if not isinstance(left, Temporal) or not isinstance(right, Temporal) or precision is None:
        return None
    return _count(*duration(left, right, _unit(precision)))


def _has_day(value: Temporal) -> bool:
    """Whether a value names a day of the calendar."""
    return value.FIRST == YEAR and len(value.components) > DAY


def _day_number(value: Temporal) -> int:
    """Number the day that a value names, as it was written."""
    return date(*value.components[: DAY + 1]).toordinal()


def _unit(precision: str) -> int | str:
    return WEEK if precision == WEEK else PRECISIONS.index(precision)


def _count(low: int, high: int) -> int | Uncertainty:
    return low if low == high else Uncertainty(low, high)
