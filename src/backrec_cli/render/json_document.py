"""Assessment -> the JSON document `backrec.assessment/1` (see `backrec schema assessment`)."""

from datetime import date, datetime

from backrec_cli.assessment.model import (
    Acceptance,
    Assessment,
    ComplicationRisk,
    DriverResult,
    Evidence,
    Finding,
    Lacking,
    MissingFact,
    Status,
    StepResult,
)
from backrec_cli.facts.reading import FactReading, FactValue
from backrec_cli.render.json_text import JsonValue, write_json
from backrec_cli.rulepack.overlay.model import Overlay
from backrec_cli.units import Quantity

SCHEMA_NAME = "backrec.assessment/1"

JsonObject = dict[str, JsonValue]


def render_json(assessment: Assessment) -> str:
    """Return one assessment as a JSON document that ends in a line end."""
    return write_json(document_of(assessment)) + "\n"


def document_of(assessment: Assessment) -> JsonObject:
    """Return the JSON document: fixed keys in a fixed order, dates in ISO 8601."""
    flagged = assessment.flagged
    return {
        "schema": SCHEMA_NAME,
        "patient": {"id": assessment.patient.id},
        "as_of": _iso(assessment.as_of),
        "procedure_date": _iso(assessment.procedure_date),
        "urgency": None if assessment.urgency is None else assessment.urgency.value,
        "verdict": assessment.verdict.value,
        "headline": assessment.headline,
        "qualifiers": assessment.qualifiers,
        "counts": {s.value: len(assessment.with_status(s)) for s in Status},
        "pack": _pack(assessment),
        "flagged": [finding.rule for finding in flagged],
        "undecided": [finding.rule for finding in assessment.undecided],
        "findings": [_finding(finding) for finding in assessment.findings],
        "steps": [_step(step) for step in assessment.steps],
        "missing": [_missing(fact) for fact in assessment.missing],
        "rejected": [_rejected(reading) for reading in assessment.rejected],
        "pending": [_pending(finding) for finding in assessment.pending],
        "complications": [_complication(risk) for risk in assessment.complications],
        "denied": assessment.denied,
        "good_until": _good_until(assessment),
        "banners": [finding.rule for finding in assessment.banners],
        "contacts": dict(assessment.contacts),
        "partial": assessment.partial,
        "warnings": assessment.warnings,
        "basis": {
            "intended_use": assessment.basis.intended_use,
            "population": assessment.basis.population,
            "limits": assessment.basis.limits,
        },
    }


def _iso(moment: date | datetime | None) -> str | None:
    """Write a date or a date with time as ISO 8601 has it."""
    return None if moment is None else moment.isoformat()


def _value(value: FactValue | None) -> JsonValue:
    """Write a canonical value; a quantity's unit stands beside it."""
    match value:
        case Quantity():
            return value.value
        case date():
            return value.isoformat()
        case _:
            return value


def _pack(assessment: Assessment) -> JsonObject:
    """Name the rules that were in force."""
    pack = assessment.pack
    return {
        "id": pack.id,
        "version": pack.version,
        "digest": pack.digest,
        "overlays": [_overlay(overlay) for overlay in pack.overlays],
    }


def _overlay(overlay: Overlay) -> JsonObject:
    """Name one overlay, and what it made less strict on whose word."""
    return {
        "id": overlay.id,
        "version": overlay.version,
        "title": overlay.title,
        "loosened": [
            {
                "kind": each.kind.value,
                "name": each.name,
                "grade": each.grade,
                "was": each.was,
                "now": each.now,
                "at": each.at,
                "reason": each.reason,
                "approved_by": each.approved_by,
                "expires": _iso(each.expires),
            }
            for each in overlay.loosened
        ],
    }


def _finding(finding: Finding) -> JsonObject:
    """Write what became of one rule."""
    undecided = finding.undecided_level
    return {
        "rule": finding.rule,
        "origin": finding.origin.value,
        "topic": finding.topic,
        "title": finding.title,
        "level": finding.level.value,
        "effective_level": finding.effective_level.value,
        "status": finding.status.value,
        "undecided_level": None if undecided is None else undecided.value,
        "action": finding.action,
        "role": [role.value for role in finding.roles],
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "missing": _lacking(finding.missing),
        "sources": finding.sources,
        "mark": finding.mark.value,
        "override": _override(finding.override),
        "last_dose_by": _iso(finding.last_dose_by),
        "last_dose_drugs": finding.last_dose_drugs,
    }


def _evidence(evidence: Evidence) -> JsonObject:
    """Write one fact a finding rests on; `source` tells how it became known."""
    source = "review" if evidence.by_review else "derived" if evidence.inputs else "profile"
    return {
        "fact": evidence.fact,
        "value": _value(evidence.value),
        "range": _range(evidence.range),
        "unit": evidence.unit,
        "reported": evidence.reported,
        "measured_on": _iso(evidence.on),
        "age_days": evidence.age_days,
        "comparison": evidence.comparison,
        "limit": evidence.limit,
        "source": source,
        "inputs": evidence.inputs,
    }


def _range(bounds: tuple[int, int] | None) -> JsonObject | None:
    """Write the least and most of a score that is not exactly known."""
    return None if bounds is None else {"low": bounds[0], "high": bounds[1]}


def _override(override: Acceptance | None) -> JsonObject | None:
    """Write a clinician's override, and why it is void where it is."""
    if override is None:
        return None
    return {
        "by": override.by,
        "on": _iso(override.on),
        "reason": override.reason,
        "void": override.void,
    }


def _step(step: StepResult) -> JsonObject:
    """Write what became of one step."""
    return {
        "step": step.step,
        "topic": step.topic,
        "title": step.title,
        "status": step.status.value,
        "from": _iso(step.opens),
        "to": _iso(step.closes),
        "phase": step.phase.value,
        "role": [role.value for role in step.roles],
        "gate": None if step.gate is None else step.gate.value,
        "action": step.action,
        "missing": _lacking(step.missing),
        "last_dose_by": _iso(step.last_dose_by),
        "last_dose_drugs": step.last_dose_drugs,
        "held_by": step.held_by,
    }


def _lacking(missing: tuple[Lacking, ...]) -> list[JsonValue]:
    """Write the facts that keep something open, and why each is not known."""
    return [{"fact": lacking.fact, "reason": lacking.reason.value} for lacking in missing]


def _complication(risk: ComplicationRisk) -> JsonObject:
    """Write what drives one complication in this patient, and what is to be done against it."""
    return {
        "complication": risk.complication,
        "title": risk.title,
        "applies": risk.applies,
        "missing": _lacking(risk.missing),
        "drivers": [_driver(driver) for driver in risk.drivers],
        "prevent": [{"entry": p.entry, "status": p.status.value} for p in risk.prevent],
        "sources": risk.sources,
        "mark": risk.mark.value,
    }


def _driver(driver: DriverResult) -> JsonObject:
    """Write whether one driver is present, and what that rests on or lacks."""
    return {
        "title": driver.title,
        "status": driver.status.value,
        "evidence": [_evidence(evidence) for evidence in driver.evidence],
        "missing": _lacking(driver.missing),
        "from": _iso(driver.pending_from),
    }


def _missing(fact: MissingFact) -> JsonObject:
    """Write one fact worth obtaining."""
    return {
        "fact": fact.fact,
        "reason": fact.reason.value,
        "settles": fact.settles,
        "could_change_verdict": fact.could_change_verdict,
        "could_add_stop": fact.could_add_stop,
    }


def _rejected(reading: FactReading) -> JsonObject:
    """Write one value that could not be used."""
    return {
        "fact": reading.path,
        "value": reading.reported,
        "reason": None if reading.absence is None else reading.absence.value,
        "hint": reading.hint,
    }


def _pending(finding: Finding) -> JsonObject:
    """Write one check that waits for its day."""
    return {"rule": finding.rule, "from": _iso(finding.pending_from), "what": finding.title}


def _good_until(assessment: Assessment) -> JsonObject | None:
    """Write the first day on which a fact in use goes stale."""
    until = assessment.good_until
    return None if until is None else {"day": _iso(until.day), "facts": until.facts}
