"""The work-up of the weeks before: due in its window, done by a fact, and never a stop."""

import pytest

from backrec_cli.rulepack.model import Step
from tests.acceptance.baseline import DAY, amount, before, run, status, unreviewed
from tests.shipped import pack

Changes = dict[str, object]
SNORES: Changes = {"conditions.snoring": True}
WORKUP = {
    # step: opens, closes, roles (sorted)
    "prep-bone-health": (-180, -90, "surgeon"),
    "prep-hba1c": (-90, -60, "nurse surgeon"),
    "prep-weight-plan": (-90, -28, "nurse"),
    "prep-stop-bang": (-90, -28, "anaesthetist nurse"),
    "prep-stop-smoking": (-56, -28, "nurse patient"),
    "prep-cotinine": (-56, -28, "nurse"),
    "prep-alcohol": (-56, -28, "anaesthetist nurse"),
    "prep-history-physical": (-30, 0, "nurse surgeon"),
    "prep-contact-point": (-30, 0, "nurse"),
    "prep-bloods": (-28, 0, "anaesthetist nurse"),
    "prep-ecg": (-28, 0, "nurse"),
    "prep-bnp": (-28, 0, "anaesthetist nurse"),
    "prep-anaemia": (-28, 0, "anaesthetist nurse"),
    "prep-risk-score": (-28, 0, "anaesthetist"),
    "prep-leaflet": (-28, -7, "nurse surgeon"),
    "prep-interpreter": (-28, -7, "nurse"),
    "prep-nutrition": (-14, -7, "nurse"),
    "prep-group-save": (-3, -1, "nurse"),
}


@pytest.mark.parametrize(("name", "expected"), WORKUP.items())
def test_step_has_the_window_and_roles_of_the_timeline(
    name: str, expected: tuple[int, int, str]
) -> None:
    """Window and roles are those of the timeline, and none of these steps is a gate."""
    step = pack().entries[name]
    assert isinstance(step, Step)
    roles = " ".join(sorted(role.value for role in step.roles))
    assert (step.opens.days, step.closes.days, roles) == expected
    assert step.gate is None


HEAVY: Changes = {"vitals.bmi": amount(35, "kg/m2"), "vitals.height": None, "vitals.weight": None}
URGENT: Changes = {"procedure.urgency": "urgent"}
SOFT: Changes = {"procedure.instrumented": False, "procedure.technique": ["debridement"]}
OLD: Changes = {"patient.birth_date": "1955-05-05"}
DIABETES: Changes = {"conditions.diabetes": "type2"}
BLOODY: Changes = {"procedure.expected_blood_loss": {"value": 501, "unit": "mL"}}
ANAEMIC: Changes = BLOODY | {"labs.haemoglobin": amount(12.9, "g/dL")}
BLOODS: Changes = {
    "labs.ferritin": amount(80, "ug/L"),
    "labs.albumin": amount(40, "g/L"),
}
VITAMIN: Changes = {"labs.vitamin_d_25oh": amount(60, "nmol/L")}
T_SCORE: Changes = {"bone.t_score": {"value": -1.5, "measured_on": before(40)}}
THIN: Changes = {"labs.albumin": amount(29, "g/L"), "vitals.weight_loss_6mo": amount(0, "%")}
FED: Changes = {"labs.albumin": amount(30, "g/L"), "vitals.weight_loss_6mo": amount(10, "%")}
SMOKER: Changes = {"habits.smoking": "current"}
STOPPED: Changes = {"habits.smoking": "former"}
STENT: Changes = {"conditions.ihd": True}
Row = tuple[Changes, str, str]
STEPS: list[Row] = [
    ({}, "prep-bone-health", "not_applicable"),
    (OLD, "prep-bone-health", "overdue"),
    (OLD | VITAMIN, "prep-bone-health", "done"),
    (OLD | VITAMIN | {"bone.hu_l1": None}, "prep-bone-health", "overdue"),
    (OLD | VITAMIN | {"bone.hu_l1": None} | T_SCORE, "prep-bone-health", "done"),
    (OLD | SOFT, "prep-bone-health", "not_applicable"),
    (OLD | URGENT, "prep-bone-health", "not_applicable"),
    ({}, "prep-hba1c", "not_applicable"),
    (DIABETES, "prep-hba1c", "overdue"),
    (DIABETES | {"labs.hba1c": amount(52, "mmol/mol", before(90))}, "prep-hba1c", "done"),
    (DIABETES | {"labs.hba1c": amount(52, "mmol/mol", before(91))}, "prep-hba1c", "overdue"),
    ({}, "prep-weight-plan", "not_applicable"),
    (HEAVY, "prep-weight-plan", "overdue"),
    (HEAVY | {"vitals.bmi": amount(34.9, "kg/m2")}, "prep-weight-plan", "not_applicable"),
    (HEAVY | {"prep.weight_plan": True}, "prep-weight-plan", "done"),
    (HEAVY, "prep-stop-bang", "done"),
    (HEAVY | unreviewed("conditions"), "prep-stop-bang", "overdue"),
    (SNORES | unreviewed("conditions"), "prep-stop-bang", "overdue"),
    (SNORES | unreviewed("conditions") | {"scores.stop_bang": 4}, "prep-stop-bang", "done"),
    ({}, "prep-stop-bang", "not_applicable"),
    (SMOKER, "prep-stop-smoking", "overdue"),
    (SMOKER | URGENT, "prep-stop-smoking", "not_applicable"),
    ({"habits.smoking": "vaping"}, "prep-stop-smoking", "overdue"),
    (STOPPED | {"habits.quit": before(28)}, "prep-stop-smoking", "done"),
    (STOPPED | {"habits.quit": before(27)}, "prep-stop-smoking", "overdue"),
    (STOPPED, "prep-stop-smoking", "overdue"),
    ({}, "prep-stop-smoking", "not_applicable"),
    ({}, "prep-cotinine", "overdue"),
    ({"prep.cotinine_at_booking": True}, "prep-cotinine", "done"),
    ({"labs.cotinine_urine": amount(5, "ug/L")}, "prep-cotinine", "done"),
    ({"labs.cotinine_serum": amount(5, "ng/mL")}, "prep-cotinine", "done"),
    (SOFT, "prep-cotinine", "not_applicable"),
    (SOFT | SMOKER, "prep-cotinine", "overdue"),
    ({"scores.audit_c": 8}, "prep-alcohol", "overdue"),
    ({"scores.audit_c": 8, "prep.alcohol_programme": True}, "prep-alcohol", "done"),
    ({"scores.audit_c": 7}, "prep-alcohol", "not_applicable"),
    ({}, "prep-alcohol", "undecided"),
    ({}, "prep-history-physical", "done"),
    ({"procedure.history_physical": before(30)}, "prep-history-physical", "done"),
    ({"procedure.history_physical": before(31)}, "prep-history-physical", "due"),
    ({"procedure.history_physical": None}, "prep-history-physical", "due"),
    ({}, "prep-contact-point", "due"),
    ({"prep.contact_point_given": True}, "prep-contact-point", "done"),
    ({}, "prep-bloods", "due"),
    (BLOODS, "prep-bloods", "done"),
    (BLOODS | {"labs.albumin": amount(40, "g/L", before(31))}, "prep-bloods", "due"),
    (SOFT, "prep-bloods", "not_applicable"),
    (SOFT | BLOODY, "prep-bloods", "due"),
    ({}, "prep-ecg", "not_applicable"),
    (STENT, "prep-ecg", "due"),
    (STENT | {"prep.ecg": before(20)}, "prep-ecg", "done"),
    ({}, "prep-bnp", "not_applicable"),
    (OLD, "prep-bnp", "due"),
    (OLD | {"labs.nt_probnp": amount(40, "ng/L")}, "prep-bnp", "done"),
    (STENT | {"labs.bnp": amount(40, "pg/mL")}, "prep-bnp", "done"),
    (ANAEMIC, "prep-anaemia", "due"),
    (ANAEMIC | {"prep.anaemia_treatment": True}, "prep-anaemia", "done"),
    (BLOODY | {"labs.haemoglobin": amount(13.0, "g/dL")}, "prep-anaemia", "not_applicable"),
    ({"labs.haemoglobin": amount(12.9, "g/dL")}, "prep-anaemia", "not_applicable"),
    ({}, "prep-risk-score", "due"),
    ({"prep.risk_score_given": True}, "prep-risk-score", "done"),
    (URGENT, "prep-risk-score", "not_applicable"),
    ({}, "prep-leaflet", "overdue"),
    ({"prep.leaflet_given": True}, "prep-leaflet", "done"),
    ({}, "prep-interpreter", "not_applicable"),
    ({"patient.interpreter_needed": True}, "prep-interpreter", "overdue"),
    ({"patient.interpreter_needed": True} | URGENT, "prep-interpreter", "due"),
    ({"patient.interpreter_needed": True, "prep.interpreter_booked": True}, "prep-interpreter", "done"),
    (THIN, "prep-nutrition", "overdue"),
    (THIN | {"prep.nutrition_support": True}, "prep-nutrition", "done"),
    (FED, "prep-nutrition", "not_applicable"),
    (FED | {"vitals.weight_loss_6mo": amount(10.1, "%")}, "prep-nutrition", "overdue"),
    ({}, "prep-group-save", "not_applicable"),
    (BLOODY, "prep-group-save", "overdue"),
    (BLOODY | {"labs.group_and_save": before(2)}, "prep-group-save", "done"),
    (BLOODY | {"labs.group_and_save": before(8)}, "prep-group-save", "overdue"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "step", "expected"), STEPS)
def test_step_applies_and_is_done_by_facts(changes: Changes, step: str, expected: str) -> None:
    """Each step has a patient it is for, one it is not for, and a fact that ticks it."""
    assert status(run(changes), step) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (before(91), "not_yet"),
        (before(90), "due"),
        (before(28), "due"),
        (before(27), "overdue"),
    ],
)
def test_weight_of_today_decides_today(day: str, expected: str) -> None:
    """A weight that will be stale on the day of surgery still says who needs a weight plan now."""
    heavy = HEAVY | {"vitals.bmi": amount(38, "kg/m2", day)}
    slim = HEAVY | {"vitals.bmi": amount(24, "kg/m2", day)}
    assert status(run(heavy, day), "prep-weight-plan") == expected
    assert status(run(slim, day), "prep-weight-plan") == "not_applicable"


def test_weight_that_is_stale_today_decides_nothing() -> None:
    """Thirty-one days old today: whether the plan applies is open."""
    day = before(60)
    heavy = HEAVY | {"vitals.bmi": amount(38, "kg/m2", before(91))}
    assert status(run(heavy, day), "prep-weight-plan") == "undecided"


@pytest.mark.parametrize("urgency", ["elective", "time_sensitive", "urgent", "emergency"])
def test_late_booking_is_no_stop(urgency: str) -> None:
    """With every window missed the verdict is what it is without these steps."""
    late = {"procedure.urgency": urgency, "procedure.history_physical": DAY}
    result = run(late)
    flagged = {finding.rule for finding in result.flagged}
    assert flagged & set(WORKUP) == set()
    assert {f.rule for f in result.undecided} & set(WORKUP) == set()
    assert result.verdict == "eligible"
