"""Parquet: every row is one record, and a typed cell says what its text would say."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from backrec_cli.batch.cohort import ParquetRows
from backrec_cli.batch.cohort.bounds import HEAD, LARGEST
from backrec_cli.errors import UsageError
from tests.batch.cohort.cohort_bench import (
    COMPRESSIONS,
    chunks,
    opened,
    opened_file,
    records,
    refusal,
)


def written(frame: pl.DataFrame) -> bytes:
    """Return a frame as a Parquet file."""
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def one(name: str, values: pl.Series) -> list[object]:
    """Return what a column's cells come to: the document, or the problem with it."""
    found = records(opened(written(pl.DataFrame({name: values})), "parquet"))
    return [json.loads(r.document) if r.document is not None else r.problem for r in found]


MORNING = datetime(2026, 3, 16, 8, 30, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("patient.id", pl.Series(["00123", None, ""]), ["00123", None, None]),
        ("patient.id", pl.Series([123, None], dtype=pl.Int64), ["123", None]),
        ("labs.inr", pl.Series([1.5, 10.0, 1e-7, None]), [1.5, 10.0, 1e-7, None]),
        ("labs.inr", pl.Series([0.1, 1.7], dtype=pl.Float32), [0.1, 1.7]),
        ("labs.inr", pl.Series([Decimal("1.50")]), [1.50]),
        ("labs.inr", pl.Series(["1.5", "unknown"]), [1.5, "unknown"]),
        ("conditions.ckd_stage", pl.Series([3, None], dtype=pl.UInt8), [3, None]),
        ("conditions.epilepsy", pl.Series([True, False, None]), [True, False, None]),
        ("conditions.diabetes", pl.Series(["type2"], dtype=pl.Categorical), ["type2"]),
        ("conditions.diabetes", pl.Series([2]), ["2"]),
        ("conditions.mi", pl.Series([True, False]), [True, False]),
        ("conditions.mi", pl.Series([date(2026, 3, 2)]), ["2026-03-02"]),
        ("procedure.date", pl.Series([date(2026, 3, 16), None]), ["2026-03-16", None]),
        ("procedure.date", pl.Series([MORNING]), ["2026-03-16T08:30:00"]),
        (
            "procedure.date",
            pl.Series([MORNING.replace(microsecond=5), MORNING.replace(hour=0, minute=0), None]),
            ["2026-03-16T08:30:00.000005", "2026-03-16", None],
        ),
        (
            "procedure.date",
            pl.Series([MORNING]).dt.cast_time_unit("ns").dt.replace_time_zone("Europe/Berlin"),
            ["2026-03-16T08:30:00+01:00"],
        ),
        (
            "procedure.technique",
            pl.Series([["skin_graft", "spinal_fusion"], [], None]),
            [["skin_graft", "spinal_fusion"], [], None],
        ),
        ("conditions.epilepsy", pl.Series([None, None]), [None, None]),
    ],
)
def test_typed_cell_is_read_as_its_text(
    name: str, values: pl.Series, expected: list[object]
) -> None:
    """A number keeps its digits, a date is a day, null is not mentioned."""
    section, _, fact = name.partition(".")
    assert one(name, values) == [
        {} if each is None else {section: {fact: each}} for each in expected
    ]


def test_number_has_the_fewest_digits_that_mean_it() -> None:
    """What was 0.1 in single precision stays 0.1, and 10.0 stays 10.0."""
    frame = pl.DataFrame(
        {"labs.inr": pl.Series([0.1, 10.0, 123456.7], dtype=pl.Float32), "vitals.bmi": [0.1, 3, 4]}
    )
    found = records(opened(written(frame), "parquet"))
    assert [record.document for record in found] == [
        b'{"labs": {"inr": 0.1}, "vitals": {"bmi": 0.1}}',
        b'{"labs": {"inr": 10.0}, "vitals": {"bmi": 3.0}}',
        b'{"labs": {"inr": 123456.7}, "vitals": {"bmi": 4.0}}',
    ]


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("labs.inr", pl.Series([float("nan")]), "'NaN' is not a number; leave the cell empty"),
        ("labs.inr", pl.Series([float("-inf")]), "'-inf' is not a number; leave the cell empty"),
        ("procedure.technique", pl.Series([["a", None]]), "is not a list of choices"),
        ("procedure.date", pl.Series([date(9999, 1, 1)]), "is not a date"),
        ("procedure.date", pl.Series(["03/04/1961"]), "is not a date; write 2026-03-16"),
    ],
)
def test_cell_that_means_nothing_is_the_problem_of_its_record(
    name: str, values: pl.Series, said: str
) -> None:
    """NaN is not zero, and a list with a hole is not a shorter list."""
    (found,) = one(name, values)
    assert said in str(found)


def test_structs_are_the_objects_of_a_profile() -> None:
    """A nested file is read like a flat one."""
    frame = pl.DataFrame(
        {
            "patient": [{"id": "A"}, {"id": "B"}],
            "labs": [
                {"measured_on": date(2026, 3, 1), "hba1c": {"value": 64.0, "unit": "mmol/mol"}},
                {"measured_on": None, "hba1c": None},
            ],
            "medications": [{"apixaban": {"last_dose_on": "2026-03-13"}}] * 2,
            "as_of": [date(2026, 3, 2), None],
        }
    )
    found = records(opened(written(frame), "parquet"))
    assert [record.as_of for record in found] == ["2026-03-02", None]
    assert [json.loads(record.document or b"") for record in found] == [
        {
            "patient": {"id": "A"},
            "labs": {"measured_on": "2026-03-01", "hba1c": {"value": 64, "unit": "mmol/mol"}},
            "medications": {"apixaban": {"last_dose_on": "2026-03-13"}},
        },
        {"patient": {"id": "B"}, "medications": {"apixaban": {"last_dose_on": "2026-03-13"}}},
    ]


@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_rows_are_the_same_from_a_file_and_from_a_pipe(tmp_path: Path, suffix: str) -> None:
    """Place, record and order do not depend on how the rows come, nor on the chunks."""
    frame = pl.DataFrame({"patient.id": [f"{n:03}" for n in range(50)]})
    path = tmp_path / f"c[1]*.parquet{suffix}"
    path.write_bytes(COMPRESSIONS[suffix](written(frame)))
    for size in (None, 1, 7, 50):
        for cohort in (opened_file(path, size), opened(path.read_bytes(), None, size)):
            found = records(cohort)
            assert cohort.size == 50
            assert [record.place for record in found] == [
                f"{cohort.name} row {n}" for n in range(1, 51)
            ]
            assert [record.raw for record in found] == [
                b'{"patient.id": "%03d"}' % n for n in range(50)
            ]


def test_chunk_of_a_file_carries_its_place_and_types(tmp_path: Path) -> None:
    """What is sent to a worker stays small; the worker gets the columns with their types."""
    path = tmp_path / "c.parquet"
    path.write_bytes(written(pl.DataFrame({"labs.inr": [1.5] * 10, "patient": [{"id": "A"}] * 10})))
    (first, second) = chunks(opened_file(path, 6))
    assert isinstance(first, ParquetRows)
    assert (first.extent, second.extent, first.held) == (6, 4, None)
    assert first.frame().schema == {"labs.inr": pl.Float64, "patient.id": pl.String}


def test_record_too_large_is_refused() -> None:
    """One huge cell costs its row."""
    frame = pl.DataFrame({"patient.id": ["A", "x" * LARGEST, "B"]})
    found = records(opened(written(frame), "parquet"))
    assert [(len(r.raw), r.document is None) for r in found] == [
        (19, False),
        (HEAD, True),
        (19, False),
    ]


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (
            {"labs.hba1": ["1"]},
            "'<stdin>' has no header: the first row is 'labs.hba1'",
        ),
        (
            {"patient.id": ["1"], "labs.hba1": ["1"]},
            "'<stdin>': unknown column 'labs.hba1'; did you mean 'labs.hba1c'?",
        ),
        ({"patient.id": ["1"], "patient": [{"id": "1"}]}, "'patient.id' stands there 2 times"),
        (
            {"conditions.epilepsy": [1]},
            "'<stdin>': column 'conditions.epilepsy' is Int64; write it as Boolean, or as text",
        ),
        ({"patient.id": [1.0]}, "column 'patient.id' is Float64; write it as text"),
        ({"labs.inr": [True]}, "column 'labs.inr' is Boolean; write it as a number, or as text"),
        ({"labs.inr": [[1.0]]}, "column 'labs.inr' is List(Float64); write it as a number"),
        ({"labs.hba1c.unit": [1]}, "column 'labs.hba1c.unit' is Int64; write it as text"),
        ({"as_of": [1]}, "column 'as_of' is Int64; write it as Date, Datetime or text"),
        ({"overrides": [[{"rule": "r"}]]}, "; write it as text"),
        ({"patient.id": [b"1"]}, "column 'patient.id' is Binary; write it as text"),
    ],
)
def test_schema_that_cannot_be_meant_is_refused_at_once(
    frame: dict[str, list[object]], said: str
) -> None:
    """A column of the wrong type is wrong in every row."""
    with pytest.raises(UsageError) as caught:
        opened(written(pl.DataFrame(frame)), "parquet")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "'<stdin>' is not Parquet; give --input-format with what it is"),
        (b"patient.id\nA\n", "'<stdin>' is not Parquet; give --input-format with what it is"),
        (
            b"PAR1" + b"x" * 100,
            "cannot read '<stdin>': its Parquet data is damaged or cut off; write it again",
        ),
    ],
)
def test_what_is_no_parquet_is_refused(data: bytes, said: str) -> None:
    """What is wrong with the whole input is said at once."""
    assert refusal(lambda: opened(data, "parquet")) == said


def test_damaged_file_gives_rows_or_one_refusal(tmp_path: Path) -> None:
    """Wherever a byte is wrong, there is no traceback, and no row is missing."""
    whole = written(
        pl.DataFrame({"patient.id": [f"{n}" for n in range(40)], "labs.inr": [1.5] * 40})
    )
    path = tmp_path / "c.parquet"
    refused = 0
    for place in range(4, len(whole), 11):
        broken = bytearray(whole)
        broken[place] ^= 1 << place % 8
        path.write_bytes(broken)
        try:
            assert len(records(opened_file(path))) == 40
        except UsageError:
            refused += 1
    assert refused > 10
    path.write_bytes(whole[:-20])
    assert "damaged or cut off" in refusal(lambda: opened_file(path))


def test_file_without_rows_is_a_cohort_without_records() -> None:
    """An empty list is a list."""
    empty = pl.DataFrame({"patient.id": []}, schema={"patient.id": pl.String})
    assert records(opened(written(empty), "parquet")) == []
