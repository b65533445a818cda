"""What changed between two packs -> text, or the Markdown page that a clinical committee signs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backrec_cli.packdiff.compare import ADDED, CHANGED, REMOVED, Change, FieldChange
from backrec_cli.packdiff.patients import PatientChange
from backrec_cli.render.json_text import JsonValue, write_json
from backrec_cli.render.markdown import escape
from backrec_cli.rulepack.model import RulePack

_DIGEST_SHOWN = 12
_HEADINGS = {
    "entry": "Rules, requirements and steps",
    "complication": "Complications",
    "parameter": "Thresholds",
    "definition": "Named conditions",
    "fact": "Facts",
    "source": "Sources",
    "topic": "Topics",
    "pack": "The pack as a whole",
}
_SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}


@dataclass(frozen=True, slots=True)
class PackComparison:
    """Two packs, their differences, and what these mean for the patients asked about.

    `patients` is None where no patient was asked about; `unread` counts those that could not be
    read with both packs.
    """

    old: RulePack
    new: RulePack
    changes: Sequence[Change]
    patients: Sequence[PatientChange] | None = None
    unread: int = 0


def render_diff(comparison: PackComparison) -> str:
    """Return the comparison as plain text."""
    return "".join(f"{line}\n" for line in _text_lines(comparison))


def render_diff_markdown(comparison: PackComparison) -> str:
    """Return the comparison as a page with lines to sign."""
    return "".join(f"{line}\n" for line in _markdown_lines(comparison))


def render_diff_json(comparison: PackComparison) -> str:
    """Return the comparison for programs."""
    document: dict[str, JsonValue] = {
        "schema": "backrec.packdiff/1",
        "old": _identity(comparison.old),
        "new": _identity(comparison.new),
        "changes": [
            {
                "part": change.part,
                "id": change.id,
                "what": change.what,
                "fields": [
                    {"name": field.name, "old": field.old, "new": field.new}
                    for field in change.fields
                ],
            }
            for change in comparison.changes
        ],
    }
    if comparison.patients is not None:
        document["patients"] = [_patient(patient) for patient in comparison.patients]
        document["unread"] = comparison.unread
    return write_json(document) + "\n"


RENDERERS: Mapping[str, Callable[[PackComparison], str]] = {
    "text": render_diff,
    "markdown": render_diff_markdown,
    "json": render_diff_json,
}


def _text_lines(comparison: PackComparison) -> Iterator[str]:
    """Yield the lines of the text: the packs, the changes, the patients."""
    yield f"old: {_named(comparison.old)}"
    yield f"new: {_named(comparison.new)}"
    if not comparison.changes:
        yield "no difference in rules, thresholds, levels or texts"
    for part, heading in _HEADINGS.items():
        changes = [change for change in comparison.changes if change.part == part]
        if changes:
            yield ""
            yield f"{heading}:"
        for change in changes:
            yield f"  {_SIGNS[change.what]} {change.id}{_new_title(change)}"
            if change.what == CHANGED:
                yield from (f"      {_field(field)}" for field in change.fields)
    if comparison.patients is not None:
        yield ""
        yield _patients_head(comparison)
        for patient in comparison.patients:
            yield from _patient_lines(patient)


def _markdown_lines(comparison: PackComparison) -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# Change of rules"
    yield ""
    yield f"- old: {escape(_named(comparison.old))}"
    yield f"- new: {escape(_named(comparison.new))}"
    if not comparison.changes:
        yield from ("", "No difference in rules, thresholds, levels or texts.")
    for part, heading in _HEADINGS.items():
        changes = [change for change in comparison.changes if change.part == part]
        if changes:
            yield from ("", f"## {heading}", "")
        for change in changes:
            yield f"- **{change.what}** `{change.id}`{escape(_new_title(change))}"
            if change.what == CHANGED:
                yield from (f"  - {escape(_field(field))}" for field in change.fields)
    if comparison.patients is not None:
        yield from ("", "## Patients", "", escape(_patients_head(comparison)), "")
        for patient in comparison.patients:
            first, *others = _patient_lines(patient)
            yield f"- {escape(first.strip())}"
            yield from (f"  - {escape(line.strip())}" for line in others)
    yield from ("", "## Approval", "")
    yield from ("| name | role | date | signature |", "|---|---|---|---|", "|  |  |  |  |")


def _patients_head(comparison: PackComparison) -> str:
    """Count the patients whose answer changes."""
    patients = comparison.patients or ()
    changed = sum(patient.verdict_changes for patient in patients)
    unread = f"; {comparison.unread} could not be read" if comparison.unread else ""
    return f"Verdict changes for {changed} of {len(patients)} patients{unread}:"


def _patient_lines(patient: PatientChange) -> Iterator[str]:
    """Yield what changes for one patient."""
    if patient.verdict_changes:
        yield f"  {patient.patient}: {patient.old.value} -> {patient.new.value}"
    else:
        yield f"  {patient.patient}: {patient.new.value}, as before"
    for finding in patient.findings:
        because = f" ({', '.join(finding.because)})" if finding.because else ""
        yield f"      {finding.rule}: {finding.old} -> {finding.new}{because}"


def _new_title(change: Change) -> str:
    """Return the title of what is new or gone."""
    if change.what == CHANGED:
        return ""
    names = {"title", "label", "citation"}
    field = next((field for field in change.fields if field.name in names), None)
    return "" if field is None else f": {field.new or field.old}"


def _field(field: FieldChange) -> str:
    """Write one field before and after."""
    return f"{field.name}: {field.old or '(none)'} -> {field.new or '(none)'}"


def _named(pack: RulePack) -> str:
    """Name a pack as reports do."""
    overlays = "".join(f" + {each.id} {each.version}" for each in pack.overlays)
    return f"{pack.id} {pack.version}{overlays} (sha256 {pack.digest[:_DIGEST_SHOWN]})"


def _identity(pack: RulePack) -> JsonValue:
    """Return a pack's identity for programs."""
    return {"id": pack.id, "version": pack.version, "digest": pack.digest}


def _patient(patient: PatientChange) -> JsonValue:
    """Return one patient's row for programs."""
    return {
        "patient": patient.patient,
        "old": patient.old.value,
        "new": patient.new.value,
        "changed": patient.verdict_changes,
        "findings": [
            {
                "rule": finding.rule,
                "old": finding.old,
                "new": finding.new,
                "because": list(finding.because),
            }
            for finding in patient.findings
        ],
    }
