"""The units of a quantity in the dictionary: the canonical one, and how the others convert."""

from decimal import Decimal
from fractions import Fraction

from backrec_cli.errors import facts
from backrec_cli.facts.definition import AlternativeUnit
from backrec_cli.facts.table import Table
from backrec_cli.units.convert import exact_decimal, is_power_of_ten

_KEYS = frozenset({"unit", "scale", "offset", "exact", "precision"})
# Longer texts are no conversion factor, and `1e999999999` would fill the memory as a fraction.
_LONGEST_FACTOR = 24


def read_alternatives(table: Table, path: str, canonical: str) -> tuple[AlternativeUnit, ...]:
    """Return the other accepted units of a quantity.

    also = [{ unit = "%", scale = "10.93", offset = "-23.5", precision = 1 }]
    """
    others: list[AlternativeUnit] = []
    taken = {canonical}
    for entry in table.tables("also"):
        other = _read_alternative(entry)
        if other.unit in taken:
            entry.add(facts.repeated("unit", other.unit, entry.place("unit")))
        if not other.exact and "precision" not in table.content:
            # Rounding to whole numbers unasked would make 181 min exactly 3 h.
            entry.add(facts.no_precision(path, other.unit, entry.place("unit")))
        taken.add(other.unit)
        others.append(other)
    return tuple(others)


def _read_alternative(entry: Table) -> AlternativeUnit:
    """Return one other unit; a power of ten is exact unless the entry says otherwise."""
    entry.only(_KEYS)
    unit = entry.required_text("unit")
    scale = _factor(entry, "scale", Fraction(1))
    offset = _factor(entry, "offset", Fraction(0))
    if scale <= 0:
        written = str(entry.content["scale"])
        entry.add(facts.bad_factor("scale", written, "above 0", entry.place("scale")))
        scale = Fraction(1)
    exact = is_power_of_ten(scale) and not offset
    if "exact" in entry.content:
        exact = entry.flag("exact")
    if exact and (exact_decimal(scale) is None or exact_decimal(offset) is None):
        entry.add(facts.never_exact(unit, entry.place("exact")))
    return AlternativeUnit(unit, scale, offset, exact, entry.count("precision"))


def _factor(entry: Table, key: str, default: Fraction) -> Fraction:
    """Return a whole number, a decimal or a ratio ("5/9") exactly."""
    written = entry.content.get(key)
    if written is None:
        return default
    if isinstance(written, bool) or not isinstance(written, (str, int, Decimal)):
        entry.wrong(key, "a number")
        return default
    text = str(written)
    factor = _fraction(text)
    if factor is None:
        entry.add(facts.bad_factor(key, text, "a number", entry.place(key)))
    return default if factor is None else factor


def _fraction(text: str) -> Fraction | None:
    """Return the text as a fraction, or None where it is none."""
    if len(text) > _LONGEST_FACTOR or "e" in text.lower():
        return None
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


TABLE_KEYS = {"also": _KEYS}
"""What each table may hold, for whoever describes the files."""
