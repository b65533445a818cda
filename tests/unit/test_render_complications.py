"""The risk panel: short on the screen, whole on request, and the same in every format."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator

from backrec_cli.assessment.model import (
    Assessment,
    ComplicationRisk,
    DriverResult,
    DriverStatus,
    Evidence,
    Lacking,
    Prevention,
    Status,
    StepStatus,
)
from backrec_cli.assessment.schema import assessment_schema
from backrec_cli.facts.reading import Absence
from backrec_cli.render.json_document import render_json
from backrec_cli.render.markdown import render_markdown
from backrec_cli.render.text import render_text
from backrec_cli.rulepack.model import Mark
from tests.assessment_builder import FULL, HBA1C

PRESENT, UNKNOWN, ABSENT = DriverStatus.PRESENT, DriverStatus.UNKNOWN, DriverStatus.ABSENT

APIXABAN = Evidence(
    "medications.apixaban", "Apixaban", True, None, "yes", date(2026, 3, 24), 21
)  # fmt: skip
RAISED = DriverResult("HbA1c raised", PRESENT, (HBA1C,))
TAKEN = DriverResult("Anticoagulant taken", PRESENT, (APIXABAN,))
SWAB = DriverResult(
    "MRSA carrier",
    UNKNOWN,
    missing=(Lacking("labs.mrsa_screen", "MRSA screen", Absence.STALE),),
)
SPOT = DriverResult(
    "Glucose high",
    DriverStatus.PENDING,
    missing=(Lacking("labs.glucose", "Glucose", Absence.NOT_RECORDED),),
    pending_from=date(2026, 4, 14),
)
ALBUMIN = DriverResult(
    "Albumin low",
    DriverStatus.NOT_ASSESSED,
    missing=(Lacking("labs.albumin", "Albumin", Absence.NOT_RECORDED),),
)
DENIED = DriverResult("Steroid", ABSENT, (replace(APIXABAN, value=False, on=None, by_review=True),))
LEAK = DriverResult("CSF leak", UNKNOWN, missing=(Lacking("x.y", "Leak", Absence.NOT_KNOWN),))

INFECTION = ComplicationRisk(
    complication="infection",
    title="Infection",
    applies=True,
    drivers=(RAISED, SWAB, SPOT, ALBUMIN, DENIED),
    prevent=(
        Prevention("dm-hba1c-high", Status.FLAGGED),
        Prevention("abx-timing", StepStatus.NOT_YET),
    ),
    sources=("a-source",),
    mark=Mark.V,
    note="A note.",
)
HAEMATOMA = replace(
    INFECTION, complication="haematoma", title="Haematoma", drivers=(TAKEN,), prevent=(), note=None
)
MENINGITIS = replace(HAEMATOMA, complication="meningitis", title="Meningitis", drivers=(LEAK,))
NECROSIS = replace(
    HAEMATOMA, complication="flap-necrosis", title="Flap necrosis", applies=False, drivers=()
)
CALM = replace(HAEMATOMA, complication="calm", title="Calm", drivers=(DENIED, ALBUMIN))


LIMIT = "Infection HbA1c 71 mmol/mol (limit 64)"
DRUG = "Haematoma Anticoagulant taken (Apixaban)"


def _panel(*risks: ComplicationRisk, verbose: bool = False) -> str:
    """Return the report's lines about complications, their breaks undone."""
    text = render_text(_with(*risks), verbose=verbose, width=100, ascii_only=False)
    title = "ALL COMPLICATIONS" if verbose else "COMPLICATIONS TO EXPECT"
    _, found, rest = text.partition(f"{title}\n")
    end = rest.find("\nTAKEN AS NO" if verbose else "\nPREPARATION")
    return " ".join(rest[:end].split()) if found else ""


def _with(*risks: ComplicationRisk) -> Assessment:
    return replace(FULL, complications=risks)


@pytest.mark.parametrize(
    ("risk", "line"),
    [
        (INFECTION, f"! {LIMIT} · 1 driver not known → dm-hba1c-high, abx-timing"),
        (HAEMATOMA, f"! {DRUG}"),
        (replace(HAEMATOMA, applies=None), f"! {DRUG} · may not apply"),
        (MENINGITIS, "? drivers not known: meningitis (1)"),
        (NECROSIS, ""),
        (CALM, ""),
    ],
)  # fmt: skip
def test_panel_has_one_line_for_each_complication_that_is_driven(
    risk: ComplicationRisk, line: str
) -> None:
    """What is not known is said even where nothing drives it; what does not apply is not."""
    assert _panel(risk) == line


@pytest.mark.parametrize(
    ("value", "unit", "reported", "limit", "words"),
    [
        (Decimal(71), "mmol/mol", "71 mmol/mol", "64 mmol/mol", "HbA1c 71 mmol/mol (limit 64)"),
        (Decimal(71), "mmol/mol", "8.6 %", "8 %", "HbA1c 8.6 % (limit 8)"),
        (Decimal("1.6"), None, "1.6", "1.5", "HbA1c 1.6 (limit 1.5)"),
        (Decimal("41.2"), "kg/m2", None, "40 kg/m2", "HbA1c 41.2 kg/m2 (limit 40)"),
        (3, None, "3", "2", "HbA1c 3 (limit 2)"),
        (Decimal(71), "mmol/mol", "71 mmol/mol", "8 %", "HbA1c 71 mmol/mol (limit 8 %)"),
    ],
)
def test_crossed_limit_is_shown_with_its_value_and_one_unit(
    value: Decimal | int, unit: str | None, reported: str | None, limit: str, words: str
) -> None:
    """The unit is not said twice, unless the two differ."""
    shown = replace(HBA1C, value=value, unit=unit, reported=reported, limit=limit)
    driver = replace(RAISED, evidence=(shown,))
    assert _panel(replace(HAEMATOMA, drivers=(driver,))) == f"! Haematoma {words}"


def test_panel_names_the_most_pressing_entries_and_counts_the_rest() -> None:
    """The report stays one screen."""
    prevent = tuple(Prevention(f"rule-{n}", Status.FLAGGED) for n in range(7))
    line = _panel(replace(HAEMATOMA, prevent=prevent))
    assert line.endswith("→ rule-0, rule-1, rule-2, rule-3 and 3 more")


def test_verbose_lists_every_complication_and_driver() -> None:
    """Each with its status, its facts, what it lacks, and all there is to do."""
    assert _panel(INFECTION, NECROSIS, verbose=True) == (
        "applies Infection [infection]"
        " Present: HbA1c raised: HbA1c 71 mmol/mol (02-Mar-2026, 43 d before), limit 64 mmol/mol"
        " Unknown: MRSA carrier: MRSA screen too old"
        " Pending: Glucose high: Glucose not recorded; asked from 14-Apr-2026"
        " Not assessed: Albumin low: Albumin not recorded"
        " Absent: Steroid"
        " To do: dm-hba1c-high (flagged), abx-timing (not yet)"
        " Sources: a-source (V) Note: A note."
        " does not apply Flap necrosis [flap-necrosis] Sources: a-source (V)"
    )


def test_markdown_has_the_panel_too() -> None:
    """A complication in one format is not absent from another."""
    text = render_markdown(_with(INFECTION, MENINGITIS))
    assert "## Complications to expect" in text
    assert "- **Infection:** HbA1c 71 mmol/mol \\(limit 64\\)" in text
    assert "meningitis \\(1\\)" in text


def test_json_has_every_driver_with_its_status() -> None:
    """A program sees also what does not apply, and fits the published schema."""
    document = json.loads(
        render_json(_with(INFECTION, replace(MENINGITIS, applies=None), NECROSIS))
    )
    Draft202012Validator(assessment_schema()).validate(document)
    infection, meningitis, necrosis = document["complications"]
    assert [(d["title"], d["status"]) for d in infection["drivers"]] == [
        ("HbA1c raised", "present"),
        ("MRSA carrier", "unknown"),
        ("Glucose high", "pending"),
        ("Albumin low", "not_assessed"),
        ("Steroid", "absent"),
    ]
    assert infection["drivers"][0]["evidence"][0]["limit"] == "64 mmol/mol"
    assert infection["drivers"][1]["missing"] == [{"fact": "labs.mrsa_screen", "reason": "stale"}]
    assert infection["drivers"][2]["from"] == "2026-04-14"
    assert infection["prevent"] == [
        {"entry": "dm-hba1c-high", "status": "flagged"},
        {"entry": "abx-timing", "status": "not_yet"},
    ]
    assert (infection["applies"], meningitis["applies"], necrosis["applies"]) == (True, None, False)
    assert (infection["sources"], infection["mark"]) == (["a-source"], "V")


def test_report_without_complications_has_no_panel() -> None:
    """A pack need not name any."""
    text = render_text(FULL, verbose=True, width=100, ascii_only=False)
    assert "COMPLICATIONS" not in text
