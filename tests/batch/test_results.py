"""Rows as NDJSON and CSV: every value comes back, and no cell is a formula."""

import csv
import json
from collections.abc import Sequence
from io import StringIO

import jsonschema
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.batch.results.csv import HEADER, encode_csv
from backrec_cli.batch.results.lists import QUOTED
from backrec_cli.batch.results.ndjson import encode_ndjson
from backrec_cli.batch.results.schema import results_schema
from backrec_cli.batch.results.table import TABLE, frame_of
from backrec_cli.batch.row import Row
from tests.batch.rows import AWKWARD, DAY, DIGEST, as_document, numbered

# JSON can say what no UTF-8 can: half a surrogate pair. A profile with one is refused when read.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def _ndjson(rows: Sequence[Row]) -> bytes:
    return encode_ndjson(QUOTED.of(frame_of(rows)))


def test_table_has_the_columns_of_a_row_in_their_order() -> None:
    """The order of the columns is part of the format."""
    assert list(TABLE) == [
        "id",
        "verdict",
        "flagged",
        "undecided",
        "pending",
        "missing",
        "rejected",
        "overdue",
        "errors",
        "pack_digest",
        "as_of",
    ]
    assert frame_of(AWKWARD).schema == TABLE


def test_ndjson_gives_every_value_back() -> None:
    """Quotation marks, line ends, nothing at all and lists of any length survive."""
    lines = _ndjson(AWKWARD).split(b"\n")
    assert lines.pop() == b""
    assert [json.loads(line) for line in lines] == [as_document(row) for row in AWKWARD]


def test_ndjson_keys_stand_in_the_order_of_the_columns() -> None:
    """Programs that read by position find the same order everywhere."""
    (line,) = _ndjson(AWKWARD[:1]).splitlines()
    assert list(json.loads(line)) == list(TABLE)


@given(TEXTS, st.lists(TEXTS.filter(lambda text: text and ";" not in text), max_size=3))
def test_ndjson_gives_any_text_back(identifier: str, errors: list[str]) -> None:
    """Whatever a cohort calls its patients, a line is one line and the text the same."""
    row = Row(id=identifier, verdict="error", pack_digest=DIGEST, as_of=DAY, errors=tuple(errors))
    text = _ndjson([row]).decode()
    assert len(text.splitlines()) == 1
    assert json.loads(text) == as_document(row)


def test_rows_fit_the_schema_that_is_emitted() -> None:
    """Each row of NDJSON is what --emit-schema promises, and a column more is not."""
    validator = jsonschema.Draft202012Validator(results_schema())
    for line in _ndjson(AWKWARD).splitlines():
        document = json.loads(line)
        validator.validate(document)
        assert not validator.is_valid({**document, "more": 1})
        assert not validator.is_valid({**document, "verdict": "fine"})


def test_schema_tells_of_every_column_in_every_format() -> None:
    """The list of columns is that of the table, lists as lists in Parquet."""
    columns = results_schema()["x-columns"]
    assert isinstance(columns, list)
    assert [column["name"] for column in columns] == list(TABLE)
    assert columns[2] == {
        "name": "flagged",
        "parquet": "list<string>",
        "csv": "entries joined by ';', an empty cell for none",
    }


def _csv_rows(rows: list[Row] | tuple[Row, ...]) -> list[dict[str, str]]:
    text = (HEADER + encode_csv(frame_of(rows))).decode()
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_csv_gives_every_value_back() -> None:
    """Quotes, commas and line ends in a cell survive a strict reader; nothing is an empty cell."""
    error, defer, odd, undecided = _csv_rows(AWKWARD)
    assert (error["id"], error["as_of"], error["flagged"]) == ("", "", "")
    assert error["errors"] == 'a "b"\\c;d\ne\x01'
    assert (defer["id"], defer["flagged"], defer["as_of"]) == ("RH-1", "dm-1;dm-2", "2026-03-16")
    assert odd["id"] == "Ž\u2028\u202e😀"
    assert (undecided["id"], undecided["pending"]) == ('a;b,"c"\\', "x;y;z")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+4912345", "'+4912345"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        (" =1", "' =1"),
        ('"=1', "'\"=1"),
        ("'=1", "''=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("a;=1", "a;'=1"),
        ("a; @x", "a; '@x"),
        ("RH-1001-3", "RH-1001-3"),
        ("a=b", "a=b"),
        ("00123", "00123"),
    ],
)
def test_csv_cell_is_never_a_formula(text: str, written: str) -> None:
    """A spreadsheet shows an id or an error as text, also where it divides at semicolons."""
    row = Row(id=text, verdict="error", pack_digest=DIGEST, as_of=DAY)
    assert _csv_rows([row])[0]["id"] == written
    if ";" not in text:
        row = Row(id=None, verdict="error", pack_digest=DIGEST, as_of=DAY, errors=(text,))
        assert _csv_rows([row])[0]["errors"] == written


def test_no_row_is_nothing_in_text() -> None:
    """A stretch without rows adds no line, not even an empty one."""
    assert _ndjson([]) == b""
    assert encode_csv(frame_of([])) == b""


def test_many_rows_keep_their_order() -> None:
    """What is put together column by column comes out row by row."""
    lines = _ndjson(numbered(0, 5000)).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f"P{number}" for number in range(5000)]
    assert pl.read_csv(HEADER + encode_csv(frame_of(numbered(0, 5000))))["id"][4999] == "P4999"
