"""NDJSON: one record a line, whatever the line holds and however the text is cut."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.batch.cohort import JsonLines
from backrec_cli.batch.cohort.bounds import HEAD, LARGEST
from backrec_cli.batch.record import Record
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

TOO_LARGE = "larger than 1 MiB, which no patient's record is; look for a missing line end"
FILES = {
    "plain": (b'{"a":1}\n{"b":2}\n', [(1, b'{"a":1}'), (2, b'{"b":2}')]),
    "last line cut off": (b'{"a":1}\n{"b":', [(1, b'{"a":1}'), (2, b'{"b":')]),
    "blank lines": (b'\n \t\n{"a":1}\n\r\n{"b":2}\n\n', [(3, b'{"a":1}'), (5, b'{"b":2}')]),
    "CRLF": (b'{"a":1}\r\n{"b":2}\r\n', [(1, b'{"a":1}'), (2, b'{"b":2}')]),
    "lone CR": (b'{"a":1}\r{"b":2}\r', [(1, b'{"a":1}'), (2, b'{"b":2}')]),
    "CR inside a line": (b'{"a":\r1}\n', [(1, b'{"a":\r1}')]),
    "BOM": (codecs.BOM_UTF8 + b'{"a":1}\n{"b":2}', [(1, b'{"a":1}'), (2, b'{"b":2}')]),
    "as written": (b'{"a": 00123}\n{"a":1e400}\nNaN', [
        (1, b'{"a": 00123}'), (2, b'{"a":1e400}'), (3, b"NaN")
    ]),
    "NUL and not UTF-8": (b'{"a":"\0"}\n{"a":"\xff"}\n{}', [
        (1, b'{"a":"\0"}'), (2, b'{"a":"\xff"}'), (3, b"{}")
    ]),
    "indented": (b' {"a":1}\n\t{}', [(1, b' {"a":1}'), (2, b"\t{}")]),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("suffix", COMPRESSIONS)
def test_every_line_is_a_record_as_it_is_written(tmp_path: Path, case: str, suffix: str) -> None:
    """A file, compressed or not, and standard input give the same lines under the same numbers."""
    data, expected = FILES[case]
    path = tmp_path / f"c.ndjson{suffix}"
    path.write_bytes(COMPRESSIONS[suffix](data))
    for size in (None, 1, 7):
        assert list(lines_of(opened_file(path, size))) == [
            (f"{path}:{line}", document) for line, document in expected
        ]
        from_stdin = opened(COMPRESSIONS[suffix](data), chunk_size=size)
        assert list(lines_of(from_stdin)) == [
            (f"<stdin>:{line}", document) for line, document in expected
        ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_wide_encodings_are_told_by_their_mark(encoding: str, mark: bytes) -> None:
    """Text in UTF-16 or UTF-32 gives the records of the same text in UTF-8."""
    text = '{"a":"Zoë 🦴"}\r\n{"b":2}\n'
    data = mark + text.encode(encoding)
    for size in (None, 1, 3):
        assert [record.document for record in records(opened(data, chunk_size=size))] == [
            '{"a":"Zoë 🦴"}'.encode(),
            b'{"b":2}',
        ]


def test_half_a_character_spoils_its_own_line_only() -> None:
    """What UTF-16 cannot mean stays unreadable in UTF-8, so that its record is refused."""
    data = codecs.BOM_UTF16_LE + '{"a":"'.encode("utf-16-le") + b"\x00\xd8"
    data += '"}\n{}\n{'.encode("utf-16-le") + b"\x41"
    documents = [record.document or b"" for record in records(opened(data))]
    assert documents[1] == b"{}"
    for broken in (documents[0], documents[2]):
        with pytest.raises(UnicodeDecodeError):
            broken.decode("utf-8")


@pytest.mark.parametrize("size", [200_000, None, 5_000_000])
def test_line_larger_than_any_record_is_passed_over(tmp_path: Path, size: int | None) -> None:
    """However the text is cut, only the head of such a line is kept, and its neighbours live."""
    long = b'{"a":"' + b"x" * 3 * LARGEST
    path = tmp_path / "c.ndjson"
    path.write_bytes(b'{"a":1}\n' + long + b"\n\n{}\n" + long)
    found = records(opened_file(path, size))
    assert found == [
        Record(1, f"{path}:1", b'{"a":1}', b'{"a":1}'),
        Record(2, f"{path}:2", long[:HEAD], problem=TOO_LARGE),
        Record(3, f"{path}:4", b"{}", b"{}"),
        Record(4, f"{path}:5", long[:HEAD], problem=TOO_LARGE),
    ]


def test_largest_record_is_still_one() -> None:
    """A line of exactly the limit is read; one byte more is not."""
    line = b"x" * LARGEST
    for size in (None, 300_000):
        found = records(opened(line + b"\n" + line + b"x\n", chunk_size=size))
        assert [record.document for record in found] == [line, None]


def test_chunk_of_a_file_carries_its_place_and_reads_it_itself(tmp_path: Path) -> None:
    """What is sent to a worker stays small, and the parts make up the whole file."""
    path = tmp_path / "c.ndjson"
    data = codecs.BOM_UTF8 + b'{"a": "b"}\n' * 1000
    path.write_bytes(data)
    cohort = opened_file(path, 1000)
    found = [chunk for chunk in chunks(cohort) if isinstance(chunk, JsonLines)]
    assert len(found) > 5
    assert b"".join(chunk.lines() for chunk in found) == data[3:]
    assert sum(chunk.count for chunk in found) == 1000
    assert sum(chunk.extent for chunk in found) == cohort.size == len(data)
    assert all(b'"b"' not in repr(chunk).encode() for chunk in found)


@pytest.mark.parametrize(("length", "fewest", "most"), [(100, 40, 82), (1100, 4, 7), (3000, 3, 4)])
def test_chunk_of_large_records_may_be_twice_as_large(length: int, fewest: int, most: int) -> None:
    """So that what is done once a chunk is done for more than a few records."""
    data = (b"x" * (length - 1) + b"\n") * 200
    *full, last = [
        sum(1 for _ in chunk.records()) for chunk in chunks(opened(data, chunk_size=4096))
    ]
    assert sum(full) + last == 200
    assert fewest <= min(full) <= max(full) <= most


def test_file_that_became_shorter_is_said(tmp_path: Path) -> None:
    """A record that is gone is not passed over in silence."""
    path = tmp_path / "c.ndjson"
    path.write_bytes(b"{}\n" * 10)
    (chunk,) = chunks(opened_file(path))
    path.write_bytes(b"{}\n")
    with pytest.raises(UsageError, match="became shorter while it was read"):
        list(chunk.records())


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("size", [None, 10])
def test_compressed_data_that_is_cut_off_is_refused(suffix: str, size: int | None) -> None:
    """Records behind the cut are lost, so the whole input is refused."""
    data = COMPRESSIONS[suffix](b"".join(b'{"a":%d}\n' % n for n in range(3000)))
    for broken in (data[:-3], data[: len(data) // 2], data[:100] + b"\xff" * 100 + data[200:]):
        with pytest.raises(UsageError, match="data is damaged or cut off"):
            records(opened(broken, chunk_size=size))


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_parts_may_follow_each_other(suffix: str) -> None:
    """Several members are one text, also where a line goes on from one to the next."""
    compress = COMPRESSIONS[suffix]
    data = compress(b'{"a":1}\n{"b"') + compress(b"") + compress(b":2}\n")
    for size in (None, 1):
        found = records(opened(data, chunk_size=size))
        assert [record.document for record in found] == [b'{"a":1}', b'{"b":2}']


def test_zeros_behind_gzip_are_padding() -> None:
    """Tapes and block devices fill up with zeros, which gzip itself passes over."""
    data = COMPRESSIONS[".gz"](b"{}\n") + b"\0" * 100_000
    assert [record.document for record in records(opened(data))] == [b"{}"]


def test_frames_that_zstd_skips_are_skipped() -> None:
    """Parallel writers put the lengths of their frames between them."""
    skipped = b"\x53\x2a\x4d\x18\x04\0\0\0size"
    data = skipped + COMPRESSIONS[".zst"](b"{}\n[") + skipped + COMPRESSIONS[".zst"](b"]\n")
    assert [record.document for record in records(opened(data))] == [b"{}", b"[]"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_one_line_of_a_decompression_bomb_is_one_refused_record(suffix: str) -> None:
    """A small file cannot become more than its head."""
    data = COMPRESSIONS[suffix](b"{}\n" + b"\0" * 200_000_000 + b"\n{}\n")
    assert len(data) < 300_000
    assert [(r.place, len(r.raw), r.problem) for r in records(opened(data))] == [
        ("<stdin>:1", 2, None),
        ("<stdin>:2", HEAD, TOO_LARGE),
        ("<stdin>:3", 2, None),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "'<stdin>' is empty; give an input with at least one record"),
        (b"\n \r\n\n", "'<stdin>' is empty; give an input with at least one record"),
        (
            b"PK\x03\x04rest",
            "'<stdin>' is a zip archive or an Excel workbook; save the sheet as CSV UTF-8",
        ),
        (b"PAR1rest", "'<stdin>' is Parquet; give --input-format parquet"),
        (
            ('{"a": 1}\n' * 20).encode("utf-16-le"),
            "'<stdin>' is UTF-16 without a byte order mark; save it as UTF-8",
        ),
    ],
)
def test_input_that_is_no_ndjson_at_all_is_refused(data: bytes, said: str) -> None:
    """What is wrong with the whole input is said at once, with the way out."""
    assert refusal(lambda: opened(data)) == said


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=12), st.sampled_from([b"\n", b"\r\n", b"\n \n", b"{}\n", b"\0"])
        ),
        max_size=12,
    ).map(b"".join),
    st.integers(1, 40),
)
def test_however_the_text_is_cut_the_records_are_the_same(data: bytes, size: int) -> None:
    """Any bytes give the same records, whatever the size of the chunks, and none is lost."""
    try:
        whole = records(opened(data))
    except UsageError:
        with pytest.raises(UsageError):
            records(opened(data, chunk_size=size))
        return
    assert records(opened(data, chunk_size=size)) == whole
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\x1f\x8b")):
        text = data.removeprefix(codecs.BOM_UTF8)
        lines = text.split(b"\n") if b"\n" in text else text.split(b"\r")
        assert [record.raw for record in whole] == [
            line.removesuffix(b"\r") for line in lines if line.strip(b" \t\r")
        ]
