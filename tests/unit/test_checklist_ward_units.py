"""Units on paper: as a ward writes them, behind a number, and nowhere else."""

import pytest

from backrec_cli.render.checklist.ward_units import ward_text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("warm a patient below 36.0 Cel.", "warm a patient below 36.0 °C."),
        ("Temperature ______ Cel", "Temperature ______ °C"),
        ("164\u00a0mm[Hg] (16-Mar-2026)", "164\u00a0mmHg (16-Mar-2026)"),
        ("94 10*9/L, limit 100 10*9/L", "94 × 10⁹/L, limit 100 × 10⁹/L"),
        ("eGFR 28 mL/min/{1.73_m2}", "eGFR 28 mL/min/1.73 m²"),
        ("ferritin 30 ug/L", "ferritin 30 mcg/L"),
        ("body mass index 41.2 kg/m2", "body mass index 41.2 kg/m²"),
    ],
)
def test_unit_behind_a_number_is_written_as_on_a_ward(written: str, expected: str) -> None:
    """What stands behind a number or its blank is read at a glance."""
    assert ward_text(written) == expected


@pytest.mark.parametrize(
    "text",
    ["Cel Marlow, 36", "see 36.0 Celsius", "64 mmol/mol", "mm[Hg]", "36 Cel/h", "10*9/L"],
)
def test_what_is_no_unit_stays(text: str) -> None:
    """A name, a longer word, a unit without its number and a unit that wards write stay."""
    assert ward_text(text) == text
