"""A sheet -> plain values: the `json` format, and the data that the PDF template reads."""

from backrec_cli.render.checklist.model import Flag, Group, Identity, Obtain, Risk, Row, Sheet
from backrec_cli.render.json_text import JsonValue, write_json

SCHEMA = "backrec.checklist/1"


def render_json(sheet: Sheet) -> str:
    """Return the sheet as JSON that ends in a line end."""
    return write_json(document_of(sheet)) + "\n"


def document_of(sheet: Sheet) -> dict[str, JsonValue]:
    """Return every text of the sheet under its name, lists in printing order."""
    return {
        "schema": SCHEMA,
        "title": sheet.title,
        "reader": sheet.reader,
        "for_patient": sheet.for_patient,
        "deidentified": sheet.deidentified,
        "identity": _identity(sheet.identity),
        "allergies": sheet.allergies,
        "allergies_known": sheet.allergies_known,
        "sign": sheet.sign,
        "verdict": sheet.verdict,
        "qualifiers": sheet.qualifiers,
        "banners": list(sheet.banners),
        "blocks": [_flag(flag) for flag in sheet.blocks],
        "review": [_flag(flag) for flag in sheet.review],
        "accepted": list(sheet.accepted),
        "obtain": [_obtain(each) for each in sheet.obtain],
        "awaited": list(sheet.awaited),
        "groups": [_group(group) for group in sheet.groups],
        "perhaps": list(sheet.perhaps),
        "finished": list(sheet.finished),
        "risks": [_risk(risk) for risk in sheet.risks],
        "contacts": list(sheet.contacts),
        "advice": list(sheet.advice),
        "warnings": list(sheet.warnings),
        "void": sheet.void,
        "as_of": sheet.as_of,
        "basis": sheet.basis,
        "disclaimer": sheet.disclaimer,
    }


def _identity(identity: Identity) -> JsonValue:
    """Return who the sheet is for; null stands where only a label may say it."""
    return {
        "name": identity.name,
        "born": identity.born,
        "identifier": identity.identifier,
        "sex": identity.sex,
        "operation": identity.operation,
        "surgery": identity.surgery,
    }


def _flag(flag: Flag) -> JsonValue:
    """Return one flag."""
    return {
        "rule": flag.rule,
        "word": flag.word,
        "text": flag.text,
        "action": flag.action,
        "who": flag.who,
        "told": flag.told,
    }


def _obtain(obtain: Obtain) -> JsonValue:
    """Return one thing to obtain."""
    return {
        "text": obtain.text,
        "could_stop": obtain.could_stop,
        "settles": list(obtain.settles),
    }


def _group(group: Group) -> JsonValue:
    """Return one group with its rows."""
    return {
        "phase": "now" if group.phase is None else group.phase.value,
        "title": group.title,
        "days": group.days,
        "rows": [_row(row) for row in group.rows],
    }


def _row(row: Row) -> JsonValue:
    """Return one row."""
    return {
        "step": row.step,
        "text": row.text,
        "action": row.action,
        "who": row.who,
        "due": row.due,
        "from": None if row.first_day is None else row.first_day.isoformat(),
        "to": None if row.last_day is None else row.last_day.isoformat(),
        "gate": row.gate,
        "recorded": row.recorded,
        "note": row.note,
        "results": list(row.results),
    }


def _risk(risk: Risk) -> JsonValue:
    """Return one complication."""
    return {"complication": risk.complication, "drivers": risk.drivers, "prevent": risk.prevent}
