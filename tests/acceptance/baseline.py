"""A complete ordinary adult, ready on the day, and small changes to that patient."""

import copy
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from backrec_cli.assessment.model import Assessment, Status
from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from tests.acceptance.program import clean_profile
from tests.shipped import pack

DAY = "2026-03-16"


def change(changes: Mapping[str, object]) -> dict[str, object]:
    """Return the healthy patient with facts replaced; None takes one out."""
    document: dict[str, object] = dict(copy.deepcopy(clean_profile()))
    for path, value in changes.items():
        if "." not in path:
            document[path] = value
            continue
        section, name = path.split(".")
        content = document.setdefault(section, {})
        assert isinstance(content, dict)
        if value is None:
            content.pop(name, None)
        else:
            content[name] = value
    return document


def run(changes: Mapping[str, object], day: str = DAY) -> Assessment:
    """Assess the changed patient on a day, or at a moment."""
    data = json.dumps(change(changes)).encode()
    as_of = datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    return assess(read_profile(data, "patient.json", pack().dictionary), pack(), as_of)


def status(result: Assessment, rule: str) -> str:
    """Return the status of one entry; a gate that gave no finding has its step's status."""
    for finding in result.findings:
        if finding.rule == rule:
            return finding.status.value
    return next(step.status.value for step in result.steps if step.step == rule)


def effective(result: Assessment, rule: str) -> str:
    """Return the effective level of one finding."""
    return next(f.effective_level.value for f in result.findings if f.rule == rule)


def outcome(changes: Mapping[str, object], rule: str, day: str = DAY) -> str:
    """Return in a word or two what became of one entry, as the tables of these tests print it.

    A flag is its effective level ("relative"), with what a worse grade still could be
    ("caution, absolute open"); what is undecided names its level ("undecided absolute");
    anything else is its status.
    """
    result = run(changes, day)
    for finding in result.findings:
        if finding.rule == rule:
            worse = finding.undecided_level
            if finding.status is Status.FLAGGED:
                shown = finding.effective_level.value
                return shown if worse is None else f"{shown}, {worse.value} open"
            return finding.status.value if worse is None else f"undecided {worse.value}"
    return status(result, rule)


def before(days: int) -> str:
    """Return the date that many days before the surgery."""
    return (date.fromisoformat(DAY) - timedelta(days=days)).isoformat()


def unreviewed(*sections: str) -> dict[str, object]:
    """Return the change that takes sections off the list of those reviewed."""
    reviewed = change({})["reviewed"]
    assert isinstance(reviewed, Mapping)
    return {"reviewed": {name: by for name, by in reviewed.items() if name not in sections}}


def reviewed_on(day: str) -> dict[str, object]:
    """Return the change that dates every review of a section to that day."""
    reviewed = change({})["reviewed"]
    assert isinstance(reviewed, Mapping)
    return {"reviewed": {name: {"on": day, "by": "ward nurse"} for name in reviewed}}


def amount(value: float, unit: str, day: str = "2026-03-10") -> dict[str, object]:
    """Return a measured quantity as a profile writes it."""
    return {"value": value, "unit": unit, "measured_on": day}


def on(day: str) -> dict[str, object]:
    """Return a drug with the date of its last dose."""
    return {"last_dose_on": day}
