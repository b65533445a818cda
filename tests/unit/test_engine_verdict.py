"""Levels by urgency, overrides, scope, steps and the verdict they add up to."""

from datetime import date
from pathlib import Path

import pytest

from backrec_cli.assessment.model import Status, StepStatus
from backrec_cli.assessment.verdict import Verdict, exit_code
from backrec_cli.engine import assess
from backrec_cli.errors import UsageError
from tests.unit.engine_bench import Bench, finding, step

FLAG = """
[[rule]]
id = "flag"
title = "Infection"
level = "LEVEL"
when = "conditions.infection"
#common
"""


@pytest.mark.parametrize(
    ("level", "elective", "time_sensitive", "emergency"),
    [
        ("absolute", "not_eligible", "not_eligible", "not_eligible"),
        ("absolute_elective", "not_eligible", "defer", "eligible_with_precautions"),
        ("relative", "defer", "defer", "eligible_with_precautions"),
        ("relative_elective", "defer", "eligible_with_precautions", "eligible_with_precautions"),
        (
            "caution",
            "eligible_with_precautions",
            "eligible_with_precautions",
            "eligible_with_precautions",
        ),
        ("information", "eligible", "eligible", "eligible"),
    ],
)
def test_urgency_maps_levels(
    tmp_path: Path, level: str, elective: str, time_sensitive: str, emergency: str
) -> None:
    """A level counts as the pack's table says for each urgency."""
    bench = Bench(tmp_path, FLAG.replace("LEVEL", level))
    expected = {
        "elective": elective,
        "time_sensitive": time_sensitive,
        "urgent": emergency,
        "emergency": emergency,
    }
    for urgency, verdict in expected.items():
        result = bench.assess(procedure={"urgency": urgency}, conditions={"infection": True})
        assert (urgency, result.verdict.value) == (urgency, verdict)


def test_action_follows_the_urgency(tmp_path: Path) -> None:
    """Where it cannot wait, the finding says what to do without waiting."""
    bench = Bench(tmp_path, FLAG.replace("LEVEL", "relative"))
    ill = {"infection": True}
    assert finding(bench.assess(conditions=ill), "flag").action == "Treat first."
    urgent = bench.assess(conditions=ill, procedure={"urgency": "urgent"})
    assert finding(urgent, "flag").action == "Go on, and treat."


@pytest.mark.parametrize(
    ("age", "verdict", "code"),
    [
        (18, Verdict.ELIGIBLE, 0),
        (17, Verdict.OUT_OF_SCOPE, 3),
        ("unknown", Verdict.UNDECIDED, 3),
    ],
)
def test_scope_bounds_the_verdict(tmp_path: Path, age: object, verdict: Verdict, code: int) -> None:
    """A child is out of scope, and an unknown age leaves the answer open."""
    bench = Bench(tmp_path, FLAG.replace("LEVEL", "caution"))
    result = bench.assess(patient={"age": age}, conditions={"infection": False})
    assert (result.verdict, exit_code(result.verdict)) == (verdict, code)


def override(**changes: object) -> list[object]:
    """Return one override, with changes."""
    return [{"rule": "flag", "by": "Dr A", "on": "2026-03-12", "reason": "panel", **changes}]


def test_override_keeps_the_finding_and_counts_it_as_a_caution(tmp_path: Path) -> None:
    """An accepted absolute finding stays flagged and printed, at the level of a caution."""
    bench = Bench(tmp_path, FLAG.replace("LEVEL", "absolute"))
    result = bench.assess(conditions={"infection": True}, overrides=override())
    found = finding(result, "flag")
    assert (found.status, found.level, found.effective_level) == (
        Status.FLAGGED,
        "absolute",
        "caution",
    )
    assert found.override is not None
    assert found.override.by == "Dr A"
    assert result.verdict is Verdict.ELIGIBLE_WITH_PRECAUTIONS


def test_override_of_an_undecided_rule_has_no_effect(tmp_path: Path) -> None:
    """Nobody can accept what is not known; the override is reported."""
    bench = Bench(tmp_path, FLAG.replace("LEVEL", "absolute"))
    result = bench.assess(overrides=override())
    assert result.verdict is Verdict.UNDECIDED
    assert any("flag" in warning for warning in result.warnings)


def test_override_older_than_the_evidence_is_void(tmp_path: Path) -> None:
    """An acceptance from before the newest result does not cover that result."""
    rules = """
[[rule]]
id = "flag"
title = "Marker raised"
level = "relative"
when = "labs.marker >= 10 'mg/L'"
#common
"""
    labs = {"marker": {"value": 12, "unit": "mg/L", "measured_on": "2026-03-13"}}
    bench = Bench(tmp_path, rules)
    early = bench.assess(labs=labs, overrides=override(on="2026-03-12"))
    assert early.verdict is Verdict.DEFER
    assert any("void" in warning for warning in early.warnings)
    same_day = bench.assess(labs=labs, overrides=override(on="2026-03-13"))
    assert same_day.verdict is Verdict.ELIGIBLE_WITH_PRECAUTIONS


def test_override_of_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    """A mistyped rule id is an error, with a suggestion."""
    bench = Bench(tmp_path, FLAG.replace("LEVEL", "absolute"))
    with pytest.raises(UsageError, match="did you mean 'flag'"):
        bench.assess(overrides=override(rule="flagg"))


STEPS = """
[[rule]]
id = "adult"
title = "An adult"
level = "information"
when = "patient.age >= 18"
#common
[[step]]
id = "signed"
title = "Consent signed"
done = "consent.signed"
window = { from = "-28 d", to = "-1 d" }
gate = "absolute"
#common
[[step]]
id = "eyes"
title = "Eyes free"
done = "theatre.eyes_free"
window = { from = "0 d", to = "0 d" }
gate = "absolute"
#common
"""


@pytest.mark.parametrize(
    ("day", "urgency", "signed", "status", "verdict"),
    [
        ("2026-02-10", "elective", None, StepStatus.NOT_YET, Verdict.ELIGIBLE),
        ("2026-02-16", "elective", None, StepStatus.DUE, Verdict.ELIGIBLE),
        ("2026-03-15", "elective", None, StepStatus.DUE, Verdict.ELIGIBLE),
        ("2026-03-16", "elective", None, StepStatus.OVERDUE, Verdict.NOT_ELIGIBLE),
        ("2026-03-16", "elective", False, StepStatus.OVERDUE, Verdict.NOT_ELIGIBLE),
        ("2026-03-16", "elective", "2026-03-10", StepStatus.DONE, Verdict.ELIGIBLE),
        ("2026-03-16", "emergency", None, StepStatus.DUE, Verdict.ELIGIBLE),
        ("2026-03-16", "emergency", False, StepStatus.DUE, Verdict.ELIGIBLE),
    ],
)
def test_gate_counts_once_its_window_has_closed(
    tmp_path: Path,
    day: str,
    urgency: str,
    signed: object,
    status: StepStatus,
    verdict: Verdict,
) -> None:
    """A gate touches the verdict only once overdue, and urgent work has until induction."""
    bench = Bench(tmp_path, STEPS)
    consent = {} if signed is None else {"signed": signed}
    result = bench.assess(day, procedure={"urgency": urgency}, consent=consent)
    assert (step(result, "signed").status, result.verdict) == (status, verdict)


@pytest.mark.parametrize(
    ("day", "eyes", "verdict"),
    [
        ("2026-03-16", None, Verdict.ELIGIBLE),
        ("2026-03-16", True, Verdict.ELIGIBLE),
        ("2026-03-16", False, Verdict.NOT_ELIGIBLE),
        ("2026-03-15", False, Verdict.ELIGIBLE),
    ],
)
def test_gate_refused_on_the_day_is_flagged(
    tmp_path: Path,
    day: str,
    eyes: object,
    verdict: Verdict,
) -> None:
    """Nothing of the day is overdue with a date alone, but a recorded no on the day stops."""
    bench = Bench(tmp_path, STEPS)
    theatre = {} if eyes is None else {"eyes_free": eyes}
    result = bench.assess(day, consent={"signed": "2026-03-01"}, theatre=theatre)
    assert result.verdict is verdict


def test_gate_of_minutes_counts_when_both_times_are_known(tmp_path: Path) -> None:
    """With times on both sides a gate of day 0 closes at its minute."""
    rules = STEPS.replace('to = "0 d"', 'to = "-60 min"')
    bench = Bench(tmp_path, rules)
    signed = {"signed": "2026-03-01"}
    at_eight = {"date": "2026-03-16T08:00"}
    early = bench.assess("2026-03-16T07:00", consent=signed, procedure=at_eight)
    late = bench.assess("2026-03-16T07:01", consent=signed, procedure=at_eight)
    assert step(early, "eyes").status is StepStatus.DUE
    assert step(late, "eyes").status is StepStatus.OVERDUE
    assert late.verdict is Verdict.NOT_ELIGIBLE


def test_partial_rule_set_is_at_best_undecided(tmp_path: Path) -> None:
    """Leaving rules out never gives a better verdict than undecided."""
    bench = Bench(tmp_path, FLAG.replace("LEVEL", "caution") + STEPS)
    profile = bench.patient(conditions={"infection": False}, consent={"signed": "2026-03-01"})
    whole = assess(profile, bench.pack, date(2026, 3, 16))
    part = assess(profile, bench.pack, date(2026, 3, 16), select=["flag"])
    assert (whole.verdict, part.verdict) == (Verdict.ELIGIBLE, Verdict.UNDECIDED)
    assert part.partial
    with pytest.raises(UsageError, match="did you mean 'flag'"):
        assess(profile, bench.pack, date(2026, 3, 16), ignore=["flab"])
