"""A small dictionary and short ways to read and settle a profile with it."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache

import pytest

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reader import parse_dictionary
from backrec_cli.facts.reading import FactReading
from backrec_cli.profile import Knowledge, Profile, Readings, read_profile, settle
from backrec_cli.profile.clock import At
from backrec_cli.source import SourceText, Span

DICTIONARY = """
[patient.name]
type = "text"
label = "Name"
[patient.id]
type = "text"
label = "Identifier"
[patient.birth_date]
type = "date"
label = "Date of birth"
[patient.age]
type = "integer"
label = "Age"
plausible = [0, 120]
derive = "years between patient.birth_date and procedure.date"
[procedure.date]
type = "date"
label = "Date of surgery"
[procedure.technique]
type = "choices"
label = "Technique"
choices = ["spinal_fusion", "skin_graft", "not_recorded"]
unknown_values = ["not_recorded"]
[vitals.height]
type = "quantity"
label = "Height"
unit = "cm"
also = [{ unit = "m", scale = "100" }]
plausible = [50, 230]
valid_for = "365 d"
[vitals.weight]
type = "quantity"
label = "Weight"
unit = "kg"
plausible = [20, 400]
valid_for = "30 d"
[vitals.bmi]
type = "quantity"
label = "BMI"
unit = "kg/m2"
precision = 1
plausible = [10, 90]
valid_for = "30 d"
derive = "vitals.weight.value / ((vitals.height.value / 100) * (vitals.height.value / 100))"
[vitals.systolic_bp]
type = "quantity"
label = "Systolic"
unit = "mm[Hg]"
plausible = [50, 280]
[vitals.diastolic_bp]
type = "quantity"
label = "Diastolic"
unit = "mm[Hg]"
plausible = [20, 180]
[labs.hba1c]
type = "quantity"
label = "HbA1c"
unit = "mmol/mol"
precision = 0
also = [{ unit = "%", scale = "10.93", offset = "-23.5", precision = 1 }]
plausible = [9, 195]
valid_for = "90 d"
[labs.glucose]
type = "quantity"
label = "Glucose"
unit = "mg/dL"
precision = 0
also = [{ unit = "mmol/L", scale = "18.016", precision = 1 }]
plausible = [18, 1080]
valid_for = "4 h"
[labs.inr]
type = "decimal"
label = "INR"
plausible = [0.5, 15]
valid_for = [{ when = "medications.warfarin", valid_for = "1 d" }, { valid_for = "30 d" }]
[labs.mrsa_screen]
type = "choice"
label = "MRSA"
choices = ["negative", "carrier", "not_done"]
unknown_values = ["not_done"]
[labs.group_and_save]
type = "event"
label = "Group and save"
valid_for = "7 d"
[conditions.diabetes]
type = "choice"
label = "Diabetes"
choices = ["none", "type1", "type2"]
negative = "none"
[conditions.mi]
type = "event"
label = "Heart attack"
[conditions.epilepsy]
type = "boolean"
label = "Epilepsy"
[conditions.bleeding_plan]
type = "boolean"
label = "Bleeding plan"
protective = true
[conditions.ckd_stage]
type = "integer"
label = "CKD stage"
plausible = [1, 5]
[medications.warfarin]
type = "medication"
label = "Warfarin"
[medications.apixaban]
type = "medication"
label = "Apixaban"
[radiation.planned_on]
type = "date"
label = "Planned radiotherapy"
[positioning.eyes_free]
type = "boolean"
label = "Eyes free"
protective = true
day_of = true
[prep.hair]
type = "choice"
label = "Hair"
choices = ["none", "clipped"]
negative = "none"
day_of = true
[prep.incision_at]
type = "date"
label = "Incision at"
day_of = true
[[check]]
id = "bp-order"
facts = ["vitals.systolic_bp", "vitals.diastolic_bp"]
holds = "vitals.systolic_bp > vitals.diastolic_bp"
message = "systolic must be above diastolic"
[[check]]
id = "bmi-agrees"
facts = ["vitals.bmi", "vitals.weight", "vitals.height"]
holds = '''Abs(vitals.bmi.value
  - vitals.weight.value / ((vitals.height.value / 100) * (vitals.height.value / 100))) <= 1.0'''
message = "the given BMI does not fit weight and height"
"""

AS_OF = date(2026, 3, 16)
SURGERY = "2026-03-16"
VIEWS: tuple[At, ...] = ("surgery", "as_of")


@cache
def dictionary() -> FactDictionary:
    """Return the small dictionary."""
    parsed, problems = parse_dictionary(
        tomllib.loads(DICTIONARY, parse_float=Decimal),
        SourceText("facts.toml", DICTIONARY),
        lambda _: Span(0, 1),
    )
    assert problems == []
    return parsed


@cache
def knowledge() -> Knowledge:
    """Return what settling knows of the small dictionary."""
    return Knowledge(dictionary())


def read(document: str | bytes | Mapping[str, object]) -> Profile:
    """Read a profile given as text, as bytes, or as the value to be written as JSON."""
    if isinstance(document, Mapping):
        document = json.dumps(document)
    data = document.encode() if isinstance(document, str) else document
    return read_profile(data, "p.json", dictionary())


def refusals(document: str | bytes | Mapping[str, object]) -> list[Diagnostic]:
    """Return the errors of a malformed profile."""
    with pytest.raises(DiagnosticsError) as caught:
        read(document)
    return list(caught.value.diagnostics)


def reading_of(path: str, value: object) -> FactReading:
    """Return the one fact of a profile as it is read, before it is settled."""
    section, _, name = path.partition(".")
    return read({section: {name: value}}).recorded[path].reading


def settled(
    document: Mapping[str, object],
    as_of: date | datetime = AS_OF,
    *,
    at: At = "surgery",
    surgery: date | datetime | None = None,
) -> Readings:
    """Settle a profile on the day of surgery, or as told; a review counts for 90 days."""
    return settle(read(document), knowledge(), as_of, review_days=90, at=at, surgery=surgery)


def quantity(value: float, unit: str, measured_on: str | None = None) -> dict[str, object]:
    """Return a quantity as a profile writes it."""
    written: dict[str, object] = {"value": value, "unit": unit}
    return written if measured_on is None else {**written, "measured_on": measured_on}
