"""Quantities brought to one unit, so that their numbers can be added and compared."""

from decimal import Decimal

from backrec_cli.units import Quantity
from backrec_cli.units.ucum import convert, dimension

_MONTHLY = {"year": 365, "month": 30}
_UCUM_MONTHLY = {"a": "year", "mo": "month"}


def aligned(left: Quantity, right: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return both numbers in one unit; None where the two do not measure the same thing.

    Calendar months and years have no fixed length, so `1 year` and `1 'a'` are not comparable.
    """
    if left.unit == right.unit:
        return left.value, right.value
    moved = convert(right, left.unit)
    if moved is not None:
        return left.value, moved.value
    return None


def alike(left: Quantity, right: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return both numbers for `~`, which counts a month as 30 days and a year as 365."""
    found = aligned(left, right)
    if found is None:
        left, right = _as_calendar(left), _as_calendar(right)
        found = aligned(left, right) or aligned(_in_days(left), _in_days(right))
    return found


def _as_calendar(quantity: Quantity) -> Quantity:
    return Quantity(quantity.value, _UCUM_MONTHLY.get(quantity.unit, quantity.unit))


def _in_days(quantity: Quantity) -> Quantity:
    days = _MONTHLY.get(quantity.unit)
    return quantity if days is None else Quantity(quantity.value * days, "d")


def comparable(unit: str, other: str) -> bool:
    """Whether `=` or `~` can say anything about two units."""
    if unit == other:
        return True
    left, right = dimension(unit), dimension(other)
    time = (dimension("s"), dimension("month"))
    return left is not None and (left == right or (left in time and right in time))


def product_unit(left: str, right: str) -> str:
    """Return the unit of a product: cm times cm is cm2."""
    if "1" in (left, right):
        return right if left == "1" else left
    return f"{left}2" if left == right and left.isalpha() else f"{left}.{right}"


def quotient_unit(left: str, right: str) -> str:
    """Return the unit of a quotient of quantities that do not measure the same thing."""
    if right == "1":
        return left
    return f"{'' if left == '1' else left}/{right}"
