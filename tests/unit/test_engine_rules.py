"""The status of a rule: flagged, clear, undecided, pending, not assessed, not applicable."""

from pathlib import Path

import pytest

from backrec_cli.assessment.model import Status
from backrec_cli.assessment.verdict import Verdict
from tests.unit.engine_bench import Bench, finding

MARKER = """
[[rule]]
id = "marker"
title = "Marker raised"
level = "relative"
when = "labs.marker >= 10 'mg/L'"
#common
"""
OPTIONAL_MARKER = MARKER + 'optional = ["labs.marker"]\n'


def marker(value: float, day: str = "2026-03-10") -> dict[str, object]:
    """Return the labs section with one marker."""
    return {"marker": {"value": value, "unit": "mg/L", "measured_on": day}}


@pytest.mark.parametrize(
    ("labs", "status", "verdict"),
    [
        (marker(10), Status.FLAGGED, Verdict.DEFER),
        (marker(9.9), Status.CLEAR, Verdict.ELIGIBLE),
        ({}, Status.UNDECIDED, Verdict.UNDECIDED),
        ({"marker": "unknown"}, Status.UNDECIDED, Verdict.UNDECIDED),
        ({"marker": 10}, Status.UNDECIDED, Verdict.UNDECIDED),
        (marker(9.9, "2026-02-14"), Status.CLEAR, Verdict.ELIGIBLE),
        (marker(9.9, "2026-02-13"), Status.UNDECIDED, Verdict.UNDECIDED),
        (marker(2000), Status.UNDECIDED, Verdict.UNDECIDED),
        (marker(9.9, "2026-03-17"), Status.UNDECIDED, Verdict.UNDECIDED),
    ],
)
def test_rule_is_clear_only_on_a_usable_value(
    tmp_path: Path, labs: dict[str, object], status: Status, verdict: Verdict
) -> None:
    """Missing, unknown, unit-less, stale, impossible and future values leave a rule undecided."""
    result = Bench(tmp_path, MARKER).assess(labs=labs)
    assert (finding(result, "marker").status, result.verdict) == (status, verdict)


@pytest.mark.parametrize(
    ("labs", "status", "verdict"),
    [
        (marker(10), Status.FLAGGED, Verdict.DEFER),
        (marker(9.9), Status.CLEAR, Verdict.ELIGIBLE),
        ({}, Status.NOT_ASSESSED, Verdict.ELIGIBLE),
        ({"marker": "unknown"}, Status.UNDECIDED, Verdict.UNDECIDED),
        (marker(9.9, "2026-02-13"), Status.UNDECIDED, Verdict.UNDECIDED),
        (marker(2000), Status.UNDECIDED, Verdict.UNDECIDED),
    ],
)
def test_optional_fact_that_is_not_recorded_is_never_clear(
    tmp_path: Path, labs: dict[str, object], status: Status, verdict: Verdict
) -> None:
    """An optional result may be absent, but not stale, unknown or impossible."""
    result = Bench(tmp_path, OPTIONAL_MARKER).assess(labs=labs)
    assert (finding(result, "marker").status, result.verdict) == (status, verdict)


GATED = """
[[rule]]
id = "gated"
title = "Infection with a raised marker"
level = "absolute"
applies = "conditions.infection"
when = "labs.marker >= 10 'mg/L'"
#common
"""


@pytest.mark.parametrize(
    ("infection", "labs", "status"),
    [
        (True, marker(10), Status.FLAGGED),
        (True, marker(1), Status.CLEAR),
        (True, {}, Status.UNDECIDED),
        (False, marker(10), Status.NOT_APPLICABLE),
        (False, {}, Status.NOT_APPLICABLE),
        ("unknown", marker(1), Status.NOT_APPLICABLE),
        ("unknown", marker(10), Status.UNDECIDED),
        ("unknown", {}, Status.UNDECIDED),
    ],
)
def test_gate_and_condition_combine(
    tmp_path: Path, infection: object, labs: dict[str, object], status: Status
) -> None:
    """A rule that may not apply is settled only by a false gate or a false condition."""
    result = Bench(tmp_path, GATED).assess(labs=labs, conditions={"infection": infection})
    assert finding(result, "gated").status is status


GRADES = """
[[rule]]
id = "graded"
title = "Marker"
#common
optional = ["labs.spot"]
[[rule.grade]]
level = "absolute"
when = "labs.marker >= 100 'mg/L' or conditions.infection"
[[rule.grade]]
level = "caution"
when = "labs.marker >= 10 'mg/L'"
"""


def test_worse_grade_that_is_unknown_stays_open_beside_the_grade_that_holds(
    tmp_path: Path,
) -> None:
    """A caution that holds does not hide that an absolute grade could not be decided."""
    result = Bench(tmp_path, GRADES).assess(labs=marker(20))
    found = finding(result, "graded")
    assert found.status is Status.FLAGGED
    assert found.level == "caution"
    assert found.undecided_level == "absolute"
    assert [lacking.fact for lacking in found.missing] == ["conditions.infection"]
    assert result.verdict is Verdict.UNDECIDED
    assert result.missing[0].could_add_stop
    assert result.missing[0].could_change_verdict


HOLD = """
[[rule]]
id = "hold"
title = "Thinner too recent"
level = "relative"
applies = "medications.thinner"
when = '''
medications.thinner
and difference in days between medications.thinner.last_dose_on and procedure.date < 3
'''
from = "-2 d"
#common
"""


@pytest.mark.parametrize(
    ("day", "taken_on", "status"),
    [
        ("2026-03-14", "2026-03-13", Status.CLEAR),
        ("2026-03-14", "2026-03-14", Status.FLAGGED),
        ("2026-03-10", "2026-03-10", Status.PENDING),
        ("2026-03-13", "2026-03-13", Status.PENDING),
    ],
)
def test_drug_hold_is_pending_until_the_first_drug_free_day(
    tmp_path: Path, day: str, taken_on: str, status: Status
) -> None:
    """Before the first drug-free day a hold is neither clear nor flagged."""
    bench = Bench(tmp_path, HOLD)
    result = bench.assess(day, medications={"thinner": {"last_dose_on": taken_on}})
    assert finding(result, "hold").status is status


def test_drug_not_taken_needs_no_date(tmp_path: Path) -> None:
    """A hold does not apply to a drug that is not taken, weeks ahead as on the day."""
    bench = Bench(tmp_path, HOLD)
    for day in ("2026-02-01", "2026-03-16"):
        result = bench.assess(day, medications={"thinner": False})
        assert finding(result, "hold").status is Status.NOT_APPLICABLE
        undated = bench.assess(day, medications={"thinner": True})
        expected = Status.PENDING if day < "2026-03-14" else Status.UNDECIDED
        assert finding(undated, "hold").status is expected
        unasked = bench.assess(day)
        assert finding(unasked, "hold").status is Status.UNDECIDED


def test_result_in_date_today_but_stale_on_the_day_flags_or_waits(tmp_path: Path) -> None:
    """Before the day an early result may flag, otherwise its rule waits for the repeat."""
    bench = Bench(tmp_path, MARKER)
    raised = bench.assess("2026-02-10", labs=marker(12, "2026-02-10"))
    assert finding(raised, "marker").status is Status.FLAGGED
    normal = bench.assess("2026-02-10", labs=marker(5, "2026-02-10"))
    waiting = finding(normal, "marker")
    assert waiting.status is Status.PENDING
    assert str(waiting.pending_from) == "2026-02-14"
    assert normal.verdict is Verdict.ELIGIBLE


def test_rule_waits_for_what_a_pending_requirement_will_ask(tmp_path: Path) -> None:
    """A rule that lacks only what will be asked nearer the day is pending, not undecided."""
    rules = (
        MARKER
        + """
[[require]]
id = "marker-missing"
title = "Marker the day before"
level = "relative"
facts = ["labs.marker"]
from = "-1 d"
#common
"""
    )
    bench = Bench(tmp_path, rules)
    early = bench.assess("2026-03-02")
    assert finding(early, "marker-missing").status is Status.PENDING
    assert finding(early, "marker").status is Status.PENDING
    assert early.verdict is Verdict.ELIGIBLE
    late = bench.assess("2026-03-15")
    assert finding(late, "marker-missing").status is Status.UNDECIDED
    assert finding(late, "marker").status is Status.UNDECIDED
    assert late.verdict is Verdict.UNDECIDED


def test_early_result_needs_no_second_fact_that_it_makes_irrelevant(tmp_path: Path) -> None:
    """A normal early marker leaves only its repeat open, not the cause nobody had to record."""
    rules = """
[[rule]]
id = "unexplained"
title = "Marker raised without a cause"
level = "relative"
when = "labs.marker >= 10 'mg/L' and not conditions.plan"
optional = ["labs.marker"]
#common
"""
    bench = Bench(tmp_path, rules)
    normal = bench.assess("2026-02-10", labs=marker(5, "2026-02-10"))
    assert finding(normal, "unexplained").status is Status.PENDING
    raised = bench.assess("2026-02-10", labs=marker(12, "2026-02-10"))
    assert finding(raised, "unexplained").status is Status.UNDECIDED
