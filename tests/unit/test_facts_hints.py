"""What is said of a rejected number names the likely slip, and guesses nothing."""

from decimal import Decimal

import pytest

from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.hints import likely_slip, plain, plausible_range
from tests.unit.facts_dictionary import small_dictionary


@pytest.mark.parametrize(
    ("fact", "number", "unit", "expected"),
    [
        ("labs.hba1c", "64", "%", "64 % is impossible; 64 mmol/mol?"),
        ("labs.hba1c", "7.5", "mmol/mol", "7.5 mmol/mol is impossible; 7.5 %?"),
        ("labs.glucose", "180", "mmol/L", "180 mmol/L is impossible; 180 mg/dL?"),
        ("vitals.temperature", "98.6", "°C", "98.6 °C is impossible; 98.6 [degF]?"),
        ("vitals.height", "1.78", "cm", "1.78 cm is impossible; 1.78 m?"),
        ("labs.haemoglobin", "13", "g/L", "13 g/L is impossible; 13 g/dL?"),
        # Two other readings are possible.
        (
            "labs.vitamin_d_25oh",
            "3",
            "nmol/L",
            "3 nmol/L is impossible; 3 ng/mL or 3 ug/L?",
        ),
        # Impossible in every unit, possible as it stands, or a number without a unit at all.
        ("labs.hba1c", "999", "%", None),
        ("labs.hba1c", "64", "mmol/mol", None),
        ("labs.inr", "99", None, None),
        # Without a unit, or with a foreign one, the units are listed; none is picked by size.
        ("labs.hba1c", "64", None, "write the unit: mmol/mol or %"),
        ("labs.hba1c", "7", None, "write the unit: mmol/mol or %"),
        ("labs.hba1c", "63.9", "mmol/L", "measured in mmol/mol or %"),
        ("labs.hba1c", "NaN", "%", None),
    ],
)
def test_hint_names_the_likely_slip(
    fact: str, number: str, unit: str | None, expected: str | None
) -> None:
    """Possible in another accepted unit: that one is named; otherwise only what is accepted."""
    definition = small_dictionary().get(fact)
    assert definition is not None
    assert likely_slip(definition, Decimal(number), unit) == expected


@pytest.mark.parametrize(
    ("fact", "unit", "expected"),
    [
        ("labs.hba1c", None, "9 to 195 mmol/mol"),
        ("labs.hba1c", "%", "3.0 to 20.0 %"),
        ("labs.hba1c", "furlongs", "9 to 195 mmol/mol"),
        ("vitals.temperature", "°F", "86.0 to 109.4 [degF]"),
        ("labs.inr", None, "0.5 to 15"),
        ("conditions.diabetes", None, None),
    ],
)
def test_plausible_range_is_given_in_the_unit_written(
    fact: str, unit: str | None, expected: str | None
) -> None:
    """People compare their number with limits in their own unit."""
    definition = small_dictionary().get(fact)
    assert definition is not None
    assert plausible_range(definition, unit) == expected


def test_fact_without_a_range_has_no_impossible_value() -> None:
    """Where the dictionary knows no limits, no slip is seen and no range is named."""
    definition = FactDefinition("labs.x", FactType.QUANTITY, "x", unit="g/L")
    assert likely_slip(definition, Decimal(10**9), "g/L") is None
    assert plausible_range(definition) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [("8.0", "8.0"), ("1E+3", "1000"), ("1E+999999", "1.000e+999999"), ("9" * 99, "1.000e+99")],
)
def test_numbers_are_shown_short(number: str, expected: str) -> None:
    """Usual numbers stay as written; absurd ones do not fill the screen."""
    assert plain(Decimal(number)) == expected
