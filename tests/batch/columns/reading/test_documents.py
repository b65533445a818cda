"""Documents of an array or a folder read by columns, each as it was written, line ends included."""

import json
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.batch.record import Record
from tests.batch.columns.reading.likeness import chunk_is_alike
from tests.batch.columns.reading.written import lines
from tests.unit.profile_bench import dictionary


@cache
def small() -> ColumnReader:
    """Return a reader of the small dictionary; it remembers values from test to test."""
    return ColumnReader(dictionary())


def left(*documents: bytes | None) -> set[int]:
    """Return which documents are left to the reference; the others are held against it."""
    held = tuple(
        Record(number, f"{number}.json", document or b"", document)
        for number, document in enumerate(documents, 1)
    )
    return chunk_is_alike(small(), Documents("folder", held, len(held)), dictionary())


def spread_out(line: bytes, random: Random) -> bytes:
    """Return a line of JSON over several lines, where blanks may stand."""
    end = random.choice((b"\n", b"\r\n", b"\n\t"))
    return end + line.replace(b", ", b"," + end).replace(b'": ', b'":' + end) + end


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_documents_say_what_the_reference_reads_or_are_left_to_it(seed: int) -> None:
    """Right and wrong ones, on one line or many, and some that nobody could read."""
    random = Random(seed)  # noqa: S311 - patients for tests.
    documents: list[bytes | None] = [
        spread_out(line, random) if random.random() < 0.5 else line
        for line in lines(dictionary(), seed, 30)
    ]
    left(*documents, None, b"", *documents[:3])


def test_documents_over_several_lines_are_read_by_columns() -> None:
    """As people and programs write files."""
    content = {
        "patient": {"id": "RH-1"},
        "labs": {"inr": {"value": 1.1, "measured_on": "2026-03-01"}},
        "conditions": {"mi": "2026-03-01"},
        "reviewed": {"labs": {"on": "2026-03-01", "by": "a: b"}},
    }
    assert (
        left(
            json.dumps(content, indent=2).encode(),
            json.dumps(content, indent="\t").replace("\n", "\r\n").encode(),
            json.dumps(content).encode(),
        )
        == set()
    )


def test_record_without_a_document_is_left_to_the_reference() -> None:
    """Beside it the others are read as ever."""
    assert left(b'{"labs": {"inr": 1.1}}', None, b'{"labs":\n{"inr": 1.2}\n}\n', b"") == {1, 3}


def test_key_that_stands_twice_is_found_beside_a_document_that_has_none() -> None:
    """Colons are counted over all documents, and those of no document are not missed."""
    twice = b'{"labs":\n{"inr": 1.1,\n"inr": 9.9}}'
    assert left(None, twice, b'{"labs": {"inr": 1.2}}') == {0, 1}
    assert left(b'{"labs": [:]}', twice) == {0, 1}


def test_long_number_behind_a_line_end_is_left_to_the_reference() -> None:
    """What follows a colon on another line is a number all the same."""
    assert left(b'{"labs": {"inr":\r\n  7.0000000000000001}}', b'{"labs": {"inr":\n7.5}}') == {0}
