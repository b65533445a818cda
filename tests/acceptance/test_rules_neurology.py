"""Neurology: an evolving deficit is a reason to operate; an airway at risk or no benefit is not."""

import pytest

from tests.acceptance.baseline import DAY, before, outcome, run, unreviewed

Changes = dict[str, object]
Row = tuple[Changes, str, str]
URGENT: Changes = {"procedure.urgency": "urgent"}
EMERGENCY: Changes = {"procedure.urgency": "emergency"}
SOON: Changes = {"procedure.urgency": "time_sensitive"}

CAUDA: Changes = {"neuro.cauda_equina": DAY}
REASONS_TO_OPERATE: list[Row] = [
    (CAUDA, "neuro-cauda-equina", "information"),
    (CAUDA | EMERGENCY, "neuro-cauda-equina", "information"),
    ({"neuro.cauda_equina": "2026-03-15T22:30"}, "neuro-cauda-equina", "information"),
    ({}, "neuro-cauda-equina", "clear"),
    ({"neuro.cauda_equina": "unknown"}, "neuro-cauda-equina", "undecided information"),
    ({"neuro.cord_compression": before(1)}, "neuro-mscc", "information"),
    ({}, "neuro-mscc", "clear"),
    ({"neuro.deficit": "progressive"}, "neuro-progressive", "information"),
    ({"neuro.deficit": "stable"}, "neuro-progressive", "clear"),
]

PRESSURE: Changes = {"neuro.raised_icp": True}
AIRWAY: list[Row] = [
    (PRESSURE, "neuro-raised-icp", "absolute"),
    (PRESSURE | SOON, "neuro-raised-icp", "relative"),
    (PRESSURE | URGENT, "neuro-raised-icp", "caution"),
    (PRESSURE | {"procedure.position": "lateral"}, "neuro-raised-icp", "clear"),
    (PRESSURE | {"procedure.position": None}, "neuro-raised-icp", "undecided absolute"),
    (unreviewed("neuro"), "neuro-raised-icp", "undecided absolute"),
    ({"scores.gcs": 8}, "neuro-gcs", "absolute"),
    ({"scores.gcs": 9}, "neuro-gcs", "clear"),
    ({"scores.gcs": 8} | SOON, "neuro-gcs", "relative"),
    ({"scores.gcs": 8} | EMERGENCY, "neuro-gcs", "caution"),
    ({"scores.gcs": 2}, "neuro-gcs", "undecided absolute"),
    ({}, "neuro-gcs", "not_assessed"),
    ({"neuro.airway_protection": False}, "neuro-gcs", "absolute"),
    ({"neuro.airway_protection": False, "scores.gcs": 15}, "neuro-gcs", "absolute"),
    ({"neuro.airway_protection": None}, "neuro-gcs", "undecided absolute"),
]

OLD_INJURY: Changes = {
    "neuro.sci_complete": True,
    "neuro.sci_onset": before(400),
    "procedure.goal": "neurological_recovery",
}
BENEFIT: list[Row] = [
    (OLD_INJURY, "neuro-no-benefit", "relative"),
    (OLD_INJURY | URGENT, "neuro-no-benefit", "caution"),
    (OLD_INJURY | {"neuro.sci_onset": before(365)}, "neuro-no-benefit", "relative"),
    (OLD_INJURY | {"neuro.sci_onset": before(364)}, "neuro-no-benefit", "clear"),
    (OLD_INJURY | {"neuro.sci_onset": "unknown"}, "neuro-no-benefit", "undecided relative"),
    (OLD_INJURY | {"procedure.goal": "stability"}, "neuro-no-benefit", "clear"),
    (OLD_INJURY | {"procedure.goal": None}, "neuro-no-benefit", "not_assessed"),
    (OLD_INJURY | {"procedure.goal": "unknown"}, "neuro-no-benefit", "undecided relative"),
    (OLD_INJURY | {"neuro.sci_complete": False}, "neuro-no-benefit", "clear"),
]


def injury(level: str, days: int) -> Changes:
    """Return a spinal cord injury at a level, that many days before."""
    return {"neuro.sci_level": level, "neuro.sci_onset": before(days)}


CORD: list[Row] = [
    (injury("T6", 22), "neuro-ad", "caution"),
    (injury("T6", 21), "neuro-ad", "clear"),
    (injury("T7", 100), "neuro-ad", "clear"),
    (injury("C4", 100), "neuro-ad", "caution"),
    (injury("T10", 100), "neuro-ad", "clear"),
    (injury("T1", 100) | EMERGENCY, "neuro-ad", "caution"),
    ({"neuro.sci_level": "T4", "neuro.sci_onset": "unknown"}, "neuro-ad", "undecided caution"),
    ({"neuro.sci_level": "T4"}, "neuro-ad", "caution"),
    ({}, "neuro-ad", "not_assessed"),
    (injury("L1", 2), "neuro-sux", "caution"),
    (injury("L1", 1), "neuro-sux", "clear"),
    (injury("C5", 5000), "neuro-sux", "caution"),
    ({"neuro.sci_complete": True, "neuro.sci_onset": before(2)}, "neuro-sux", "caution"),
    ({"neuro.denervation": before(30)}, "neuro-sux", "caution"),
    ({"neuro.denervation": False, "neuro.sci_complete": False}, "neuro-sux", "not_assessed"),
]

SPASTIC: Changes = {
    "neuro.spasticity_uncontrolled": True,
    "wound.pressure_injury_stage": "4",
    "procedure.technique": ["muscle_flap"],
}
OTHERS: list[Row] = [
    (SPASTIC, "neuro-spasticity", "relative"),
    (SPASTIC | URGENT, "neuro-spasticity", "caution"),
    (SPASTIC | {"wound.pressure_injury_stage": "none"}, "neuro-spasticity", "clear"),
    (SPASTIC | {"procedure.technique": ["spinal_fusion"]}, "neuro-spasticity", "clear"),
    (SPASTIC | {"neuro.spasticity_uncontrolled": "unknown"}, "neuro-spasticity", "undecided relative"),
    ({}, "neuro-ionm", "information"),
    ({"procedure.instrumented": False}, "neuro-ionm", "clear"),
    ({"procedure.spinal_canal_entered": False}, "neuro-ionm", "not_assessed"),
    ({"procedure.spinal_canal_entered": False, "procedure.technique": ["tumour_resection"]}, "neuro-ionm", "information"),
    ({"procedure.spinal_canal_entered": False, "procedure.deformity_correction": True}, "neuro-ionm", "information"),
    ({"patient.birth_date": "1961-03-16"}, "neuro-delirium", "information"),
    ({"patient.birth_date": "1961-03-17"}, "neuro-delirium", "clear"),
    ({"conditions.dementia_or_delirium_risk": True}, "neuro-delirium", "information"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rule", "expected"), [*REASONS_TO_OPERATE, *AIRWAY, *BENEFIT, *CORD, *OTHERS]
)
def test_neurology_counts_as_the_documents_say(changes: Changes, rule: str, expected: str) -> None:
    """Evolving deficit informs and is printed first; airway, pressure and futility stop."""
    assert outcome(changes, rule) == expected


STAGED = CAUDA | EMERGENCY
PROLONGED = STAGED | {"neuro.cauda_equina_stage": "prolonged_retention"}


@pytest.mark.parametrize(
    ("changes", "hour"),
    [
        (STAGED, "day or night"),
        (STAGED | {"neuro.cauda_equina_stage": "incomplete"}, "day or night"),
        (STAGED | {"neuro.cauda_equina_stage": "early_retention"}, "day or night"),
        (PROLONGED, "day or night"),
        (PROLONGED | {"neuro.cauda_equina_residual_function": True}, "day or night"),
        (PROLONGED | {"neuro.cauda_equina_residual_function": False}, "next day's list"),
    ],
)
def test_cauda_equina_waits_only_without_any_function(changes: Changes, hour: str) -> None:
    """Only prolonged retention with no function left goes on the next day's list."""
    finding = next(f for f in run(changes).flagged if f.rule == "neuro-cauda-equina")
    assert hour in finding.action


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        (CAUDA, "neuro-cauda-equina"),
        ({"neuro.cord_compression": DAY}, "neuro-mscc"),
        ({"neuro.deficit": "progressive"}, "neuro-progressive"),
    ],
)
def test_evolving_deficit_is_a_banner_and_never_a_stop(changes: Changes, rule: str) -> None:
    """It is printed above everything, and the verdict is what it was without it."""
    result = run(changes)
    assert rule in {finding.rule for finding in result.banners}
    assert result.verdict == "eligible"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"neuro.airway_protection": False}, "not_eligible"),
        ({"neuro.airway_protection": False} | SOON, "defer"),
        ({"neuro.airway_protection": False} | EMERGENCY, "eligible_with_precautions"),
        ({"neuro.airway_protection": None}, "undecided"),
        (OLD_INJURY, "defer"),
        (injury("C4", 100), "eligible_with_precautions"),
    ],
)
def test_neurology_moves_the_verdict(changes: Changes, verdict: str) -> None:
    """An unprotected airway stops elective work and is a precaution in an emergency."""
    assert run(changes).verdict == verdict


def test_mscc_gives_no_hour_for_surgery() -> None:
    """The 24 hours found in the sources are for radiotherapy; surgery is as soon as possible."""
    finding = next(f for f in run({"neuro.cord_compression": DAY}).flagged if f.rule == "neuro-mscc")  # fmt: skip
    assert "as soon as possible" in finding.action
    assert "24" not in finding.action
