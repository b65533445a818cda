"""A fact's numbers between its units: to the canonical one for rules, and back for people."""

from decimal import Decimal

from backrec_cli.facts.definition import AlternativeUnit, FactDefinition
from backrec_cli.units.convert import converted, exact_decimal, reverted, rounded_half_up
from backrec_cli.units.synonyms import ucum_of


def accepted_units(definition: FactDefinition) -> tuple[str, ...]:
    """Return the fact's UCUM units, the canonical one first; none for a fact without a unit."""
    if definition.unit is None:
        return ()
    return (definition.unit, *(other.unit for other in definition.also))


def accepted_unit(definition: FactDefinition, written: str) -> str | None:
    """Return which of the fact's units a written one is, whole string for whole string."""
    units = accepted_units(definition)
    if written in units:
        return written
    meaning = ucum_of(written)
    return meaning if meaning in units else None


def canonical_value(definition: FactDefinition, value: Decimal, written: str) -> Decimal | None:
    """Return a number in the fact's canonical unit; None where the unit is not accepted.

    A value in the canonical unit stays as it is and an exact conversion adds no rounding. Any
    other is rounded half up to the fact's precision, because guidelines print limits as rounded
    pairs: 10.0 mmol/L of glucose is 180 mg/dL, not 180.16.
    """
    unit = accepted_unit(definition, written)
    if unit is None or unit == definition.unit:
        return None if unit is None else value
    other = _alternative(definition, unit)
    result = converted(value, other.scale, other.offset)
    if other.exact:
        exact = exact_decimal(result)
        if exact is not None:
            return exact
    return rounded_half_up(result, definition.precision)


def shown_value(definition: FactDefinition, canonical: Decimal, written: str) -> Decimal:
    """Return a canonical number in another of the fact's units, as people write it there.

    Rounded half up to that unit's precision, except where the exact number needs more decimals
    than that and has them: a limit of 134 g/L is 13.4 g/dL even where whole numbers are usual.
    ValueError for a unit that the fact does not accept.
    """
    unit = accepted_unit(definition, written)
    if unit is None:
        msg = f"'{definition.path}' is not measured in '{written}'"
        raise ValueError(msg)
    if unit == definition.unit:
        return canonical
    other = _alternative(definition, unit)
    result = reverted(canonical, other.scale, other.offset)
    rounded = rounded_half_up(result, other.precision)
    exact = exact_decimal(result) if other.exact else None
    return rounded if exact is None or exact == rounded else exact


def _alternative(definition: FactDefinition, unit: str) -> AlternativeUnit:
    """Return the conversion of an accepted unit that is not the canonical one."""
    return next(other for other in definition.also if other.unit == unit)
