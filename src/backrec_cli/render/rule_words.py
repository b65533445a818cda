"""Levels, marks, windows and validities of a pack in the words of its authors and reviewers."""

from backrec_cli.facts.definition import FactDefinition, Validity
from backrec_cli.rulepack.model import Entry, Mark, Offset, Requirement, Rule, Step

MARKS = {
    Mark.V: "read in the source",
    Mark.V2: "read second hand",
    Mark.GK: "general knowledge, not verified",
    Mark.LP: "local policy",
}


def offset_text(offset: Offset) -> str:
    """Write a moment relative to surgery: `day -28`, `the day of surgery`, `60 min before`."""
    if offset.minutes is not None:
        side = "before" if offset.minutes < 0 else "after"
        return f"{abs(offset.minutes)} min {side} surgery"
    return "the day of surgery" if offset.days == 0 else f"day {offset.days:+d}"


def timing_text(entry: Entry) -> str:
    """Say from when an entry counts, or when a step is to be done."""
    match entry:
        case Step():
            opens, closes = offset_text(entry.opens), offset_text(entry.closes)
            return opens if opens == closes else f"{opens} to {closes}"
        case Rule() | Requirement():
            return "" if entry.from_ is None else f"from {offset_text(entry.from_)}"


def fact_text(definition: FactDefinition) -> str:
    """Say what a fact is: its label, units, and how long a result of it holds."""
    units = (
        " or ".join([definition.unit, *(u.unit for u in definition.also)])
        if definition.unit
        else ""
    )
    holds = "; ".join(map(_validity_text, definition.valid_for))
    parts = (definition.label, units, f"holds {holds}" if holds else "")
    return ", ".join(part for part in parts if part)


def _validity_text(validity: Validity) -> str:
    """Write one validity: `90 d`, `4 h`, `1 d when medications.warfarin`."""
    length = f"{validity.days} d" if validity.hours is None else f"{validity.hours} h"
    return length if validity.when is None else f"{length} when {validity.when}"
