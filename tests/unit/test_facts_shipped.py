"""The shipped dictionary reads without a mistake and holds every printed pair of limits."""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from backrec_cli.facts.conversion import accepted_units, canonical_value
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.units.synonyms import ucum_of
from tests.unit.facts_dictionary import read
from tests.unit.facts_limits import SHIPPED_LIMITS, Limit
from tests.unit.test_facts_limits import check_both_sides

FINER = (
    "labs.hba1c",
    "labs.glucose",
    "labs.creatinine",
    "labs.haemoglobin",
    "labs.albumin",
    "labs.vitamin_d_25oh",
    "labs.platelets",
)
FACTS = Path(__file__).parents[2] / "rules" / "facts.toml"


@cache
def shipped() -> FactDictionary:
    """Return the shipped dictionary, which has no errors."""
    dictionary, diagnostics = read(FACTS.read_text(encoding="utf-8"))
    assert diagnostics == []
    return dictionary


def facts_of_type(*kinds: FactType) -> list[FactDefinition]:
    """Return the shipped facts of some types."""
    return [fact for fact in shipped().definitions.values() if fact.type in kinds]


def test_shipped_dictionary_has_no_mistakes() -> None:
    """Every entry is read, and there are as many as the rules need."""
    assert len(shipped().paths) > 300


@pytest.mark.parametrize("row", SHIPPED_LIMITS, ids=str)
def test_shipped_limit_decides_alike_in_both_units(row: Limit) -> None:
    """The limit in the canonical unit flags one side and not the other, whatever the unit."""
    check_both_sides(shipped(), row, row.limit)


def test_every_quantity_says_what_is_plausible() -> None:
    """A number typed into the wrong field is caught only by a range."""
    missing = [fact.path for fact in facts_of_type(FactType.QUANTITY) if fact.plausible is None]
    assert missing == []


def test_no_plausible_range_is_empty_in_another_unit() -> None:
    """The limits of a range, shown in any accepted unit, stay apart and in order."""
    for fact in facts_of_type(FactType.QUANTITY):
        assert fact.plausible is not None
        for unit in accepted_units(fact):
            low, high = (shipped().in_unit(fact.path, limit, unit) for limit in fact.plausible)
            assert low < high, f"{fact.path} in {unit}"


def test_no_accepted_unit_is_a_customary_spelling() -> None:
    """The dictionary speaks UCUM; other spellings stand in one table."""
    spelled = [
        (fact.path, unit)
        for fact in facts_of_type(FactType.QUANTITY)
        for unit in accepted_units(fact)
        if ucum_of(unit) is not None
    ]
    assert spelled == []


@pytest.mark.parametrize("path", FINER)
def test_canonical_unit_is_the_finer_one(path: str) -> None:
    """One step as reported in another unit is a step after conversion: no two readings merge."""
    fact = shipped().definitions[path]
    assert fact.plausible is not None
    for other in fact.also:
        low = shipped().in_unit(path, fact.plausible[0], other.unit)
        here = canonical_value(fact, low, other.unit)
        above = canonical_value(fact, low + Decimal(1).scaleb(-other.precision), other.unit)
        assert here is not None
        assert above is not None
        assert here < above, f"from {low} {other.unit}"


def test_choice_that_means_no_is_what_a_review_fills_in() -> None:
    """A choice with `none` or `never` names it as the negative one, unless it is protective."""
    without = [
        fact.path
        for fact in facts_of_type(FactType.CHOICE, FactType.CHOICES)
        if {"none", "never"} & set(fact.choices)
        and fact.negative_choice is None
        and not fact.protective
    ]
    assert without == []


def test_consent_is_never_filled_in_by_a_review() -> None:
    """Nothing in the consent section turns into "no" unasked: all of it is protective."""
    loose = [
        fact.path
        for fact in shipped().definitions.values()
        if fact.section == "consent" and not fact.protective
    ]
    assert loose == []
