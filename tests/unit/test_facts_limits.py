"""Limits printed in two units decide alike in both, on both sides."""

import operator
from collections.abc import Callable
from decimal import Decimal

import pytest

from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.units import Quantity
from tests.unit.facts_dictionary import small_dictionary
from tests.unit.facts_limits import LIMITS, Limit

COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
# 5.6 mmol/L is 100.9 mg/dL: as a limit it is written in the finer unit, as guidance prints it.
ONLY_IN_CANONICAL = {("labs.glucose", "100 mg/dL")}


def canonical(dictionary: FactDictionary, fact: str, written: str) -> Decimal:
    """Return `10.0 mmol/L` in the fact's canonical unit."""
    number, _, unit = written.partition(" ")
    quantity = dictionary.to_canonical(fact, Quantity(Decimal(number), unit))
    assert quantity is not None, f"{fact} does not take {unit}"
    return quantity.value


def check_both_sides(dictionary: FactDictionary, row: Limit, limit: str) -> None:
    """Compare every reading of a row with one way of writing its limit."""
    compare = COMPARISONS[row.comparison]
    bound = canonical(dictionary, row.fact, limit)
    for reading in row.flagged:
        assert compare(canonical(dictionary, row.fact, reading), bound), f"{reading} not flagged"
    for reading in row.clear:
        assert not compare(canonical(dictionary, row.fact, reading), bound), f"{reading} flagged"


@pytest.mark.parametrize("row", LIMITS, ids=str)
def test_limit_decides_alike_in_both_units(row: Limit) -> None:
    """The limit in the canonical unit flags one side and not the other, whatever the unit."""
    check_both_sides(small_dictionary(), row, row.limit)


@pytest.mark.parametrize(
    "row",
    [row for row in LIMITS if (row.fact, row.limit) not in ONLY_IN_CANONICAL],
    ids=str,
)
def test_limit_decides_alike_when_written_in_the_other_unit(row: Limit) -> None:
    """The other half of the printed pair is the same limit."""
    check_both_sides(small_dictionary(), row, row.also_printed)


@pytest.mark.parametrize("row", LIMITS, ids=str)
def test_limit_is_shown_as_guidance_prints_it(row: Limit) -> None:
    """Beside a value in the other unit, the limit appears as the other half of the pair."""
    number, _, unit = row.also_printed.partition(" ")
    limit = Decimal(row.limit.partition(" ")[0])
    assert small_dictionary().in_unit(row.fact, limit, unit) == Decimal(number)
