"""Uncontrolled infection: stops implants, grafts and closure, not the operation that treats it."""

import pytest

from tests.acceptance.baseline import DAY, amount, before, outcome, run, unreviewed

Changes = dict[str, object]
Row = tuple[Changes, str, str]

SEPSIS: list[Row] = [
    ({"infection.sepsis": True}, "inf-sepsis", "absolute"),
    ({"infection.sepsis": True, "procedure.urgency": "time_sensitive"}, "inf-sepsis", "absolute"),
    ({"infection.sepsis": True, "procedure.urgency": "emergency"}, "inf-sepsis", "absolute"),
    ({"infection.sepsis": True, "procedure.source_control_intent": True}, "inf-sepsis", "clear"),
    ({"infection.sepsis": True, "procedure.source_control_intent": True}, "inf-sepsis-source-control", "information"),
    ({"infection.sepsis": True}, "inf-sepsis-source-control", "clear"),
    ({"infection.sepsis": True, "procedure.source_control_intent": None}, "inf-sepsis", "undecided absolute"),
    ({"infection.sepsis": "unknown"}, "inf-sepsis", "undecided absolute"),
    ({"infection.sepsis": False}, "inf-sepsis", "clear"),
    ({}, "inf-sepsis", "clear"),
    (unreviewed("infection"), "inf-sepsis", "undecided absolute"),
]  # fmt: skip

ELSEWHERE: list[Row] = [
    ({"infection.systemic_active": True}, "inf-systemic-active", "absolute"),
    ({"infection.systemic_active": True, "procedure.instrumented": False}, "inf-systemic-active", "relative"),
    ({"infection.systemic_active": True, "procedure.instrumented": None}, "inf-systemic-active", "relative, absolute open"),
    ({"infection.systemic_active": True, "procedure.urgency": "time_sensitive"}, "inf-systemic-active", "relative"),
    ({"infection.systemic_active": True, "procedure.urgency": "urgent"}, "inf-systemic-active", "caution"),
    ({"infection.systemic_active": True, "procedure.urgency": "emergency"}, "inf-systemic-active", "caution"),
    (unreviewed("infection"), "inf-systemic-active", "undecided absolute"),
    ({"infection.uti_symptomatic": True}, "inf-uti-symptomatic", "relative"),
    ({"infection.uti_symptomatic": True, "procedure.urgency": "emergency"}, "inf-uti-symptomatic", "caution"),
    ({}, "inf-uti-symptomatic", "clear"),
    ({"infection.uti_symptomatic": "unknown"}, "inf-uti-symptomatic", "undecided relative"),
    (unreviewed("infection"), "inf-uti-symptomatic", "not_assessed"),
    ({"infection.asymptomatic_bacteriuria": True}, "inf-asymptomatic-bacteriuria", "information"),
    ({"infection.meningitis": True}, "inf-meningitis", "absolute"),
    ({"infection.meningitis": True, "procedure.urgency": "time_sensitive"}, "inf-meningitis", "relative"),
    ({"infection.meningitis": True, "procedure.urgency": "urgent"}, "inf-meningitis", "caution"),
    (unreviewed("infection"), "inf-meningitis", "undecided absolute"),
    ({"infection.csf_leak": True}, "inf-csf-leak", "information"),
    ({"habits.ivdu": True}, "inf-ivdu", "caution"),
    (unreviewed("habits"), "inf-ivdu", "undecided caution"),
]  # fmt: skip

NO_CAUSE: Changes = {"infection.cause_recorded": False}
NO_IMPLANT: Changes = {"procedure.instrumented": False}
MARKERS: list[Row] = [
    ({}, "inf-unexplained-markers", "not_assessed"),
    ({"labs.wbc": amount(7, "10*9/L")}, "inf-unexplained-markers", "clear"),
    (NO_CAUSE | {"vitals.temperature": amount(38.0, "Cel", DAY)}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"vitals.temperature": amount(38.0, "Cel", before(1))}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"vitals.temperature": amount(38.0, "Cel", before(2))}, "inf-unexplained-markers", "undecided relative"),
    (NO_CAUSE | {"vitals.temperature": amount(37.9, "Cel", DAY), "labs.wbc": amount(7, "10*9/L")}, "inf-unexplained-markers", "clear"),
    (NO_CAUSE | {"vitals.temperature": amount(100.4, "[degF]", DAY)}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"vitals.temperature": amount(100.2, "[degF]", DAY), "labs.wbc": amount(7, "10*9/L")}, "inf-unexplained-markers", "clear"),
    (NO_CAUSE | {"labs.wbc": amount(12.1, "10*9/L")}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"labs.wbc": amount(12, "10*9/L")}, "inf-unexplained-markers", "clear"),
    (NO_CAUSE | {"labs.wbc": amount(12001, "/uL")}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"labs.wbc": amount(12000, "/uL")}, "inf-unexplained-markers", "clear"),
    (NO_CAUSE | {"labs.wbc": amount(3.9, "10*9/L")}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"labs.wbc": amount(4, "10*9/L")}, "inf-unexplained-markers", "clear"),
    (NO_CAUSE | {"labs.crp": amount(10.1, "mg/L")}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"labs.crp": amount(11, "mg/L", before(7))}, "inf-unexplained-markers", "relative"),
    (NO_CAUSE | {"labs.crp": amount(11, "mg/L", before(8))}, "inf-unexplained-markers", "undecided relative"),
    (NO_CAUSE | {"labs.crp": amount(2, "mg/L", before(8))}, "inf-unexplained-markers", "undecided relative"),
    (NO_CAUSE | NO_IMPLANT | {"labs.crp": amount(11, "mg/L")}, "inf-unexplained-markers", "caution"),
    (NO_CAUSE | {"labs.crp": amount(11, "mg/L"), "procedure.urgency": "urgent"}, "inf-unexplained-markers", "caution"),
    ({"labs.crp": amount(11, "mg/L"), "infection.cause_recorded": True}, "inf-unexplained-markers", "clear"),
    ({"labs.crp": amount(11, "mg/L")}, "inf-unexplained-markers", "undecided relative"),
    (NO_IMPLANT | {"labs.crp": amount(11, "mg/L")}, "inf-unexplained-markers", "undecided caution"),
]  # fmt: skip

DIRTY: Changes = {"wound.present": True, "wound.infected": True}
WOUNDS: list[Row] = [
    (DIRTY, "inf-wound-not-debrided", "absolute"),
    (DIRTY | {"procedure.urgency": "emergency"}, "inf-wound-not-debrided", "absolute"),
    ({"wound.necrotic_tissue": True}, "inf-wound-not-debrided", "absolute"),
    (DIRTY | {"wound.debrided": before(3)}, "inf-wound-not-debrided", "clear"),
    (DIRTY | {"wound.debrided": False}, "inf-wound-not-debrided", "absolute"),
    (DIRTY | {"wound.debrided": "unknown"}, "inf-wound-not-debrided", "undecided absolute"),
    (DIRTY | {"procedure.definitive_closure_planned": False}, "inf-wound-not-debrided", "clear"),
    (DIRTY | {"procedure.definitive_closure_planned": None}, "inf-wound-not-debrided", "undecided absolute"),
    ({}, "inf-wound-not-debrided", "clear"),
    (unreviewed("wound"), "inf-wound-not-debrided", "undecided absolute"),
    (DIRTY | {"procedure.technique": ["skin_graft"]}, "inf-graft-on-infected-bed", "absolute"),
    (DIRTY | {"procedure.technique": ["skin_graft", "debridement"], "wound.debrided": before(3)}, "inf-graft-on-infected-bed", "absolute"),
    (DIRTY | {"procedure.technique": ["muscle_flap"]}, "inf-graft-on-infected-bed", "clear"),
    (unreviewed("wound") | {"procedure.technique": ["skin_graft"]}, "inf-graft-on-infected-bed", "undecided absolute"),
    (unreviewed("wound"), "inf-graft-on-infected-bed", "clear"),
    ({"wound.exposed_hardware": True}, "inf-exposed-hardware", "information"),
    ({"wound.operative_site_skin_lesion": True}, "inf-skin-site", "relative"),
    ({"wound.operative_site_skin_lesion": True, "procedure.urgency": "urgent"}, "inf-skin-site", "caution"),
    ({"procedure.technique": ["skin_flap"], "wound.donor_site_intact": False}, "inf-skin-site", "relative"),
    ({"procedure.technique": ["skin_flap"], "wound.donor_site_intact": True}, "inf-skin-site", "clear"),
    ({"procedure.technique": ["skin_flap"]}, "inf-skin-site", "undecided relative"),
    ({}, "inf-skin-site", "clear"),
]  # fmt: skip

BONE: Changes = {"infection.osteomyelitis": "suspected"}
BOTH: Changes = {"infection.bone_culture_done": True, "infection.antibiotic_plan": True}
OSTEOMYELITIS: list[Row] = [
    (BONE | BOTH, "inf-osteomyelitis-unworked", "clear"),
    (BONE | BOTH | {"infection.bone_culture_done": False}, "inf-osteomyelitis-unworked", "relative"),
    (BONE | BOTH | {"infection.antibiotic_plan": False}, "inf-osteomyelitis-unworked", "relative"),
    (BONE | {"infection.antibiotic_plan": False}, "inf-osteomyelitis-unworked", "relative"),
    (BONE, "inf-osteomyelitis-unworked", "undecided relative"),
    (BONE | BOTH | {"infection.osteomyelitis": "confirmed", "infection.antibiotic_plan": None}, "inf-osteomyelitis-unworked", "undecided relative"),
    ({"infection.osteomyelitis": "confirmed", "infection.bone_culture_done": False, "procedure.urgency": "emergency"}, "inf-osteomyelitis-unworked", "caution"),
    ({}, "inf-osteomyelitis-unworked", "clear"),
    (BONE | {"neuro.deficit": "progressive"}, "inf-nvo-surgery", "information"),
    (BONE | {"bone.spinal_instability": True}, "inf-nvo-surgery", "information"),
    (BONE | {"neuro.deficit": "stable"}, "inf-nvo-surgery", "clear"),
    ({"neuro.deficit": "progressive"}, "inf-nvo-surgery", "clear"),
]  # fmt: skip


def screened(result: str, days: int) -> Changes:
    """Return an MRSA screen taken that many days before."""
    return {"labs.mrsa_screen": {"value": result, "measured_on": before(days)}}


CARRIERS: list[Row] = [
    (screened("carrier", 14), "inf-mrsa-carrier", "caution"),
    (screened("carrier", 90), "inf-mrsa-carrier", "caution"),
    (screened("carrier", 91), "inf-mrsa-carrier", "undecided caution"),
    (screened("negative", 14), "inf-mrsa-carrier", "clear"),
    (screened("not_done", 14), "inf-mrsa-carrier", "undecided caution"),
    ({}, "inf-mrsa-carrier", "not_assessed"),
]


def airway(days: int, site: str | None = None) -> Changes:
    """Return a respiratory infection that many days before."""
    return {"conditions.resp_infection": before(days), "conditions.resp_infection_site": site}


AIRWAY: list[Row] = [
    (airway(14, "upper"), "inf-resp-30d", "caution"),
    (airway(15, "upper"), "inf-resp-30d", "clear"),
    (airway(3, "lower"), "inf-resp-30d", "relative"),
    (airway(28, "lower"), "inf-resp-30d", "relative"),
    (airway(29, "lower"), "inf-resp-30d", "caution"),
    (airway(42, "lower"), "inf-resp-30d", "caution"),
    (airway(43, "lower"), "inf-resp-30d", "clear"),
    (airway(10), "inf-resp-30d", "caution, relative open"),
    (airway(20), "inf-resp-30d", "undecided relative"),
    (airway(29), "inf-resp-30d", "undecided caution"),
    (airway(43), "inf-resp-30d", "clear"),
    (airway(10, "lower") | {"procedure.urgency": "time_sensitive"}, "inf-resp-30d", "caution"),
    (airway(10, "lower") | {"procedure.urgency": "emergency"}, "inf-resp-30d", "caution"),
    ({}, "inf-resp-30d", "clear"),
    (unreviewed("conditions"), "inf-resp-30d", "undecided relative"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [*SEPSIS, *ELSEWHERE, *MARKERS, *WOUNDS, *OSTEOMYELITIS, *CARRIERS, *AIRWAY],
)
def test_infection_counts_as_the_documents_say(changes: Changes, rule: str, expected: str) -> None:
    """Each infection stops, delays or only informs at the level its row gives for the urgency."""
    assert outcome(changes, rule) == expected


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"infection.asymptomatic_bacteriuria": True}, "eligible"),
        ({"wound.exposed_hardware": True}, "eligible"),
        ({"infection.sepsis": True, "procedure.source_control_intent": True}, "eligible"),
        ({"infection.sepsis": True}, "not_eligible"),
        ({"infection.meningitis": True}, "not_eligible"),
        ({"infection.meningitis": True, "procedure.urgency": "time_sensitive"}, "defer"),
        (
            {"infection.meningitis": True, "procedure.urgency": "emergency"},
            "eligible_with_precautions",
        ),
        ({"habits.ivdu": True}, "eligible_with_precautions"),
        (unreviewed("infection"), "undecided"),
    ],
)
def test_infection_moves_the_verdict_only_as_far_as_its_level(
    changes: Changes, verdict: str
) -> None:
    """Bacteriuria and the reasons to operate never block; sepsis without source control stops."""
    assert run(changes).verdict == verdict


@pytest.mark.parametrize("rule", ["inf-exposed-hardware", "inf-csf-leak"])
def test_infection_that_needs_surgery_is_a_banner(rule: str) -> None:
    """Exposed hardware and a leak are printed above everything."""
    facts: Changes = {"wound.exposed_hardware": True, "infection.csf_leak": True}
    assert rule in {finding.rule for finding in run(facts).banners}


@pytest.mark.parametrize(
    ("changes", "day", "expected"),
    [
        ({"labs.crp": amount(2, "mg/L", before(14))}, before(14), "pending"),
        (NO_CAUSE | {"labs.crp": amount(40, "mg/L", before(14))}, before(14), "relative"),
        ({"labs.crp": amount(2, "mg/L", before(28))}, before(28), "pending"),
        ({"labs.crp": None, "vitals.temperature": None}, before(28), "not_assessed"),
    ],
)
def test_marker_taken_weeks_ahead_is_repeated_and_flags_today(
    changes: Changes, day: str, expected: str
) -> None:
    """A raised CRP flags at once; a normal one is pending, to be repeated nearer the day."""
    early = {"vitals.temperature": None, "vitals.heart_rate": None}
    assert outcome(early | changes, "inf-unexplained-markers", day) == expected
