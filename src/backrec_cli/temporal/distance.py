"""How far two temporal values lie apart: boundaries crossed, or whole periods gone by.

Both give a range (low, high): the same number twice unless a value is too coarse to tell.
"""

from collections.abc import Callable

from backrec_cli.temporal.order import is_known_to
from backrec_cli.temporal.values import (
    DAY,
    DAY_MILLISECONDS,
    HOUR,
    MILLISECONDS,
    MONTH,
    YEAR,
    Temporal,
    filled,
    milliseconds,
    same_clock,
)

WEEK = "week"
_Count = Callable[[tuple[int, ...], tuple[int, ...]], int]
_Range = tuple[int, int]


def difference(left: Temporal, right: Temporal, unit: int | str) -> _Range:
    """Count the boundaries of a unit between two values (CQL 1.5, 18.6 Difference).

    Days and longer are counted on the calendars as written; hours and shorter on one clock, so
    that a night with a change of clocks, or a dose noted elsewhere, keeps its date.
    """
    if isinstance(unit, int) and unit >= HOUR:
        left, right = same_clock(left, right)
    return _range(left, right, unit, lambda a, b: _boundary(b, unit) - _boundary(a, unit))


def duration(left: Temporal, right: Temporal, unit: int | str) -> _Range:
    """Count the whole periods of a unit between two values (CQL 1.5, 18.7 Duration)."""
    left, right = same_clock(left, right)
    if unit in (YEAR, MONTH):
        months = 12 if unit == YEAR else 1
        return _range(left, right, unit, lambda a, b: _towards_zero(_whole_months(a, b), months))
    size = _size(unit)
    return _range(
        left,
        right,
        unit,
        lambda a, b: _towards_zero(milliseconds(b) - milliseconds(a), size),
    )


def _range(left: Temporal, right: Temporal, unit: int | str, count: _Count) -> _Range:
    """Count from the latest start to the earliest end, and from the earliest to the latest."""
    level = unit if isinstance(unit, int) else DAY
    early_left, late_left = _bounds(left, level)
    early_right, late_right = _bounds(right, level)
    return count(late_left, early_right), count(early_left, late_right)


def _bounds(value: Temporal, level: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the earliest and latest meaning; a value known to the unit counts as a moment."""
    low = filled(value)
    return (low, low) if is_known_to(value, level) else (low, filled(value, high=True))


def _boundary(components: tuple[int, ...], unit: int | str) -> int:
    """Number the unit that holds a moment; weeks begin on Sunday."""
    if unit == YEAR:
        return components[YEAR]
    if unit == MONTH:
        return components[YEAR] * 12 + components[MONTH]
    count = milliseconds(components)
    if unit == WEEK:
        return count // DAY_MILLISECONDS // 7
    return count // _size(unit)


def _size(unit: int | str) -> int:
    if unit == WEEK:
        return 7 * DAY_MILLISECONDS
    return MILLISECONDS.get(int(unit), DAY_MILLISECONDS)


def _whole_months(start: tuple[int, ...], end: tuple[int, ...]) -> int:
    months = (end[YEAR] - start[YEAR]) * 12 + end[MONTH] - start[MONTH]
    if months > 0 and end[DAY:] < start[DAY:]:
        return months - 1
    if months < 0 and end[DAY:] > start[DAY:]:
        return months + 1
    return months


def _towards_zero(amount: int, size: int) -> int:
    return amount // size if amount >= 0 else -(-amount // size)
