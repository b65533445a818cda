"""The values of the language that Python and `temporal` do not have, and the type of any value."""

from dataclasses import dataclass
from decimal import Decimal

from backrec_cli.temporal import Temporal
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity


class Long(int):
    """A 64-bit integer, written 5L."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between two ends; a closed end of None means "from the least" or "to the most"."""

    low: "Value"
    high: "Value"
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A whole number known to lie between two, such as the days to a date without a day."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class TupleValue:
    """Named values, sorted by name."""

    elements: tuple[tuple[str, "Value"], ...]


Value = (
    Truth
    | int
    | Decimal
    | str
    | Quantity
    | Temporal
    | Interval
    | Uncertainty
    | TupleValue
    | tuple["Value", ...]
    | None
)
"""None is null; a null boolean is Truth.UNKNOWN; a list is a tuple."""
