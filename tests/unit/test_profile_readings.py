"""Profile -> Readings, continued: reviews, contradictions, derived facts and the whole."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.clock import At
from backrec_cli.units import Quantity
from tests.unit.profile_bench import SURGERY, VIEWS, quantity, settled

DAY = {"date": SURGERY}


def one(document: Mapping[str, object], path: str, as_of: date = date(2026, 3, 16)) -> FactReading:
    """Return one settled fact."""
    return settled(document, as_of).fact(path)


# Reviews.


def test_review_turns_what_was_not_mentioned_into_no() -> None:
    """Booleans, events, medications and choices with a "none"; nothing else."""
    document = {
        "procedure": DAY,
        "reviewed": ["conditions", "medications", "labs", "positioning"],
    }
    readings = settled(document)
    assert readings.denied == (
        "labs.group_and_save",
        "conditions.diabetes",
        "conditions.mi",
        "conditions.epilepsy",
        "medications.warfarin",
        "medications.apixaban",
    )
    values = {path: readings.fact(path).value for path in readings.denied}
    assert values["conditions.diabetes"] == "none"
    assert all(value is False for path, value in values.items() if path != "conditions.diabetes")
    denied = readings.fact("conditions.mi")
    assert (denied.by_review, denied.reported, denied.stale_from) == (True, "no", None)
    assert denied.source == "review, undated"


@pytest.mark.parametrize(
    ("path", "reviewed"),
    [
        ("conditions.bleeding_plan", "conditions"),
        ("conditions.ckd_stage", "conditions"),
        ("positioning.eyes_free", "positioning"),
        ("labs.mrsa_screen", "labs"),
        ("labs.hba1c", "labs"),
        ("patient.birth_date", "patient"),
        ("patient.name", "patient"),
    ],
)
def test_review_never_denies_measurements_plans_or_protective_facts(
    path: str, reviewed: str
) -> None:
    """What protects the patient, and what must be measured, is never assumed."""
    document = {"procedure": DAY, "reviewed": [reviewed]}
    assert one(document, path).absence is Absence.NOT_RECORDED


@pytest.mark.parametrize(
    ("written", "absence"),
    [
        ("type9", Absence.NOT_A_CHOICE),
        ("unknown", Absence.NOT_KNOWN),
        ({"value": "type1", "measured_on": "2030-01-01"}, Absence.FUTURE),
    ],
)
def test_review_never_denies_what_was_mentioned(written: object, absence: Absence) -> None:
    """Something was said, so it was not silence, even if it cannot be used."""
    document = {
        "procedure": DAY,
        "conditions": {"diabetes": written},
        "reviewed": ["conditions"],
    }
    readings = settled(document)
    assert readings.fact("conditions.diabetes").absence is absence
    assert "conditions.diabetes" not in readings.denied


@pytest.mark.parametrize(
    ("on", "as_of", "at", "void"),
    [
        ("2025-12-16", date(2026, 3, 16), "surgery", None),
        ("2025-12-15", date(2026, 3, 16), "surgery", Absence.STALE),
        ("2025-12-10", date(2026, 3, 2), "surgery", Absence.STALE),
        ("2025-12-10", date(2026, 3, 2), "as_of", None),
        ("2026-03-17", date(2026, 3, 16), "surgery", Absence.FUTURE),
        ("2026-03-17", date(2026, 3, 20), "surgery", Absence.FUTURE),
        ("unknown", date(2026, 3, 16), "surgery", None),
    ],
)
def test_dated_review_counts_for_its_days(
    on: str, as_of: date, at: At, void: Absence | None
) -> None:
    """Ninety days; one dated ahead is a mistake; an undated one is taken as it is."""
    document = {
        "procedure": DAY,
        "reviewed": {"conditions": {"on": on, "by": "pre-assessment nurse"}},
    }
    readings = settled(document, as_of, at=at)
    assert dict(readings.void_reviews) == ({} if void is None else {"conditions": void})
    assert readings.fact("conditions.mi").known is (void is None)


def test_denial_of_a_dated_review_goes_stale_with_it() -> None:
    """How long the answer holds depends on the history too."""
    document = {
        "procedure": DAY,
        "reviewed": {"conditions": {"on": "2026-03-10", "by": "nurse"}},
    }
    denied = one(document, "conditions.mi")
    assert denied.stale_from == date(2026, 6, 9)
    assert denied.source == "review, 2026-03-10, nurse"
    assert denied.on is None


# Contradictions.


@pytest.mark.parametrize(
    ("systolic", "diastolic", "conflicting"),
    [(124, 76, False), (77, 76, False), (76, 76, True), (76, 124, True)],
)
def test_swapped_blood_pressure_is_rejected_on_both_sides(
    systolic: float, diastolic: float, *, conflicting: bool
) -> None:
    """Which of the two is wrong cannot be known."""
    document = {
        "procedure": DAY,
        "vitals": {
            "systolic_bp": quantity(systolic, "mm[Hg]"),
            "diastolic_bp": quantity(diastolic, "mm[Hg]"),
        },
    }
    readings = settled(document)
    for path in ("vitals.systolic_bp", "vitals.diastolic_bp"):
        reading = readings.fact(path)
        assert (reading.absence is Absence.CONFLICTING) is conflicting
        assert reading.hint == ("systolic must be above diastolic" if conflicting else None)


def body(bmi: object = None, **changes: object) -> dict[str, object]:
    """Return a profile with 76 kg and 178 cm (BMI 23.99), and perhaps a given BMI."""
    vitals: dict[str, object] = {
        "height": quantity(178, "cm", "2026-02-04"),
        "weight": quantity(76, "kg", "2026-03-10"),
        **changes,
    }
    if bmi is not None:
        vitals["bmi"] = bmi
    return {"procedure": DAY, "vitals": vitals}


@pytest.mark.parametrize(
    ("bmi", "conflicting"), [(24.9, False), (23.0, False), (25.0, True), (22.9, True), (30, True)]
)
def test_given_bmi_that_does_not_fit_rejects_all_three(bmi: float, *, conflicting: bool) -> None:
    """More than 1.0 from weight and height; nothing is derived from what is in doubt."""
    readings = settled(body(quantity(bmi, "kg/m2", "2026-03-10")))
    for path in ("vitals.bmi", "vitals.height", "vitals.weight"):
        assert (readings.fact(path).absence is Absence.CONFLICTING) is conflicting


def test_contradiction_is_the_same_in_both_views() -> None:
    """It is a mistake of the record, whatever the day."""
    document = body(quantity(30, "kg/m2", "2026-02-20"))
    for view in VIEWS:
        readings = settled(document, date(2026, 3, 12), at=view)
        assert readings.fact("vitals.weight").absence is Absence.CONFLICTING


def test_check_with_an_unknown_fact_holds() -> None:
    """Nothing contradicts what is not known."""
    document = body(quantity(30, "kg/m2", "2026-03-10"), weight="unknown")
    readings = settled(document)
    assert readings.fact("vitals.bmi").known
    assert readings.fact("vitals.height").known


# Derived facts.


def test_derived_value_goes_stale_with_the_first_of_its_inputs() -> None:
    """The weight (30 days) goes before the height (365 days), so its date is the date."""
    bmi = one(body(), "vitals.bmi")
    assert isinstance(bmi.value, Quantity)
    assert bmi.value.unit == "kg/m2"
    assert bmi.value.value.quantize(Decimal("0.0001")) == Decimal("23.9869")
    assert (bmi.reported, bmi.unit) == ("23.99 kg/m2", "kg/m2")
    assert (bmi.on, bmi.stale_from) == (date(2026, 3, 10), date(2026, 4, 10))
    assert set(bmi.inputs) == {"vitals.height", "vitals.weight"}


@pytest.mark.parametrize(
    ("weight", "reported"),
    [
        (96, "24.0 kg/m2"),
        (139.984, "34.996 kg/m2"),
        (139.84, "34.96 kg/m2"),
        (140, "35.0 kg/m2"),
        (139.99996, "34.99999 kg/m2"),
        (139.9999999, "35.000000 kg/m2"),
    ],
)
def test_derived_value_is_never_shown_as_a_limit_it_does_not_reach(
    weight: float, reported: str
) -> None:
    """A BMI of 34.996 must not read 35.0 beside "at or above 35"."""
    document = body(
        height=quantity(200, "cm", "2026-03-01"), weight=quantity(weight, "kg", "2026-03-01")
    )
    assert one(document, "vitals.bmi").reported == reported


@pytest.mark.parametrize(
    ("weight", "absence"),
    [
        (quantity(76, "kg", "2026-02-01"), Absence.STALE),
        (quantity(76, "kg"), Absence.UNDATED),
        (quantity(76, "kg", "2026-03-20"), Absence.FUTURE),
        (quantity(7.6, "kg", "2026-03-10"), Absence.IMPLAUSIBLE),
        (76, Absence.NO_UNIT),
        (quantity(76, "st", "2026-03-10"), Absence.UNKNOWN_UNIT),
        ("unknown", Absence.NOT_KNOWN),
    ],
)
def test_unusable_input_makes_the_derived_fact_unknown_for_the_same_reason(
    weight: object, absence: Absence
) -> None:
    """Nothing is derived from what the rules may not use themselves."""
    reading = one(body(weight=weight), "vitals.bmi")
    assert (reading.value, reading.absence) == (None, absence)


def test_stale_derived_fact_tells_from_when_a_repeat_would_hold() -> None:
    """It carries the dates of the input that must be repeated."""
    bmi = one(body(weight=quantity(76, "kg", "2026-02-10")), "vitals.bmi")
    assert (bmi.on, bmi.stale_from) == (date(2026, 2, 10), date(2026, 3, 13))


def test_derived_fact_without_one_of_its_inputs_is_not_recorded() -> None:
    """A weight alone is no BMI, and an old weight alone is no stale BMI."""
    document = {"procedure": DAY, "vitals": {"weight": quantity(76, "kg", "2026-01-01")}}
    readings = settled(document)
    assert readings.fact("vitals.bmi").absence is Absence.NOT_RECORDED
    assert "vitals.bmi" not in readings.all()


@pytest.mark.parametrize(
    ("bmi", "absence"),
    [
        ("unknown", Absence.NOT_KNOWN),
        (quantity(24, "kg/m2", "2026-01-01"), Absence.STALE),
        (24, Absence.NO_UNIT),
        (quantity(240, "kg/m2", "2026-03-10"), Absence.IMPLAUSIBLE),
    ],
)
def test_derivation_never_replaces_what_is_recorded(bmi: object, absence: Absence) -> None:
    """Replacing a value by "unknown" must not let another one appear."""
    assert one(body(bmi), "vitals.bmi").absence is absence


def test_derived_value_that_is_impossible_is_rejected() -> None:
    """Twenty kilograms at 230 cm: each possible, both together not."""
    document = body(
        height=quantity(230, "cm", "2026-03-01"), weight=quantity(20, "kg", "2026-03-01")
    )
    reading = one(document, "vitals.bmi")
    assert (reading.value, reading.absence) == (None, Absence.IMPLAUSIBLE)
    assert reading.hint == "derived value; possible are 10 to 90 kg/m2"


@pytest.mark.parametrize(
    ("birth_date", "age"), [("1988-03-16", 38), ("1988-03-17", 37), ("2008-03-17", 17)]
)
def test_age_is_counted_on_the_day_of_surgery(birth_date: str, age: int) -> None:
    """The birthday itself counts."""
    document = {"procedure": DAY, "patient": {"birth_date": birth_date}}
    reading = one(document, "patient.age", date(2026, 1, 1))
    assert (reading.value, reading.reported, reading.stale_from) == (age, str(age), None)


# The whole.


def test_all_readings_stand_in_the_dictionarys_order() -> None:
    """Recorded, derived and denied facts, and nothing that nobody said anything about."""
    document = {
        "reviewed": ["medications"],
        "vitals": {
            "weight": quantity(76, "kg", "2026-03-10"),
            "height": quantity(178, "cm", "2026-03-10"),
        },
        "procedure": DAY,
        "patient": {"name": "A"},
    }
    assert list(settled(document).all()) == [
        "patient.name",
        "procedure.date",
        "vitals.height",
        "vitals.weight",
        "vitals.bmi",
        "medications.warfarin",
        "medications.apixaban",
    ]


def test_fact_that_could_not_be_derived_is_not_listed() -> None:
    """Its input is rejected once, and not a second time under the name of what follows from it."""
    readings = settled(body(weight=76))
    assert [path for path, reading in readings.all().items() if reading.rejected] == [
        "vitals.weight"
    ]
    assert readings.fact("vitals.bmi").absence is Absence.NO_UNIT


def test_unknown_path_is_not_recorded() -> None:
    """The environment answers for every name."""
    assert one({"procedure": DAY}, "labs.nothing") == FactReading("labs.nothing")
