"""Time in the pack: drug holds, waiting times, freshness, consent order, weeks ahead."""

import pytest

from tests.acceptance.baseline import DAY, amount, effective, on, run, status

# drug, rule, last dose that is early enough, last dose that is a day too late
HOLDS = [
    ("warfarin", "med-warfarin", "2026-03-10", "2026-03-11"),
    ("apixaban", "med-xa", "2026-03-13", "2026-03-14"),
    ("rivaroxaban", "med-xa", "2026-03-13", "2026-03-14"),
    ("edoxaban", "med-xa", "2026-03-13", "2026-03-14"),
    ("dabigatran", "med-dabigatran", "2026-03-13", "2026-03-14"),
    ("clopidogrel", "med-clopidogrel", "2026-03-08", "2026-03-11"),
    ("ticagrelor", "med-ticagrelor", "2026-03-08", "2026-03-11"),
    ("prasugrel", "med-prasugrel", "2026-03-08", "2026-03-09"),
    ("empagliflozin", "med-sglt2", "2026-03-13", "2026-03-14"),
    ("ertugliflozin", "med-sglt2", "2026-03-12", "2026-03-13"),
]


@pytest.mark.parametrize(("drug", "rule", "early", "late"), HOLDS)
def test_drug_hold_counts_drug_free_days(drug: str, rule: str, early: str, late: str) -> None:
    """The last permitted dose passes; the day after it flags, and undated leaves it open."""
    fact = f"medications.{drug}"
    assert status(run({fact: on(early)}), rule) == "clear"
    assert status(run({fact: on(late)}), rule) == "flagged"
    assert effective(run({fact: on(late)}), rule) == "relative"
    assert status(run({fact: True}), rule) == "undecided"
    assert status(run({fact: "unknown"}), rule) == "undecided"
    assert status(run({fact: False}), rule) == "not_applicable"
    assert status(run({fact: True}, "2026-02-20"), rule) == "pending"


def test_dabigatran_with_a_low_clearance_needs_two_more_days() -> None:
    """Under 50 mL/min four days are left out; over it, two."""
    low = {"medications.dabigatran": on("2026-03-12"), "labs.creatinine": amount(150, "umol/L")}
    assert status(run(low), "med-dabigatran") == "flagged"
    longer = low | {"medications.dabigatran": on("2026-03-11")}
    assert status(run(longer), "med-dabigatran") == "clear"


# event, rule, date that still counts, date that no longer does
WAITS = [
    ("mi", "cpr-mi-60d", "2026-01-16", "2025-11-01"),
    ("stroke_tia", "cpr-stroke-90d", "2025-12-17", "2025-12-16"),
    ("stroke_tia", "cpr-stroke-270d", "2025-12-16", "2025-06-18"),
    ("copd_exacerbation", "cpr-copd-exac", "2026-02-14", "2026-02-13"),
]


@pytest.mark.parametrize(("event", "rule", "counts", "past"), WAITS)
def test_waiting_time_ends_to_the_day(event: str, rule: str, counts: str, past: str) -> None:
    """An event inside its waiting time flags; one past it, or denied, is clear."""
    fact = f"conditions.{event}"
    assert status(run({fact: counts}), rule) == "flagged"
    assert status(run({fact: past}), rule) == "clear"
    assert status(run({fact: False}), rule) == "clear"
    assert status(run({fact: "unknown"}), rule) == "undecided"
    assert status(run({fact: {"value": True}}), rule) == "undecided"


def test_infarction_of_60_days_is_a_caution_and_of_59_a_stop() -> None:
    """Under 60 days absolute, to 90 days a caution."""
    assert effective(run({"conditions.mi": "2026-01-16"}), "cpr-mi-60d") == "absolute"
    assert effective(run({"conditions.mi": "2026-01-15"}), "cpr-mi-60d") == "caution"


@pytest.mark.parametrize(
    ("fact", "last_day", "day_before", "rule"),
    [
        ("labs.platelets", "2026-02-14", "2026-02-13", "coag-platelets-missing"),
        ("vitals.weight", "2026-02-14", "2026-02-13", "ob-missing"),
        ("vitals.systolic_bp", "2026-02-14", "2026-02-13", "cpr-bp-missing"),
    ],
)
def test_required_result_is_stale_to_the_day(
    fact: str, last_day: str, day_before: str, rule: str
) -> None:
    """Thirty days hold; thirty-one do not, and the verdict is then open."""
    units = {
        "labs.platelets": (200, "10*9/L"),
        "vitals.weight": (69, "kg"),
        "vitals.systolic_bp": (120, "mm[Hg]"),
    }
    value, unit = units[fact]
    assert run({fact: amount(value, unit, last_day)}).verdict == "eligible"
    stale = run({fact: amount(value, unit, day_before)})
    assert (stale.verdict, status(stale, rule)) == ("undecided", "undecided")


@pytest.mark.parametrize(
    ("inr_day", "expected"),
    [("2026-03-16", "clear"), ("2026-03-15", "clear"), ("2026-03-14", "undecided"), (None, "undecided")],
)  # fmt: skip
def test_warfarin_needs_an_inr_of_the_day_before(inr_day: str | None, expected: str) -> None:
    """On warfarin only an INR of day -1 or 0 counts."""
    inr = None if inr_day is None else {"value": 1.1, "measured_on": inr_day}
    result = run({"medications.warfarin": on("2026-03-09"), "labs.inr": inr})
    assert status(result, "coag-inr-missing") == expected
    assert (result.verdict == "undecided") is (expected == "undecided")


def test_warfarin_two_weeks_ahead_waits_for_its_inr() -> None:
    """At T-14 neither the hold nor the INR can be known, and neither blocks."""
    result = run({"medications.warfarin": True}, "2026-03-02")
    assert status(result, "coag-inr-missing") == "pending"
    assert status(result, "coag-inr") == "pending"
    assert status(result, "med-warfarin") == "pending"


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        ({}, "clear"),
        ({"consent.signed": "2026-03-08"}, "flagged"),
        ({"consent.signed": "2026-03-09"}, "clear"),
        ({"consent.risks_explained": "2026-03-10"}, "flagged"),
        ({"consent.understanding_confirmed": None}, "undecided"),
        (
            {
                "consent.signed": "2026-03-09T10:00",
                "consent.understanding_confirmed": "2026-03-09T10:30",
            },
            "flagged",
        ),
        (
            {
                "consent.signed": "2026-03-09T11:00",
                "consent.understanding_confirmed": "2026-03-09T10:30",
            },
            "clear",
        ),
        ({"consent.signed": "2026-03-09T11:00"}, "undecided"),
    ],
)
def test_consent_comes_in_order(consent: dict[str, object], expected: str) -> None:
    """Topics, then understanding, then the signature; one time missing on one day is open."""
    assert status(run(consent), "con-order") == expected


@pytest.mark.parametrize(
    ("fact", "step"),
    [
        ("consent.pain_management_explained", "con-topics"),
        ("consent.understanding_confirmed", "con-understanding"),
        ("consent.signed", "con-signed"),
    ],
)
def test_consent_gate_is_due_before_the_day_and_stops_on_it(fact: str, step: str) -> None:
    """An open consent step never touches an early verdict, and is absolute on the day."""
    early = run({fact: None}, "2026-03-12")
    assert status(early, step) == "due"
    assert step not in {f.rule for f in early.flagged}
    late = run({fact: None})
    assert (status(late, step), effective(late, step)) == ("flagged", "absolute")
    assert late.verdict == "not_eligible"


@pytest.mark.parametrize(
    "days_ahead", ["2026-02-16", "2026-03-02", "2026-03-10", "2026-03-15", DAY]
)
def test_ordinary_patient_is_decided_weeks_ahead(days_ahead: str) -> None:
    """A normal work-up of today gives a decided answer at T-28, T-14, T-6, T-1 and on the day."""
    taken = min(days_ahead, "2026-03-10")
    changes: dict[str, object] = {
        "labs.measured_on": taken,
        "vitals.measured_on": taken,
        "labs.crp": amount(2, "mg/L", taken),
        "vitals.heart_rate": None,
        "vitals.temperature": None,
        "patient.asa_class": None,
    }
    if days_ahead < DAY:
        changes["patient.pregnancy_possible"] = None
    if days_ahead < "2026-03-15":
        changes |= {"procedure.history_physical": None, "procedure.anaesthetic_assessment": None}
        changes |= {f"consent.{topic}": None for topic in TOPICS}
        changes |= {"prep.showered": None}
    reviewed = ["conditions", "medications", "infection", "wound", "bone", "neuro"]
    sections = [*reviewed, "radiation", "allergies", "habits"]
    changes["reviewed"] = {name: {"on": taken} for name in sections}
    result = run(changes, days_ahead)
    assert result.verdict == "eligible", [(f.rule, f.missing) for f in result.undecided]


TOPICS = [
    "risks_explained",
    "benefits_explained",
    "recovery_explained",
    "pain_management_explained",
    "restrictions_explained",
    "physical_therapy_explained",
    "diagnosis_explained",
    "nature_explained",
    "understanding_confirmed",
    "signed",
]
