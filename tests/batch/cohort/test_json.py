"""JSON: an array of profiles, streamed, and one profile alone."""

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.batch.cohort.bounds import HEAD, LARGEST
from backrec_cli.errors import UsageError
from tests.batch.cohort.cohort_bench import (
    COMPRESSIONS,
    lines_of,
    opened,
    opened_file,
    records,
    refusal,
)

NOTHING = "nothing stands where a profile should; remove the comma"
OPEN = "the array is not closed; the input may have been cut off, so write it again"
BEHIND = "text behind the end of the array; put every profile inside it"

ARRAYS: dict[str, tuple[bytes, list[tuple[int, bytes | str]]]] = {
    "empty": (b" [ \n] ", []),
    "spread over lines": (b'[\n  {"a":\n 1},\r\n  {}\n]\n', [(2, b'{"a":\n 1}'), (4, b"{}")]),
    "brackets and commas in strings": (b'[{"a":"],}\\"]"},{}]', [
        (1, b'{"a":"],}\\"]"}'), (1, b"{}")
    ]),
    "as written": (b'[NaN, 00123,{"a":1e400},null]', [
        (1, b"NaN"), (1, b"00123"), (1, b'{"a":1e400}'), (1, b"null")
    ]),
    "nested": (b'[{"a":[{"b":[1,2]},{"c":{}}]},{}]', [
        (1, b'{"a":[{"b":[1,2]},{"c":{}}]}'), (1, b"{}")
    ]),
    "BOM": (codecs.BOM_UTF8 + b"[{}]", [(1, b"{}")]),
    "comma too many": (b"[{},\n]", [(1, b"{}"), (2, NOTHING)]),
    "nothing between": (b"[{},,{}]", [(1, b"{}"), (1, NOTHING), (1, b"{}")]),
    "nothing first": (b"[,{}]", [(1, NOTHING), (1, b"{}")]),
    "not closed": (b"[{},\n{}\n", [(1, b"{}"), (2, b"{}"), (2, OPEN)]),
    "cut off behind a comma": (b"[{},", [(1, b"{}"), (1, OPEN)]),
    "cut off in a profile": (b'[{},{"a":"b', [(1, b"{}"), (1, b'{"a":"b'), (1, OPEN)]),
    "cut off in an escape": (b'["\\', [(1, b'"\\'), (1, OPEN)]),
    "only opened": (b"[", [(1, OPEN)]),
    "text behind": (b"[{}]\n\n{}{}\n", [(1, b"{}"), (3, BEHIND)]),
    "no comma between": (b"[{} {}]", [(1, b"{} {}")]),
    "bracket of another kind": (b'[{"a":[1},{"b":2}]', [(1, b'{"a":[1}'), (1, b'{"b":2}')]),
    "bracket missing": (b'[{"a":{"b":1},{"c":2}]', [(1, b'{"a":{"b":1}'), (1, b'{"c":2}')]),
    "bracket too many": (b'[{"a":1}},{"b":2}]', [(1, b'{"a":1}}'), (1, b'{"b":2}')]),
    "array's bracket in a profile": (b'[{"a":1]', [(1, b'{"a":1')]),
    "quote missing": (b'[{"a":"x},\n{"b":1}]', [(1, b'{"a":"x}'), (2, b'{"b":1}')]),
    "quote and comma missing": (b'[{"a":"x\n{"b":1},{}]', [
        (1, b'{"a":"x'), (2, b'{"b":1}'), (2, b"{}")
    ]),
}  # fmt: skip


@pytest.mark.parametrize("case", ARRAYS)
@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_every_element_is_a_record_as_it_is_written(tmp_path: Path, case: str, suffix: str) -> None:
    """What is wrong with one element, or with the array, costs none of the others."""
    data, expected = ARRAYS[case]
    path = tmp_path / f"c.json{suffix}"
    path.write_bytes(COMPRESSIONS[suffix](data))
    for size in (None, 1, 5):
        assert list(lines_of(opened_file(path, size))) == [
            (f"{path}:{line}", document) for line, document in expected
        ]


def test_array_is_told_by_its_bracket(tmp_path: Path) -> None:
    """On standard input, and in a file of any name, "[" begins an array if JSON is meant."""
    assert [r.raw for r in records(opened(b" [{},{}]", None))] == [b"{}", b"{}"]
    path = tmp_path / "c.txt"
    path.write_bytes(b"[{},{}]")
    assert len(records(opened_file(path, format_name="json"))) == 2


def test_wide_text_and_lone_carriage_returns_are_read() -> None:
    """The same text in another encoding gives the same records."""
    text = '[{"a": "ë"},\r{"b": 2}]'
    for data in (text.encode(), text.encode("utf-16"), text.encode("utf-32")):
        assert [r.document for r in records(opened(data, "json"))] == [
            '{"a": "ë"}'.encode(),
            b'{"b": 2}',
        ]


@pytest.mark.parametrize("size", [None, 100_000])
@pytest.mark.parametrize(
    "huge",
    [
        b'"' + b"x" * 3_000_000 + b'"',
        b"[" * 600_000 + b"]" * 600_000,
        b'{"a": [{"b": ' * 90_000 + b"1" + b"}]}" * 90_000,
        b"1" * (LARGEST + 1),
        b"{}" + b" " * LARGEST,
    ],
    ids=["string", "brackets", "nesting", "number", "space"],
)
def test_element_larger_than_any_record_is_passed_over(huge: bytes, size: int | None) -> None:
    """Only its head is kept, and the elements around it are read."""
    found = records(opened(b"[{},\n" + huge + b"\n,{}]", "json", size))
    assert [r.document for r in found] == [b"{}", None, b"{}"]
    assert found[1].raw == huge[:HEAD]
    assert found[1].place == "<stdin>:2"
    assert found[1].problem == (
        "larger than 1 MiB, which no patient's record is; "
        "look for a bracket or quote that is not closed"
    )


def test_one_object_is_one_profile(tmp_path: Path) -> None:
    """A file for `check` is a cohort of one, its bytes untouched and without a line."""
    path = tmp_path / "p.json"
    data = codecs.BOM_UTF8 + b'{\n "a": 1}\n'
    path.write_bytes(data)
    (record,) = records(opened_file(path))
    assert (record.place, record.document) == (str(path), b'{\n "a": 1}\n')
    (record,) = records(opened(b'{\n "a": 1\n}', None))
    assert (record.place, record.document) == ("<stdin>", b'{\n "a": 1\n}')


def test_one_profile_too_large_is_refused_with_the_likely_way_out() -> None:
    """A large file under this name is probably NDJSON."""
    data = b'{"a": "' + b"x" * LARGEST + b'"}'
    (record,) = records(opened(data, "json"))
    assert record.raw == data[:HEAD]
    assert (record.problem or "").endswith(
        "give --input-format ndjson if it holds one profile on each line"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "'<stdin>' is empty; give an input with at least one record"),
        (b" \n", "'<stdin>' is empty; give an input with at least one record"),
        (
            b'{"a": 1}\n{"b": 2}\n',
            "'<stdin>' is several profiles and no array; give --input-format ndjson",
        ),
        (b"%PDF-1.7", "'<stdin>' is a PDF; export the data as CSV or NDJSON"),
    ],
)
def test_input_that_is_no_json_cohort_is_refused(data: bytes, said: str) -> None:
    """What is wrong with the whole input is said at once, with the way out."""
    assert refusal(lambda: opened(data, "json")) == said


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(_JSON, max_size=5), st.sampled_from([None, 1]), st.integers(1, 50))
def test_array_of_the_standard_library_is_taken_apart(
    values: list[object], indent: int | None, size: int
) -> None:
    """Whatever json writes as an array comes back element by element."""
    data = json.dumps(values, indent=indent).encode()
    documents = [record.document or b"" for record in records(opened(data, "json", size))]
    assert [json.loads(document) for document in documents] == values


_BITS = st.sampled_from(
    [b"{", b"}", b"[", b"]", b",", b'"', b"\\", b"\n", b" ", b"1", b'{"a":1}', b'"k":', b"\xff"]
)


@given(st.lists(_BITS, max_size=30).map(b"".join), st.integers(1, 40))
def test_however_the_text_is_read_the_records_are_the_same(body: bytes, size: int) -> None:
    """Any text of an array gives the same records for every size, and all of it is in them."""
    data = b"[" + body
    whole = records(opened(data, "json"))
    assert records(opened(data, "json", size)) == whole
    kept = b"".join(record.raw for record in whole)
    ignored = b"\n ,]"
    assert kept.translate(None, ignored) == body.translate(None, ignored)


@given(st.binary(max_size=60))
def test_any_bytes_give_records_or_one_refusal(data: bytes) -> None:
    """No bytes end in a traceback."""
    try:
        found = records(opened(data, "json"))
    except UsageError:
        return
    assert len(found) <= len(data) + 1
