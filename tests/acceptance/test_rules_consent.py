"""Consent: six topics, then understanding, then the signature, and who may not be asked."""

import pytest

from tests.acceptance.baseline import DAY, before, outcome, run

Changes = dict[str, object]
Row = tuple[Changes, str]
URGENT: Changes = {"procedure.urgency": "urgent"}
EMERGENCY: Changes = {"procedure.urgency": "emergency"}
LACKS: Changes = {"consent.capacity": "lacks"}
ALONE: Changes = LACKS | {"consent.surrogate": False}
SOON: Changes = {"procedure.urgency": "time_sensitive"}

TOPICS = (
    "risks_explained",
    "benefits_explained",
    "recovery_explained",
    "pain_management_explained",
    "restrictions_explained",
    "physical_therapy_explained",
)
NOTHING: Changes = {
    **{f"consent.{topic}": None for topic in TOPICS},
    "consent.alternatives_explained": None,
    "consent.complications_named": None,
    "consent.understanding_confirmed": None,
    "consent.signed": None,
}

# step, what it is once its time is over in elective work
GATES = [
    ("con-topics", "absolute"),
    ("con-understanding", "absolute"),
    ("con-signed", "absolute"),
    ("con-alternatives", "relative"),
    ("con-complications", "caution"),
]


@pytest.mark.parametrize(("step", "level"), GATES)
def test_consent_gate_is_due_until_the_day_before(step: str, level: str) -> None:
    """Not yet at T-29, due from T-28 to T-1, a finding of its level on the day."""
    assert outcome(NOTHING, step, before(29)) == "not_yet"
    for days in (28, 14, 1):
        assert outcome(NOTHING, step, before(days)) == "due"
    assert outcome(NOTHING, step, DAY) == level
    assert outcome({}, step, DAY) == "done"


@pytest.mark.parametrize(
    ("urgency", "levels"),
    [
        (SOON, {"con-topics": "absolute", "con-alternatives": "relative"}),
        (URGENT, {"con-topics": "due", "con-signed": "due", "con-alternatives": "due"}),
        (EMERGENCY, {"con-topics": "due", "con-signed": "due", "con-alternatives": "due"}),
    ],
)
def test_consent_gate_runs_to_induction_where_it_cannot_wait(
    urgency: Changes, levels: dict[str, str]
) -> None:
    """Time-sensitive work closes the window like elective work; urgent work keeps it open."""
    for step, expected in levels.items():
        assert outcome(NOTHING | urgency, step) == expected


def test_consent_gate_of_an_emergency_closes_at_induction() -> None:
    """With both times known an unsigned form is a stop once the operation should have begun."""
    unsigned = NOTHING | EMERGENCY | {"procedure.date": "2026-03-16T09:00"}
    assert outcome(unsigned, "con-signed", "2026-03-16T08:59") == "due"
    assert outcome(unsigned, "con-signed", "2026-03-16T09:01") == "absolute"


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("answer", [None, False, "unknown"])
def test_each_topic_must_have_been_explained(topic: str, answer: object) -> None:
    """A topic that is missing, denied or unknown on the day stops elective work."""
    result = run({f"consent.{topic}": answer})
    assert outcome({f"consent.{topic}": answer}, "con-topics") == "absolute"
    assert result.verdict == "not_eligible"


@pytest.mark.parametrize("named", ["haematoma", "flap_necrosis", "dehiscence", "infection", "meningitis"])  # fmt: skip
def test_each_of_five_complications_must_be_named(named: str) -> None:
    """Any one of the five left out is a caution; visual loss and nerve injury may be."""
    five = ["haematoma", "flap_necrosis", "dehiscence", "infection", "meningitis"]
    assert outcome({"consent.complications_named": five}, "con-complications") == "done"
    without = [one for one in five if one != named]
    assert outcome({"consent.complications_named": without}, "con-complications") == "caution"


@pytest.mark.parametrize(("step", "fact"), [("con-diagnosis", "diagnosis_explained"), ("con-expectation", "expectations_discussed")])  # fmt: skip
def test_what_consent_should_also_cover_is_a_reminder(step: str, fact: str) -> None:
    """Diagnosis and expectations are things to do; left out, they are never a finding."""
    missing: Changes = {f"consent.{fact}": None}
    assert outcome(missing, step) == "due"
    assert run(missing).verdict == "eligible"


UNDERSTOOD = "consent.understanding_confirmed"
SIGNED = "consent.signed"
ORDER: list[Row] = [
    ({}, "clear"),
    ({UNDERSTOOD: before(6), SIGNED: before(6)}, "clear"),
    ({UNDERSTOOD: before(6), SIGNED: before(7)}, "absolute"),
    ({UNDERSTOOD: before(6), SIGNED: before(5)}, "clear"),
    ({UNDERSTOOD: "2026-03-10T10:00", SIGNED: "2026-03-10T10:00"}, "clear"),
    ({UNDERSTOOD: "2026-03-10T10:00", SIGNED: "2026-03-10T10:01"}, "clear"),
    ({UNDERSTOOD: "2026-03-10T10:01", SIGNED: "2026-03-10T10:00"}, "absolute"),
    ({UNDERSTOOD: "2026-03-10T10:01", SIGNED: "2026-03-10"}, "undecided absolute"),
    ({UNDERSTOOD: "2026-03-10", SIGNED: "2026-03-10T10:00"}, "undecided absolute"),
    ({UNDERSTOOD: "2026-03-09T10:00", SIGNED: "2026-03-10"}, "clear"),
    ({UNDERSTOOD: "2026-03-11", SIGNED: "2026-03-10T10:00"}, "absolute"),
    ({UNDERSTOOD: None}, "undecided absolute"),
    ({UNDERSTOOD: "unknown"}, "undecided absolute"),
    ({UNDERSTOOD: True}, "undecided absolute"),
    ({UNDERSTOOD: False}, "absolute"),
    ({SIGNED: True}, "undecided absolute"),
    ({SIGNED: None}, "not_assessed"),
    ({SIGNED: False}, "clear"),
    ({"consent.risks_explained": before(7)}, "clear"),
    ({"consent.risks_explained": before(6)}, "absolute"),
    ({"consent.physical_therapy_explained": before(6)}, "absolute"),
    ({"consent.benefits_explained": "2026-03-09T09:00", UNDERSTOOD: "2026-03-09T10:00"}, "clear"),
    ({"consent.benefits_explained": "2026-03-09T11:00", UNDERSTOOD: "2026-03-09T10:00"}, "absolute"),
    ({"consent.benefits_explained": "2026-03-09T11:00"}, "undecided absolute"),
    ({"consent.recovery_explained": True}, "undecided absolute"),
    ({"consent.recovery_explained": None}, "not_assessed"),
    ({UNDERSTOOD: before(6), SIGNED: before(7)} | URGENT, "absolute"),
    ({UNDERSTOOD: before(6), SIGNED: before(7)} | EMERGENCY, "absolute"),
    ({UNDERSTOOD: before(6), SIGNED: before(7)} | EMERGENCY | ALONE, "not_applicable"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), ORDER)
def test_signature_follows_understanding_and_understanding_the_topics(
    changes: Changes, expected: str
) -> None:
    """Two bare dates of one day pass; with times they are ordered; one time missing is open."""
    assert outcome(changes, "con-order") == expected


def test_unsigned_form_two_weeks_ahead_neither_flags_nor_blocks() -> None:
    """Before the signature there is no order to break and nothing to go stale."""
    assert outcome(NOTHING, "con-order", before(14)) == "not_assessed"
    assert outcome(NOTHING, "con-stale", before(14)) == "not_assessed"


OLD: Changes = {
    **{f"consent.{topic}": before(200) for topic in TOPICS},
    UNDERSTOOD: before(190),
}
STALE: list[Row] = [
    (OLD | {SIGNED: before(180), "consent.plan_changed_after_signature": False}, "clear"),
    (OLD | {SIGNED: before(180)}, "not_assessed"),
    (OLD | {SIGNED: before(181)}, "relative"),
    (OLD | {SIGNED: before(181)} | URGENT, "caution"),
    ({"consent.plan_changed_after_signature": True}, "relative"),
    ({"consent.plan_changed_after_signature": "unknown"}, "undecided relative"),
]


@pytest.mark.parametrize(("changes", "expected"), STALE)
def test_consent_holds_for_180_days_and_one_plan(changes: Changes, expected: str) -> None:
    """A form of 181 days, or one signed for another plan, is reconfirmed."""
    assert outcome(changes, "con-stale") == expected


ACTING: Changes = {"consent.surrogate": True, "consent.surrogate_authority": True}
CAPACITY: list[Row] = [
    ({}, "clear"),
    ({"consent.capacity": None}, "not_assessed"),
    ({"consent.capacity": "not_assessed"}, "information"),
    ({"consent.capacity": "fluctuating"}, "relative"),
    ({"consent.capacity": "fluctuating"} | URGENT, "caution"),
    (ALONE, "absolute"),
    (ALONE | SOON, "absolute"),
    (ALONE | URGENT, "absolute"),
    (ALONE | EMERGENCY, "clear"),
    (LACKS | ACTING, "clear"),
    (LACKS | ACTING | {"consent.surrogate_authority": False}, "absolute"),
    (LACKS | {"consent.surrogate": True}, "undecided absolute"),
    (LACKS, "undecided absolute"),
]


@pytest.mark.parametrize(("changes", "expected"), CAPACITY)
def test_capacity_is_presumed_and_its_lack_needs_a_surrogate(
    changes: Changes, expected: str
) -> None:
    """Not assessed never means lacks; without capacity someone with authority must speak."""
    assert outcome(changes, "con-capacity") == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (ALONE | EMERGENCY, "information"),
        (ALONE | URGENT, "clear"),
        (LACKS | ACTING | EMERGENCY, "clear"),
        (LACKS | EMERGENCY, "undecided information"),
        (EMERGENCY, "clear"),
    ],
)
def test_emergency_doctrine_is_for_those_whom_nobody_can_speak_for(
    changes: Changes, expected: str
) -> None:
    """Only an emergency without capacity and without a surrogate is treated without consent."""
    assert outcome(changes, "con-emergency") == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (ALONE | EMERGENCY, "not_applicable"),
        (LACKS | ACTING | EMERGENCY, "due"),
        (EMERGENCY, "due"),
        ({"consent.capacity": "not_assessed"} | EMERGENCY, "due"),
        (ALONE | URGENT, "due"),
        (ALONE, "absolute"),
    ],
)
def test_consent_gate_is_waived_only_by_the_emergency_doctrine(
    changes: Changes, expected: str
) -> None:
    """At every other urgency, and with a surrogate, the six topics are still to be explained."""
    assert outcome(NOTHING | changes, "con-topics") == expected


FOREIGN: Changes = {"patient.interpreter_needed": True}
PRESENT: Changes = FOREIGN | {"patient.interpreter_present": True}
INTERPRETER: list[Row] = [
    ({}, "not_applicable"),
    (FOREIGN | {"patient.interpreter_present": False}, "absolute"),
    (FOREIGN | {"patient.interpreter_present": False} | URGENT, "absolute"),
    (FOREIGN, "undecided absolute"),
    (PRESENT, "undecided absolute"),
    (PRESENT | {"patient.interpreter_kind": "professional"}, "clear"),
    (PRESENT | {"patient.interpreter_kind": "adult_at_patient_request"}, "clear"),
    (PRESENT | {"patient.interpreter_kind": "accompanying_adult"}, "absolute"),
    (PRESENT | {"patient.interpreter_kind": "minor"}, "absolute"),
    (FOREIGN | {"patient.interpreter_present": False} | ALONE | EMERGENCY, "not_applicable"),
    ({"patient.interpreter_needed": None}, "undecided absolute"),
]


@pytest.mark.parametrize(("changes", "expected"), INTERPRETER)
def test_interpreter_is_professional_or_asked_for_by_the_patient(
    changes: Changes, expected: str
) -> None:
    """An accompanying adult counts only on the patient's request, a minor never."""
    assert outcome(changes, "con-interpreter") == expected


@pytest.mark.parametrize(("days", "expected"), [(28, "pending"), (14, "pending"), (1, "undecided absolute")])  # fmt: skip
def test_interpreter_of_the_day_is_pending_before(days: int, expected: str) -> None:
    """Whether an interpreter is there cannot be known weeks ahead."""
    assert outcome(FOREIGN, "con-interpreter", before(days)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"consent.signed_after_sedation": True}, "relative"),
        ({"consent.signed_after_sedation": True} | URGENT, "caution"),
        ({"consent.signed_after_sedation": False}, "clear"),
        ({"consent.signed_after_sedation": "unknown"}, "undecided relative"),
        ({}, "not_assessed"),
    ],
)
def test_signature_under_sedation_is_looked_at_again(changes: Changes, expected: str) -> None:
    """A form signed after a sedative is reconfirmed; capacity is not taken to be lost."""
    assert outcome(changes, "con-premed") == expected


def bleeding(loss: float, unit: str = "mL") -> Changes:
    """Return an expected blood loss, with nothing recorded on blood products."""
    expected = {"value": loss, "unit": unit}
    return {"procedure.expected_blood_loss": expected, "consent.blood_products": None}


BLOOD: list[tuple[Changes, str, str]] = [
    (bleeding(500), DAY, "not_applicable"),
    (bleeding(501), DAY, "undecided relative"),
    (bleeding(0.5, "L"), DAY, "not_applicable"),
    (bleeding(0.51, "L"), DAY, "undecided relative"),
    (bleeding(501) | URGENT, DAY, "undecided caution"),
    (bleeding(501), before(14), "pending"),
    (bleeding(501), before(1), "undecided relative"),
    (bleeding(501) | {"consent.blood_products": True}, DAY, "clear"),
    (bleeding(501) | {"consent.blood_products": "unknown"}, DAY, "undecided relative"),
    (bleeding(501) | {"consent.blood_products": False}, DAY, "relative"),
]


@pytest.mark.parametrize(("changes", "day", "expected"), BLOOD)
def test_blood_products_are_asked_about_above_500_ml(
    changes: Changes, day: str, expected: str
) -> None:
    """Above 500 mL of expected loss the patient's answer must be on record by the day before."""
    assert outcome(changes, "con-blood", day) == expected


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"consent.understanding_confirmed": False}, "not_eligible"),
        ({"consent.alternatives_explained": False}, "defer"),
        ({"consent.complications_named": ["infection"]}, "eligible_with_precautions"),
        ({"consent.anaesthesia": None}, "undecided"),
        ({"consent.anaesthesia": False}, "defer"),
        ({"consent.capacity": None}, "eligible"),
        ({"patient.blood_product_refusal": True}, "eligible_with_precautions"),
    ],
)
def test_consent_moves_the_verdict(changes: Changes, verdict: str) -> None:
    """An absolute gate stops, a relative one defers, unrecorded capacity is presumed."""
    assert run(changes).verdict == verdict
