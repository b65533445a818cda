"""The schema of a profile takes what may be written and refuses what may not."""

import json

import pytest
from jsonschema import Draft202012Validator

from backrec_cli.facts.schema import profile_schema
from tests.unit.facts_dictionary import small_dictionary


def errors(profile: object) -> list[str]:
    """Return what the schema says of a profile."""
    validator = Draft202012Validator(profile_schema(small_dictionary()))
    return [error.message for error in validator.iter_errors(profile)]


def test_schema_is_a_json_schema() -> None:
    """It holds to draft 2020-12 and can be written as JSON."""
    schema = profile_schema(small_dictionary())
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


HBA1C = {"value": 64, "unit": "mmol/mol", "measured_on": "2026-02-20"}


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"labs": {"hba1c": HBA1C, "measured_on": "2026-02-20"}},
        {"labs": {"hba1c": {"value": 8.0, "unit": "%"}, "glucose": "unknown"}},
        {"labs": {"hba1c": {"value": "unknown", "unit": "%", "measured_on": "unknown"}}},
        {"vitals": {"systolic_bp": {"value": 120, "unit": "mmHg"}}},
        {"labs": {"inr": 1.1, "mrsa_screen": "negative"}},
        {"labs": {"inr": {"value": 1.1, "measured_on": "2026-03-15T07:30"}}},
        {"patient": {"age": 38}},
        {"patient": {"age": "unknown"}},
        {"procedure": {"date": "2026-03-16", "operation": "fusion L4/5", "urgency": "elective"}},
        {"procedure": {"date": "2026-03-16T08:00:00+00:00", "technique": ["skin_graft"]}},
        {"conditions": {"mi": False}},
        {"conditions": {"mi": "2026-03-02"}},
        {"conditions": {"mi": {"value": True, "on": "2026-03-02T10:00"}}},
        {"conditions": {"mi": {"on": "2026-03-02"}}},
        {"medications": {"warfarin": True}},
        {"medications": {"warfarin": {"last_dose_on": "2026-03-10"}}},
        {"medications": {"warfarin": {"value": True, "last_dose_on": "unknown"}}},
        {"consent": {"alternatives_explained": True}},
        {"reviewed": ["conditions", "medications"]},
        {"reviewed": {"medications": {"on": "2026-03-10", "by": "pre-assessment nurse"}}},
        {"overrides": [{"rule": "r", "by": "Dr A", "on": "2026-03-10", "reason": "seen"}]},
    ],
    ids=json.dumps,
)
def test_schema_accepts_what_a_profile_may_say(profile: object) -> None:
    """Every way of writing every type of fact."""
    assert errors(profile) == []


@pytest.mark.parametrize(
    "profile",
    [
        [],
        {"lab": {}},
        {"labs": {"hba1": HBA1C}},
        {"labs": {"hba1c": 64}},
        {"labs": {"hba1c": {"value": 64}}},
        {"labs": {"hba1c": {"value": 64, "unit": "mmol/L"}}},
        {"labs": {"hba1c": {"value": "64", "unit": "mmol/mol"}}},
        {"labs": {"hba1c": {**HBA1C, "taken_on": "2026-02-20"}}},
        {"labs": {"hba1c": {**HBA1C, "measured_on": "20.02.2026"}}},
        {"labs": {"hba1c": None}},
        {"labs": {"egfr": {"value": 50, "unit": "mL/min"}}},
        {"labs": {"inr": "1.1"}},
        {"labs": {"inr": {"value": 1.1, "unit": "1"}}},
        {"labs": {"mrsa_screen": "positive"}},
        {"patient": {"age": 38.5}},
        {"patient": {"age": 121}},
        {"patient": {"age": True}},
        {"procedure": {"technique": "spinal_fusion"}},
        {"procedure": {"technique": ["surgery"]}},
        {"procedure": {"date": "2026-3-16"}},
        {"procedure": {"operation": " "}},
        {"conditions": {"mi": {}}},
        {"conditions": {"mi": {"last_dose_on": "2026-03-02"}}},
        {"medications": {"warfarin": "2026-03-02"}},
        {"medications": {"warfarin": {"on": "2026-03-02"}}},
        {"consent": {"alternatives_explained": "yes"}},
        {"reviewed": ["nutrition"]},
        {"reviewed": True},
        {"reviewed": {"medications": {"when": "2026-03-10"}}},
        {"overrides": [{"rule": "r", "by": "Dr A", "on": "2026-03-10"}]},
        {"overrides": {"rule": "r"}},
    ],
    ids=json.dumps,
)
def test_schema_refuses_what_a_profile_may_not_say(profile: object) -> None:
    """Unknown names, wrong types, missing units and malformed dates."""
    assert errors(profile) != []


def test_schema_tells_an_editor_what_a_fact_is() -> None:
    """The label is the title, and the possible range is said in words."""
    schema = json.loads(json.dumps(profile_schema(small_dictionary())))
    hba1c = schema["properties"]["labs"]["properties"]["hba1c"]
    assert hba1c["title"] == "HbA1c"
    assert hba1c["description"] == "Possible: 9 to 195 mmol/mol."
