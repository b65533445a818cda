"""The host: nutrition, blood, kidney, radiation, tumour, wound, clots, sight."""

import pytest

from tests.acceptance.baseline import DAY, amount, before, outcome, run, status, unreviewed

Changes = dict[str, object]
Row = tuple[Changes, str, str]
SOON: Changes = {"procedure.urgency": "time_sensitive"}
URGENT: Changes = {"procedure.urgency": "urgent"}
EMERGENCY: Changes = {"procedure.urgency": "emergency"}


def lab(name: str, value: float, unit: str, day: str = "2026-03-10") -> Changes:
    """Return one laboratory value."""
    return {f"labs.{name}": amount(value, unit, day)}


def albumin(value: float, unit: str = "g/L") -> Changes:
    """Return an albumin."""
    return lab("albumin", value, unit)


def blood_loss(value: float, unit: str = "mL") -> Changes:
    """Return an expected blood loss."""
    return {"procedure.expected_blood_loss": {"value": value, "unit": unit}}


FLAP: Changes = {"procedure.technique": ["muscle_flap"]}
SORE: Changes = {"wound.pressure_injury_stage": "2"}
NUTRITION: list[Row] = [
    (albumin(29), "nut-albumin-30", "relative"),
    (albumin(2.9, "g/dL"), "nut-albumin-30", "relative"),
    (albumin(30), "nut-albumin-30", "clear"),
    (albumin(3.0, "g/dL"), "nut-albumin-30", "clear"),
    (albumin(29) | URGENT, "nut-albumin-30", "caution"),
    (albumin(29) | SOON, "nut-albumin-30", "relative"),
    (albumin(29) | {"conditions.liver_cirrhosis": True}, "nut-albumin-30", "caution"),
    (albumin(29) | {"conditions.liver_disease": True}, "nut-albumin-30", "caution"),
    (albumin(29) | {"conditions.dialysis": True}, "nut-albumin-30", "caution"),
    (albumin(29) | {"conditions.kidney_disease": True}, "nut-albumin-30", "caution"),
    (albumin(29) | {"conditions.ckd_stage": 3}, "nut-albumin-30", "caution"),
    (albumin(29) | {"conditions.ckd_stage": 2}, "nut-albumin-30", "relative"),
    (albumin(29) | {"conditions.liver_cirrhosis": True} | FLAP, "nut-albumin-30", "relative"),
    (albumin(29) | {"conditions.liver_cirrhosis": True} | SORE, "nut-albumin-30", "relative"),
    (
        albumin(29) | {"conditions.liver_cirrhosis": "unknown"},
        "nut-albumin-30",
        "caution, relative open",
    ),
    (albumin(29) | unreviewed("conditions"), "nut-albumin-30", "caution, relative open"),
    ({"labs.albumin": {"value": 29, "measured_on": DAY}}, "nut-albumin-30", "undecided relative"),
    (lab("albumin", 40, "g/L", before(31)), "nut-albumin-30", "undecided relative"),
    (lab("albumin", 40, "g/L", before(30)), "nut-albumin-30", "clear"),
    (albumin(400), "nut-albumin-30", "undecided relative"),
    ({}, "nut-albumin-30", "not_assessed"),
    (albumin(34), "nut-albumin-35", "caution"),
    (albumin(3.4, "g/dL"), "nut-albumin-35", "caution"),
    (albumin(30), "nut-albumin-35", "caution"),
    (albumin(35), "nut-albumin-35", "clear"),
    (albumin(3.5, "g/dL"), "nut-albumin-35", "clear"),
    (albumin(29), "nut-albumin-35", "not_applicable"),
    (albumin(34) | FLAP, "nut-albumin-35", "relative"),
    (albumin(34) | SORE, "nut-albumin-35", "relative"),
    (albumin(34) | FLAP | URGENT, "nut-albumin-35", "caution"),
    (albumin(35) | FLAP, "nut-albumin-35", "clear"),
    (albumin(34) | unreviewed("wound"), "nut-albumin-35", "caution, relative open"),
    ({}, "nut-albumin-35", "not_assessed"),
    (lab("prealbumin", 200, "mg/L"), "nut-prealbumin", "caution"),
    (lab("prealbumin", 20, "mg/dL"), "nut-prealbumin", "caution"),
    (lab("prealbumin", 201, "mg/L"), "nut-prealbumin", "clear"),
    (lab("prealbumin", 20.1, "mg/dL"), "nut-prealbumin", "clear"),
    ({}, "nut-prealbumin", "not_assessed"),
    ({"vitals.weight_loss_6mo": amount(10.1, "%")}, "nut-weight-loss", "relative"),
    ({"vitals.weight_loss_6mo": amount(10.1, "%")} | EMERGENCY, "nut-weight-loss", "caution"),
    ({"vitals.weight_loss_6mo": amount(10, "%")}, "nut-weight-loss", "clear"),
    ({"vitals.weight_loss_6mo": "unknown"}, "nut-weight-loss", "undecided relative"),
    ({}, "nut-weight-loss", "not_assessed"),
]  # fmt: skip

MUCH = blood_loss(501)
LOW = lab("haemoglobin", 129, "g/L")
SAMPLED: Changes = {"labs.group_and_save": before(7)}
BLOOD: list[Row] = [
    (LOW | MUCH, "hb-anaemia", "relative"),
    (lab("haemoglobin", 12.9, "g/dL") | MUCH, "hb-anaemia", "relative"),
    (lab("haemoglobin", 130, "g/L") | MUCH, "hb-anaemia", "clear"),
    (lab("haemoglobin", 13.0, "g/dL") | MUCH, "hb-anaemia", "clear"),
    (LOW | MUCH | {"patient.sex_at_birth": "male"}, "hb-anaemia", "relative"),
    (LOW | MUCH | SOON, "hb-anaemia", "caution"),
    (LOW | MUCH | EMERGENCY, "hb-anaemia", "caution"),
    (LOW | blood_loss(500), "hb-anaemia", "not_applicable"),
    (LOW | blood_loss(0.6, "L"), "hb-anaemia", "relative"),
    (LOW | {"procedure.expected_blood_loss": None}, "hb-anaemia", "undecided relative"),
    (MUCH | {"labs.haemoglobin": None}, "hb-anaemia", "undecided relative"),
    (MUCH | {"labs.haemoglobin": None}, "hb-missing", "undecided relative"),
    (lab("haemoglobin", 79, "g/L"), "hb-severe", "absolute"),
    (lab("haemoglobin", 7.9, "g/dL"), "hb-severe", "absolute"),
    (lab("haemoglobin", 80, "g/L"), "hb-severe", "clear"),
    (lab("haemoglobin", 8.0, "g/dL"), "hb-severe", "clear"),
    (lab("haemoglobin", 79, "g/L") | SOON, "hb-severe", "relative"),
    (lab("haemoglobin", 79, "g/L") | EMERGENCY, "hb-severe", "caution"),
    ({"labs.haemoglobin": None}, "hb-severe", "not_assessed"),
    ({"labs.haemoglobin": "unknown"}, "hb-severe", "undecided absolute"),
    (lab("ferritin", 29, "ug/L"), "hb-iron", "information"),
    (lab("ferritin", 29, "ng/mL"), "hb-iron", "information"),
    (lab("ferritin", 30, "ug/L"), "hb-iron", "not_assessed"),
    (lab("ferritin", 99, "ug/L") | lab("crp", 6, "mg/L"), "hb-iron", "information"),
    (lab("ferritin", 99, "ug/L") | lab("crp", 5, "mg/L"), "hb-iron", "not_assessed"),
    (lab("ferritin", 99, "ug/L") | lab("tsat", 19, "%"), "hb-iron", "information"),
    (lab("ferritin", 99, "ug/L") | lab("tsat", 20, "%"), "hb-iron", "clear"),
    (lab("ferritin", 100, "ug/L") | lab("tsat", 19, "%"), "hb-iron", "clear"),
    ({}, "hb-iron", "not_assessed"),
    (MUCH, "blood-gs", "undecided relative"),
    (MUCH | EMERGENCY, "blood-gs", "undecided caution"),
    (MUCH | SAMPLED, "blood-gs", "clear"),
    (MUCH | {"labs.group_and_save": before(8)}, "blood-gs", "undecided relative"),
    (
        MUCH | SAMPLED | {"conditions.transfused_or_pregnant_3mo": True},
        "blood-gs",
        "undecided relative",
    ),
    (
        MUCH | {"labs.group_and_save": before(3), "conditions.transfused_or_pregnant_3mo": True},
        "blood-gs",
        "clear",
    ),
    (MUCH | {"labs.group_and_save": False}, "blood-gs", "relative"),
    (blood_loss(500), "blood-gs", "not_applicable"),
]  # fmt: skip

KIDNEY: list[Row] = [
    (lab("creatinine", 178, "umol/L"), "renal", "caution"),
    (lab("creatinine", 2.1, "mg/dL"), "renal", "caution"),
    (lab("creatinine", 177, "umol/L") | lab("egfr", 30, "mL/min/{1.73_m2}"), "renal", "clear"),
    (lab("creatinine", 2.0, "mg/dL") | lab("egfr", 30, "mL/min/{1.73_m2}"), "renal", "clear"),
    (lab("creatinine", 177, "umol/L"), "renal", "not_assessed"),
    (lab("creatinine", 70, "umol/L") | lab("egfr", 29, "mL/min/{1.73_m2}"), "renal", "caution"),
    ({"labs.creatinine": None}, "renal", "not_assessed"),
    ({"labs.creatinine": {"value": 178, "measured_on": DAY}}, "renal", "undecided caution"),
    (lab("potassium", 2.9, "mmol/L"), "potassium", "caution"),
    (lab("potassium", 2.9, "meq/L"), "potassium", "caution"),
    (lab("potassium", 3.0, "mmol/L"), "potassium", "clear"),
    (lab("potassium", 5.4, "mmol/L"), "potassium", "clear"),
    (lab("potassium", 5.5, "mmol/L"), "potassium", "caution"),
    (lab("potassium", 5.5, "meq/L"), "potassium", "caution"),
    (lab("potassium", 5.9, "mmol/L"), "potassium", "caution"),
    (lab("potassium", 6.0, "mmol/L"), "potassium", "absolute"),
    (lab("potassium", 6.0, "meq/L"), "potassium", "absolute"),
    (lab("potassium", 6.0, "mmol/L") | SOON, "potassium", "relative"),
    (lab("potassium", 6.0, "mmol/L") | EMERGENCY, "potassium", "caution"),
    (lab("potassium", 4.0, "mmol/L", before(31)), "potassium", "undecided absolute"),
    (
        lab("potassium", 4.0, "mmol/L", before(2)) | {"conditions.dialysis": True},
        "potassium",
        "undecided absolute",
    ),
    (
        lab("potassium", 4.0, "mmol/L", before(1)) | {"conditions.dialysis": True},
        "potassium",
        "clear",
    ),
    ({"labs.potassium": None}, "potassium", "not_assessed"),
]  # fmt: skip

GRAFT: Changes = {"procedure.technique": ["skin_graft"]}
FIELD: Changes = {"radiation.field_overlaps_wound_or_donor": True}
RADIATION: list[Row] = [
    (GRAFT | FIELD, "rad-field-graft", "relative"),
    (GRAFT | FIELD | URGENT, "rad-field-graft", "caution"),
    (GRAFT, "rad-field-graft", "clear"),
    (FLAP | FIELD, "rad-field-graft", "not_applicable"),
    (GRAFT | unreviewed("radiation"), "rad-field-graft", "undecided relative"),
    ({"radiation.last": before(13)}, "rad-recent", "relative"),
    ({"radiation.last": before(13)} | EMERGENCY, "rad-recent", "caution"),
    ({"radiation.last": before(14)}, "rad-recent", "clear"),
    ({"radiation.last": {"value": True}}, "rad-recent", "undecided relative"),
    (unreviewed("radiation"), "rad-recent", "undecided relative"),
    ({"radiation.postop_planned_on": "2026-04-05"}, "rad-postop", "caution"),
    ({"radiation.postop_planned_on": "2026-04-06"}, "rad-postop", "clear"),
    ({}, "rad-postop", "not_assessed"),
]

TUMOUR: Changes = {"procedure.technique": ["tumour_resection"]}
VESSELS: Changes = {"conditions.tumour_hypervascular": True}
SHORT: Changes = {"conditions.life_expectancy_under_3mo": True}
ONCOLOGY: list[Row] = [
    (TUMOUR | VESSELS, "tum-embolise", "information"),
    (TUMOUR, "tum-embolise", "clear"),
    (TUMOUR | unreviewed("conditions"), "tum-embolise", "not_assessed"),
    (VESSELS, "tum-embolise", "not_applicable"),
    ({"scores.sins": 7}, "tum-sins", "information"),
    ({"scores.sins": 6}, "tum-sins", "clear"),
    ({}, "tum-sins", "not_assessed"),
    (SHORT, "tum-prognosis", "caution"),
    ({}, "tum-prognosis", "clear"),
    (SHORT | {"conditions.life_expectancy_under_3mo": "unknown"}, "tum-prognosis", "undecided caution"),
]  # fmt: skip

READY: Changes = {
    "wound.pressure_injury_stage": "4",
    "wound.off_loading_surface": True,
    "wound.incontinence_unmanaged": False,
    "labs.albumin": amount(35, "g/L"),
}
BONE: Changes = {
    "infection.osteomyelitis": "confirmed",
    "infection.bone_culture_done": True,
    "infection.antibiotic_plan": True,
}
SORES = "wound-pressure-3-4"
WOUND: list[Row] = [
    ({"procedure.tension_free_closure_planned": False}, "wound-tension", "caution"),
    ({}, "wound-tension", "clear"),
    ({"procedure.tension_free_closure_planned": None}, "wound-tension", "not_assessed"),
    ({"procedure.tension_free_closure_planned": "unknown"}, "wound-tension", "undecided caution"),
    (READY, SORES, "clear"),
    (READY | albumin(34), SORES, "relative"),
    (READY | albumin(34) | URGENT, SORES, "caution"),
    (READY | {"labs.albumin": None}, SORES, "not_assessed"),
    (READY | {"habits.smoking": "current"}, SORES, "relative"),
    (READY | {"habits.smoking": "vaping"}, SORES, "relative"),
    (READY | {"habits.smoking": "former"}, SORES, "clear"),
    (READY | {"neuro.spasticity_uncontrolled": True}, SORES, "relative"),
    (READY | {"wound.off_loading_surface": False}, SORES, "relative"),
    (READY | {"wound.off_loading_surface": None}, SORES, "undecided relative"),
    (READY | {"wound.incontinence_unmanaged": True}, SORES, "relative"),
    (READY | BONE, SORES, "clear"),
    (READY | BONE | {"infection.bone_culture_done": False}, SORES, "relative"),
    (READY | BONE | {"infection.antibiotic_plan": None}, SORES, "undecided relative"),
    (READY | {"wound.pressure_injury_stage": "3", "habits.smoking": "current"}, SORES, "relative"),
    (
        READY | {"wound.pressure_injury_stage": "unstageable", "habits.smoking": "current"},
        SORES,
        "relative",
    ),
    (
        READY | {"wound.pressure_injury_stage": "2", "habits.smoking": "current"},
        SORES,
        "not_applicable",
    ),
    ({}, SORES, "not_applicable"),
    ({"wound.prior_spine_operations": 3}, "wound-host", "information"),
    ({"wound.prior_spine_operations": 2}, "wound-host", "clear"),
    ({"wound.prior_spine_operations": None}, "wound-host", "not_assessed"),
    ({"wound.prior_spine_operations": "unknown"}, "wound-host", "undecided information"),
    (FLAP, "wound-host", "information"),
    ({"wound.present": True}, "wound-host", "information"),
    (FLAP | {"procedure.level": "thoracic"}, "wound-host", "clear"),
    (FLAP | {"procedure.level": None}, "wound-host", "not_assessed"),
    (
        FLAP | {"procedure.level": "thoracic", "procedure.indication": "trauma"},
        "wound-host",
        "information",
    ),
    (
        FLAP | {"procedure.level": "thoracic", "wound.hardware_removed": True},
        "wound-host",
        "information",
    ),
]  # fmt: skip

# Two points for the length of the operation, one for the veins.
POINTS: Changes = {"conditions.varicose_veins": True}
PLAN: Changes = {"prep.vte_mechanical": True}
SIX: Changes = {"procedure.expected_duration": {"value": 6, "unit": "h"}}
UNDER: Changes = {"procedure.expected_duration": {"value": 5.9, "unit": "h"}}
ANAESTHESIA = "procedure.expected_anaesthesia_duration"
CLOTS_AND_SIGHT: list[Row] = [
    (POINTS | {"prep.vte_mechanical": False}, "vte-risk", "caution"),
    (POINTS | PLAN, "vte-risk", "clear"),
    (POINTS, "vte-risk", "undecided caution"),
    ({"scores.caprini_2005": 2}, "vte-risk", "not_applicable"),
    ({}, "vte-risk", "not_applicable"),
    (unreviewed("conditions"), "vte-risk", "not_assessed"),
    (POINTS | {"scores.caprini_2005": 2}, "vte-risk", "undecided caution"),
    (SIX, "povl-risk", "caution"),
    ({"procedure.expected_duration": {"value": 360, "unit": "min"}}, "povl-risk", "caution"),
    ({"procedure.expected_duration": {"value": 359, "unit": "min"}}, "povl-risk", "not_assessed"),
    (UNDER, "povl-risk", "not_assessed"),
    (UNDER | {ANAESTHESIA: {"value": 6, "unit": "h"}}, "povl-risk", "caution"),
    (UNDER | {ANAESTHESIA: {"value": 359, "unit": "min"}}, "povl-risk", "clear"),
    (blood_loss(1000), "povl-risk", "caution"),
    (blood_loss(1, "L"), "povl-risk", "caution"),
    (blood_loss(999), "povl-risk", "not_assessed"),
    (SIX | {"procedure.position": "lateral"}, "povl-risk", "not_applicable"),
    (SIX | {"procedure.position": None}, "povl-risk", "undecided caution"),
    ({"procedure.expected_duration": None}, "povl-risk", "undecided caution"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        *NUTRITION, *BLOOD, *KIDNEY, *RADIATION, *ONCOLOGY, *WOUND, *CLOTS_AND_SIGHT,
    ],
)  # fmt: skip
def test_host_counts_as_the_documents_say(changes: Changes, rule: str, expected: str) -> None:
    """Each limit flags on its side in each unit; what is missing never comes out as clear."""
    assert outcome(changes, rule) == expected


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        (albumin(29), "defer"),
        (albumin(34), "eligible_with_precautions"),
        (lab("potassium", 6.0, "mmol/L"), "not_eligible"),
        (lab("haemoglobin", 79, "g/L"), "not_eligible"),
        (MUCH | {"consent.blood_products": True}, "undecided"),
        (MUCH | {"consent.blood_products": True} | SAMPLED, "eligible"),
        (TUMOUR | VESSELS | {"scores.sins": 13}, "eligible"),
    ],
)
def test_host_moves_the_verdict(changes: Changes, verdict: str) -> None:
    """A stop stops, a sample nobody took leaves it open, information changes nothing."""
    assert run(changes).verdict == verdict


@pytest.mark.parametrize(
    ("changes", "rule", "day", "expected"),
    [
        (MUCH, "blood-gs", "2026-03-14", "pending"),
        (MUCH, "blood-gs", "2026-03-15", "undecided"),
        (albumin(29), "nut-albumin-30", "2026-03-10", "flagged"),
    ],
)
def test_host_waits_for_what_comes_late(
    changes: Changes, rule: str, day: str, expected: str
) -> None:
    """The sample is asked for on the day before; a low result counts at once."""
    assert status(run(changes, day), rule) == expected
