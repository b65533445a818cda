"""What was probably meant by a number that was rejected; it is said to people, never acted on."""

from decimal import Decimal

from backrec_cli.facts.conversion import (
    accepted_unit,
    accepted_units,
    canonical_value,
    shown_value,
)
from backrec_cli.facts.definition import FactDefinition

_LONGEST_PLAIN = 20


def likely_slip(definition: FactDefinition, value: Decimal, unit: str | None) -> str | None:
    """Return what to look at in a rejected number, or None where there is nothing to say.

    No unit, or one that the fact does not take: the units it does take. Impossible in the unit
    written but possible in another: that one ("64 % is impossible; 64 mmol/mol?").
    """
    if definition.unit is None or not value.is_finite():
        return None
    written = None if unit is None else accepted_unit(definition, unit)
    if unit is None:
        return f"write the unit: {_units(definition)}"
    if written is None:
        return f"measured in {_units(definition)}"
    if _possible(definition, value, written):
        return None
    others = [
        other
        for other in accepted_units(definition)
        if other != written and _possible(definition, value, other)
    ]
    number = plain(value)
    meant = " or ".join(f"{number} {other}" for other in others)
    return f"{number} {unit} is impossible; {meant}?" if meant else None


def plausible_range(definition: FactDefinition, unit: str | None = None) -> str | None:
    """Return the limits of what is possible, in the unit written: "20 to 400 kg"."""
    if definition.plausible is None:
        return None
    lowest, highest = definition.plausible
    if definition.unit is None:
        return f"{plain(lowest)} to {plain(highest)}"
    shown = (unit and accepted_unit(definition, unit)) or definition.unit
    low, high = (shown_value(definition, limit, shown) for limit in (lowest, highest))
    return f"{plain(low)} to {plain(high)} {shown}"


def plain(value: Decimal) -> str:
    """Return a number as people write it; one of absurd size stays in scientific notation."""
    short = abs(value.adjusted()) <= _LONGEST_PLAIN and len(value.as_tuple().digits) <= 2 * (
        _LONGEST_PLAIN
    )
    return f"{value:f}" if short else f"{value:.3e}"


def _possible(definition: FactDefinition, value: Decimal, unit: str) -> bool:
    """Whether a number lies within the fact's plausible range when read in this unit."""
    canonical = canonical_value(definition, value, unit)
    if canonical is None or definition.plausible is None:
        return canonical is not None
    lowest, highest = definition.plausible
    return lowest <= canonical <= highest


def _units(definition: FactDefinition) -> str:
    """Return the accepted units as a phrase."""
    return " or ".join(accepted_units(definition))
