"""Customary spellings of units mean one UCUM unit each, as whole strings."""

import pytest

from backrec_cli.units.synonyms import spellings_of, ucum_of


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("mmHg", "mm[Hg]"),
        ("°C", "Cel"),
        ("°F", "[degF]"),
        ("bpm", "/min"),
        ("µmol/L", "umol/L"),
        ("μmol/L", "umol/L"),
        ("mmol/l", "mmol/L"),
        ("10^9/L", "10*9/L"),
        ("×10⁹/L", "10*9/L"),
        ("kg/m²", "kg/m2"),
        ("mL/min/1.73m²", "mL/min/{1.73_m2}"),
        ("ml/min", "mL/min"),
        ("HU", "[hnsf'U]"),
        ("lb", "[lb_av]"),
    ],
)
def test_spelling_of_a_ward_means_its_ucum_unit(written: str, unit: str) -> None:
    """What wards and laboratories write is read as the unit it can only be."""
    assert ucum_of(written) == unit
    assert written in spellings_of(unit)


@pytest.mark.parametrize(
    "written", ["", "MMHG", "mmhg", "mmol", "mg", "mL/min/{1.73_m2}", " mmHg", "mmHg ", "M", "G/L"]
)
def test_other_spellings_mean_nothing(written: str) -> None:
    """Case and blanks are kept, and nothing is guessed from a part."""
    assert ucum_of(written) is None
