"""The least and greatest value of a type (CQL 1.5, 16.13 and 16.14)."""

from backrec_cli.expression.arithmetic import MAX_DECIMAL, OutOfRangeError, negate
from backrec_cli.expression.value_types import DATE, DATETIME, DECIMAL, INTEGER, LONG, TIME, Type
from backrec_cli.expression.values import Long, Value
from backrec_cli.temporal import Date, DateTime, Time
from backrec_cli.temporal.values import DAY, HIGHEST, HOUR, LOWEST

_LEAST: dict[Type, Value] = {
    INTEGER: -(2**31),
    LONG: Long(-(2**63)),
    DECIMAL: negate(MAX_DECIMAL),
    DATE: Date(LOWEST[: DAY + 1]),
    DATETIME: DateTime(LOWEST),
    TIME: Time(LOWEST[HOUR:]),
}
_GREATEST: dict[Type, Value] = {
    INTEGER: 2**31 - 1,
    LONG: Long(2**63 - 1),
    DECIMAL: MAX_DECIMAL,
    DATE: Date(HIGHEST[: DAY + 1]),
    DATETIME: DateTime(HIGHEST),
    TIME: Time(HIGHEST[HOUR:]),
}


def least_of(kind: Type) -> Value:
    """Return the least value; OutOfRangeError for a type that has none."""
    return _extreme(_LEAST, kind)


def greatest_of(kind: Type) -> Value:
    """Return the greatest value; OutOfRangeError for a type that has none."""
    return _extreme(_GREATEST, kind)


def _extreme(table: dict[Type, Value], kind: Type) -> Value:
    if kind not in table:
        msg = f"{kind} has no least and greatest value"
        raise OutOfRangeError(msg)
    return table[kind]
