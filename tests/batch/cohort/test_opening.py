"""Which format an input is taken for, and what is said of one that cannot be opened."""

import io
import os
import threading
from pathlib import Path

import pytest

from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.cohort.formats import format_by_content, format_by_suffix
from backrec_cli.errors import UsageError
from tests.batch.cohort.cohort_bench import opened, opened_file, records
from tests.unit.profile_bench import dictionary


@pytest.mark.parametrize(
    ("path", "format_name"),
    [
        ("a.ndjson", "ndjson"),
        ("a.jsonl", "ndjson"),
        ("A.NDJSON.GZ", "ndjson"),
        ("a.json", "json"),
        ("a.json.zst", "json"),
        ("a.b.csv", "csv"),
        ("a.tsv.gz", "csv"),
        ("a.parquet", "parquet"),
        ("a.parquet.zst", "parquet"),
        ("a.txt", None),
        ("a.gz", None),
        ("csv", None),
    ],
)
def test_suffix_names_the_format(path: str, format_name: str | None) -> None:
    """Whatever an input is compressed with, the suffix before that counts."""
    assert format_by_suffix(path) == format_name


@pytest.mark.parametrize(
    ("head", "format_name"),
    [
        (b" \n[", "json"),
        (b'{"a": 1}\n{', "ndjson"),
        (b'{"a": 1}', "ndjson"),
        (b'{\n "a": 1}', "json"),
        (b"{ \r\n}", "json"),
        (b"patient.id\n", "csv"),
        (b"", "csv"),
    ],
)
def test_content_tells_the_format_where_there_is_no_suffix(head: bytes, format_name: str) -> None:
    """Standard input has no name."""
    assert format_by_content(head) == format_name


def test_format_that_is_asked_for_goes_before_the_suffix(tmp_path: Path) -> None:
    """A file of any name can be read."""
    path = tmp_path / "c.csv"
    path.write_bytes(b'{"a": 1}\n')
    assert [r.raw for r in records(opened_file(path, format_name="ndjson"))] == [b'{"a": 1}']


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_with_a_name_is_read_once(tmp_path: Path) -> None:
    """What a shell gives for a process (`<(...)`) is looked into, like standard input."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b'{"a": 1}\n{}\n',))
    writer.start()
    found = records(opened_file(path, 2))
    writer.join()
    assert [record.place for record in found] == [f"{path}:1", f"{path}:2"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing.csv", "cannot read 'missing.csv': No such file or directory"),
        ("a\0b.csv", r"cannot read 'a\\x00b.csv': no such name can exist"),
        ("s3://bucket/c.parquet", "cannot read 's3://bucket/c.parquet': No such file or directory"),
        ("\x1b[31m.csv", r"cannot read '\\x1b\[31m.csv': No such file or directory"),
    ],
)
def test_input_that_is_not_there_is_said(path: str, said: str) -> None:
    """A name that nothing can be read from, shown so that it cannot act."""
    with pytest.raises(UsageError, match=said):
        open_cohort(path, dictionary=dictionary())


def test_file_of_unknown_kind_is_refused(tmp_path: Path) -> None:
    """A file is never guessed at: a suffix or the option says what it is."""
    path = tmp_path / "c.dat"
    path.write_bytes(b"{}\n")
    with pytest.raises(UsageError, match=r"cannot tell the format of .*\.ndjson, .*--input-format"):
        opened_file(path)


def test_format_that_there_is_not_is_refused() -> None:
    """A mistyped format gets a did-you-mean."""
    with pytest.raises(UsageError, match="unknown input format 'ndjso'; did you mean 'ndjson'"):
        opened(b"{}", "ndjso")


def test_standard_input_that_is_closed_is_said() -> None:
    """A program without standard input has nothing to read there."""
    with pytest.raises(UsageError, match="standard input is closed"):
        open_cohort("-", dictionary=dictionary(), stdin=None)


class Failing(io.BytesIO):
    """A stream that gives a beginning, and then what is wrong with it."""

    def __init__(self, beginning: bytes, then: OSError | None) -> None:
        """Note what to give."""
        super().__init__(beginning)
        self.then = then

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the beginning, then fail; or, without a failure, say that there is no data yet."""
        block = super().read(size)
        if block:
            return block
        if self.then is not None:
            raise self.then
        return None  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (OSError(5, "Input/output error"), "cannot read '<stdin>': Input/output error"),
        (None, "cannot read '<stdin>': nothing there yet, and it does not wait"),
    ],
)
@pytest.mark.parametrize("format_name", ["ndjson", "csv", "json", "parquet"])
def test_input_that_fails_in_the_middle_is_never_taken_for_its_end(
    format_name: str, then: OSError | None, said: str
) -> None:
    """Records behind a failure are not lost in silence."""
    beginning = {"ndjson": b"{}\n", "csv": b"patient.id\nA\n", "json": b"[{},", "parquet": b"PAR1"}
    with pytest.raises(UsageError, match=said):
        records(
            open_cohort(
                "-",
                format_name=format_name,
                dictionary=dictionary(),
                stdin=Failing(beginning[format_name], then),
            )
        )
