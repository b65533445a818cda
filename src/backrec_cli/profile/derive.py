"""Derived facts: the dictionary's expression over other readings -> one more reading."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from backrec_cli.expression import Facts, Value, blocking, evaluate_alone, look_into
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.hints import plain, plausible_range
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.profile.dates import calendar_day
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

_FEWEST_PLACES = 2
_MOST_PLACES = 6
_LARGEST_PLAIN = 15


def derive(
    definition: FactDefinition, expression_text: str, knowledge: Knowledge, facts: Facts
) -> FactReading:
    """Return the derived reading; any input that cannot be used makes it unknown.

    It goes stale with the first of its inputs, whose date it carries.
    """
    expression = knowledge.compiled(expression_text)
    inputs = facts.readings(expression.reads)
    value = _typed(evaluate_alone(expression, facts), definition, knowledge)
    draft = FactReading(definition.path, inputs=tuple(reading.path for reading in inputs))
    if value is None:
        in_the_way = blocking(look_into(expression, facts))
        return _unknown(draft, in_the_way or tuple(r for r in inputs if not r.known))
    draft = replace(draft, unit=definition.unit, reported=shown(value, definition))
    first = first_to_go(inputs)
    if first is not None:
        draft = replace(draft, on=first.on, stale_from=first.stale_from)
    if _impossible(value, definition):
        hint = f"derived value; possible are {plausible_range(definition)}"
        return replace(draft, absence=Absence.IMPLAUSIBLE, hint=hint)
    return replace(draft, value=value, absence=None)


def shown(value: FactValue, definition: FactDefinition) -> str:
    """Write a derived value so that it never reads like a limit it does not reach.

    34.996 to two decimals is 35.00; more decimals are shown until the last one is not zero.
    """
    if isinstance(value, Quantity):
        return f"{_digits(value.value, definition.precision)} {value.unit}"
    if isinstance(value, Decimal):
        return _digits(value, definition.precision)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _digits(value: Decimal, precision: int) -> str:
    """Round for display only: exactly at the precision where that is exact, else with more."""
    if value.adjusted() > _LARGEST_PLAIN:
        return plain(value)
    rounded = _rounded(value, precision)
    places = max(precision, _FEWEST_PLACES)
    while rounded != value and places <= _MOST_PLACES:
        rounded = _rounded(value, places)
        if not f"{rounded:f}".endswith("0"):
            break
        places += 1
    return f"{rounded:f}"


def _rounded(value: Decimal, places: int) -> Decimal:
    """Round half up."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _typed(value: Value, definition: FactDefinition, knowledge: Knowledge) -> FactValue | None:
    """Return the expression's value in the fact's own type; None where it is null."""
    if isinstance(value, Quantity):
        return knowledge.dictionary.to_canonical(definition.path, value)
    number = _number(value)
    match definition.type:
        case FactType.QUANTITY:
            return None if number is None else Quantity(number, definition.unit or "1")
        case FactType.DECIMAL:
            return number
        case FactType.INTEGER:
            return _whole(number)
        case FactType.BOOLEAN | FactType.EVENT | FactType.MEDICATION:
            return _decided(value)
        case _:
            return value if isinstance(value, str) else None


def _whole(number: Decimal | None) -> int | None:
    """Return a number without a fraction; one with a fraction is no integer."""
    if number is None or number != number.to_integral_value():
        return None
    return int(number)


def _number(value: object) -> Decimal | None:
    """Return a number as a decimal; a truth value is none."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _decided(value: object) -> bool | None:
    """Return a decided truth value as a bool."""
    return value is Truth.TRUE if value in (Truth.TRUE, Truth.FALSE) else None


def _impossible(value: FactValue, definition: FactDefinition) -> bool:
    """Whether a derived number lies outside the fact's range."""
    number = _number(value.value if isinstance(value, Quantity) else value)
    if number is None or definition.plausible is None:
        return False
    lowest, highest = definition.plausible
    return not lowest <= number <= highest


def _unknown(draft: FactReading, missing: Sequence[FactReading]) -> FactReading:
    """Return why a derived fact is unknown.

    Where an input was never recorded, nor was the fact. Otherwise it is what its first unusable
    input is; a stale one lends its date, so that one can say from when a repeat would hold.
    """
    reasons = [reading.absence for reading in missing if reading.absence is not None]
    if not reasons:
        return replace(draft, absence=Absence.NOT_KNOWN)
    if Absence.NOT_RECORDED in reasons:
        return draft
    if any(reason is not Absence.STALE for reason in reasons):
        return replace(draft, absence=next(r for r in reasons if r is not Absence.STALE))
    shortest = min(missing, key=_held)
    return replace(draft, absence=Absence.STALE, on=shortest.on, stale_from=shortest.stale_from)


def _held(reading: FactReading) -> int:
    """Return for how many days a stale reading held."""
    if reading.on is None or reading.stale_from is None:
        return 0
    return (reading.stale_from - calendar_day(reading.on)).days


def first_to_go(inputs: Sequence[FactReading]) -> FactReading | None:
    """Return the input that goes stale first; where none does, the oldest dated one."""
    going = [reading for reading in inputs if reading.stale_from is not None]
    if going:
        return min(going, key=lambda reading: reading.stale_from or date.max)
    dated = [reading for reading in inputs if reading.on is not None]
    return min(dated, key=_day, default=None)


def _day(reading: FactReading) -> date:
    """Return the calendar day of a reading."""
    return date.max if reading.on is None else calendar_day(reading.on)
