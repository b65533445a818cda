"""The day of the last dose on paper: beside every hold that waits, stands or is due."""

import json
from dataclasses import replace
from datetime import date

import pytest

from backrec_cli.assessment.model import Assessment, Finding, Status, StepResult, StepStatus
from backrec_cli.render.json_document import render_json
from backrec_cli.render.markdown import render_markdown
from backrec_cli.render.text import render_text
from backrec_cli.rulepack.model import Level
from tests.assessment_builder import BASE, QUIET, SHOWER

DAY = date(2026, 4, 8)
WARFARIN = replace(
    BASE,
    rule="med-warfarin",
    title="Warfarin: too late",
    last_dose_by=DAY,
    last_dose_drugs=("medications.warfarin",),
)
XA = replace(
    WARFARIN,
    rule="med-xa",
    title="Factor Xa inhibitor",
    last_dose_drugs=("medications.apixaban",),
)
STOP = replace(
    SHOWER,
    step="hold-warfarin",
    title="Warfarin: date given",
    status=StepStatus.DUE,
    last_dose_by=DAY,
    last_dose_drugs=("medications.warfarin",),
)
HELD = replace(STOP, last_dose_by=None, held_by=("cpr-des-acs", "cpr-pci-30d"))
LABELS = (("medications.warfarin", "Warfarin"), ("medications.apixaban", "Apixaban"))


def of(*parts: Finding | StepResult) -> Assessment:
    """Return an assessment of these findings and steps alone."""
    findings = tuple(part for part in parts if isinstance(part, Finding))
    steps = tuple(part for part in parts if isinstance(part, StepResult))
    return replace(QUIET, findings=findings, steps=steps, labels=LABELS)


def printed(result: Assessment, *, verbose: bool = False) -> str:
    """Return the plain report on one line."""
    text = render_text(result, verbose=verbose, width=100, ascii_only=False)
    return " ".join(text.split())


def flagged(finding: Finding, level: Level = Level.RELATIVE) -> Finding:
    """Return a finding that holds."""
    return replace(finding, status=Status.FLAGGED, effective_level=level)


def pending(finding: Finding) -> Finding:
    """Return a finding that waits."""
    return replace(finding, status=Status.PENDING, pending_from=date(2026, 4, 9))


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (of(flagged(WARFARIN)), "Last dose by 08-Apr-2026."),
        (of(flagged(XA)), "Last dose of Apixaban by 08-Apr-2026."),
        (of(flagged(XA, Level.CAUTION)), "Last dose of Apixaban by 08-Apr-2026."),
        (of(pending(WARFARIN)), "[med-warfarin] (last dose by 08-Apr-2026)"),
        (
            of(pending(WARFARIN), pending(XA), pending(BASE)),
            (
                "3 checks: med-warfarin (last dose by 08-Apr-2026), "
                "med-xa (last dose of Apixaban by 08-Apr-2026), base-rule"
            ),
        ),
        (of(STOP), "[hold-warfarin] (last dose by 08-Apr-2026) by 14-Apr-2026"),
        (
            of(replace(STOP, status=StepStatus.NOT_YET)),
            "[hold-warfarin] (last dose by 08-Apr-2026) from",
        ),
        (
            of(replace(STOP, status=StepStatus.OVERDUE)),
            "[hold-warfarin] (last dose by 08-Apr-2026) since",
        ),
        (
            of(HELD),
            "[hold-warfarin] (do not stop until decided in writing: cpr-des-acs, cpr-pci-30d)",
        ),
    ],
)
def test_hold_is_printed_with_its_day_or_with_what_holds_it_back(
    result: Assessment, line: str
) -> None:
    """The plain report and Markdown say it in the same words."""
    assert line in printed(result)
    shown = render_markdown(result).replace("\\", "").replace("\u00a0", " ")
    assert line in " ".join(shown.split())


def test_row_that_may_not_apply_tells_nobody_to_stop() -> None:
    """While it is not known whether a drug is taken, its row stands without a day."""
    assert "last dose" not in printed(of(replace(STOP, status=StepStatus.UNDECIDED)))


def test_every_hold_is_in_the_full_list() -> None:
    """With --verbose a hold that is clear or done shows its day too."""
    shown = printed(of(WARFARIN, replace(STOP, status=StepStatus.DONE)), verbose=True)
    assert shown.count("Hold: last dose of Warfarin by 08-Apr-2026") == 1
    assert shown.count("Hold: last dose by 08-Apr-2026") == 1


def test_json_carries_day_drugs_and_what_holds_the_stop_back() -> None:
    """Programs read the day as ISO 8601, or null beside the rules that hold the drug."""
    document = json.loads(render_json(of(flagged(WARFARIN), HELD)))
    finding, step = document["findings"][0], document["steps"][0]
    assert finding["last_dose_by"] == "2026-04-08"
    assert finding["last_dose_drugs"] == ["medications.warfarin"]
    assert (step["last_dose_by"], step["held_by"]) == (None, ["cpr-des-acs", "cpr-pci-30d"])
