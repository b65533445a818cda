"""Outcomes to expect, states of the wound, and the complications with the facts that drive them."""

from collections.abc import Iterator

import pytest

from backrec_cli.assessment.model import DriverStatus
from tests.acceptance.baseline import DAY, before, outcome, run, unreviewed
from tests.shipped import pack

Changes = dict[str, object]
Row = tuple[Changes, str, str]

GOAL = "procedure.goal"
TRAUMA: Changes = {"procedure.indication": "trauma", GOAL: None}
EXPECTED: list[Row] = [
    ({"procedure.indication": "degenerative"}, "out-pain", "information"),
    (TRAUMA | {GOAL: "pain_relief"}, "out-pain", "information"),
    (TRAUMA | {GOAL: "stability"}, "out-pain", "information"),
    (TRAUMA | {GOAL: "mobility"}, "out-pain", "clear"),
    (TRAUMA, "out-pain", "not_assessed"),
    (TRAUMA | {GOAL: "unknown"}, "out-pain", "undecided information"),
    ({GOAL: "neurological_recovery"}, "out-neurology", "information"),
    ({GOAL: "mobility", "neuro.deficit": "none"}, "out-neurology", "clear"),
    ({GOAL: None, "neuro.deficit": "none"}, "out-neurology", "not_assessed"),
    ({"neuro.cord_compression": before(1)}, "out-neurology", "information"),
    ({"neuro.cauda_equina": before(1)}, "out-neurology", "information"),
    ({"neuro.deficit": "stable"}, "out-neurology", "information"),
    (unreviewed("neuro") | {GOAL: "mobility", "neuro.deficit": None}, "out-neurology",
     "not_assessed"),
    (TRAUMA, "out-mobility", "information"),
    ({GOAL: "mobility"}, "out-mobility", "information"),
    ({"procedure.deformity_correction": True}, "out-mobility", "information"),
    ({GOAL: "stability", "procedure.deformity_correction": False}, "out-mobility", "clear"),
    ({GOAL: "stability", "procedure.deformity_correction": None}, "out-mobility", "not_assessed"),
]  # fmt: skip

FLAP: Changes = {"procedure.technique": ["muscle_flap"]}
COVER: list[Row] = [
    ({"wound.present": True}, "cover-open-wound", "information"),
    ({"wound.present": False}, "cover-open-wound", "clear"),
    (unreviewed("wound") | {"wound.present": None}, "cover-open-wound", "not_assessed"),
    ({"wound.present": "unknown"}, "cover-open-wound", "undecided information"),
    ({"wound.unstable_scar": True}, "cover-unstable-scar", "information"),
    ({}, "cover-unstable-scar", "clear"),
    (unreviewed("wound"), "cover-unstable-scar", "not_assessed"),
    ({"wound.necrotic_tissue": True}, "cover-necrosis", "information"),
    ({}, "cover-necrosis", "clear"),
    (unreviewed("wound"), "cover-necrosis", "not_assessed"),
    (FLAP, "cover-choice", "information"),
    ({}, "cover-choice", "clear"),
    ({"procedure.technique": None}, "cover-choice", "undecided information"),
]


@pytest.mark.parametrize(("changes", "rule", "expected"), [*EXPECTED, *COVER])
def test_information_of_the_source_document_is_printed_where_it_fits(
    changes: Changes, rule: str, expected: str
) -> None:
    """Each outcome and each state of the wound: it fits, it does not, it is not known."""
    assert outcome(changes, rule) == expected


def mgmol(value: object, on: str = before(20)) -> dict[str, object]:
    """Return an HbA1c in mmol/mol."""
    return {"value": value, "unit": "mmol/mol", "measured_on": on}


def bmi(value: float) -> Changes:
    """Return a given BMI, without what would contradict it."""
    given = {"value": value, "unit": "kg/m2", "measured_on": before(10)}
    return {"vitals.bmi": given, "vitals.weight": None, "vitals.height": None}


def pressure(systolic: int, diastolic: int) -> Changes:
    """Return a blood pressure."""
    read = (("systolic_bp", systolic), ("diastolic_bp", diastolic))
    return {
        f"vitals.{name}": {"value": value, "unit": "mm[Hg]", "measured_on": before(6)}
        for name, value in read
    }


def loss(value: float) -> Changes:
    """Return the expected loss of blood in mL."""
    return {"procedure.expected_blood_loss": {"value": value, "unit": "mL"}}


def glucose(value: int) -> dict[str, object]:
    """Return a glucose of the day of surgery in mg/dL."""
    return {"value": value, "unit": "mg/dL", "measured_on": DAY}


def cotinine(value: int) -> dict[str, object]:
    """Return a cotinine of the day of surgery."""
    return {"value": value, "unit": "ug/L", "measured_on": DAY}


IRRADIATED: Changes = {"radiation.field_overlaps_wound_or_donor": True}
INR, PLATELETS = "labs.inr", "labs.platelets"
FUSION_ONLY: Changes = {"procedure.technique": ["debridement"], "procedure.instrumented": False}
SMOKING = "habits.smoking"


def albumin(value: float) -> Changes:
    """Return an albumin taken three days before."""
    return {"value": value, "unit": "g/L", "measured_on": before(3)}


def prealbumin(value: float) -> Changes:
    """Return a prealbumin taken three days before."""
    return {"value": value, "unit": "mg/L", "measured_on": before(3)}


# What changes, the complication and its driver, and what became of the driver.
DRIVERS: list[tuple[Changes, str, str, str]] = [
    ({INR: {"value": 1.3, "measured_on": before(1)}}, "haematoma", "INR raised", "present"),
    ({INR: {"value": 1.29, "measured_on": before(1)}}, "haematoma", "INR raised", "absent"),
    ({INR: None}, "haematoma", "INR raised", "not_assessed"),
    ({INR: {"value": 1.0, "measured_on": before(40)}}, "haematoma", "INR raised", "unknown"),
    ({INR: None, "medications.warfarin": {"last_dose_on": before(6)}}, "haematoma", "INR raised",
     "unknown"),
    ({PLATELETS: {"value": 99, "unit": "10*9/L", "measured_on": before(1)}}, "haematoma",
     "Platelets low", "present"),
    ({PLATELETS: {"value": 100, "unit": "10*9/L", "measured_on": before(1)}}, "haematoma",
     "Platelets low", "absent"),
    ({PLATELETS: None}, "haematoma", "Platelets low", "unknown"),
    ({"labs.aptt_ratio": {"value": 1.6, "measured_on": before(1)}}, "haematoma",
     "aPTT prolonged", "present"),
    ({"labs.fibrinogen": {"value": 1.4, "unit": "g/L", "measured_on": before(1)}}, "haematoma",
     "Fibrinogen low", "present"),
    ({"conditions.bleeding_disorder": "vwd"}, "haematoma", "Bleeding disorder", "present"),
    ({"conditions.bleeding_disorder": "none"}, "haematoma", "Bleeding disorder", "absent"),
    ({"medications.apixaban": {"last_dose_on": before(3)}}, "haematoma", "Anticoagulant taken",
     "present"),
    ({"medications.enoxaparin": True}, "haematoma", "Anticoagulant taken", "present"),
    ({}, "haematoma", "Anticoagulant taken", "absent"),
    (unreviewed("medications"), "haematoma", "Anticoagulant taken", "unknown"),
    ({"medications.aspirin": True}, "haematoma", "Antiplatelet drug taken", "present"),
    ({"medications.naproxen": True}, "haematoma", "NSAID taken", "present"),
    ({"medications.celecoxib": True}, "haematoma", "NSAID taken", "absent"),
    (pressure(160, 80), "haematoma", "Blood pressure high", "present"),
    (pressure(159, 100), "haematoma", "Blood pressure high", "present"),
    (pressure(159, 99), "haematoma", "Blood pressure high", "absent"),
    (loss(501), "haematoma", "Major blood loss expected", "present"),
    (loss(500), "haematoma", "Major blood loss expected", "absent"),
    ({"procedure.expected_blood_loss": None}, "haematoma", "Major blood loss expected", "unknown"),
    (FLAP | {SMOKING: "current"}, "flap-necrosis", "Nicotine in the last weeks", "present"),
    (FLAP | {SMOKING: "nrt_only"}, "flap-necrosis", "Nicotine in the last weeks", "present"),
    (FLAP | {SMOKING: "former", "habits.quit": before(27)}, "flap-necrosis",
     "Nicotine in the last weeks", "present"),
    (FLAP | {SMOKING: "former", "habits.quit": before(28)}, "flap-necrosis",
     "Nicotine in the last weeks", "absent"),
    (FLAP | {SMOKING: "unknown"}, "flap-necrosis", "Nicotine in the last weeks", "unknown"),
    (FLAP | IRRADIATED, "flap-necrosis", "Radiation field overlaps wound or donor site",
     "present"),
    (FLAP | {"labs.cotinine_urine": cotinine(100)}, "flap-necrosis", "Cotinine positive",
     "present"),
    (FLAP | {"labs.cotinine_urine": None, "labs.cotinine_serum": None}, "flap-necrosis",
     "Cotinine positive", "not_assessed"),
    (FLAP | {"conditions.diabetes": "type2"}, "flap-necrosis", "Diabetes", "present"),
    (FLAP | {"medications.bevacizumab": {"last_dose_on": before(60)}}, "flap-necrosis", "Bevacizumab taken",
     "present"),
    (FLAP | {"wound.off_loading_surface": False}, "flap-necrosis", "No off-loading surface",
     "present"),
    (FLAP | {"wound.off_loading_surface": True}, "flap-necrosis", "No off-loading surface",
     "absent"),
    (FLAP, "flap-necrosis", "No off-loading surface", "not_assessed"),
    (bmi(30.0), "wound-dehiscence", "Obesity", "present"),
    (bmi(29.9), "wound-dehiscence", "Obesity", "absent"),
    ({"vitals.weight": None, "vitals.bmi": None}, "wound-dehiscence", "Obesity", "unknown"),
    (IRRADIATED, "wound-dehiscence", "Radiation field overlaps wound or donor site", "present"),
    ({"medications.prednisolone": True}, "wound-dehiscence", "Steroid taken", "present"),
    ({"procedure.tension_free_closure_planned": False}, "wound-dehiscence",
     "Closure under tension planned", "present"),
    ({"procedure.tension_free_closure_planned": None}, "wound-dehiscence",
     "Closure under tension planned", "not_assessed"),
    ({"labs.hba1c": mgmol(64)}, "infection", "HbA1c raised", "present"),
    ({"labs.hba1c": mgmol(53)}, "infection", "HbA1c raised", "present"),
    ({"labs.hba1c": mgmol(52)}, "infection", "HbA1c raised", "absent"),
    (FUSION_ONLY | {"labs.hba1c": mgmol(63)}, "infection", "HbA1c raised", "absent"),
    ({"labs.hba1c": None}, "infection", "HbA1c raised", "not_assessed"),
    ({"labs.hba1c": None, "conditions.diabetes": "type2"}, "infection", "HbA1c raised", "unknown"),
    ({"labs.hba1c": mgmol(50, before(91))}, "infection", "HbA1c raised", "unknown"),
    (bmi(30.0), "infection", "Obesity", "present"),
    ({"labs.glucose": glucose(181)}, "infection", "Glucose high on the day", "present"),
    ({"labs.glucose": glucose(180)}, "infection", "Glucose high on the day", "absent"),
    ({"labs.glucose": None}, "infection", "Glucose high on the day", "not_assessed"),
    ({"labs.mrsa_screen": "carrier"}, "infection", "MRSA carrier", "present"),
    ({"infection.csf_leak": True}, "meningitis", "CSF leak", "present"),
    ({"wound.exposed_dura": True}, "meningitis", "Exposed dura", "present"),
    ({"conditions.spina_bifida": True}, "meningitis", "Myelomeningocele or other spina bifida",
     "present"),
    ({"wound.infected": True}, "meningitis", "Wound infected", "present"),
    (unreviewed("wound"), "meningitis", "Wound infected", "unknown"),
    ({"labs.albumin": albumin(34)}, "wound-dehiscence", "Albumin low", "present"),
    ({"labs.albumin": albumin(35)}, "wound-dehiscence", "Albumin low", "absent"),
    ({"labs.albumin": None}, "wound-dehiscence", "Albumin low", "not_assessed"),
    ({"wound.prior_spine_operations": 3}, "wound-dehiscence", "Many earlier spine operations", "present"),
    ({"wound.prior_spine_operations": 2}, "wound-dehiscence", "Many earlier spine operations", "absent"),
    ({"labs.albumin": albumin(34)}, "infection", "Albumin low", "present"),
    ({"labs.prealbumin": prealbumin(200)}, "infection", "Prealbumin low", "present"),
    ({"labs.prealbumin": prealbumin(201)}, "infection", "Prealbumin low", "absent"),
    (FLAP | {"positioning.pedicle_free": False}, "flap-necrosis", "Pedicle of the flap not free", "present"),
    (FLAP | {"theatre.pressure_plan": False}, "flap-necrosis", "No plan for the blood pressure", "present"),
]  # fmt: skip


def became(changes: Changes, complication: str, driver: str) -> str:
    """Return the status of one driver in the changed patient."""
    risks = {risk.complication: risk for risk in run(changes).complications}
    return next(d.status.value for d in risks[complication].drivers if d.title == driver)


@pytest.mark.parametrize(("changes", "complication", "driver", "expected"), DRIVERS)
def test_driver_is_told_from_the_facts(
    changes: Changes, complication: str, driver: str, expected: str
) -> None:
    """On its limit, beside it, and without the fact."""
    assert became(changes, complication, driver) == expected


def test_every_driver_is_tried() -> None:
    """A new driver has to be added to the table above, with a patient who has it."""
    tried = {(name, driver) for _, name, driver, status in DRIVERS if status == "present"}
    assert set(_drivers()) == tried


def _drivers() -> Iterator[tuple[str, str]]:
    for complication in pack().complications:
        yield from ((complication.id, driver.title) for driver in complication.drivers)


def test_five_complications_of_the_source_document_are_there() -> None:
    """No more and no fewer."""
    assert [complication.id for complication in pack().complications] == [
        "haematoma",
        "flap-necrosis",
        "wound-dehiscence",
        "infection",
        "meningitis",
    ]


def test_ordinary_patient_has_no_driver_and_none_unknown() -> None:
    """The panel of a healthy, worked-up adult on the day is empty."""
    for risk in run({}).complications:
        assert not risk.with_status(DriverStatus.PRESENT)
        assert not risk.with_status(DriverStatus.UNKNOWN)


@pytest.mark.parametrize(
    ("technique", "applies"), [("muscle_flap", True), ("skin_graft", True), ("mis_spine", False)]
)
def test_flap_can_only_die_where_one_is_planned(technique: str, *, applies: bool) -> None:
    """Without a flap or graft there is nothing to expect of it."""
    risks = {r.complication: r for r in run({"procedure.technique": [technique]}).complications}
    assert risks["flap-necrosis"].applies is applies
