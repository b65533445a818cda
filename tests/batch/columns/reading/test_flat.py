"""Flat records read by columns say what they say one by one, or are left to the reference."""

import io
import math
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.batch.chunk import Cohort
from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.columns.reading.moments import ALL_COUNT, Times
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.dates import parse_date
from tests.batch.columns.reading.flat_written import table
from tests.batch.columns.reading.likeness import days, rows_are_alike
from tests.batch.columns.reading.likeness import read as read_one
from tests.shipped import pack
from tests.unit.profile_bench import dictionary


@cache
def small() -> ColumnReader:
    """Return a reader of the small dictionary; it remembers values from test to test."""
    return ColumnReader(dictionary())


@cache
def shipped() -> ColumnReader:
    """Return a reader of the shipped dictionary."""
    return ColumnReader(pack().dictionary)


def left_over(
    cohort: Cohort, reader: ColumnReader, facts: FactDictionary, times: Times = ALL_COUNT
) -> list[bool]:
    """Hold every row against its record; return of each row whether it is left over."""
    left: list[bool] = []
    for chunk in cohort.chunks():
        records = list(chunk.records())
        found = reader.read(chunk)
        if found is None:
            left += [True] * len(records)
            continue
        documents = [record.document for record in records]
        profiles = [None if each is None else read_one(each, facts) for each in documents]
        rows_are_alike(found, profiles, facts, times)
        for number, record in enumerate(records):
            own = math.nan if found.as_of is None else found.as_of[number]
            if number not in found.reference:
                day = None if record.as_of is None else parse_date(record.as_of)
                assert (day is None) is (record.as_of is None)
                assert own == days(day) or (day is None and math.isnan(own))
            left.append(number in found.reference)
    return left


def csv(data: bytes, facts: FactDictionary) -> Cohort:
    """Open CSV bytes."""
    return open_cohort("-", format_name="csv", dictionary=facts, stdin=io.BytesIO(data))


def as_csv(names: list[str], rows: list[list[str]], random: Random) -> bytes:
    """Write a table as CSV, now and then with quotes, or otherwise than it should be."""
    lines = [",".join(names)]
    for row in rows:
        quote = random.random() < 0.2
        cells = [f'"{cell}"' if quote and random.random() < 0.3 else cell for cell in row]
        slip = random.random()
        if slip < 0.03:
            cells.append("x")
        elif slip < 0.06:
            cells.pop()
        elif slip < 0.08:
            cells[3] = '"' + cells[3]
        elif slip < 0.1:
            cells[3] = f'"{cells[3]}\n"'
        elif slip < 0.12:
            cells[3] = f'x"{cells[3]}'
        lines.append(",".join(cells))
    data = random.choice(("\n", "\n", "\r\n")).join(lines).encode()
    if random.random() < 0.2:
        place = data.index(b"\n") + 1 + random.randrange(len(data) - data.index(b"\n") - 1)
        data = data[:place] + random.choice((b"\xff", b"\0", b"\n\n", b'"')) + data[place:]
    return data


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_csv_rows_say_what_the_reference_reads_or_are_left_to_it(seed: int, tidy: bool) -> None:  # noqa: FBT001 - drawn.
    """Right and wrong cells, ragged rows, stray quotes: no row says anything of its own."""
    names, rows = table(dictionary(), seed, 30)
    random = Random(seed)  # noqa: S311 - patients for tests.
    data = as_csv(names, rows, random)
    if tidy:
        data = "\n".join(",".join(row) for row in (names, *rows)).encode()
    left_over(csv(data, dictionary()), small(), dictionary())


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_csv_of_the_shipped_facts_says_what_the_reference_reads(seed: int) -> None:
    """The law holds for every fact that ships."""
    facts = pack().dictionary
    names, rows = table(facts, seed, 20)
    data = "\n".join(",".join(row) for row in (names, *rows)).encode()
    left_over(csv(data, facts), shipped(), facts)


def test_most_flat_rows_without_a_slip_are_read_by_columns() -> None:
    """A reader that leaves everything to the reference keeps every law and is of no use."""
    left: list[bool] = []
    for seed in range(10):
        names, rows = table(dictionary(), seed, 40)
        data = "\n".join(",".join(row) for row in (names, *rows)).encode()
        left += left_over(csv(data, dictionary()), small(), dictionary())
    assert sum(left) < len(left) * 0.7


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_parquet_rows_of_text_say_what_the_reference_reads(seed: int) -> None:
    """The same cells as text columns of a Parquet file."""
    names, rows = table(dictionary(), seed, 30)
    columns = {
        name: [cell or None for cell in cells]
        for name, cells in zip(names, zip(*rows, strict=True), strict=True)
    }
    in_parquet(pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))


def in_parquet(frame: pl.DataFrame) -> list[bool]:
    """Write a frame and hold what is read of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.parquet"
        frame.write_parquet(path)
        return left_over(open_cohort(str(path), dictionary=dictionary()), small(), dictionary())


def test_typed_parquet_columns_say_what_the_reference_reads() -> None:
    """Numbers, flags, days, moments and lists; what is no number is left to the reference."""
    frame = pl.DataFrame(
        {
            "patient.id": ["1", None, "3", "4"],
            "labs.inr": [1.2, float("nan"), None, 1.1 + 2.2],
            "labs.hba1c [%]": [7.5, 8.0, None, 200.0],
            "conditions.ckd_stage": [3, 9, None, 1],
            "conditions.epilepsy": [True, False, None, True],
            "procedure.technique": [["spinal_fusion"], [], None, ["spinal_fusion", "skin_graft"]],
        }
    ).with_columns(
        pl.Series("procedure.date", ["2026-03-16"] * 4).str.to_date(),
        pl.Series("labs.measured_on", ["2026-03-16T00:00"] * 3 + [None]).str.to_datetime(),
        pl.Series("conditions.mi.on", [None, None, "2026-03-01T10:00", None]).str.to_datetime(),
    )
    assert in_parquet(frame) == [False, True, True, True]


NUMBERS = st.one_of(
    st.none(),
    st.floats(width=64),
    st.floats(0, 400).map(lambda number: round(number, 2)),
    st.sampled_from([-0.0, 0.1 + 0.2, 1e15, 1e22, 123456.123456789, 5e-324]),
)
WHOLE = st.one_of(st.none(), st.integers(0, 130), st.integers(-(2**63), 2**63 - 1))
FLAGS = st.one_of(st.none(), st.booleans())
DAYS = st.one_of(st.none(), st.sampled_from(["2026-03-16", "2026-03-16T08:00", "unknown", "soon"]))
TYPED = {
    "labs.inr": (pl.Float64, NUMBERS),
    "labs.inr.measured_on": (pl.String, DAYS),
    "labs.hba1c [%]": (pl.Float64, NUMBERS),
    "labs.glucose": (pl.Float64, NUMBERS),
    "vitals.weight [kg]": (pl.Int64, WHOLE),
    "vitals.weight.measured_on": (pl.String, DAYS),
    "patient.age": (pl.Int64, WHOLE),
    "conditions.ckd_stage": (pl.Float64, NUMBERS),
    "conditions.epilepsy": (pl.Boolean, FLAGS),
    "conditions.mi": (pl.Boolean, FLAGS),
    "medications.warfarin": (pl.Boolean, FLAGS),
}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_typed_cells_say_what_their_texts_say(data: st.DataObject) -> None:
    """What is not written out to be read again says the same as if it were."""
    height = data.draw(st.integers(1, 20))
    names = data.draw(st.lists(st.sampled_from(sorted(TYPED)), unique=True, min_size=1))
    in_parquet(
        pl.DataFrame(
            [
                pl.Series(
                    name,
                    data.draw(st.lists(TYPED[name][1], min_size=height, max_size=height)),
                    dtype=TYPED[name][0],
                )
                for name in names
            ]
        )
    )


PLAIN = ("", "1", "1.25", "0", "-0", "0.5", "63", "100.0", "12")
WHOLE_ONES = ("", "1", "0", "-0", "63", "3.0")
ODDLY = (
    *("007", "-01", "+5", ".5", "-.5", "5.", " 8", "8 ", "1e3", "1E-3", "00", "NaN", "inf"),
    *("7.0000000000000001", "123456789012345678", "1_0", "0x1", "unknown", "yes", "\t3"),
)
COLUMNS = ("patient.id", "labs.inr", "patient.age", "labs.hba1c [%]", "conditions.epilepsy")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_plain_numbers_of_csv_say_what_their_texts_say(data: st.DataObject) -> None:
    """A reader that has seen nothing but plain cells takes no odd one for plain."""
    reader = ColumnReader(dictionary())
    plain, whole = st.sampled_from(PLAIN), st.sampled_from(WHOLE_ONES)
    cells = st.tuples(st.just("0012"), plain, whole, plain, st.sampled_from(["", "true", "false"]))
    for odd in (False, True, False):
        rows = [[*row] for row in data.draw(st.lists(cells, min_size=6, max_size=6))]
        if odd:
            row, column = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 4))
            rows[row][column] = data.draw(st.sampled_from(ODDLY))
        text = "\n".join(",".join(row) for row in (COLUMNS, *rows)).encode()
        left = left_over(csv(text, dictionary()), reader, dictionary())
        assert not any(left) or odd


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_blank_lines_of_csv_are_no_rows(line_end: str) -> None:
    """Every row keeps its place where lines without anything stand between them."""
    lines = ["patient.id,labs.inr", "", "1,1.1", "", " ", "2,1.2", ""]
    data = line_end.join(lines).encode()
    assert left_over(csv(data, dictionary()), small(), dictionary()) == [False, False]


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        (["1,1.1,true", "2,1.2"], [False, True]),
        (["1,1.1,true", "2,1.2,true,x"], [False, True]),
        (["1,1.1,true,x", "2,1.2", "3,1.3,true"], [True, True, False]),
        (['1,"1.1",true', '2,1.2,"true', "3,1.3,no"], [False, True, False]),
        (["1,1.1,true", "2\0,1.2,true"], [False, True]),
        ([",,", "1,1.1,"], [False, False]),
    ],
)
def test_ragged_rows_are_left_to_the_reference_and_shift_no_other(
    rows: list[str], left: list[bool]
) -> None:
    """A cell too many in one row does not make up for one too few in another."""
    data = "\n".join(("patient.id,labs.inr,conditions.epilepsy", *rows)).encode()
    assert left_over(csv(data, dictionary()), small(), dictionary()) == left
