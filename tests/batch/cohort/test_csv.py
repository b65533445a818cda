"""CSV: every row that is not blank is one record, and every cell is read by its fact's type."""

import codecs
import contextlib
import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.batch.cohort import CsvRows
from backrec_cli.batch.cohort.bounds import HEAD, LARGEST
from backrec_cli.errors import UsageError
from tests.batch.cohort.cohort_bench import (
    COMPRESSIONS,
    chunks,
    lines_of,
    opened,
    opened_file,
    records,
    refusal,
)

QUOTES = 'a quoted cell does not end; write a quote inside it twice ("")'


def one(header: str, row: str) -> str:
    """Return the document of a row, or the problem with it."""
    ((_, said),) = lines_of(opened(f"{header}\n{row}\n".encode(), "csv"))
    return said.decode() if isinstance(said, bytes) else str(said)


@pytest.mark.parametrize(
    ("header", "cell", "document"),
    [
        ("patient.id", "00123", {"patient": {"id": "00123"}}),
        ("patient.id", " 00123 ", {"patient": {"id": "00123"}}),
        ("patient.name", '"Zoë, ""Z"""', {"patient": {"name": 'Zoë, "Z"'}}),
        ("patient.name", 'Z"oe', {"patient": {"name": 'Z"oe'}}),
        ("patient.birth_date", "1961-04-03", {"patient": {"birth_date": "1961-04-03"}}),
        (
            "procedure.date",
            "2026-03-16T08:30+01:00",
            {"procedure": {"date": "2026-03-16T08:30+01:00"}},
        ),
        ("labs.hba1c [mmol/mol]", "64", {"labs": {"hba1c": {"value": 64, "unit": "mmol/mol"}}}),
        ("labs.hba1c[%]", "unknown", {"labs": {"hba1c": "unknown"}}),
        ("labs.hba1c", "64", {"labs": {"hba1c": 64}}),
        ("conditions.epilepsy", "TRUE", {"conditions": {"epilepsy": True}}),
        ("conditions.epilepsy", "yes", {"conditions": {"epilepsy": True}}),
        ("conditions.epilepsy", "No", {"conditions": {"epilepsy": False}}),
        ("conditions.epilepsy", "false", {"conditions": {"epilepsy": False}}),
        ("conditions.epilepsy", "unknown", {"conditions": {"epilepsy": "unknown"}}),
        ("conditions.epilepsy", "", {}),
        ("conditions.epilepsy", '"  "', {}),
        ("conditions.diabetes", "type2", {"conditions": {"diabetes": "type2"}}),
        ("conditions.diabetes", "1", {"conditions": {"diabetes": "1"}}),
        ("conditions.ckd_stage", "3", {"conditions": {"ckd_stage": 3}}),
        ("conditions.mi", "no", {"conditions": {"mi": False}}),
        ("conditions.mi", "2026-03-02", {"conditions": {"mi": "2026-03-02"}}),
        ("conditions.mi.on", "2026-03-02", {"conditions": {"mi": {"on": "2026-03-02"}}}),
        ("medications.apixaban", "true", {"medications": {"apixaban": True}}),
        (
            "medications.apixaban.last_dose_on",
            "2026-03-13",
            {"medications": {"apixaban": {"last_dose_on": "2026-03-13"}}},
        ),
        (
            "procedure.technique",
            "skin_graft; spinal_fusion",
            {"procedure": {"technique": ["skin_graft", "spinal_fusion"]}},
        ),
        ("procedure.technique", "[]", {"procedure": {"technique": []}}),
        ("labs.measured_on", "2026-03-01", {"labs": {"measured_on": "2026-03-01"}}),
        ("reviewed", "conditions; labs", {"reviewed": ["conditions", "labs"]}),
        (
            "reviewed",
            "conditions;labs=2026-03-01",
            {"reviewed": {"conditions": {}, "labs": {"on": "2026-03-01"}}},
        ),
        ("overrides", '"[{""rule"": ""r""}]"', {"overrides": [{"rule": "r"}]}),
    ],
)
def test_cell_is_read_by_the_type_of_its_fact(
    header: str, cell: str, document: dict[str, object]
) -> None:
    """What a cell says stands in the profile as a profile would say it."""
    assert json.loads(one(f"{header},prep.hair", f"{cell},")) == document


@pytest.mark.parametrize(
    "number", ["0", "-3.5", "10.0", "1e3", "1E-2", "0.10", "12345678901234567890.5", "1e400"]
)
def test_number_keeps_its_digits(number: str) -> None:
    """What was written is what will be shown; whether it is possible is judged later."""
    assert one("labs.inr", number) == f'{{"labs": {{"inr": {number}}}}}'


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        ("patient.birth_date", "03/04/1961", "is not a date; write 2026-03-16"),
        ("patient.birth_date", "2026-02-30", "is not a date"),
        ("labs.inr.measured_on", "1.3.2026", "is not a date"),
        ("labs.measured_on", "20260301", "is not a date"),
        ("labs.inr", '"1,5"', "'1,5' is not a number; write it like 12, -3.5 or 1e3"),
        ("labs.inr", "0x1", "is not a number; write it like"),
        ("labs.inr", "NaN", "is not a number; leave the cell empty, or write unknown"),
        ("labs.inr", "-Infinity", "leave the cell empty"),
        ("labs.inr", "007", "is not a number"),
        ("labs.inr", "+5", "is not a number"),
        ("labs.inr", ".5", "is not a number"),
        ("labs.inr", "١", "is not a number"),
        ("labs.hba1c", "64 mmol/mol", "is not a number"),
        ("conditions.epilepsy", "1", "'1' is not yes or no; write true, false, yes, no or unknown"),
        ("conditions.epilepsy", "Y", "is not yes or no"),
        ("conditions.epilepsy", "Unknown", "is not yes or no"),
        ("conditions.mi", "maybe", "is not yes, no or a date"),
        ("medications.apixaban", "2026-03-13", "a date under .last_dose_on"),
        ("procedure.technique", "a;;b", "is not a list of choices"),
        ("reviewed", "labs;", "is not a list of sections"),
        ("reviewed", "labs=3/4/2026", "is not a date"),
        ("overrides", "none", "is not JSON"),
        ("overrides", '"{""a"": 1}"', "is not a JSON array; write an array of objects"),
        ("overrides", '"[]}, {"', "is not JSON"),
        ("conditions.epilepsy", '"\x1b[31m\u202e"', "'\\x1b[31m\\u202e' is not yes or no"),
    ],
)
def test_cell_that_cannot_be_read_is_the_problem_of_its_record(
    header: str, cell: str, said: str
) -> None:
    """Nothing is guessed; the column, the text and the accepted form are named."""
    found = one(f"{header},prep.hair", f"{cell},")
    assert found.startswith(f"column '{header}': ")
    assert said in found


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("labs.hba1c,labs.hba1c [%]", "64,8.0", "'labs.hba1c' is given twice in this row"),
        ("labs.hba1c [%],labs.hba1c.unit", "8.0,%", "the unit is given twice"),
        ("labs.hba1c,labs.hba1c.unit", ",%", "'labs.hba1c' has a unit and no value"),
        ("labs.inr,labs.inr.measured_on", ",2026-01-01", "'labs.inr' has a date and no value"),
        ("conditions.mi,conditions.mi.on", "2026-01-01,2026-01-01", "has its date given twice"),
        ("labs.inr,prep.hair", "1", "1 cell under 2 columns"),
        ("labs.inr,prep.hair", "1,2,3", "3 cells under 2 columns"),
        ("labs.inr,prep.hair", "1,\0", "the row holds a null character"),
        ("labs.inr,prep.hair", '1,"', QUOTES),
        ("labs.inr,prep.hair", '1,"none"x', QUOTES),
    ],
)
def test_row_that_says_two_things_or_half_a_thing_is_refused(
    header: str, row: str, said: str
) -> None:
    """Two values, a unit of nothing, a cell too many: the record is refused, and says why."""
    assert said in one(header, row)


def test_all_reasons_of_a_row_are_given_up_to_a_few() -> None:
    """One look is enough to mend a row."""
    names = "labs.inr,labs.hba1c,labs.glucose,vitals.weight,vitals.height,vitals.bmi"
    said = one(names, "a,b,c,d,e,f").split(" / ")
    assert [part.partition(":")[0] for part in said] == [
        *(f"column '{name}'" for name in names.split(",")[:5]),
        "and 1 more",
    ]


def test_two_units_may_have_a_column_each() -> None:
    """A cohort from two laboratories fills one of the columns in each row."""
    data = b"labs.hba1c [%],labs.hba1c [mmol/mol]\n8.0,\n,64\n"
    assert [r.document for r in records(opened(data, "csv"))] == [
        b'{"labs": {"hba1c": {"value": 8.0, "unit": "%"}}}',
        b'{"labs": {"hba1c": {"value": 64, "unit": "mmol/mol"}}}',
    ]


def test_row_may_have_a_day_of_its_own() -> None:
    """The column `as_of` is no part of the profile; what it says is judged where it is used."""
    data = b"as_of,prep.hair\n2026-03-01,none\n,none\n1/2/26,none\n"
    found = records(opened(data, "csv"))
    assert [record.as_of for record in found] == ["2026-03-01", None, "1/2/26"]
    assert {record.document for record in found} == {b'{"prep": {"hair": "none"}}'}


LAYOUTS = {
    "plain": b"patient.id,prep.hair\nA,none\nB,none\n",
    "no last line end": b"patient.id,prep.hair\nA,none\nB,none",
    "CRLF": b"patient.id,prep.hair\r\nA,none\r\nB,none\r\n",
    "CR": b"patient.id,prep.hair\rA,none\rB,none\r",
    "BOM": codecs.BOM_UTF8 + b"patient.id,prep.hair\nA,none\nB,none\n",
    "UTF-16": "patient.id,prep.hair\nA,none\nB,none\n".encode("utf-16"),
    "semicolons": b"patient.id;prep.hair\nA;none\nB;none\n",
    "tabs": b"patient.id\tprep.hair\nA\tnone\nB\tnone\n",
    "quotes": b'"patient.id","prep.hair"\n"A","none"\n"B",none\n',
    "quotes, CRLF": b'"patient.id";"prep.hair"\r\n"A";"none"\r\n"B";"none"\r\n',
    "space": b" patient.id , prep.hair\nA , none\n B,none\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_layout_of_the_text_makes_no_difference(tmp_path: Path, layout: str, suffix: str) -> None:
    """Line ends, encodings, delimiters and quotes are how it is written, not what it says."""
    path = tmp_path / f"c.csv{suffix}"
    path.write_bytes(COMPRESSIONS[suffix](LAYOUTS[layout]))
    for size in (None, 1, 9):
        told, guessed = (
            opened(path.read_bytes(), "csv", size),
            opened(path.read_bytes(), None, size),
        )
        for cohort in (opened_file(path, size), told, guessed):
            assert list(lines_of(cohort)) == [
                (f"{cohort.name}:2", b'{"patient": {"id": "A"}, "prep": {"hair": "none"}}'),
                (f"{cohort.name}:3", b'{"patient": {"id": "B"}, "prep": {"hair": "none"}}'),
            ]


def test_header_without_rows_is_a_cohort_without_records() -> None:
    """A theatre list may be empty."""
    assert records(opened(b"patient.id\n\n", "csv")) == []


def test_blank_lines_are_passed_over_and_lines_are_counted() -> None:
    """Places are lines of the file, also behind blank lines and cells of several lines."""
    data = b'\n\npatient.id,patient.name\n\nA,"x\ny"\n \r\n"B",z\nC,z\n'
    for size in (None, 1):
        assert [(r.place, r.raw) for r in records(opened(data, "csv", size))] == [
            ("<stdin>:5", b'A,"x\ny"'),
            ("<stdin>:8", b'"B",z'),
            ("<stdin>:9", b"C,z"),
        ]


@pytest.mark.parametrize("size", [None, 1, 30])
@pytest.mark.parametrize("broken", [b'1,"b', b'1,"b"c', b'1,"b" ', b'"1,b'])
def test_stray_quote_costs_its_own_line_only(broken: bytes, size: int | None) -> None:
    """Whether it is closed by chance or never, the rows behind it are read."""
    for behind in (b"2,c\n3,d\n", b'2,"c"\n3,"d"\n'):
        data = b"patient.id,prep.hair\n" + broken + b"\n" + behind
        found = records(opened(data, "csv", size))
        assert [record.problem for record in found] == [QUOTES, None, None]
        assert found[0].raw == broken


@pytest.mark.parametrize("size", [None, 100_000, 5_000_000])
def test_quote_that_is_never_closed_does_not_swallow_the_file(size: int | None) -> None:
    """The line with the quote is refused, all of 20 000 others are records."""
    data = b'patient.id,prep.hair\n0,"none\n' + (b"1" * 60 + b",none\n") * 20_000
    assert len(data) > LARGEST
    found = records(opened(data, "csv", size))
    assert len(found) == 20_001
    assert [record.place for record in found if record.problem] == ["<stdin>:2"]


@pytest.mark.parametrize("size", [None, 100_000, 5_000_000])
def test_row_larger_than_any_record_is_refused(size: int | None) -> None:
    """One huge cell, quoted or not, costs its line; of a quoted one the lines are tried."""
    huge = b"x" * (LARGEST + 1)
    data = b"patient.id,patient.name\n1," + huge + b'\n2,"' + huge + b'"\n3,a\n'
    data += b'4,"' + (b"y" * 500_000 + b"\n") * 3 + b'"\n5,b\n'
    found = records(opened(data, "csv", size))
    assert [(r.place.partition(":")[2], r.document is None, len(r.raw)) for r in found] == [
        ("2", True, HEAD),
        ("3", True, HEAD),
        ("4", False, 3),
        ("5", True, 500_003),
        ("6", True, 500_000),
        ("7", True, 500_000),
        ("8", True, 1),
        ("9", False, 3),
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (b"", "'<stdin>' is empty; give an input with at least one record"),
        (b"\n \n", "'<stdin>' is empty; give an input with at least one record"),
        (b"A,64\nB,65\n", "'<stdin>' has no header: the first row is 'A, 64'; write the names"),
        (
            b"patient.id,labs.hba1\n",
            "<stdin>:1: unknown column 'labs.hba1'; did you mean 'labs.hba1c'?",
        ),
        (
            b"\npatient.id,labs.inr,patient.id\n",
            "<stdin>:2: column 'patient.id' stands there 2 times; keep one",
        ),
        (b"patient.id,,\n", "<stdin>:1: column 2 has no name; name it or remove it; column 3 has"),
        (
            b"labs.inr [%],patient.id\n",
            "<stdin>:1: unknown column 'labs.inr [%]': 'labs.inr' has no unit; did you mean",
        ),
        (
            b"conditions.mi.measured_on,patient.id\n",
            "unknown column 'conditions.mi.measured_on'; did you mean 'conditions.mi.on'?",
        ),
        (
            b"patient.id.unit,patient.id\n",
            "unknown column 'patient.id.unit'; did you mean 'patient.id'?",
        ),
        (b"reviwed,patient.id\n", "unknown column 'reviwed'; did you mean 'reviewed'?"),
        (b"patient.id,na\xefve\n", "<stdin>:1: byte 14 is not UTF-8; save the file as UTF-8"),
        (b'"patient.id\nA\n', "<stdin>:1: the first row is no header"),
        (b"patient.id," * 200_000, "<stdin>:1: the first row is no header"),
        (b"PK\x03\x04", "'<stdin>' is a zip archive or an Excel workbook; save the sheet"),
    ],
)
def test_header_that_cannot_be_meant_is_refused_at_once(header: bytes, said: str) -> None:
    """A column that means nothing would be data that is not read: nothing is given out."""
    with pytest.raises(UsageError) as caught:
        opened(header, "csv")
    assert said in str(caught.value)


def test_many_wrong_columns_are_counted() -> None:
    """Another file altogether does not fill the screen."""
    header = ",".join(["patient.id", *(f"x{n}" for n in range(500))])
    said = refusal(lambda: opened(header.encode(), "csv"))
    assert said.endswith("; and 495 more")
    assert len(said) < 600


def test_chunk_gives_its_rows_as_they_are_written(tmp_path: Path) -> None:
    """The raw rows of all chunks make up the file behind its header."""
    path = tmp_path / "c.csv"
    rows = b'A,"1\n2"\r\n\nB,x\n' * 200
    path.write_bytes(codecs.BOM_UTF8 + b"patient.id,patient.name\n" + rows)
    cohort = opened_file(path, 500)
    found = [chunk for chunk in chunks(cohort) if isinstance(chunk, CsvRows)]
    assert len(found) > 3
    assert b"".join(chunk.lines() for chunk in found) == rows
    assert {chunk.header for chunk in found} == {("patient.id", "patient.name")}
    assert sum(chunk.count for chunk in found) == 400
    assert sum(chunk.extent for chunk in found) == cohort.size


_BITS = st.sampled_from(
    [b",", b"\n", b'"', b'""', b"\r\n", b"a", b"1", b"none", b"\xff", b"\0", b" ", b"A,none\n"]
)
DIRTY = st.lists(_BITS, max_size=30).map(b"".join)


@given(DIRTY, st.integers(1, 40))
def test_however_the_text_is_cut_the_records_are_the_same(body: bytes, size: int) -> None:
    """Any rows, sound or not, give the same records for every size of the chunks."""
    data = b"patient.id,prep.hair\n" + body
    assert records(opened(data, "csv", size)) == records(opened(data, "csv"))


@given(DIRTY)
def test_no_row_is_lost(body: bytes) -> None:
    """The raw rows and their line ends make up the whole text, blank lines apart."""
    data = b"patient.id,prep.hair\n" + body
    kept = b"".join(record.raw for record in records(opened(data, "csv")))
    space = b"\n\r "
    assert kept.translate(None, space) == body.translate(None, space)


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=6))
def test_what_the_standard_library_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    """Any text survives being written as CSV and read again, but for space around it."""
    written = [(f"k{number}", *row) for number, row in enumerate(rows)]
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
        [("patient.id", "patient.name", "prep.hair"), *written]
    )
    try:
        data = out.getvalue().encode()
    except UnicodeEncodeError:
        return
    for record, (key, name, hair) in zip(records(opened(data, "csv")), written, strict=True):
        if "\0" in name + hair:
            assert record.problem is not None
            continue
        expected = {"patient": {"id": key}}
        if name.strip():
            expected["patient"]["name"] = name.strip()
        if hair.strip():
            expected["prep"] = {"hair": hair.strip()}
        assert json.loads(record.document or b"") == expected


@given(st.binary(max_size=60), st.integers(1, 30))
def test_any_bytes_give_records_or_one_refusal(data: bytes, size: int) -> None:
    """No bytes end in a traceback, as a header or below one."""
    with contextlib.suppress(UsageError):
        records(opened(data, "csv", size))
    found = records(opened(b"patient.id\n" + data, "csv", size))
    assert len(found) <= data.count(b"\n") + 1
