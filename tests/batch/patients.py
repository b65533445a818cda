"""Cohorts made of the examples: patients whose verdicts on the day are known."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.acceptance.program import CHILD, CLEAN, DIABETIC, HALF, Object

DAY = "2026-03-16"

_EXAMPLES = {"clean": CLEAN, "stop": DIABETIC, "half": HALF, "child": CHILD}
_TEXTS = {
    kind: json.dumps(json.loads(path.read_text(encoding="utf-8")))
    for kind, path in _EXAMPLES.items()
}


def patient(kind: str, identifier: str) -> str:
    """Return one patient's record on one line; a broken one is no JSON at all."""
    if kind == "broken":
        return f'{{"patient": {{"id": "{identifier}", '
    document: dict[str, Object] = json.loads(_TEXTS[kind])
    document["patient"]["id"] = identifier
    return json.dumps(document)


def lines_of(kinds: Iterable[str]) -> bytes:
    """Return patients, numbered P1, P2 ..., as NDJSON."""
    records = (patient(kind, f"P{number}") for number, kind in enumerate(kinds, start=1))
    return "".join(f"{record}\n" for record in records).encode()


def write_cohort(path: Path, kinds: Iterable[str]) -> Path:
    """Write patients, numbered P1, P2 ..., as an NDJSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lines_of(kinds))
    return path
