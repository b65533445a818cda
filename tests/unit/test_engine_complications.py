"""What drives a complication in a patient: present, absent, unknown, waiting, not assessed."""

from pathlib import Path

import pytest

from backrec_cli.assessment.model import Assessment, ComplicationRisk, DriverResult
from backrec_cli.engine import assess
from backrec_cli.engine import explain as trace
from tests.unit.engine_bench import Bench

RULES = """
[[rule]]
id = "marker-high"
title = "Marker high"
when = "labs.marker > 10 'mg/L'"
optional = ["labs.marker"]
level = "relative"
#common
[[rule]]
id = "thinner-late"
title = "Thinner late"
applies = "medications.thinner"
when = "difference in days between medications.thinner.last_dose_on and procedure.date < 3"
level = "relative"
#common
[[require]]
id = "marker-missing"
title = "Marker"
applies = "medications.thinner"
facts = ["labs.marker"]
from = "-5 d"
level = "relative"
#common
[[step]]
id = "signed"
title = "Signed"
done = "consent.signed"
window = { from = "-28 d", to = "-1 d" }
gate = "absolute"
#common
[[complication]]
id = "bleeding"
title = "Bleeding"
applies = "not conditions.plan"
prevent = ["signed", "thinner-late", "marker-high", "marker-missing"]
mark = "LP"
note = "A note."
[[complication.driver]]
title = "Marker"
when = "labs.marker > 10 'mg/L'"
optional = ["labs.marker"]
[[complication.driver]]
title = "Thinner"
when = "medications.thinner"
[[complication]]
id = "other"
title = "Other"
prevent = ["signed"]
mark = "LP"
[[complication.driver]]
title = "Infection"
when = "conditions.infection"
"""


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A pack with two complications."""
    return Bench(tmp_path, RULES)


def bleeding(result: Assessment) -> ComplicationRisk:
    """Return what became of the first complication."""
    (found,) = (risk for risk in result.complications if risk.complication == "bleeding")
    return found


def marker(result: Assessment) -> DriverResult:
    """Return what became of its first driver."""
    return bleeding(result).drivers[0]


PLAN = {"plan": False}


def measured(value: object, on: str) -> dict[str, object]:
    """Return a result of the marker."""
    return {"marker": {"value": value, "unit": "mg/L", "measured_on": on}}


@pytest.mark.parametrize(
    ("day", "labs", "thinner", "expected"),
    [
        ("2026-03-16", measured(11, "2026-03-10"), False, "present"),
        ("2026-03-16", measured(10, "2026-03-10"), False, "absent"),
        ("2026-03-16", {}, False, "not_assessed"),
        ("2026-03-16", {}, True, "unknown"),
        ("2026-03-16", {"marker": "unknown"}, False, "unknown"),
        ("2026-03-16", measured(11, "2026-01-10"), False, "unknown"),
        ("2026-03-16", {"marker": {"value": 11, "unit": "mg/L"}}, False, "unknown"),
        ("2026-03-16", {"marker": {"value": 11}}, False, "unknown"),
        ("2026-03-16", measured(9000, "2026-03-10"), False, "unknown"),
        # Three weeks ahead: what will be stale on the day holds today, and otherwise waits.
        ("2026-02-20", measured(11, "2026-02-10"), False, "present"),
        ("2026-02-20", measured(10, "2026-02-10"), False, "pending"),
        ("2026-02-20", {}, True, "pending"),
        ("2026-02-20", {}, False, "not_assessed"),
        ("2026-02-20", {"marker": "unknown"}, False, "unknown"),
    ],
)
def test_driver_is_never_absent_for_want_of_its_fact(
    bench: Bench, day: str, labs: dict[str, object], *, thinner: bool, expected: str
) -> None:
    """Missing, stale, undated, unit-less or impossible: unknown, and only a good result is no."""
    drugs = {"thinner": thinner}
    result = bench.assess(day, labs=labs, conditions=PLAN, medications=drugs)
    assert marker(result).status.value == expected


def test_present_driver_shows_value_date_and_limit(bench: Bench) -> None:
    """The evidence is that of a finding."""
    (shown,) = marker(bench.assess(labs=measured(11, "2026-03-10"), conditions=PLAN)).evidence
    assert (shown.fact, shown.reported, str(shown.on), shown.age_days, shown.limit) == (
        "labs.marker",
        "11 mg/L",
        "2026-03-10",
        6,
        "10 mg/L",
    )


@pytest.mark.parametrize(
    ("labs", "reason"),
    [
        ({}, "not_recorded"),
        ({"marker": "unknown"}, "not_known"),
        (measured(11, "2026-01-10"), "stale"),
        ({"marker": {"value": 11}}, "no_unit"),
    ],
)
def test_what_a_driver_lacks_is_named_with_its_reason(
    bench: Bench, labs: dict[str, object], reason: str
) -> None:
    """Also an optional result that was never taken."""
    driver = marker(bench.assess(labs=labs, conditions=PLAN))
    assert [(m.fact, m.reason.value) for m in driver.missing] == [("labs.marker", reason)]


def test_pending_driver_says_from_when(bench: Bench) -> None:
    """The requirement asks from five days before."""
    driver = marker(bench.assess("2026-02-20", conditions=PLAN, medications={"thinner": True}))
    assert str(driver.pending_from) == "2026-03-11"


@pytest.mark.parametrize(
    ("plan", "applies", "drivers", "missing"),
    [
        ({"plan": False}, True, 2, []),
        ({"plan": True}, False, 0, []),
        ({"plan": "unknown"}, None, 2, ["conditions.plan"]),
        ({}, None, 2, ["conditions.plan"]),
    ],
)
def test_complication_applies_may_apply_or_does_not(
    bench: Bench,
    plan: dict[str, object],
    *,
    applies: bool | None,
    drivers: int,
    missing: list[str],
) -> None:
    """Where that is unknown its drivers are listed all the same."""
    risk = bleeding(bench.assess(conditions=plan))
    assert risk.applies is applies
    assert len(risk.drivers) == drivers
    assert [lacking.fact for lacking in risk.missing] == missing
    assert bool(risk.prevent) is (drivers > 0)


@pytest.mark.parametrize(
    ("day", "sections", "expected"),
    [
        (
            "2026-03-16",
            {"labs": measured(11, "2026-03-10"), "medications": {"thinner": False}},
            ["signed flagged", "marker-high flagged"],
        ),
        (
            "2026-03-16",
            {"consent": {"signed": "2026-03-10"}, "medications": {"thinner": False}},
            [],
        ),
        (
            "2026-03-16",
            {"consent": {"signed": "2026-03-10"}, "medications": {"thinner": True}},
            ["thinner-late undecided", "marker-missing undecided"],
        ),
        (
            "2026-02-20",
            {"medications": {"thinner": {"last_dose_on": "2026-02-19"}}},
            ["signed due", "marker-high pending", "marker-missing pending"],
        ),
    ],
)
def test_what_concerns_this_patient_is_listed_most_pressing_first(
    bench: Bench, day: str, sections: dict[str, object], expected: list[str]
) -> None:
    """Rules that hold, are open or wait, and steps not done; what is settled is left out."""
    risk = bleeding(bench.assess(day, conditions=PLAN, **sections))
    assert [f"{p.entry} {p.status.value}" for p in risk.prevent] == expected


def test_part_of_the_pack_keeps_the_complications_it_acts_against(bench: Bench) -> None:
    """Who selects one rule is not told of what it has nothing to do with."""
    patient = bench.patient(conditions=PLAN)
    day = bench.assess().as_of
    part = assess(patient, bench.pack, day, select=["marker-high"])
    assert [risk.complication for risk in part.complications] == ["bleeding"]
    rest = assess(patient, bench.pack, day, ignore=["marker-high"])
    assert [risk.complication for risk in rest.complications] == ["bleeding", "other"]


@pytest.mark.parametrize(
    ("plan", "outcome", "parts"),
    [
        (False, "1 of 2 drivers present", ["applies", "driver (Marker)", "driver (Thinner)"]),
        (True, "not applicable", ["applies", "driver (Marker)", "driver (Thinner)"]),
    ],
)
def test_complication_can_be_explained(
    bench: Bench, *, plan: bool, outcome: str, parts: list[str]
) -> None:
    """`backrec explain` traces each driver."""
    patient = bench.patient(
        conditions={"plan": plan}, medications={"thinner": False}, labs=measured(11, "2026-03-10")
    )
    found = trace(patient, bench.pack, bench.assess().as_of, "bleeding")
    assert found.outcome == outcome
    assert [part.title for part in found.parts] == parts
    assert found.note == "A note."
