"""Drugs of the pack: limits on both sides, the printed day of the last dose, what holds a stop."""

from datetime import date

import pytest

from backrec_cli.assessment.model import Assessment
from tests.acceptance.baseline import DAY, amount, before, on, outcome, reviewed_on, run, status

Changes = dict[str, object]

TWO_WEEKS, MONTH_AHEAD = "2026-03-02", "2026-02-16"
FLAP: Changes = {"procedure.technique": ["muscle_flap"]}
FREE_FLAP: Changes = {"procedure.technique": ["free_flap"]}


def steroid(milligrams: float, weeks: int | None = 8) -> Changes:
    """Return a daily steroid dose, and for how long it has been taken."""
    changes: Changes = {
        "medications.prednisolone": True,
        "medications.steroid_daily_mg_pred_eq": amount(milligrams, "mg"),
    }
    return changes if weeks is None else changes | {"medications.steroid_duration_weeks": weeks}


def biologic(days_before: int, interval: object = 56) -> Changes:
    """Return a biologic with its last dose and its dosing interval."""
    return {
        "medications.biologic": on(before(days_before)),
        "medications.biologic_dosing_interval_days": interval,
    }


def neutrophils(value: float) -> Changes:
    """Return a neutrophil count."""
    return {"labs.neutrophils": amount(value, "10*9/L")}


def drug(name: str, days_before: int) -> Changes:
    """Return a drug with its last dose so many days before surgery."""
    return {f"medications.{name}": on(before(days_before))}


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("med-steroid", steroid(5, 4), "caution"),
        ("med-steroid", steroid(4.9, 4), "clear"),
        ("med-steroid", steroid(5, 3), "clear"),
        ("med-steroid", steroid(5, None), "undecided caution"),
        ("med-steroid", {}, "not_assessed"),
        ("med-steroid-wound", steroid(20.1), "relative"),
        ("med-steroid-wound", steroid(20), "clear"),
        ("med-steroid-dose", {"medications.prednisone": True}, "undecided relative"),
        ("med-steroid-dose", steroid(5), "clear"),
        ("med-steroid-dose", {}, "not_applicable"),
        ("med-biologic", biologic(55), "relative"),
        ("med-biologic", biologic(56), "clear"),
        ("med-biologic", biologic(56, "unknown"), "undecided relative"),
        ("med-biologic", {}, "not_applicable"),
        ("med-jak", drug("tofacitinib", 3), "relative"),
        ("med-jak", drug("tofacitinib", 4), "clear"),
        ("med-csdmard", {"medications.methotrexate": True}, "information"),
        ("med-csdmard", {}, "clear"),
        ("med-bevacizumab", drug("bevacizumab", 27), "absolute"),
        ("med-bevacizumab", drug("bevacizumab", 28), "clear"),
        ("med-bevacizumab", {"medications.bevacizumab": True}, "undecided absolute"),
        ("med-bevacizumab-flap", FLAP | drug("bevacizumab", 41), "relative"),
        ("med-bevacizumab-flap", FLAP | drug("bevacizumab", 28), "relative"),
        ("med-bevacizumab-flap", FLAP | drug("bevacizumab", 27), "not_applicable"),
        ("med-bevacizumab-flap", FLAP | drug("bevacizumab", 42), "clear"),
        ("med-bevacizumab-flap", drug("bevacizumab", 41), "not_applicable"),
        ("med-chemo", drug("chemotherapy", 21), "caution"),
        ("med-chemo", drug("chemotherapy", 22) | neutrophils(1.0), "clear"),
        ("med-chemo", drug("chemotherapy", 22), "not_assessed"),
        ("med-chemo", neutrophils(0.9), "relative"),
        ("med-tamoxifen", FREE_FLAP | drug("tamoxifen", 13), "caution"),
        ("med-tamoxifen", FREE_FLAP | drug("oestrogen", 13), "caution"),
        ("med-tamoxifen", FREE_FLAP | drug("tamoxifen", 14), "clear"),
        ("med-tamoxifen", drug("tamoxifen", 13), "not_applicable"),
        ("med-acei", drug("acei_arb", 0), "caution"),
        ("med-acei", drug("acei_arb", 1), "undecided caution"),
        ("med-acei", drug("acei_arb", 2), "clear"),
        ("med-acei", {"medications.acei_arb": True}, "undecided caution"),
        ("med-betablocker", {"medications.beta_blocker": True}, "information"),
        ("med-statin", {"medications.statin": True}, "information"),
    ],
)
def test_drug_rule_decides_on_both_sides_of_its_limit(
    rule: str, changes: Changes, expected: str
) -> None:
    """On the day of surgery each rule flags at its limit, and not one step before it."""
    assert outcome(changes, rule) == expected


def told(result: Assessment, entry: str) -> date | None:
    """Return the day of the last dose that a rule or a step tells."""
    for finding in result.findings:
        if finding.rule == entry:
            return finding.last_dose_by
    return next(step.last_dose_by for step in result.steps if step.step == entry)


CLEARANCE_40: Changes = {"labs.creatinine": amount(150, "umol/L", "2026-03-01")}
CLEARANCE_GOOD: Changes = {"labs.creatinine": amount(70, "umol/L", "2026-03-01")}
WEIGHED: Changes = {"vitals.weight": amount(69, "kg", "2026-03-01")}

# drug, rule, step, days before surgery of the last dose
LAST_DOSES = [
    ("warfarin", "med-warfarin", "hold-warfarin", 6),
    ("clopidogrel", "med-clopidogrel", "hold-clopidogrel", 6),
    ("ticagrelor", "med-ticagrelor", "hold-ticagrelor", 6),
    ("prasugrel", "med-prasugrel", "hold-prasugrel", 8),
    ("dabigatran", "med-dabigatran", "hold-dabigatran", 5),
    ("apixaban", "med-xa", "hold-xa", 5),
    ("rivaroxaban", "med-xa", "hold-xa", 5),
    ("edoxaban", "med-xa", "hold-xa", 5),
    ("enoxaparin", "med-lmwh", "hold-lmwh", 2),
    ("empagliflozin", "med-sglt2", "hold-sglt2", 3),
    ("ertugliflozin", "med-sglt2", "hold-ertugliflozin", 4),
    ("metformin", "med-metformin", "hold-metformin", 1),
    ("tofacitinib", "med-jak", "hold-tofacitinib", 4),
    ("herbal", "med-herbal", "hold-herbal", 15),
]
DRUGS: Changes = {
    f"medications.{name}": False
    for name in ("warfarin", "ertugliflozin", "apixaban", "rivaroxaban", "edoxaban")
}


@pytest.mark.parametrize(("name", "rule", "step", "days"), LAST_DOSES)
def test_last_dose_of_each_drug_is_told_weeks_ahead(
    name: str, rule: str, step: str, days: int
) -> None:
    """Rule and row of the timeline tell one day; without a clearance it is the earlier one."""
    changes = DRUGS | reviewed_on("2026-02-10") | {f"medications.{name}": True}
    result = run(changes, MONTH_AHEAD)
    expected = date.fromisoformat(before(days))
    assert (told(result, rule), told(result, step)) == (expected, expected)
    assert status(result, rule) == "pending"


@pytest.mark.parametrize(
    ("changes", "entry", "days"),
    [
        (CLEARANCE_GOOD, "med-dabigatran", 3),
        (CLEARANCE_40, "med-dabigatran", 5),
        (CLEARANCE_40, "hold-dabigatran", 5),
        (CLEARANCE_40, "med-xa", 3),
        (CLEARANCE_40, "hold-xa", 3),
    ],
)
def test_clearance_of_today_tells_the_day(changes: Changes, entry: str, days: int) -> None:
    """A clearance of 40 is low for dabigatran and not for apixaban."""
    drugs: Changes = {"medications.dabigatran": True, "medications.apixaban": True}
    result = run(changes | WEIGHED | drugs, TWO_WEEKS)
    assert told(result, entry) == date.fromisoformat(before(days))


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"medications.ibuprofen": True}, 1),
        ({"medications.naproxen": True}, 4),
        ({"medications.ibuprofen": True, "medications.piroxicam": True}, 10),
    ],
)
def test_longest_of_several_anti_inflammatory_drugs_holds(changes: Changes, days: int) -> None:
    """A drug that nobody mentioned does not lengthen the hold of one that is taken."""
    assert told(run(changes, TWO_WEEKS), "med-nsaid") == date.fromisoformat(before(days))


@pytest.mark.parametrize(
    ("last_dose", "day", "rule", "step"),
    [
        (True, MONTH_AHEAD, "pending", "due"),
        (on(TWO_WEEKS), TWO_WEEKS, "pending", "due"),
        (on("2026-03-10"), "2026-03-10", "pending", "due"),
        (on("2026-03-10"), "2026-03-11", "clear", "done"),
        (on("2026-03-11"), "2026-03-11", "flagged", "overdue"),
        (on("2026-03-10"), DAY, "clear", "done"),
        (on("2026-03-11"), DAY, "flagged", "overdue"),
        (False, DAY, "not_applicable", "not_applicable"),
    ],
)
def test_warfarin_from_the_first_visit_to_the_day(
    last_dose: object, day: str, rule: str, step: str
) -> None:
    """The last dose of day -6 is early enough; a day late it is flagged and the row overdue."""
    result = run({"medications.warfarin": last_dose}, day)
    assert (status(result, "med-warfarin"), status(result, "hold-warfarin")) == (rule, step)


@pytest.mark.parametrize(("changes", "days"), [(CLEARANCE_GOOD, 3), (CLEARANCE_40, 5), ({}, 5)])
def test_row_of_a_drug_closes_with_its_last_dose(changes: Changes, days: int) -> None:
    """With a low or unknown clearance the patient has to be told two days earlier."""
    known = WEIGHED if changes else {}
    result = run(known | changes | {"medications.dabigatran": True}, TWO_WEEKS)
    found = next(s for s in result.steps if s.step == "hold-dabigatran")
    assert found.closes == found.last_dose_by == date.fromisoformat(before(days))


def test_written_plan_settles_a_drug_row() -> None:
    """With the plan on paper the row is done, whenever the last dose is."""
    drugs = DRUGS | {"medications.apixaban": True}
    plan = drugs | {"medications.apixaban_hold_plan": True}
    assert status(run(drugs, TWO_WEEKS), "hold-xa") == "due"
    assert status(run(plan, TWO_WEEKS), "hold-xa") == "done"


STENT: Changes = {
    "conditions.pci": "2025-12-20",
    "conditions.pci_type": "des",
    "conditions.pci_reason": "acs",
}
VALVE: Changes = {"conditions.mechanical_valve": True, "conditions.mechanical_valve_type": "mitral"}


@pytest.mark.parametrize(
    ("name", "changes", "step", "rule", "held"),
    [
        ("clopidogrel", STENT, "hold-clopidogrel", "med-clopidogrel", ("cpr-des-acs",)),
        ("aspirin", STENT, "hold-aspirin", "med-aspirin-primary", ("cpr-des-acs",)),
        ("clopidogrel", {}, "hold-clopidogrel", "med-clopidogrel", ()),
        ("warfarin", VALVE, "hold-warfarin", "med-warfarin", ("med-bridging",)),
        ("warfarin", {"conditions.atrial_fibrillation": True}, "hold-warfarin", "med-warfarin", ()),
    ],
)
def test_drug_that_keeps_a_stent_or_valve_open_is_given_no_day(
    name: str, changes: Changes, step: str, rule: str, held: tuple[str, ...]
) -> None:
    """While the stent or bridging rule is flagged neither row nor rule tells a day to stop."""
    drugs = drug(name, 14) | {"medications.aspirin_indication": "primary"}
    result = run(reviewed_on("2026-03-01") | drugs | changes, TWO_WEEKS)
    found = next(s for s in result.steps if s.step == step)
    assert found.held_by == held
    assert (told(result, step) is None, told(result, rule) is None) == (bool(held), bool(held))


def test_unknown_stent_history_holds_a_stop_back() -> None:
    """Nobody is told to stop clopidogrel while it is not known what it is taken for."""
    changes: Changes = {"medications.clopidogrel": True, "conditions.pci": "unknown"}
    result = run(reviewed_on("2026-03-01") | changes, TWO_WEEKS)
    found = next(s for s in result.steps if s.step == "hold-clopidogrel")
    assert "cpr-des-acs" in found.held_by
    assert found.last_dose_by is None


@pytest.mark.parametrize(
    ("step", "changes", "day", "expected"),
    [
        ("hold-bevacizumab", {"medications.bevacizumab": True}, MONTH_AHEAD, "due"),
        ("hold-bevacizumab", drug("bevacizumab", 30), DAY, "done"),
        ("hold-bevacizumab-flap", FLAP | drug("bevacizumab", 41), DAY, "overdue"),
        ("hold-bevacizumab-flap", FLAP | drug("bevacizumab", 42), DAY, "done"),
        ("inr-day-before", {"medications.warfarin": True}, TWO_WEEKS, "not_yet"),
        (
            "inr-day-before",
            {"medications.warfarin": True, "labs.inr": {"value": 1.4, "measured_on": before(1)}},
            before(1),
            "done",
        ),
        (
            "inr-day-before",
            {"medications.warfarin": True, "labs.inr": {"value": 1.5, "measured_on": before(1)}},
            before(1),
            "due",
        ),
        ("glp1-liquid-diet", {"medications.semaglutide": True}, before(1), "undecided"),
        (
            "glp1-liquid-diet",
            {"medications.semaglutide": True, "medications.glp1_phase": "escalation"},
            before(1),
            "due",
        ),
        ("insulin-evening-before", {"medications.insulin_nph": True}, before(1), "due"),
        ("keep-heart-drugs", drug("statin", 0), DAY, "done"),
        ("keep-heart-drugs", drug("beta_blocker", 2), DAY, "due"),
        ("keep-opioid-substitution", {"medications.methadone": True}, before(1), "due"),
        ("hold-heparin", drug("heparin", 1), DAY, "done"),
        ("hold-heparin", drug("heparin", 0), DAY, "due"),
        ("hold-or-keep-acei", drug("acei_arb", 1), DAY, "done"),
        ("hold-or-keep-tamoxifen", FREE_FLAP | drug("tamoxifen", 13), DAY, "overdue"),
        ("hold-metformin", drug("metformin", 1), DAY, "done"),
    ],
)
def test_drug_row_of_the_timeline_opens_and_is_settled(
    step: str, changes: Changes, day: str, expected: str
) -> None:
    """A row is due in its window and done once the drug is stopped, planned or taken as told."""
    assert status(run(changes, day), step) == expected


def test_ordinary_patient_has_no_drug_row() -> None:
    """Nobody without these drugs reads about them."""
    rows = [s for s in run({}).steps if s.step.startswith(("hold-", "keep-", "glp1-", "inr-"))]
    assert len(rows) > 20
    assert {s.status.value for s in rows} == {"not_applicable"}
