"""A date or time moved by a calendar duration (CQL 1.5, 18.2 Add and 18.21 Subtract)."""

from calendar import monthrange
from decimal import Decimal

from backrec_cli.temporal.values import (
    DAY,
    DAY_MILLISECONDS,
    HIGHEST,
    HOUR,
    MILLISECOND,
    MILLISECONDS,
    MINUTE,
    MONTH,
    SECOND,
    YEAR,
    Temporal,
    filled,
    from_milliseconds,
    milliseconds,
)

_MONTHS = 12
_TO_COARSER = {MILLISECOND: 1000, SECOND: 60, MINUTE: 60, HOUR: 24}
_DAYS = {MONTH: 30, YEAR: 365}
_FARTHEST = 10**15


def shift(value: Temporal, amount: Decimal, level: int) -> Temporal | None:
    """Add `amount` units of `level`; None outside the years 1 to 9999.

    A unit finer than the value is first turned into the value's finest unit, whole units only:
    @2014 + 735 days is @2016. A day that the month lacks becomes its last day.
    """
    if abs(amount) > _FARTHEST:
        return None
    if level == SECOND and value.finest == MILLISECOND:
        amount, level = amount * 1000, MILLISECOND
    whole = int(amount)
    if level > value.finest:
        whole, level = _coarser(whole, level, value.finest)
    if level <= MONTH:
        return _shift_months(value, whole * (_MONTHS if level == YEAR else 1))
    return _shift_exactly(value, whole * MILLISECONDS.get(level, DAY_MILLISECONDS))


def _coarser(amount: int, level: int, finest: int) -> tuple[int, int]:
    """Truncate an amount to a coarser unit: a month counts 30 days and a year 365."""
    sign = -1 if amount < 0 else 1
    amount = abs(amount)
    while level > max(finest, DAY):
        amount //= _TO_COARSER[level]
        level -= 1
    if level == DAY and finest < DAY:
        return sign * (amount // _DAYS[finest]), finest
    if level == MONTH and finest == YEAR:
        return sign * (amount // _MONTHS), YEAR
    return sign * amount, level


def _shift_months(value: Temporal, months: int) -> Temporal | None:
    full = filled(value)
    year, month = divmod(full[YEAR] * _MONTHS + full[MONTH] - 1 + months, _MONTHS)
    if not 1 <= year <= HIGHEST[YEAR]:
        return None
    day = min(full[DAY], monthrange(year, month + 1)[1])
    return _like(value, (year, month + 1, day, *full[HOUR:]))


def _shift_exactly(value: Temporal, count: int) -> Temporal | None:
    start = milliseconds(filled(value))
    if value.FIRST == HOUR:
        # A time of day goes round the clock.
        count = (start + count) % DAY_MILLISECONDS + DAY_MILLISECONDS - start
    moved = from_milliseconds(start + count)
    return None if moved is None else _like(value, moved)


def _like(value: Temporal, full: tuple[int, ...]) -> Temporal:
    """Cut full components to the precision of a value of the same type and offset."""
    return type(value)(full[value.FIRST : value.finest + 1], value.offset)
