"""`backrec batch` on a file, long enough to be judged by columns, and `check` on each record."""

import json
from pathlib import Path

import pytest

from tests.acceptance.program import Program
from tests.batch.columns.changes import Changes, Document, Edges
from tests.shipped import examples, pack

AS_OF = "2026-03-10"
_STATUSES = ("flagged", "undecided", "pending")


def rows_of(documents: list[Document], folder: Path, backrec: Program) -> list[dict[str, object]]:
    """Return what batch says of each document."""
    cohort = folder / "cohort.ndjson"
    cohort.write_text("".join(f"{json.dumps(each)}\n" for each in documents), encoding="utf-8")
    result = backrec("batch", cohort, "--as-of", AS_OF)
    return [json.loads(line) for line in result.out.splitlines()]


def checked(document: Document, folder: Path, backrec: Program) -> dict[str, object]:
    """Return what check says of one document, as a row says it, but in no order."""
    path = folder / "patient.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    report = json.loads(backrec("check", path, "--as-of", AS_OF, "-f", "json").out)
    found = {
        status: {each["rule"] for each in report["findings"] if each["status"] == status}
        for status in _STATUSES
    }
    return {
        "verdict": report["verdict"],
        **found,
        "missing": {each["fact"] for each in report["missing"]},
        "rejected": {each["fact"] for each in report["rejected"]},
        "overdue": {each["step"] for each in report["steps"] if each["status"] == "overdue"},
    }


@pytest.fixture
def documents() -> list[Document]:
    """Return more documents than are judged one by one; all can be read."""
    changes = Changes(Edges(pack()), 31)
    originals = [
        {k: v for k, v in each.document.items() if k != "overrides"} for each in examples()
    ]
    changed = [changes.changed(changes.random.choice(originals)) for _ in range(12)]
    return [*originals, *changed, *([originals[0]] * 230)]


def test_every_row_is_what_check_says_of_the_record(
    backrec: Program, tmp_path: Path, documents: list[Document]
) -> None:
    """Examples and changed ones, each alone and among two hundred others."""
    rows = rows_of(documents, tmp_path, backrec)
    assert len(rows) == len(documents)
    for document, row in list(zip(documents, rows, strict=True))[:21]:
        said = checked(document, tmp_path, backrec)
        for name, wanted in said.items():
            found = row[name]
            assert (set(found) if isinstance(found, list) else found) == wanted, name
