"""A fact's numbers between its units, through the dictionary's door."""

from decimal import Decimal

import pytest

from backrec_cli.units import Quantity
from tests.unit.facts_dictionary import small_dictionary


@pytest.mark.parametrize(
    ("fact", "number", "unit", "expected"),
    [
        # Exact: the point moves, nothing is rounded.
        ("labs.haemoglobin", "13.45", "g/dL", "134.5"),
        ("labs.platelets", "149999", "/uL", "149.999"),
        ("labs.platelets", "240", "10*3/uL", "240"),
        ("vitals.height", "1.785", "m", "178.5"),
        # Inexact: rounded half up to the precision of the canonical unit.
        ("vitals.height", "70", "[in_i]", "177.8"),
        ("labs.glucose", "5.6", "mmol/L", "101"),
        ("labs.hba1c", "7.5", "%", "58"),
        ("labs.vitamin_d_25oh", "20", "ug/L", "50"),
        # The canonical unit is never touched.
        ("labs.glucose", "99.999", "mg/dL", "99.999"),
        ("labs.hba1c", "63.97", "mmol/mol", "63.97"),
        # Customary spellings.
        ("vitals.systolic_bp", "120", "mmHg", "120"),
        ("vitals.temperature", "98.6", "°F", "37.0"),
        ("labs.egfr", "59", "mL/min/1.73m2", "59"),
    ],
)
def test_quantity_becomes_canonical(fact: str, number: str, unit: str, expected: str) -> None:
    """An accepted unit is converted, exactly or with the fact's own rounding."""
    dictionary = small_dictionary()
    definition = dictionary.get(fact)
    assert definition is not None
    assert definition.unit is not None
    result = dictionary.to_canonical(fact, Quantity(Decimal(number), unit))
    assert result == Quantity(Decimal(expected), definition.unit)


@pytest.mark.parametrize(
    ("fact", "unit"),
    [
        ("labs.hba1c", "mmol/L"),
        ("labs.hba1c", "mg/dL"),
        ("labs.hba1c", "1"),
        ("labs.egfr", "mL/min"),
        ("labs.glucose", "mmHg"),
        ("labs.glucose", "MG/DL"),
        ("labs.glucose", ""),
        ("labs.inr", "1"),
        ("conditions.diabetes", "mmol/L"),
        ("labs.unheard_of", "mmol/L"),
    ],
)
def test_unit_that_a_fact_does_not_take_is_no_quantity(fact: str, unit: str) -> None:
    """Whole strings only: clearance is not eGFR, and HbA1c has no mmol/L."""
    assert small_dictionary().to_canonical(fact, Quantity(Decimal(50), unit)) is None


@pytest.mark.parametrize(
    ("fact", "canonical", "unit", "expected"),
    [
        ("labs.glucose", "180", "mg/dL", "180"),
        ("labs.glucose", "100", "mmol/L", "5.6"),
        ("labs.hba1c", "64", "%", "8.0"),
        ("labs.platelets", "100", "/uL", "100000"),
        # An exact limit that needs more decimals is never shown rounded beside a threshold.
        ("labs.haemoglobin", "134.5", "g/dL", "13.45"),
        ("labs.haemoglobin", "130", "g/dL", "13.0"),
        ("vitals.temperature", "38.0", "°F", "100.4"),
    ],
)
def test_canonical_number_is_shown_in_another_unit(
    fact: str, canonical: str, unit: str, expected: str
) -> None:
    """Inexact ones in the precision that is usual in that unit, exact ones as they are."""
    shown = small_dictionary().in_unit(fact, Decimal(canonical), unit)
    assert str(shown) == expected


def test_showing_in_a_foreign_unit_is_refused() -> None:
    """A unit the fact does not take is a mistake of the caller, never a wrong number."""
    with pytest.raises(ValueError, match="not measured in 'mmol/L'"):
        small_dictionary().in_unit("labs.hba1c", Decimal(64), "mmol/L")


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1e-400", "9" * 200])
def test_absurd_numbers_convert_in_bounded_time(number: str) -> None:
    """What no one measures comes out far from plausible or as nothing, and comes out."""
    result = small_dictionary().to_canonical("labs.glucose", Quantity(Decimal(number), "mmol/L"))
    assert result is not None
    assert abs(result.value) == 0 or abs(result.value) > 10**40


def test_dictionary_lists_its_facts_by_section() -> None:
    """Sections stand once, in the order of the file, each with its facts by name."""
    dictionary = small_dictionary()
    assert dictionary.sections == (
        "patient",
        "procedure",
        "vitals",
        "labs",
        "conditions",
        "medications",
        "consent",
    )
    assert tuple(dictionary.in_section("vitals")) == ("temperature", "height", "systolic_bp")
    assert dictionary.paths[0] == "patient.age"
    assert dictionary.get("patient.height") is None
