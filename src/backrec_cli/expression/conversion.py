"""Values from one type to another: `is`, `as`, `convert … to`, and the To… functions."""

import re
from decimal import Decimal

from backrec_cli.expression.arithmetic import MAX_DECIMAL, decimal, integer
from backrec_cli.expression.operators import PLURALS, PRECISIONS
from backrec_cli.expression.printing import format_decimal, to_cql
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    INTEGER,
    LONG,
    QUANTITY,
    SIMPLE_TYPES,
    STRING,
    TIME,
    Type,
)
from backrec_cli.expression.values import Interval, Long, TupleValue, Uncertainty, Value
from backrec_cli.temporal import Date, DateTime, Temporal, Time, parse_temporal
from backrec_cli.temporal.literal import format_temporal, parse_time
from backrec_cli.temporal.values import date_part
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

_WHOLE = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,28}(\.\d{1,28})?", re.ASCII)
_QUANTITY = re.compile(r"([+-]?\d{1,28}(?:\.\d{1,28})?)\s*(?:'([^']*)'|([a-z]+))?", re.ASCII)
_TRUE = frozenset({"true", "t", "yes", "y", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})


def has_type(value: Value, kind: Type) -> bool:
    """Whether a value, which is not null, has a type."""
    match value:
        case tuple():
            return kind.name == "List" and _all_have(value, kind.element)
        case Interval():
            ends = tuple(end for end in (value.low, value.high) if end is not None)
            return kind.name == "Interval" and _all_have(ends, kind.element)
        case TupleValue():
            return kind is ANY
        case _:
            return kind in (ANY, type_of(value))


def _all_have(values: tuple[Value, ...], kind: Type | None) -> bool:
    return kind is None or all(value is None or has_type(value, kind) for value in values)


def type_of(value: Value) -> Type:
    """Return the type of a simple value; Any for null and for composed values."""
    match value:
        case Truth():
            return BOOLEAN
        case Long():
            return LONG
        case int() | Uncertainty():
            return INTEGER
        case Decimal():
            return DECIMAL
        case str():
            return STRING
        case Quantity():
            return QUANTITY
        case Temporal():
            return SIMPLE_TYPES[type(value).__name__]
        case _:
            return ANY


def converted(value: Value, kind: Type) -> Value:
    """Return the value in another type, or None where it cannot be read so (CQL 1.5, 22)."""
    if value is None or value is Truth.UNKNOWN or has_type(value, kind):
        return value
    to_type = {
        BOOLEAN: to_boolean,
        INTEGER: to_integer,
        LONG: to_long,
        DECIMAL: to_decimal,
        STRING: to_string,
        QUANTITY: to_quantity,
        DATE: to_date,
        DATETIME: to_datetime,
        TIME: to_time,
    }.get(kind)
    return None if to_type is None else to_type(value)


def to_boolean(value: Value) -> Value:
    """Read true, t, yes, y, 1 and their opposites, in any case."""
    if isinstance(value, Truth):
        return value
    if isinstance(value, int | Decimal):
        return {0: Truth.FALSE, 1: Truth.TRUE}.get(int(value)) if value in (0, 1) else None
    if not isinstance(value, str):
        return None
    word = value.lower()
    return Truth.TRUE if word in _TRUE else Truth.FALSE if word in _FALSE else None


def to_integer(value: Value) -> Value:
    """Read digits with an optional sign."""
    number = _whole(value)
    return None if number is None else integer(number)


def to_long(value: Value) -> Value:
    """Read digits with an optional sign as a Long."""
    number = _whole(value)
    return None if number is None else integer(number, Long(0))


def _whole(value: Value) -> int | None:
    if isinstance(value, Truth):
        return {Truth.TRUE: 1, Truth.FALSE: 0}.get(value)
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value) else None
    return int(value) if isinstance(value, int) else None


def to_decimal(value: Value) -> Value:
    """Read digits with optional decimals and an optional sign."""
    if isinstance(value, Truth):
        return {Truth.TRUE: Decimal("1.0"), Truth.FALSE: Decimal("0.0")}.get(value)
    if isinstance(value, str):
        return decimal(Decimal(value)) if _DECIMAL.fullmatch(value) else None
    return Decimal(value) if isinstance(value, int | Decimal) else None


def to_string(value: Value) -> Value:
    """Write a simple value without the marks of a literal, quantities with their quoted unit."""
    match value:
        case str():
            return value
        case Temporal():
            return format_temporal(value).lstrip("@").removeprefix("T")
        case Decimal():
            return format_decimal(value)
        case Truth() | int():
            return to_cql(value).removesuffix("L")
        case Quantity():
            return to_cql(value)
        case _:
            return None


def to_quantity(value: Value) -> Value:
    """Read a number and an optional unit, quoted or a calendar word."""
    if isinstance(value, int | Decimal):
        return Quantity(Decimal(value), "1")
    found = _QUANTITY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return value if isinstance(value, Quantity) else None
    amount = Decimal(found[1])
    unit = found[2] or _CALENDAR_WORDS.get(found[3] or "1")
    return None if unit is None or amount.copy_abs() > MAX_DECIMAL else Quantity(amount, unit)


_CALENDAR_WORDS = {**PRECISIONS, **PLURALS, "1": "1"}


def to_date(value: Value) -> Value:
    """Read a date, or cut a date-time."""
    if isinstance(value, str):
        value = parse_temporal(value) if not value.startswith("T") else None
    return date_part(value) if isinstance(value, Date | DateTime) else None


def to_datetime(value: Value) -> Value:
    """Read a date-time; a date becomes one whose time is not known."""
    if isinstance(value, str):
        value = parse_temporal(value) if not value.startswith("T") else None
    if isinstance(value, Date):
        return DateTime(value.components)
    return value if isinstance(value, DateTime) else None


def to_time(value: Value) -> Value:
    """Read a time of day, or cut a date-time."""
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, DateTime):
        return Time(value.components[3:]) if len(value.components) > 3 else None  # noqa: PLR2004
    return value if isinstance(value, Time) else None
