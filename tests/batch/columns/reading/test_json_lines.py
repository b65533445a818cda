"""Lines of JSON read by columns say what they say one by one, or are left to the reference."""

import json
import re
from functools import cache
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.batch.cohort.json_lines import JsonLines
from backrec_cli.batch.cohort.stretch import Held
from backrec_cli.batch.columns.reading.moments import ALL_COUNT, Times
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.facts.dictionary import FactDictionary
from tests.batch.columns.reading.likeness import chunk_is_alike
from tests.batch.columns.reading.written import lines
from tests.shipped import examples, pack
from tests.unit.profile_bench import dictionary

_LEFT = re.compile(rb'"[0-9-]{10}T|"overrides"')


@cache
def small() -> ColumnReader:
    """Return a reader of the small dictionary; it remembers values from test to test."""
    return ColumnReader(dictionary())


@cache
def shipped() -> ColumnReader:
    """Return a reader of the shipped dictionary."""
    return ColumnReader(pack().dictionary)


def chunk_of(records: list[bytes]) -> JsonLines:
    """Return a chunk with one record on each line."""
    data = b"\n".join(records) + b"\n"
    return JsonLines("cohort.ndjson", 1, 1, len(records), len(data), Held(data))


def left_over(
    records: list[bytes],
    reader: ColumnReader,
    facts: FactDictionary | None = None,
    times: Times = ALL_COUNT,
) -> set[int]:
    """Return the rows left to the reference, having held all others against it."""
    return chunk_is_alike(reader, chunk_of(records), facts or dictionary(), times)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_rows_say_what_the_reference_reads_or_are_left_to_it(seed: int) -> None:
    """Right and wrong in every way, side by side: no row says anything of its own."""
    left_over(lines(dictionary(), seed, 40), small())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_rows_of_the_shipped_facts_say_what_the_reference_reads(seed: int) -> None:
    """The law holds for every fact that ships."""
    left_over(lines(pack().dictionary, seed, 20), shipped(), pack().dictionary)


def test_most_records_without_a_slip_are_read_by_columns() -> None:
    """A reader that leaves everything to the reference keeps every law and is of no use."""
    records = lines(dictionary(), 7, 400)
    assert len(left_over(records, small())) < len(records) / 2


def test_examples_are_read_by_columns_but_for_times_of_day_and_overrides() -> None:
    """What is ordinary is not left to the reference."""
    records = [json.dumps(example.document).encode() for example in examples()]
    beyond = {row for row, record in enumerate(records) if _LEFT.search(record)}
    assert left_over(records, shipped(), pack().dictionary) == beyond


def test_unit_that_one_record_lacks_is_not_lent_by_another_that_has_no_number() -> None:
    """Units and numbers are matched row by row, not counted."""
    written = ('{"value": 64}', '{"value": "unknown", "unit": "mmol/mol"}', '"unknown"', "7")
    records = [f'{{"labs": {{"hba1c": {value}}}}}'.encode() for value in written]
    for order in permutations(records):
        assert left_over(list(order), ColumnReader(dictionary())) == set()


def test_colon_written_as_an_escape_does_not_make_up_for_a_key_twice() -> None:
    """Keys are counted by their colons; one too few here must not hide one too many there."""
    twice = b'{"labs": {"inr": 1.1, "inr": 9.9}}'
    escaped = rb'{"patient": {"name": "a\u003ab"}}'
    plain = b'{"patient": {"name": "a:b"}}'
    assert 0 in left_over([twice, escaped, plain], small())
    assert 0 in left_over([twice, plain], small())
    assert left_over([plain, plain], small()) == set()


@pytest.mark.parametrize(
    ("number", "left"),
    [
        ("7.0000000000000001", True),
        ("0e500", True),
        ("1e-400", True),
        ("0.0E7", True),
        ("-0e1", True),
        ("1e100", True),
        ("15e-400", True),
        ("1E1", True),
        ("0.123456789", True),
        ("1.25", False),
        ("100000", False),
        ("-0", False),
    ],
)
def test_numbers_that_a_float_does_not_hold_are_left_to_the_reference(
    number: str,
    left: bool,  # noqa: FBT001 - a column of the table.
) -> None:
    """What is decoded must be what was written."""
    record = f'{{"labs": {{"inr": {number}}}}}'.encode()
    assert left_over([record], small()) == ({0} if left else set())


FRAGMENTS = (
    b'{"labs": {"inr": 1.5}}',
    b'{"labs": {"inr": 1.5}}{"labs": {"inr": 2.5}}',
    b"{}{}",
    b"{",
    b"}",
    b'{"labs": {',
    b'"inr": 3.5}}',
    b'{"inr": 1.5}}',
    b'{"reviewed": [',
    b"[{}",
    b"{}\r",
)


def test_line_is_read_by_itself_whatever_stands_on_the_next() -> None:
    """Three lines that could be put together in another way are still three records."""
    reader = ColumnReader(dictionary())
    for three in product(FRAGMENTS, repeat=3):
        left = left_over([*three], reader)
        whole = {row for row, line in enumerate(three) if line in (FRAGMENTS[0], FRAGMENTS[-1])}
        assert left == {0, 1, 2} - whole


def test_words_that_hold_what_separates_words_stay_what_they_are() -> None:
    """No text is taken for two, and no two for one."""
    words = ('["spinal_fusion", "skin_graft"]', '["spinal_fusion\\u001fskin_graft"]', '["unknown"]')
    written = (*words, '"unknown"', "[]", '{"value": []}', '[""]')
    records = [f'{{"procedure": {{"technique": {value}}}}}'.encode() for value in written]
    assert left_over(records, small()) == set()
