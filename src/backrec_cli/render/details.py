"""Every rule and step with all it rests on: the part of the report that --verbose adds."""

from collections.abc import Iterator

from backrec_cli.assessment.model import Assessment, Finding, Lacking, Status, StepResult
from backrec_cli.render.complications import all_complications
from backrec_cli.render.findings import FindingWriter
from backrec_cli.render.parts import Item, Section, with_id
from backrec_cli.render.preparation import hold_text
from backrec_cli.render.words import day_text, last_dose_text, reason_text


def detail_sections(assessment: Assessment) -> Iterator[Section]:
    """Yield all rules by status, all steps, complications, what a review denied, the basis."""
    labels = dict(assessment.labels)
    writer = FindingWriter(labels, before_surgery=assessment.procedure_date is not None)
    for status in Status:
        findings = assessment.with_status(status)
        if findings:
            title = f"ALL {status.value.replace('_', ' ').upper()}"
            items = tuple(_finding(finding, writer) for finding in findings)
            yield Section(title, items, f"({len(findings)})")
    if assessment.steps:
        yield Section("ALL STEPS", tuple(_step(step, writer) for step in assessment.steps))
    if assessment.complications:
        yield all_complications(assessment)
    if assessment.denied:
        denied = ", ".join(labels.get(path, path) for path in assessment.denied)
        yield Section("TAKEN AS NO BECAUSE THE SECTION WAS REVIEWED", (Item(denied),))
    yield Section("BASIS", tuple(_basis(assessment)))


def _finding(finding: Finding, writer: FindingWriter) -> Item:
    """Write one rule with its evidence, what it lacks, what to do, and its sources."""
    details = [writer.evidence(evidence) for evidence in finding.evidence]
    details += [_lacking(missing) for missing in finding.missing]
    if finding.pending_from is not None:
        details.append(f"Asked from {day_text(finding.pending_from)}.")
    if finding.action:
        details.append(f"Action: {finding.action}")
    dose = last_dose_text(finding.last_dose_by, finding.last_dose_drugs, writer.labels)
    if dose:
        details.append(f"Hold: {dose}")
    details.append(_sources(finding.sources, finding.mark.value))
    if finding.note:
        details.append(f"Note: {finding.note}")
    level = finding.level.value.replace("_", " ")
    return Item(with_id(finding.title, finding.rule), label=level, details=tuple(details))


def _step(step: StepResult, writer: FindingWriter) -> Item:
    """Write one step with its window, its gate, what it lacks, and its sources."""
    opens = "" if step.opens is None else f"from {day_text(step.opens)}"
    closes = "" if step.closes is None else f"by {day_text(step.closes)}"
    gate = "reminder only" if step.gate is None else f"gate: {step.gate.value}"
    roles = ", ".join(role.value for role in step.roles)
    phase = step.phase.value.replace("_", " ")
    details = [", ".join(part for part in (opens, closes, phase, gate, roles) if part)]
    details += [writer.evidence(evidence) for evidence in step.evidence]
    details += [_lacking(missing) for missing in step.missing]
    if step.action:
        details.append(f"Action: {step.action}")
    hold = hold_text(step, writer.labels)
    if hold:
        details.append(f"Hold: {hold}")
    details.append(_sources(step.sources, step.mark.value))
    label = step.status.value.replace("_", " ")
    return Item(with_id(step.title, step.step), label=label, details=tuple(details))


def _lacking(missing: Lacking) -> str:
    """Write a fact that keeps something open."""
    return f"Missing: {missing.label} ({missing.fact}) {reason_text(missing.reason)}"


def _sources(sources: tuple[str, ...], mark: str) -> str:
    """Write the sources and how they were checked."""
    return f"Sources: {', '.join(sources) or 'none'} ({mark})"


def _basis(assessment: Assessment) -> Iterator[Item]:
    """Yield what the advice is for, and the full digest of the rules."""
    basis, pack = assessment.basis, assessment.pack
    yield Item(f"Intended use: {basis.intended_use}")
    yield Item(f"Population: {basis.population}")
    yield Item(f"Limits: {basis.limits}")
    yield Item(f"Pack: {pack.title}; {pack.id} {pack.version}; sha256 {pack.digest}")
    yield Item(f"Profile: sha256 {assessment.profile_digest}")
