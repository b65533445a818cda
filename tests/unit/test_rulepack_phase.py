"""The phase of a step: as the pack writes it, else the one in which its window ends."""

from pathlib import Path

import pytest

from backrec_cli.assessment.model import StepStatus
from backrec_cli.rulepack import load_pack
from backrec_cli.rulepack.model import Offset, Phase
from backrec_cli.rulepack.steps import phase_of
from tests.acceptance.baseline import run
from tests.shipped import pack
from tests.unit.pack_files import GLUCOSE, write_pack

# first day, last day or minute of the window, phase
WINDOWS = [
    (Offset(-180), Offset(-90), Phase.WEEKS_BEFORE),
    (Offset(-28), Offset(-14), Phase.WEEKS_BEFORE),
    (Offset(-28), Offset(-13), Phase.DAYS_14_TO_7),
    (Offset(-14), Offset(-7), Phase.DAYS_14_TO_7),
    (Offset(-14), Offset(-6), Phase.DAYS_7_TO_1),
    (Offset(-3), Offset(-2), Phase.DAYS_7_TO_1),
    (Offset(-2), Offset(-1), Phase.DAYS_7_TO_1),
    (Offset(-1), Offset(-1), Phase.EVENING_BEFORE),
    (Offset(-1), Offset(0), Phase.DAY_OF_SURGERY),
    (Offset(-28), Offset(0), Phase.DAY_OF_SURGERY),
    (Offset(minutes=-120), Offset(minutes=-60), Phase.DAY_OF_SURGERY),
    (Offset(0), Offset(minutes=1440), Phase.DAY_OF_SURGERY),
    (Offset(0), Offset(1), Phase.HANDOVER),
]


@pytest.mark.parametrize(("opens", "closes", "phase"), WINDOWS)
def test_phase_is_that_of_the_last_day_of_the_window(
    opens: Offset, closes: Offset, phase: Phase
) -> None:
    """The evening before is only what opens and closes on the day before."""
    assert phase_of(opens, closes) is phase


def test_phase_that_the_pack_writes_holds(tmp_path: Path) -> None:
    """A step of the day of surgery may belong to positioning; without the word it does not."""
    assert load_pack(write_pack(tmp_path)).steps[0].phase is Phase.DAY_OF_SURGERY
    text = GLUCOSE.replace('gate = "caution"', 'gate = "caution"\nphase = "positioning"')
    (step,) = load_pack(write_pack(tmp_path, {"glucose.toml": text})).steps
    assert step.phase is Phase.POSITIONING


def test_step_result_carries_the_phase_of_its_step() -> None:
    """Every step of the shipped pack is reported in its own phase."""
    phases = {step.id: step.phase for step in pack().steps}
    results = run({}).steps
    assert {result.step: result.phase for result in results} == phases
    assert any(result.status is StepStatus.DUE for result in results)


def test_every_phase_of_the_sheet_has_a_step() -> None:
    """No group of the nurse's sheet stays empty."""
    assert {step.phase for step in pack().steps} == set(Phase)
