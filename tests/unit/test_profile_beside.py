"""Readings of two days beside each other: sharing what is derived alike changes no reading."""

from datetime import date

import pytest

from backrec_cli.profile import read_profile, settle
from tests.shipped import EXAMPLES, ROOT
from tests.shipped import pack as shipped_pack


@pytest.mark.parametrize("as_of", [date(2026, 1, 20), date(2026, 3, 2), date(2026, 3, 24)])
@pytest.mark.parametrize("name", EXAMPLES)
def test_readings_beside_others_are_what_they_are_alone(name: str, as_of: date) -> None:
    """Every fact of today is the same, whether or not the day of surgery was settled before."""
    pack = shipped_pack()
    data = (ROOT / "examples" / name / "patient.json").read_bytes()
    profile = read_profile(data, name, pack.dictionary)
    days = pack.review_days
    later = settle(profile, pack.knowledge, as_of, review_days=days)
    alone = settle(profile, pack.knowledge, as_of, review_days=days, at="as_of")
    beside = settle(profile, pack.knowledge, as_of, review_days=days, at="as_of", beside=later)
    differing = [path for path in pack.dictionary.paths if beside.fact(path) != alone.fact(path)]
    assert differing == []
