"""Whether a step applies: a reminder may rest on what holds today, a gate may not."""

from pathlib import Path

import pytest

from backrec_cli.assessment.model import StepStatus
from tests.unit.engine_bench import Bench, step

EARLY = "2025-12-16"
STEPS = """
[[rule]]
id = "adult"
title = "An adult"
level = "information"
when = "patient.age >= 18"
#common
[[step]]
id = "plan"
title = "Plan made"
applies = "labs.marker >= 10 'mg/L'"
done = "conditions.plan"
window = { from = "-90 d", to = "-28 d" }
#common
[[step]]
id = "gate"
title = "Plan made in time"
applies = "labs.marker >= 10 'mg/L'"
done = "conditions.plan"
window = { from = "-90 d", to = "-28 d" }
gate = "relative"
#common
"""


@pytest.mark.parametrize(
    ("value", "taken", "reminder"),
    [
        (10, EARLY, StepStatus.DUE),
        (9.9, EARLY, StepStatus.NOT_APPLICABLE),
        (10, "2025-11-15", StepStatus.UNDECIDED),
        (10, "2025-11-16", StepStatus.DUE),
    ],
)
def test_reminder_applies_by_what_holds_today(
    tmp_path: Path, value: float, taken: str, reminder: StepStatus
) -> None:
    """Three months ahead no 30-day result holds on the day; a gate stays open on it."""
    marker = {"value": value, "unit": "mg/L", "measured_on": taken}
    result = Bench(tmp_path, STEPS).assess(EARLY, labs={"marker": marker})
    assert step(result, "plan").status is reminder
    assert step(result, "gate").status is StepStatus.UNDECIDED
