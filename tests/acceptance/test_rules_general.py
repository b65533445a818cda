"""General gates: scope, urgency, indication, technique, history and physical, assessment."""

import pytest

from tests.acceptance.baseline import DAY, before, outcome, run

Changes = dict[str, object]


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"patient.birth_date": None, "patient.age": 18}, "eligible"),
        ({"patient.birth_date": None, "patient.age": 17}, "out_of_scope"),
        ({"patient.birth_date": None}, "undecided"),
        ({"patient.birth_date": None, "patient.age": "unknown"}, "undecided"),
        ({"patient.birth_date": "2008-03-16"}, "eligible"),
        ({"patient.birth_date": "2008-03-17"}, "out_of_scope"),
        ({"patient.birth_date": None, "patient.age": 17, "infection.sepsis": True}, "out_of_scope"),
    ],
)
def test_rules_are_for_adults_of_known_age(changes: Changes, verdict: str) -> None:
    """18 years on the day of surgery is in scope, a day younger is not, unknown is open."""
    assert run(changes).verdict == verdict


WORK_UP = [
    ({}, "gen-urgency", "clear"),
    ({"procedure.urgency": None}, "gen-urgency", "undecided relative"),
    ({"procedure.urgency": "unknown"}, "gen-urgency", "undecided relative"),
    ({"procedure.urgency": "emergency"}, "gen-urgency", "clear"),
    ({"procedure.indication": None}, "gen-indication", "undecided relative"),
    ({"procedure.indication": "cosmetic"}, "gen-indication", "undecided relative"),
    ({"procedure.indication": None, "procedure.urgency": "emergency"}, "gen-indication", "undecided caution"),
    ({"procedure.technique": None}, "gen-technique", "undecided relative"),
    ({"procedure.technique": []}, "gen-technique", "undecided relative"),
    ({"procedure.technique": ["spinal_fusion", "muscle_flap"]}, "gen-technique", "clear"),
    ({"procedure.date": None}, "gen-date", "undecided relative"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "entry", "expected"), WORK_UP)
def test_basic_fact_must_be_known(changes: Changes, entry: str, expected: str) -> None:
    """Urgency, indication, technique and date are asked for where missing or not on the list."""
    assert outcome(changes, entry) == expected


@pytest.mark.parametrize("missing", ["urgency", "indication", "technique", "date"])
def test_missing_basic_fact_leaves_the_verdict_open(missing: str) -> None:
    """Without any one of the four nobody can say that the patient is ready."""
    assert run({f"procedure.{missing}": None}).verdict == "undecided"


def test_unknown_urgency_counts_as_elective() -> None:
    """A stop that holds in elective work alone stops while the urgency is unknown."""
    result = run({"procedure.urgency": None, "infection.meningitis": True})
    assert result.verdict == "not_eligible"


@pytest.mark.parametrize("indication", ["trauma", "degenerative", "post_surgical_defect", "neuromuscular", "oncological", "congenital"])  # fmt: skip
def test_indication_of_the_list_is_shown_and_stops_nothing(indication: str) -> None:
    """Each of the six indications is one line of information."""
    changes = {"procedure.indication": indication}
    assert outcome(changes, f"ind-{indication.replace('_', '-')}") == "information"
    others = [f.rule for f in run(changes).flagged if f.rule.startswith("ind-")]
    assert len(others) == 1


HISTORY = "procedure.history_physical"
UPDATE = "procedure.history_physical_update"
HISTORIES = [
    ({HISTORY: DAY}, "clear"),
    ({HISTORY: before(1)}, "clear"),
    ({HISTORY: before(2)}, "undecided relative"),
    ({HISTORY: before(2), UPDATE: False}, "relative"),
    ({HISTORY: before(2), UPDATE: before(1)}, "clear"),
    ({HISTORY: before(2), UPDATE: before(2)}, "relative"),
    ({HISTORY: before(30), UPDATE: before(1)}, "clear"),
    ({HISTORY: before(30), UPDATE: DAY}, "clear"),
    ({HISTORY: before(31), UPDATE: before(1)}, "relative"),
    ({HISTORY: before(31)}, "relative"),
    ({HISTORY: False}, "relative"),
    ({HISTORY: None}, "undecided relative"),
    ({HISTORY: "unknown"}, "undecided relative"),
    ({HISTORY: True}, "undecided relative"),
    ({HISTORY: before(31), "procedure.urgency": "time_sensitive"}, "relative"),
    ({HISTORY: before(31), "procedure.urgency": "urgent"}, "caution"),
    ({HISTORY: before(31), "procedure.urgency": "emergency"}, "caution"),
]


@pytest.mark.parametrize(("changes", "expected"), HISTORIES)
def test_history_and_physical_is_of_30_days_and_updated(changes: Changes, expected: str) -> None:
    """At most 30 days old, and updated on the day before or the day itself."""
    assert outcome(changes, "gen-hp") == expected


ASSESSMENT = "procedure.anaesthetic_assessment"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({ASSESSMENT: before(1)}, "clear"),
        ({ASSESSMENT: before(120)}, "clear"),
        ({ASSESSMENT: DAY}, "relative"),
        ({ASSESSMENT: False}, "relative"),
        ({ASSESSMENT: None}, "undecided relative"),
        ({ASSESSMENT: True}, "undecided relative"),
        ({ASSESSMENT: DAY, "procedure.urgency": "urgent"}, "caution"),
    ],
)
def test_anaesthetist_sees_the_patient_before_the_day(changes: Changes, expected: str) -> None:
    """An assessment on the day of surgery itself is too late for elective work."""
    assert outcome(changes, "gen-anaesthetic") == expected


@pytest.mark.parametrize("entry", ["gen-hp", "gen-anaesthetic", "con-anaesthesia"])
@pytest.mark.parametrize(("days", "expected"), [(28, "pending"), (14, "pending"), (2, "pending"), (1, "undecided relative")])  # fmt: skip
def test_what_belongs_to_the_last_day_is_pending_before(
    entry: str, days: int, expected: str
) -> None:
    """Weeks ahead it is pending and does not touch the verdict; on day -1 it is asked for."""
    nothing_yet: Changes = {HISTORY: None, ASSESSMENT: None, "consent.anaesthesia": None}
    assert outcome(nothing_yet, entry, before(days)) == expected


@pytest.mark.parametrize(
    ("day", "goal", "expected"),
    [
        (before(29), None, "not_yet"),
        (before(28), None, "due"),
        (DAY, None, "due"),
        (before(28), "mobility", "done"),
    ],
)
def test_goal_of_surgery_is_a_reminder(day: str, goal: str | None, expected: str) -> None:
    """A goal that is not recorded is something to do and never a finding."""
    changes: Changes = {"procedure.goal": goal}
    assert outcome(changes, "gen-outcome-goal", day) == expected
    assert "gen-outcome-goal" not in {f.rule for f in run(changes, day).findings}


CONFLICTS = [
    ({"neuro.cauda_equina": before(0), "procedure.urgency": "elective"}, "information"),
    ({"neuro.cauda_equina": before(0), "procedure.urgency": "time_sensitive"}, "information"),
    ({"neuro.cauda_equina": before(0), "neuro.cauda_equina_stage": "incomplete", "procedure.urgency": "urgent"}, "information"),
    ({"neuro.cauda_equina": before(0), "neuro.cauda_equina_stage": "prolonged_retention", "neuro.cauda_equina_residual_function": False, "procedure.urgency": "urgent"}, "clear"),
    ({"neuro.cauda_equina": before(0), "neuro.cauda_equina_stage": "prolonged_retention", "neuro.cauda_equina_residual_function": True, "procedure.urgency": "urgent"}, "information"),
    ({"neuro.cauda_equina": before(0), "procedure.urgency": "emergency"}, "clear"),
    ({"neuro.cord_compression": before(0), "procedure.urgency": "elective"}, "information"),
    ({"neuro.cord_compression": before(0), "procedure.urgency": "urgent"}, "clear"),
    ({"neuro.deficit": "progressive", "procedure.urgency": "time_sensitive"}, "information"),
    ({"neuro.deficit": "progressive", "procedure.urgency": "urgent"}, "clear"),
    ({"infection.csf_leak": True}, "information"),
    ({"wound.exposed_hardware": True}, "information"),
    ({"wound.exposed_hardware": True, "procedure.urgency": "time_sensitive"}, "clear"),
    ({}, "clear"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), CONFLICTS)
def test_urgency_slower_than_the_findings_is_said(changes: Changes, expected: str) -> None:
    """A reason to operate now is held against the urgency that was written down."""
    assert outcome(changes, "gen-urgency-conflict") == expected


OVERRIDE = {"by": "Dr A. Example", "on": DAY, "reason": "Panel decision"}


@pytest.mark.parametrize(
    ("rule", "changes", "before_it", "after_it"),
    [
        ("inf-meningitis", {"infection.meningitis": True}, "not_eligible", "eligible_with_precautions"),
        ("inf-uti-symptomatic", {"infection.uti_symptomatic": True}, "defer", "eligible_with_precautions"),
        ("cpr-mi-60d", {"conditions.mi": before(30)}, "not_eligible", "eligible_with_precautions"),
    ],
)  # fmt: skip
def test_named_clinician_may_accept_a_stop(
    rule: str, changes: Changes, before_it: str, after_it: str
) -> None:
    """An accepted finding stays flagged and counts as a caution."""
    assert run(changes).verdict == before_it
    accepted = changes | {"overrides": [{"rule": rule, **OVERRIDE}]}
    assert run(accepted).verdict == after_it
    assert outcome(accepted, rule) == "caution"


def test_override_older_than_its_evidence_is_void() -> None:
    """What was accepted before the newest result says nothing about that result."""
    pressure: Changes = {
        "vitals.systolic_bp": {"value": 184, "unit": "mm[Hg]", "measured_on": before(3)}
    }
    late: Changes = {"overrides": [{"rule": "cpr-bp-180", **OVERRIDE, "on": before(3)}]}
    early: Changes = {"overrides": [{"rule": "cpr-bp-180", **OVERRIDE, "on": before(4)}]}
    assert outcome(pressure | late, "cpr-bp-180") == "caution"
    assert outcome(pressure | early, "cpr-bp-180") == "relative"


def test_undecided_rule_cannot_be_accepted() -> None:
    """An override cannot stand in for a fact that is missing."""
    missing: Changes = {"vitals.systolic_bp": None}
    accepted = missing | {"overrides": [{"rule": "cpr-bp-180", **OVERRIDE}]}
    assert run(accepted).verdict == "undecided"
