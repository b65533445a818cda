"""Limits of the pack, on both sides and in both units, as the documents print them."""

import pytest

from tests.acceptance.baseline import DAY, amount, effective, run, status, unreviewed

Values = list[tuple[float, str]]
LIMITS: list[tuple[str, str, str, Values, Values]] = [
    # fact, rule, level, values that flag, values that do not
    (
        "labs.hba1c",
        "dm-hba1c-high",
        "relative",
        [(64, "mmol/mol"), (8.0, "%"), (71, "mmol/mol")],
        [(63, "mmol/mol"), (7.9, "%")],
    ),
    (
        "labs.hba1c",
        "dm-hba1c-fusion",
        "caution",
        [(53, "mmol/mol"), (7.0, "%"), (63, "mmol/mol"), (7.9, "%")],
        [(52, "mmol/mol"), (6.9, "%"), (64, "mmol/mol"), (8.0, "%")],
    ),
    (
        "labs.platelets",
        "coag-platelets-50",
        "absolute",
        [(49, "10*9/L"), (49999, "/uL")],
        [(50, "10*9/L"), (50000, "/uL")],
    ),
    (
        "labs.platelets",
        "coag-platelets-100",
        "relative",
        [(99, "10*9/L"), (50, "10*9/L"), (99000, "/uL")],
        [(100, "10*9/L"), (100000, "/uL"), (49, "10*9/L")],
    ),
    ("labs.fibrinogen", "coag-fibrinogen", "relative", [(1.4, "g/L"), (149, "mg/dL")], [(1.5, "g/L"), (150, "mg/dL")]),
    ("labs.fibrinogen", "coag-fibrinogen", "absolute", [(0.9, "g/L")], [(1.5, "g/L")]),
    ("vitals.systolic_bp", "cpr-bp-180", "relative", [(180, "mm[Hg]")], [(179, "mm[Hg]")]),
    ("vitals.diastolic_bp", "cpr-bp-180", "relative", [(110, "mm[Hg]")], [(109, "mm[Hg]")]),
    ("vitals.systolic_bp", "cpr-bp-160", "caution", [(160, "mm[Hg]"), (179, "mm[Hg]")], [(159, "mm[Hg]"), (180, "mm[Hg]")]),
    ("vitals.diastolic_bp", "cpr-bp-160", "caution", [(100, "mm[Hg]"), (109, "mm[Hg]")], [(99, "mm[Hg]"), (110, "mm[Hg]")]),
    ("vitals.bmi", "ob-3", "relative", [(40, "kg/m2")], [(39.9, "kg/m2")]),
    ("vitals.bmi", "ob-2", "caution", [(35, "kg/m2"), (39.9, "kg/m2")], [(34.9, "kg/m2"), (40, "kg/m2")]),
    ("vitals.bmi", "ob-1", "information", [(30, "kg/m2"), (34.9, "kg/m2")], [(29.9, "kg/m2"), (35, "kg/m2")]),
    ("vitals.bmi", "ob-under", "relative", [(18.4, "kg/m2")], [(18.5, "kg/m2")]),
    ("conditions.lvef", "cpr-lvef", "relative", [(29, "%")], [(40, "%")]),
    ("conditions.lvef", "cpr-lvef", "caution", [(30, "%"), (39, "%")], [(40, "%")]),
    ("bone.hu_l1", "bone-hu-low", "relative", [(110, "[hnsf'U]")], [(111, "[hnsf'U]")]),
    ("bone.hu_l1", "bone-hu-grey", "caution", [(111, "[hnsf'U]"), (134, "[hnsf'U]")], [(110, "[hnsf'U]"), (135, "[hnsf'U]")]),
    ("labs.vitamin_d_25oh", "bone-vitd", "caution", [(49, "nmol/L"), (19, "ng/mL")], [(50, "nmol/L"), (20, "ng/mL")]),
    ("labs.cotinine_urine", "nic-cotinine", "relative", [(100, "ug/L"), (100, "ng/mL")], [(99, "ug/L")]),
    ("labs.cotinine_serum", "nic-cotinine", "relative", [(10, "ug/L")], [(9, "ug/L")]),
    ("labs.crp", "inf-unexplained-markers", "relative", [(11, "mg/L"), (1.1, "mg/dL")], [(10, "mg/L"), (1.0, "mg/dL")]),
]  # fmt: skip
CASES = [
    (fact, rule, level, value, unit, flags)
    for fact, rule, level, above, below in LIMITS
    for values, flags in ((above, True), (below, False))
    for value, unit in values
]


def alone(fact: str, value: float, unit: str) -> dict[str, object]:
    """Return one fact, and out of its way what would contradict it or answer for it."""
    changes: dict[str, object] = {fact: amount(value, unit)}
    if fact == "vitals.bmi":
        changes |= {"vitals.height": None, "vitals.weight": None}
    if fact == "labs.crp":
        changes["infection.cause_recorded"] = False
    return changes


@pytest.mark.parametrize(("fact", "rule", "level", "value", "unit", "flags"), CASES)
def test_limit_decides_alike_in_every_unit(
    fact: str, rule: str, level: str, value: float, unit: str, *, flags: bool
) -> None:
    """A value on or past the limit flags at its level; one before it does not."""
    result = run(alone(fact, value, unit))
    flagged = status(result, rule) == "flagged"
    assert flagged is flags
    if flags:
        assert effective(result, rule) == level


GLUCOSE = [
    ("dm-glucose-dayof", 10.1, "mmol/L", True),
    ("dm-glucose-dayof", 10.0, "mmol/L", False),
    ("dm-glucose-dayof", 181, "mg/dL", True),
    ("dm-glucose-dayof", 180, "mg/dL", False),
    ("dm-glucose-dayof", 5.5, "mmol/L", True),
    ("dm-glucose-dayof", 5.6, "mmol/L", False),
    ("dm-glucose-dayof", 99, "mg/dL", True),
    ("dm-glucose-dayof", 100, "mg/dL", False),
    ("dm-glucose-stop", 14.0, "mmol/L", True),
    ("dm-glucose-stop", 13.9, "mmol/L", False),
    ("dm-glucose-stop", 251, "mg/dL", True),
    ("dm-glucose-stop", 250, "mg/dL", False),
    ("dm-hypo", 3.8, "mmol/L", True),
    ("dm-hypo", 3.9, "mmol/L", False),
    ("dm-hypo", 69, "mg/dL", True),
    ("dm-hypo", 70, "mg/dL", False),
]


@pytest.mark.parametrize(("rule", "value", "unit", "flags"), GLUCOSE)
def test_glucose_of_the_day_follows_the_printed_pairs(
    rule: str, value: float, unit: str, *, flags: bool
) -> None:
    """180 mg/dL is 10.0 mmol/L, 250 is 13.9, 100 is 5.6 and 70 is 3.9: no false flag between."""
    result = run({"labs.glucose": amount(value, unit, DAY)})
    assert (status(result, rule) == "flagged") is flags


@pytest.mark.parametrize(
    ("inr", "rule", "expected"),
    [
        (1.5, "coag-inr", "flagged"),
        (1.4, "coag-inr", "clear"),
        (1.3, "coag-inr-grey", "flagged"),
        (1.2, "coag-inr-grey", "clear"),
        (1.5, "coag-inr-grey", "not_applicable"),
    ],
)
def test_inr_has_a_limit_and_a_grey_band(inr: float, rule: str, expected: str) -> None:
    """An INR of 1.5 stops; from 1.3 it is a caution."""
    result = run({"labs.inr": {"value": inr, "measured_on": "2026-03-15"}})
    assert status(result, rule) == expected


@pytest.mark.parametrize(
    ("score", "value", "rule", "level"),
    [
        ("audit_c", 3, "sub-alcohol-risk", "caution"),
        ("audit_c", 8, "sub-alcohol-high", "relative"),
        ("dast10", 3, "sub-dast", "caution"),
        ("dast10", 6, "sub-dast", "relative"),
        ("rcri", 2, "cpr-rcri", "caution"),
        ("rcri", 3, "cpr-rcri", "relative"),
        ("ariscat", 26, "cpr-ariscat", "caution"),
        ("ariscat", 45, "cpr-ariscat", "relative"),
        ("dasi", 34, "cpr-functional", "caution"),
    ],
)
def test_score_flags_from_its_limit_on(score: str, value: int, rule: str, level: str) -> None:
    """Scores flag at their limit, at the level of their band (AUDIT-C 3 in a woman)."""
    open_items = unreviewed("conditions") | {"procedure.expected_duration": None}
    result = run(open_items | {f"scores.{score}": value})
    assert (status(result, rule), effective(result, rule)) == ("flagged", level)


@pytest.mark.parametrize(
    ("sex", "value", "expected"),
    [("male", 3, "clear"), ("male", 4, "flagged"), ("unknown", 3, "undecided"), ("unknown", 2, "clear")],
)  # fmt: skip
def test_limit_that_depends_on_sex_is_open_only_between(
    sex: str, value: int, expected: str
) -> None:
    """With unknown sex an AUDIT-C of 3 stays open; below and above it is decided."""
    result = run({"scores.audit_c": value, "patient.sex_at_birth": sex})
    assert status(result, "sub-alcohol-risk") == expected
