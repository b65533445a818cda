"""Parquet put together from small files: one valid file for every reader."""

from datetime import date
from io import BytesIO
from pathlib import Path

import duckdb
import polars as pl
import pytest

from backrec_cli.batch.results.formats import RESULTS_FORMATS, ResultsWriter
from backrec_cli.batch.results.table import frame_of
from backrec_cli.batch.results.thrift import Field, Listed, Reader, encode_struct
from backrec_cli.batch.row import Row
from tests.batch.rows import AWKWARD, as_document, numbered

PARQUET = RESULTS_FORMATS["parquet"]


def _written(*stretches: list[Row] | tuple[Row, ...]) -> bytes:
    stream = BytesIO()
    writer = ResultsWriter(PARQUET, stream)
    for rows in stretches:
        writer.write(PARQUET.encode(frame_of(rows)))
        assert writer.size == stream.tell()
    writer.finish()
    return stream.getvalue()


STRETCHES = (numbered(0, 7), list(AWKWARD), [], numbered(7, 400), *([row] for row in AWKWARD))
ROWS = [row for stretch in STRETCHES for row in stretch]


def _expected() -> list[dict[str, object]]:
    return [{**as_document(row), "as_of": row.as_of} for row in ROWS]


def test_polars_reads_what_was_joined() -> None:
    """Every value of every row, lists as lists and the day as a date."""
    assert pl.read_parquet(_written(*STRETCHES)).to_dicts() == _expected()


def test_polars_finds_rows_by_their_statistics() -> None:
    """A lazy scan skips row groups by what the footer says of them, and must not skip too many."""
    found = pl.scan_parquet(_written(*STRETCHES)).filter(pl.col("id") == "P250").collect()
    assert found["id"].to_list() == ["P250"]


def test_pyarrow_reads_what_was_joined(tmp_path: Path) -> None:
    """Another implementation agrees, and finds one row group for each stretch that has rows."""
    path = tmp_path / "r.parquet"
    path.write_bytes(_written(*STRETCHES))
    assert pl.read_parquet(path, use_pyarrow=True).to_dicts() == _expected()
    groups = duckdb.execute(
        "select count(distinct row_group_id) from parquet_metadata(?)", [str(path)]
    ).fetchall()
    assert groups == [(len(STRETCHES) - 1,)]


def test_duckdb_reads_what_was_joined(tmp_path: Path) -> None:
    """And a third one, with a filter and a look into the lists."""
    path = tmp_path / "r.parquet"
    path.write_bytes(_written(*STRETCHES))
    query = "select id from read_parquet(?) where list_contains(flagged, 'rule-2') order by id"
    found = duckdb.execute(query, [str(path)]).fetchall()
    expected = sorted(f"P{n}" for n in range(407) if n % 4 == 3)
    assert [identifier for (identifier,) in found] == expected


def test_file_says_which_version_of_the_table_it_holds() -> None:
    """A program can tell what it reads without knowing where it came from."""
    metadata = pl.read_parquet_metadata(BytesIO(_written(AWKWARD)))
    assert metadata["backrec.schema"] == "backrec.batch/1"


def test_file_without_rows_is_still_a_table() -> None:
    """No row gives a file with all columns and no rows."""
    frame = pl.read_parquet(_written([]))
    assert (frame.height, frame.width) == (0, 11)
    assert frame.schema["flagged"] == pl.List(pl.String())
    assert frame.schema["as_of"] == pl.Date()


def test_more_row_groups_than_a_short_length_holds() -> None:
    """Thrift writes lengths from fifteen on in another way."""
    rows = pl.read_parquet(_written(*([row] for row in numbered(0, 40))))
    assert rows["id"].to_list() == [f"P{number}" for number in range(40)]


@pytest.mark.parametrize(
    "number", [0, 1, -1, 63, 64, -64, -65, 2**31, -(2**31), 2**63 - 1, -(2**63)]
)
def test_thrift_numbers_come_back(number: int) -> None:
    """Zigzag and seven bits a byte, at the edges of each length."""
    fields = {1: Field(6, number), 40: Field(5, number), 41: Field(9, Listed(6, [number] * 20))}
    assert Reader(encode_struct(fields)).struct() == fields


def test_thrift_writes_a_footer_back_as_it_was() -> None:
    """The footer of a file of another implementation comes back byte for byte."""
    stream = BytesIO()
    table = pl.DataFrame({"a": [1, None, 3], "b": ["x", "y", None], "c": [date(2026, 1, 1)] * 3})
    table.write_parquet(stream, use_pyarrow=True, pyarrow_options={"write_page_index": True})
    data = stream.getvalue()
    length = int.from_bytes(data[-8:-4], "little")
    footer = data[-8 - length : -8]
    assert encode_struct(Reader(footer).struct()) == footer
    assert Reader(footer).struct()[3].number == 3
