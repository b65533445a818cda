"""Values as CQL literals: 8.0 'mmol/L', @2026-03-16, { 'a', 'b' }, null, true."""

from decimal import Decimal

from backrec_cli.expression.operators import PRECISIONS
from backrec_cli.expression.values import Interval, Long, TupleValue, Uncertainty, Value
from backrec_cli.temporal import Temporal
from backrec_cli.temporal.literal import format_temporal
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f"}


def to_cql(value: Value) -> str:  # noqa: C901 - One case for each type.
    """Return the literal that means this value."""
    match value:
        case None | Truth.UNKNOWN:
            return "null"
        case Truth():
            return str(value.value)
        case Long():
            return f"{int(value)}L"
        case int():
            return str(value)
        case Decimal():
            return format_decimal(value)
        case str():
            return format_text(value)
        case Quantity():
            return format_quantity(value)
        case Temporal():
            return format_temporal(value)
        case Uncertainty():
            return f"Interval[{value.low}, {value.high}]"
        case Interval():
            opening, closing = "[" if value.low_closed else "(", "]" if value.high_closed else ")"
            return f"Interval{opening}{to_cql(value.low)}, {to_cql(value.high)}{closing}"
        case TupleValue():
            inner = ", ".join(f"{name}: {to_cql(each)}" for name, each in value.elements)
            return f"Tuple {{ {inner} }}" if inner else "Tuple { : }"
        case tuple():
            return f"{{ {', '.join(map(to_cql, value))} }}" if value else "{ }"


def format_decimal(value: Decimal) -> str:
    """Write a decimal with at least one decimal and no exponent."""
    text = f"{value:f}"
    return text if "." in text else f"{text}.0"


def format_quantity(value: Quantity) -> str:
    """Write a quantity; calendar durations go without quotes and in the plural unless one."""
    number = f"{value.value:f}"
    if value.unit in PRECISIONS:
        return f"{number} {value.unit}{'' if number == '1' else 's'}"
    return f"{number} {format_text(value.unit)}"


def format_text(value: str) -> str:
    """Quote a text; characters that a terminal would act upon become escapes."""
    return "'" + "".join(map(_escaped, value)) + "'"


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() or ord(character) > 0xFFFF:  # noqa: PLR2004 - \\u has four digits.
        return character
    return f"\\u{ord(character):04x}"
