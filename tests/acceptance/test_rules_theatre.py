"""The day and the theatre: fasting, antibiotics, skin, position, and the three pauses."""

import json
from datetime import date

import pytest

from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from tests.acceptance.baseline import DAY, amount, before, change, outcome, reviewed_on, run
from tests.shipped import pack

Changes = dict[str, object]
Row = tuple[Changes, str, str]
URGENT: Changes = {"procedure.urgency": "urgent"}


def technique(*names: str) -> Changes:
    """Return the change of technique."""
    return {"procedure.technique": list(names)}


def size(value: float, unit: str) -> dict[str, object]:
    """Return a quantity without a date."""
    return {"value": value, "unit": unit}


def given(agent: str, dose: float, unit: str = "g", weight: float = 80) -> Changes:
    """Return an antibiotic with its dose, in a patient of that weight."""
    return {
        "prep.antibiotic": agent,
        "prep.antibiotic_dose": size(dose, unit),
        "vitals.weight": amount(weight, "kg"),
        "vitals.bmi": None,
        "vitals.height": None,
    }


def timed(agent: str, started: str, incision: str) -> Changes:
    """Return an antibiotic started, and an incision made, at two times of the day of surgery."""
    return {
        "prep.antibiotic": agent,
        "prep.antibiotic_started_at": f"2026-03-16T{started}",
        "prep.incision_at": f"2026-03-16T{incision}",
    }


ANTIBIOTIC: list[Row] = [
    (timed("cefazolin", "08:00", "09:00"), "abx-timing", "done"),
    (timed("cefazolin", "08:00", "09:01"), "abx-timing", "absolute"),
    (timed("cefazolin", "08:00", "08:01"), "abx-timing", "done"),
    (timed("cefazolin", "08:00", "08:00"), "abx-timing", "absolute"),
    (timed("cefazolin", "08:10", "08:00"), "abx-timing", "absolute"),
    (timed("vancomycin", "08:00", "10:00"), "abx-timing", "done"),
    (timed("vancomycin", "08:00", "10:01"), "abx-timing", "absolute"),
    (timed("fluoroquinolone", "08:00", "10:00"), "abx-timing", "done"),
    ({"prep.antibiotic": "none"}, "abx-timing", "absolute"),
    ({"prep.antibiotic": "none"} | URGENT, "abx-timing", "absolute"),
    ({"prep.antibiotic": "cefazolin"}, "abx-timing", "due"),
    ({}, "abx-timing", "due"),
    (given("cefazolin", 2, weight=119.9), "abx-dose", "clear"),
    (given("cefazolin", 2000, "mg", weight=119.9), "abx-dose", "clear"),
    (given("cefazolin", 3, weight=119.9), "abx-dose", "caution"),
    (given("cefazolin", 1.5, weight=119.9), "abx-dose", "caution"),
    (given("cefazolin", 2, weight=120), "abx-dose", "caution"),
    (given("cefazolin", 3, weight=120), "abx-dose", "clear"),
    (given("cefazolin", 2) | {"vitals.weight": None}, "abx-dose", "undecided caution"),
    (given("clindamycin", 900, "mg"), "abx-dose", "clear"),
    (given("clindamycin", 0.9), "abx-dose", "clear"),
    (given("clindamycin", 600, "mg"), "abx-dose", "caution"),
    (given("vancomycin", 1.2, weight=80), "abx-dose", "clear"),
    (given("vancomycin", 1199, "mg", weight=80), "abx-dose", "caution"),
    (given("cefuroxime", 1.5), "abx-dose", "not_applicable"),
    ({"prep.antibiotic": "cefazolin"}, "abx-dose", "not_assessed"),
    ({}, "abx-dose", "not_assessed"),
    ({"prep.antibiotic": "cefazolin", "allergies.penicillin": "severe_delayed"}, "abx-agent", "caution"),
    ({"prep.antibiotic": "cefazolin", "allergies.penicillin": "immediate"}, "abx-agent", "clear"),
    ({"prep.antibiotic": "cefuroxime", "allergies.cephalosporin": "immediate"}, "abx-agent", "caution"),
    ({"prep.antibiotic": "cefazolin", "allergies.cefazolin": True}, "abx-agent", "caution"),
    ({"prep.antibiotic": "vancomycin", "allergies.cefazolin": True}, "abx-agent", "clear"),
    ({"allergies.cefazolin": True}, "abx-agent", "not_assessed"),
    ({"allergies.penicillin": "severe_delayed"}, "abx-vancomycin", "due"),
    ({"allergies.penicillin": "low_risk"}, "abx-vancomycin", "not_applicable"),
    ({}, "abx-stop", "information"),
    ({"wound.infected": True}, "abx-stop", "clear"),
    ({"procedure.definitive_closure_planned": False}, "abx-stop", "not_applicable"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "entry", "expected"), ANTIBIOTIC)
def test_antibiotic_is_the_right_one_in_dose_and_time(
    changes: Changes, entry: str, expected: str
) -> None:
    """Sixty minutes or 120, 2 g or 3 g at 120 kg; allergy decides the agent."""
    assert outcome(changes, entry) == expected


def lasting(hours: float, agent: str) -> Changes:
    """Return an operation of so many hours, begun 30 minutes after the antibiotic."""
    return timed(agent, "08:00", "08:30") | {"procedure.expected_duration": size(hours, "h")}


REDOSE: list[tuple[Changes, str]] = [
    (lasting(3.5, "cefazolin"), "clear"),
    (lasting(3.51, "cefazolin"), "caution"),
    (lasting(4.5, "cefuroxime"), "caution"),
    (lasting(5.5, "clindamycin"), "clear"),
    (lasting(5.51, "clindamycin"), "caution"),
    (lasting(12, "vancomycin"), "not_applicable"),
    ({"prep.antibiotic": "cefazolin", "procedure.expected_duration": size(241, "min")}, "caution"),
    ({"prep.antibiotic": "cefazolin", "procedure.expected_duration": size(4, "h")}, "not_assessed"),
    (lasting(2, "cefazolin") | {"procedure.expected_blood_loss": size(1500, "mL")}, "clear"),
    (lasting(2, "cefazolin") | {"procedure.expected_blood_loss": size(1501, "mL")}, "caution"),
    (lasting(2, "cefazolin") | {"procedure.expected_duration": None}, "undecided caution"),
    (lasting(2, "cefazolin") | {"procedure.expected_blood_loss": None}, "undecided caution"),
    ({}, "not_assessed"),
]


@pytest.mark.parametrize(("changes", "expected"), REDOSE)
def test_antibiotic_is_given_again_by_time_and_by_loss(changes: Changes, expected: str) -> None:
    """Four hours (clindamycin six) from the first dose, or more than 1500 mL; vancomycin never."""
    assert outcome(changes, "abx-redose") == expected


LOST: list[tuple[Changes, str]] = [
    ({"prep.antibiotic": "cefazolin", "theatre.blood_loss": size(1500, "mL")}, "clear"),
    ({"prep.antibiotic": "cefazolin", "theatre.blood_loss": size(1.51, "L")}, "caution"),
    ({"prep.antibiotic": "vancomycin", "theatre.blood_loss": size(3, "L")}, "not_applicable"),
    ({"prep.antibiotic": "cefazolin"}, "not_assessed"),
]


@pytest.mark.parametrize(("changes", "expected"), LOST)
def test_antibiotic_is_given_again_after_the_loss_itself(changes: Changes, expected: str) -> None:
    """What was lost in theatre counts besides what was expected."""
    assert outcome(changes, "abx-redose-loss") == expected


CHG: Changes = {"prep.skin_agent": "chg_alcohol"}
PVI: Changes = {"prep.skin_agent": "pvi_alcohol"}
AQUEOUS: Changes = {"prep.skin_agent": "aqueous"}
DURA: Changes = {"wound.exposed_dura": True}


def dried(minutes: float) -> Changes:
    """Return how long the skin agent was left to dry."""
    return {"prep.skin_dry_minutes": size(minutes, "min")}


HAIRY: Changes = {"prep.hair_in_field": True}
SKIN: list[Row] = [
    (CHG, "skin-agent", "clear"),
    (PVI, "skin-agent", "clear"),
    (AQUEOUS, "skin-agent", "caution"),
    (AQUEOUS | DURA, "skin-agent", "clear"),
    (AQUEOUS | {"wound.present": True}, "skin-agent", "clear"),
    (CHG | {"allergies.chlorhexidine": True}, "skin-agent", "caution"),
    (PVI | {"allergies.chlorhexidine": True}, "skin-agent", "clear"),
    (PVI | {"allergies.iodine_povidone": True}, "skin-agent", "caution"),
    ({}, "skin-agent", "not_assessed"),
    (DURA | CHG, "skin-open-dura", "absolute"),
    (DURA | PVI, "skin-open-dura", "absolute"),
    (DURA | PVI | URGENT, "skin-open-dura", "absolute"),
    (DURA | AQUEOUS, "skin-open-dura", "done"),
    (DURA, "skin-open-dura", "due"),
    ({"wound.present": True} | CHG, "skin-open-dura", "absolute"),
    ({"wound.pressure_injury_stage": "3"} | CHG, "skin-open-dura", "absolute"),
    ({"wound.pressure_injury_stage": "2"} | CHG, "skin-open-dura", "not_applicable"),
    (CHG, "skin-open-dura", "not_applicable"),
    (CHG | dried(3), "skin-dry", "done"),
    (CHG | dried(2), "skin-dry", "absolute"),
    (CHG | dried(2) | URGENT, "skin-dry", "absolute"),
    (AQUEOUS | dried(0), "skin-dry", "done"),
    (CHG, "skin-dry", "due"),
    (CHG | dried(59) | HAIRY, "skin-dry-hair", "absolute"),
    (CHG | dried(60) | HAIRY, "skin-dry-hair", "clear"),
    (AQUEOUS | dried(3) | HAIRY, "skin-dry-hair", "not_applicable"),
    (CHG | dried(3), "skin-dry-hair", "not_assessed"),
    (CHG | {"prep.skin_pooling": True}, "skin-pooling", "absolute"),
    (CHG | {"prep.skin_pooling": False}, "skin-pooling", "clear"),
    (AQUEOUS | {"prep.skin_pooling": True}, "skin-pooling", "not_applicable"),
    (CHG, "skin-pooling", "not_assessed"),
    ({"prep.hair": "shaved"}, "skin-hair", "caution"),
    ({"prep.hair": "clipped"}, "skin-hair", "clear"),
    ({}, "skin-hair", "not_assessed"),
    ({"prep.hair": "none"}, "adm-hair", "done"),
    ({"prep.showered": before(1)}, "skin-shower", "done"),
    ({"prep.showered": before(2)}, "skin-shower", "caution"),
    ({"prep.showered": False}, "skin-shower", "caution"),
    ({"prep.showered": None}, "skin-shower", "due"),
    ({"prep.adhesive_drape": True}, "skin-drape", "information"),
    ({"vitals.temperature": amount(35.9, "Cel", DAY)}, "warm", "caution"),
    ({"vitals.temperature": amount(36.0, "Cel", DAY)}, "warm", "clear"),
    ({"vitals.temperature": amount(96.7, "[degF]", DAY)}, "warm", "caution"),
    ({"vitals.temperature": amount(96.8, "[degF]", DAY)}, "warm", "clear"),
    ({"vitals.temperature": amount(36.5, "Cel", before(2))}, "warm", "undecided caution"),
    ({"vitals.temperature": None}, "warm", "not_assessed"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "entry", "expected"), SKIN)
def test_skin_is_clean_dry_and_warm(changes: Changes, entry: str, expected: str) -> None:
    """Alcohol on whole skin only, dry before the drape; the patient washed, clipped and warm."""
    assert outcome(changes, entry) == expected


def fasted(solids: float, clear: float = 3) -> Changes:
    """Return the hours since solid food and clear fluid."""
    return {"prep.fasting_solids_h": size(solids, "h"), "prep.fasting_clear_h": size(clear, "h")}


FATTY: Changes = {"prep.last_meal_fatty": True}
FASTING: list[Row] = [
    (fasted(6), "prep-fast-solids", "done"),
    (fasted(5.9), "prep-fast-solids", "relative"),
    (fasted(5.9) | URGENT, "prep-fast-solids", "caution"),
    ({}, "prep-fast-solids", "due"),
    (fasted(8, 2), "prep-fast-clear", "done"),
    (fasted(8, 1.9), "prep-fast-clear", "relative"),
    (fasted(8), "prep-fast-fatty", "done"),
    (fasted(7.9), "prep-fast-fatty", "due"),
    (fasted(7.9) | FATTY, "prep-fatty-meal", "caution"),
    (fasted(6) | FATTY, "prep-fatty-meal", "caution"),
    (fasted(8) | FATTY, "prep-fatty-meal", "clear"),
    (fasted(5.9) | FATTY, "prep-fatty-meal", "not_applicable"),
    (fasted(7), "prep-fatty-meal", "not_assessed"),
]


@pytest.mark.parametrize(("changes", "entry", "expected"), FASTING)
def test_fasting_is_six_hours_and_two(changes: Changes, entry: str, expected: str) -> None:
    """Solids 6 h and clear fluid 2 h are gates; 6 to 8 h after a fatty meal is a caution."""
    assert outcome(changes, entry) == expected


PRONE_ITEMS = (
    *("head_neutral", "head_at_or_above_heart", "eyes_free", "abdomen_free", "arms_within_limit"),
    *("elbows_padded", "breasts_genitalia_free", "iliac_knees_toes_padded", "lines_secured"),
    "recheck_time",
)
PRONE: Changes = {f"positioning.{item}": True for item in PRONE_ITEMS}


@pytest.mark.parametrize("item", PRONE_ITEMS)
def test_each_prone_item_is_a_gate_on_the_day(item: str) -> None:
    """One item refused is a stop; one item not answered leaves the gate open."""
    assert outcome(PRONE, "pos-prone") == "done"
    assert outcome(PRONE | {f"positioning.{item}": False}, "pos-prone") == "absolute"
    assert outcome(PRONE | {f"positioning.{item}": None}, "pos-prone") == "due"
    assert outcome(PRONE | {"procedure.position": "lateral"}, "pos-prone") == "not_applicable"


SUPINE: Changes = {"procedure.position": "supine"}
POSITION: list[Row] = [
    (SUPINE | {"positioning.arm_abduction": size(90, "deg")}, "pos-arms", "clear"),
    (SUPINE | {"positioning.arm_abduction": size(91, "deg")}, "pos-arms", "caution"),
    ({"positioning.arm_abduction": size(100, "deg")}, "pos-arms", "not_assessed"),
    ({"positioning.arms_within_limit": False}, "pos-arms", "caution"),
    ({"positioning.arms_within_limit": True}, "pos-arms", "clear"),
    ({}, "pos-log-roll", "due"),
    (SUPINE, "pos-log-roll", "not_applicable"),
    ({}, "pos-donor-site", "not_applicable"),
    (technique("skin_flap"), "pos-pedicle", "due"),
]


@pytest.mark.parametrize(("changes", "entry", "expected"), POSITION)
def test_position_spares_arms_and_flap(changes: Changes, entry: str, expected: str) -> None:
    """Ninety degrees count on the back; prone the arc must be comfortable."""
    assert outcome(changes, entry) == expected


PAUSES = {
    "wssc-signin": (
        *("identity_confirmed", "site_marked", "anaesthesia_check", "oximeter"),
        *("allergy_known", "airway_risk_asked", "blood_loss_risk_asked"),
    ),
    "wssc-timeout": (
        *("team_introduced", "patient_site_confirmed", "antibiotic_confirmed"),
        *("critical_events_reviewed", "imaging_confirmed"),
    ),
    "wssc-signout": (
        *("counts_complete", "specimen_labelled", "equipment_problems_noted"),
        "recovery_plan_said",
    ),
}


@pytest.mark.parametrize("pause", PAUSES)
def test_each_item_of_a_pause_is_asked_for(pause: str) -> None:
    """One item refused on the day is a stop, at any urgency; one not answered leaves it open."""
    answered: Changes = {f"who.{item}": True for item in PAUSES[pause]}
    assert outcome(answered, pause) == "done"
    for item in PAUSES[pause]:
        assert outcome(answered | {f"who.{item}": False}, pause) == "absolute"
        assert outcome(answered | {f"who.{item}": False} | URGENT, pause) == "absolute"
        assert outcome(answered | {f"who.{item}": None}, pause) == "due"


START: Changes = {"procedure.date": "2026-03-16T09:00"}


@pytest.mark.parametrize(
    ("entry", "later"),
    [("wssc-signin", "absolute"), ("wssc-timeout", "absolute"), ("wssc-signout", "due")],
)
def test_pause_closes_with_its_part_of_the_operation(entry: str, later: str) -> None:
    """With both times known, what belongs before the start is a stop after it; sign-out is not."""
    assert outcome(START, entry, "2026-03-16T08:59") == "due"
    assert outcome(START, entry, "2026-03-16T09:01") == later


TIMELINE: list[Row] = [
    ({}, "adm-pregnancy", "done"),
    ({"patient.pregnancy_possible": None}, "adm-pregnancy", "due"),
    ({"patient.sex_at_birth": "male"}, "adm-pregnancy", "not_applicable"),
    ({}, "adm-glucose", "not_applicable"),
    ({"conditions.diabetes": "type2", "labs.glucose": amount(180, "mg/dL", DAY)}, "adm-glucose", "done"),
    ({"conditions.diabetes": "type2", "labs.glucose": amount(181, "mg/dL", DAY)}, "adm-glucose", "due"),
    ({"conditions.diabetes": "type2", "labs.glucose": amount(99, "mg/dL", DAY)}, "adm-glucose", "due"),
    ({}, "thr-redose", "not_applicable"),
    ({"procedure.expected_duration": size(4.1, "h")}, "thr-redose", "due"),
    ({}, "thr-txa", "not_applicable"),
    ({"procedure.expected_blood_loss": size(501, "mL")}, "thr-txa", "due"),
    ({"prep.warming": True}, "thr-warming", "done"),
    ({}, "post-doac", "not_applicable"),
    ({"medications.apixaban": {"last_dose_on": before(3)}}, "post-doac", "due"),
    ({"medications.biologic": {"last_dose_on": before(60)}}, "post-biologic", "due"),
    ({"procedure.indication": "oncological"}, "post-radiotherapy", "due"),
    (technique("skin_graft"), "post-flap-checks", "due"),
    ({"handover.vte_plan": True}, "post-vte", "done"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "entry", "expected"), TIMELINE)
def test_row_of_the_timeline_prints_for_whom_it_concerns(
    changes: Changes, entry: str, expected: str
) -> None:
    """A row has its condition, and a fact that ticks it off."""
    assert outcome(changes, entry) == expected


THEATRE = ("abx-", "skin-", "pos-", "equip-", "tech-", "wssc-", "adm-", "thr-", "post-")


@pytest.mark.parametrize("days", [28, 14, 6, 1, 0])
def test_nothing_of_the_theatre_is_late_or_open_before_the_day(days: int) -> None:
    """In an ordinary patient no row is overdue or undecided, and none moves the verdict."""
    day = before(days)
    result = run({"prep.nasal_decolonisation_days": 5} | reviewed_on(before(28)), day)
    late = [s.step for s in result.steps if s.status.value in ("overdue", "undecided")]
    assert [step for step in late if step.startswith(THEATRE)] == []
    found = [f.rule for f in (*result.flagged, *result.undecided) if f.rule.startswith(THEATRE)]
    assert found in ([], ["abx-stop"])


def test_early_refusal_is_not_a_finding() -> None:
    """What is not ready the day before is no finding; the same answer on the day stops."""
    refused: Changes = {"equipment.power_tools": False, "prep.site_marked": False}
    early = run(refused, before(1))
    assert {f.rule for f in early.flagged} & {"equip-missing", "prep-site-mark"} == set()
    assert run(refused).verdict == "not_eligible"


def test_ordinary_patient_without_a_word_on_the_theatre_stays_eligible() -> None:
    """The new gates are open, not missed, for a profile that says nothing of them."""
    document = change({})
    assert "who" not in document
    profile = read_profile(json.dumps(document).encode(), "patient.json", pack().dictionary)
    result = assess(profile, pack(), date(2026, 3, 16))
    assert (result.verdict, result.undecided) == ("eligible", ())
    assert {"wssc-signin", "equip-missing", "equip-ionm"} <= {s.step for s in result.open_gates}
