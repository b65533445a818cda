"""The day of the last dose: counted back from surgery, never late, not beside "do not stop"."""

from datetime import date
from pathlib import Path

import pytest

from backrec_cli.assessment.model import Assessment, Status
from tests.unit.engine_bench import Bench, finding, step

# Surgery is on 16 March: a gap of 6 days makes the 10th the last day for a dose.
HOLD = """
[[rule]]
id = "hold"
title = "Thinner"
level = "relative"
#common
applies = "medications.thinner"
when = '''
medications.thinner
and difference in days between medications.thinner.last_dose_on and procedure.date < 6
'''
last_dose = { drugs = ["medications.thinner"], days = "6" }
"""
WAITING = HOLD.replace("last_dose =", 'from = "-5 d"\nlast_dose =')

BY_CLEARANCE = HOLD.replace('"6"', """ "if labs.marker >= 50 'mg/L' then 3 else 5" """)


def on(day: str) -> dict[str, object]:
    """Return the thinner with its last dose on a day of March."""
    return {"thinner": {"last_dose_on": f"2026-03-{day}"}}


def told(result: Assessment) -> tuple[str, str | None, tuple[str, ...]]:
    """Return status, day and drugs of the hold."""
    found = finding(result, "hold")
    by = None if found.last_dose_by is None else found.last_dose_by.isoformat()
    return found.status.value, by, found.last_dose_drugs


THINNER = ("medications.thinner",)
Told = tuple[str, str | None, tuple[str, ...]]


@pytest.mark.parametrize(
    ("drug", "day", "expected"),
    [
        (on("02"), "2026-03-02", ("pending", "2026-03-10", THINNER)),
        (on("10"), "2026-03-10", ("pending", "2026-03-10", THINNER)),
        (on("10"), "2026-03-11", ("clear", "2026-03-10", THINNER)),
        (on("11"), "2026-03-11", ("flagged", "2026-03-10", THINNER)),
        (on("10"), "2026-03-16", ("clear", "2026-03-10", THINNER)),
        (on("11"), "2026-03-16", ("flagged", "2026-03-10", THINNER)),
        ({"thinner": True}, "2026-03-02", ("pending", "2026-03-10", THINNER)),
        ({"thinner": "unknown"}, "2026-03-02", ("undecided", "2026-03-10", THINNER)),
        ({}, "2026-03-02", ("undecided", "2026-03-10", THINNER)),
        ({"thinner": False}, "2026-03-02", ("not_applicable", None, ())),
    ],
)
@pytest.mark.parametrize("rules", [HOLD, WAITING], ids=["own day", "from"])
def test_last_dose_is_told_whoever_takes_or_may_take_the_drug(
    tmp_path: Path,
    rules: str,
    drug: dict[str, object],
    day: str,
    expected: Told,
) -> None:
    """Six days of gap: a dose of the 10th is early enough, one of the 11th is not."""
    assert told(Bench(tmp_path, rules).assess(day, medications=drug)) == expected


def test_hold_without_a_first_day_of_its_own_waits_for_the_first_drug_free_day(
    tmp_path: Path,
) -> None:
    """Until a dose would be too late nothing is clear, and the pending finding names that day."""
    result = Bench(tmp_path, HOLD).assess("2026-03-09", medications=on("01"))
    assert finding(result, "hold").pending_from == date(2026, 3, 11)


def test_dose_that_is_already_too_late_does_not_wait(tmp_path: Path) -> None:
    """A gap that is longer than the time left cannot be mended by waiting."""
    long = HOLD.replace("< 6", "< 60").replace('"6"', '"60"')
    assert told(Bench(tmp_path, long).assess("2026-03-02", medications=on("01")))[0] == "flagged"


@pytest.mark.parametrize(
    ("measured_on", "value", "expected"),
    [
        ("2026-03-01", 49, "2026-03-11"),
        ("2026-03-01", 50, "2026-03-13"),
        ("2026-02-10", 50, "2026-03-13"),
        ("2026-02-10", 49, "2026-03-11"),
        ("2026-01-30", 50, "2026-03-11"),
        (None, 50, "2026-03-11"),
    ],
)
def test_where_a_needed_result_is_not_known_the_earlier_day_holds(
    tmp_path: Path, measured_on: str | None, value: int, expected: str
) -> None:
    """A result that holds today tells the day; one that is stale or missing wins no days."""
    result = {"value": value, "unit": "mg/L", "measured_on": measured_on}
    labs = {} if measured_on is None else {"marker": result}
    bench = Bench(tmp_path, BY_CLEARANCE)
    assert told(bench.assess("2026-03-02", medications={"thinner": True}, labs=labs))[1] == expected


@pytest.mark.parametrize(
    ("procedure", "day", "expected"),
    [
        ({"date": "unknown"}, "2026-03-02", None),
        ({"urgency": "urgent"}, "2026-03-16", None),
        ({"urgency": "elective"}, "2026-03-16", "2026-03-10"),
        ({"urgency": "urgent"}, "2026-03-10", "2026-03-10"),
    ],
)
def test_no_day_is_told_that_cannot_be_counted_or_has_passed_unasked(
    tmp_path: Path, procedure: dict[str, object], day: str, expected: str | None
) -> None:
    """Without a date of surgery there is none; what cannot wait is not told a day gone by."""
    bench = Bench(tmp_path, WAITING)
    assert (
        told(bench.assess(day, medications={"thinner": True}, procedure=procedure))[1] == expected
    )


@pytest.mark.parametrize("days", ["99999999", "-1", "null"])
def test_gap_that_gives_no_day_is_not_told(tmp_path: Path, days: str) -> None:
    """A gap beyond the calendar, below nought or not known names no day, and nothing breaks."""
    rules = WAITING.replace('"6"', f'"{days}"')
    assert told(Bench(tmp_path, rules).assess("2026-03-02", medications=on("01")))[1] is None


STENT = """
[[rule]]
id = "stent"
title = "Stent"
#common
[[rule.grade]]
level = "relative"
when = "conditions.infection"
[[rule.grade]]
level = "information"
when = "labs.marker > 100 'mg/L'"

[[step]]
id = "stop"
title = "Thinner: last dose"
#common
applies = "medications.thinner"
done = "conditions.plan"
window = { from = "-28 d", to = "-6 d" }
hold_if = ["stent"]
last_dose = { drugs = ["medications.thinner"], days = "6" }
"""


@pytest.mark.parametrize(
    ("stent", "plan", "held", "day"),
    [
        (False, False, (), date(2026, 3, 10)),
        (True, False, ("stent",), None),
        ("unknown", False, ("stent",), None),
        (True, True, (), date(2026, 3, 10)),
    ],
)
def test_drug_that_must_not_be_stopped_is_given_no_day_anywhere(
    tmp_path: Path, stent: object, plan: object, held: tuple[str, ...], day: date | None
) -> None:
    """Flagged or not decided, the rule holds the stop back until a plan is written."""
    bench = Bench(tmp_path, WAITING + STENT)
    conditions = {"infection": stent, "plan": plan}
    labs = {"marker": {"value": 1, "unit": "mg/L", "measured_on": "2026-03-01"}}
    result = bench.assess("2026-03-02", medications=on("01"), conditions=conditions, labs=labs)
    assert (step(result, "stop").held_by, step(result, "stop").last_dose_by) == (held, day)
    assert finding(result, "hold").last_dose_by == day


def test_information_holds_no_drug_back(tmp_path: Path) -> None:
    """Only a grade that asks for something holds a stop back."""
    labs = {"marker": {"value": 101, "unit": "mg/L", "measured_on": "2026-03-01"}}
    conditions = {"infection": False}
    bench = Bench(tmp_path, STENT)
    result = bench.assess("2026-03-02", medications=on("01"), conditions=conditions, labs=labs)
    assert finding(result, "stent").status is Status.FLAGGED
    assert step(result, "stop").held_by == ()
