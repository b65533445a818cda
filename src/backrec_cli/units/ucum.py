"""A small part of UCUM: which units measure the same thing, and the exact factor between them.

Only amounts written in an expression are converted here. A fact's own units stand in the fact
dictionary, because no dimensional rule turns an HbA1c in per cent into mmol/mol. Temperatures in
Celsius or Fahrenheit have a zero of their own and convert to nothing else.
"""

import re
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from backrec_cli.units.quantity import Quantity

Dimension = tuple[tuple[str, int], ...]

CALENDAR_UNITS = {
    "week": "wk", "day": "d", "hour": "h", "minute": "min", "second": "s", "millisecond": "ms",
}  # fmt: skip
"""The calendar durations that always last the same, with their UCUM unit."""

_PREFIXES = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1,
    "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18,
}  # fmt: skip
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_YEAR = Fraction(36525, 100) * _DAY
# Each metric unit: factor to the base units and their exponents.
_METRIC: dict[str, tuple[Fraction, dict[str, int]]] = {
    "m": (Fraction(1), {"m": 1}),
    "g": (Fraction(1), {"g": 1}),
    "s": (Fraction(1), {"s": 1}),
    "mol": (Fraction(1), {"mol": 1}),
    "K": (Fraction(1), {"K": 1}),
    "A": (Fraction(1), {"A": 1}),
    "L": (Fraction(1, 1000), {"m": 3}),
    "l": (Fraction(1, 1000), {"m": 3}),
    "Hz": (Fraction(1), {"s": -1}),
    "N": (Fraction(1000), {"g": 1, "m": 1, "s": -2}),
    "Pa": (Fraction(1000), {"g": 1, "m": -1, "s": -2}),
    "bar": (Fraction(10**8), {"g": 1, "m": -1, "s": -2}),
    "m[Hg]": (Fraction(133_322_000), {"g": 1, "m": -1, "s": -2}),
    "m[H2O]": (Fraction(9_806_650), {"g": 1, "m": -1, "s": -2}),
    "J": (Fraction(1000), {"g": 1, "m": 2, "s": -2}),
    "W": (Fraction(1000), {"g": 1, "m": 2, "s": -3}),
    "cal": (Fraction(4184), {"g": 1, "m": 2, "s": -2}),
    "kat": (Fraction(1), {"mol": 1, "s": -1}),
    "U": (Fraction(1, 60_000_000), {"mol": 1, "s": -1}),
    "eq": (Fraction(1), {"mol": 1}),
    "osm": (Fraction(1), {"mol": 1}),
    "[iU]": (Fraction(1), {"[iU]": 1}),
    "[IU]": (Fraction(1), {"[iU]": 1}),
}
_PLAIN: dict[str, tuple[Fraction, dict[str, int]]] = {
    "min": (Fraction(_MINUTE), {"s": 1}),
    "h": (Fraction(_HOUR), {"s": 1}),
    "d": (Fraction(_DAY), {"s": 1}),
    "wk": (Fraction(7 * _DAY), {"s": 1}),
    "mo": (_YEAR / 12, {"s": 1}),
    "a": (_YEAR, {"s": 1}),
    "%": (Fraction(1, 100), {}),
    "[ppth]": (Fraction(1, 1000), {}),
    "[ppm]": (Fraction(1, 10**6), {}),
    "[in_i]": (Fraction(254, 10_000), {"m": 1}),
    "[ft_i]": (Fraction(3048, 10_000), {"m": 1}),
    "[lb_av]": (Fraction(45_359_237, 100_000), {"g": 1}),
    "[oz_av]": (Fraction(45_359_237, 1_600_000), {"g": 1}),
    "Cel": (Fraction(1), {"Cel": 1}),
    "[degF]": (Fraction(1), {"[degF]": 1}),
}
_ANNOTATION = re.compile(r"\{[^{}]*\}")
_PART = re.compile(r"([./])?(?:(10[*^][+-]?\d{1,2})|(\d{1,9})|([^\d./+\-()]+)([+-]?\d)?)", re.ASCII)
_WIDE = Context(prec=34)


def dimension(unit: str) -> Dimension | None:
    """Return what a unit measures, as exponents of base units; None for a unit not known here."""
    known = _known(unit)
    return None if known is None else known[1]


def ratio(unit: str, other: str) -> Fraction | None:
    """Return how many of `other` make one `unit`; None where they measure different things."""
    if unit == other:
        return Fraction(1)
    left, right = _known(unit), _known(other)
    if left is None or right is None or left[1] != right[1]:
        return None
    return left[0] / right[0]


def convert(quantity: Quantity, unit: str) -> Quantity | None:
    """Return the same amount in another unit; None where it measures something else."""
    if quantity.unit == unit:
        return quantity
    factor = ratio(quantity.unit, unit)
    if factor is None:
        return None
    number = _WIDE.multiply(quantity.value, Decimal(factor.numerator))
    return Quantity(_WIDE.divide(number, Decimal(factor.denominator)), unit)


@lru_cache(maxsize=256)
def _known(unit: str) -> tuple[Fraction, Dimension] | None:
    """Read `g/cm3`, `10*9/L`, `mmol/mol`; calendar months and years are of their own kind."""
    if unit in {"month", "year"}:
        return Fraction(12 if unit == "year" else 1), (("calendar month", 1),)
    text = _ANNOTATION.sub("", CALENDAR_UNITS.get(unit, unit))
    if text in {"", "1"}:
        # A bare annotation such as {score} counts something of its own.
        return (Fraction(1), ()) if unit in {"", "1"} else None
    factor = Fraction(1)
    exponents: dict[str, int] = {}
    place = 0
    while place < len(text):
        found = _PART.match(text, place)
        if found is None or (place > 0 and found[1] is None):
            return None
        part = _factor_of(found)
        if part is None:
            return None
        sign = -1 if found[1] == "/" else 1
        factor *= part[0] ** sign
        for base, power in part[1].items():
            exponents[base] = exponents.get(base, 0) + sign * power
        place = found.end()
    return factor, tuple(sorted((base, power) for base, power in exponents.items() if power))


def _factor_of(found: re.Match[str]) -> tuple[Fraction, dict[str, int]] | None:
    _, power_of_ten, number, symbol, exponent = found.groups()
    if power_of_ten:
        return Fraction(10) ** int(power_of_ten[3:]), {}
    if number:
        return (Fraction(int(number)), {}) if int(number) else None
    known = _symbol(symbol)
    if known is None or exponent is None:
        return known
    power = int(exponent)
    return known[0] ** power, {base: each * power for base, each in known[1].items()}


def _symbol(symbol: str) -> tuple[Fraction, dict[str, int]] | None:
    known = _PLAIN.get(symbol) or _METRIC.get(symbol)
    if known is not None:
        return known
    for length in (1, 2):
        power, metric = _PREFIXES.get(symbol[:length]), _METRIC.get(symbol[length:])
        if power is not None and metric is not None:
            return metric[0] * Fraction(10) ** power, metric[1]
    return None
