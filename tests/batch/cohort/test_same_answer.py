"""Whatever the format, the same patients get the same rows, by the engine `check` uses."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl
import pytest

from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.record import Record
from backrec_cli.batch.reference import Terms, judge_record
from backrec_cli.batch.row import ERROR, Row
from tests.batch.cohort.flattening import flattened
from tests.shipped import Example, examples, pack

PLAIN = [example for example in examples() if example.overlay is None]


def judged(records: Iterable[Record], day: date | None) -> list[Row]:
    """Return the rows of some records."""
    terms = Terms(pack(), day)
    return [judge_record(record, terms)[0] for record in records]


def read(data: bytes, format_name: str) -> list[Record]:
    """Return the records of an input."""
    cohort = open_cohort(
        "-",
        format_name=format_name,
        dictionary=pack().dictionary,
        stdin=io.BytesIO(data),
        chunk_size=3,
    )
    return [record for chunk in cohort.chunks() for record in chunk.records()]


@cache
def expected() -> tuple[Row, ...]:
    """Return what the examples come to as they lie in their folders."""
    rows = []
    for example in PLAIN:
        record = Record(1, example.path, b"", json.dumps(example.document).encode())
        rows += judged([record], example.as_of)
    assert {row.verdict for row in rows} > {"eligible", "not_eligible", "defer", "out_of_scope"}
    return tuple(rows)


def cells_of(example: Example) -> dict[str, str]:
    """Return an example as a flat row with its own day."""
    return {**flattened(example.document), "as_of": str(example.as_of).replace(" ", "T")}


def as_csv(rows: list[dict[str, str]], delimiter: str) -> bytes:
    """Write rows with every column that one of them has."""
    out = io.StringIO(newline="")
    names = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_profile_flattened_to_a_row_and_read_back_is_judged_alike(delimiter: str) -> None:
    """A row says of a patient what the profile says, for every example."""
    data = as_csv([cells_of(example) for example in PLAIN], delimiter)
    assert tuple(judged(read(data, "csv"), None)) == expected()


def test_parquet_of_texts_and_csv_are_judged_alike() -> None:
    """The same cells in another format are the same patients."""
    rows = [cells_of(example) for example in PLAIN]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.BytesIO()
    pl.DataFrame({name: [row.get(name) for row in rows] for name in names}).write_parquet(out)
    assert tuple(judged(read(out.getvalue(), "parquet"), None)) == expected()


@pytest.mark.parametrize("format_name", ["ndjson", "json"])
def test_lines_and_arrays_are_judged_as_their_files(format_name: str) -> None:
    """An example is the same patient on a line of NDJSON and in an array."""
    documents = [json.dumps(example.document) for example in PLAIN]
    text = "\n".join(documents) if format_name == "ndjson" else f"[{','.join(documents)}]"
    records = read(text.encode(), format_name)
    found = [
        judged([record], example.as_of)[0] for record, example in zip(records, PLAIN, strict=True)
    ]
    assert tuple(found) == expected()


def test_one_bad_record_in_two_changes_no_other() -> None:
    """Between broken records, the others come out as if they stood alone."""
    bad = [b'{"patient": ', b"\0\0", b'{"labs": {"hba1c": NaN}}', b"null", b'{"a": 1}', b"\xff\xfe"]
    good = [json.dumps(example.document).encode() for example in PLAIN]
    lines = [line for pair in zip(good, bad * 9, strict=False) for line in pair]
    records = read(b"\n".join(lines), "ndjson")
    day = date(2026, 3, 15)
    rows = judged(records, day)
    assert [row.verdict == ERROR for row in rows] == [False, True] * len(good)
    alone = judged([replace(record, number=1) for record in records[::2]], day)
    assert rows[::2] == alone


def test_cell_that_cannot_be_read_never_becomes_an_answer() -> None:
    """An unreadable day, unit or number makes an error, never a verdict."""
    row = cells_of(PLAIN[0])
    spoilt = [
        row | {"procedure.date": "16/03/2026"},
        row | {"labs.haemoglobin": "13,6"},
        row | {"as_of": "yesterday"},
        row | {"reviewed": "conditionz"},
    ]
    rows = judged(read(as_csv([row, *spoilt], ","), "csv"), None)
    assert [each.verdict == ERROR for each in rows] == [False, True, True, True, True]
    assert "'16/03/2026' is not a date" in rows[1].errors[0]
