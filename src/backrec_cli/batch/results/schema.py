"""The table of results, described for programs: the JSON Schema of one row, and its columns."""

from backrec_cli.assessment.verdict import Verdict
from backrec_cli.batch.results.table import TABLE
from backrec_cli.batch.row import ERROR, LISTS, SCHEMA

_DESCRIPTIONS = {
    "id": "The record's patient.id; null where it has none that can be read.",
    "verdict": "What the record came to, or that it could not be assessed.",
    "flagged": "Rules, steps and the scope that are flagged, in the pack's order.",
    "undecided": "Rules, requirements, steps and the scope that could not be decided.",
    "pending": "What can only be known nearer the day of surgery.",
    "missing": "The facts that would settle what is undecided.",
    "rejected": "The facts that were recorded and had to be discarded.",
    "overdue": "The steps whose window has closed.",
    "errors": "Why the record could not be assessed; empty for all others.",
    "pack_digest": "SHA-256 of the rules in force.",
    "as_of": "The day of the assessment; null where that day itself could not be read.",
}


def results_schema() -> dict[str, object]:
    """Return the JSON Schema of one row; `x-columns` tells of Parquet and CSV."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "One row of `backrec batch`: a record of the cohort, in the cohort's order.",
        "type": "object",
        "additionalProperties": False,
        "required": list(TABLE),
        "properties": {
            name: {**_type_of(name), "description": _DESCRIPTIONS[name]} for name in TABLE
        },
        "x-columns": [
            {"name": name, "parquet": _parquet_type(name), "csv": _csv_form(name)} for name in TABLE
        ],
    }


def _type_of(name: str) -> dict[str, object]:
    """Return what a column holds in a row of NDJSON."""
    if name == "verdict":
        return {"enum": [*map(str, Verdict), ERROR]}
    if name == "as_of":
        return {"type": ["string", "null"], "format": "date"}
    if name in LISTS:
        return {"type": "array", "items": {"type": "string"}}
    return {"type": ["string", "null"] if name == "id" else "string"}


def _parquet_type(name: str) -> str:
    """Return what a column is in a Parquet file."""
    if name in LISTS:
        return "list<string>"
    return "date32" if name == "as_of" else "string"


def _csv_form(name: str) -> str:
    """Return how a column is written in CSV."""
    if name in LISTS:
        return "entries joined by ';', an empty cell for none"
    return "YYYY-MM-DD, or an empty cell" if name == "as_of" else "text"
