"""Short ways to read a cohort from bytes or from a file, with a small dictionary."""

import gzip
import io
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zstandard

from backrec_cli.batch.chunk import Chunk, Cohort
from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError
from tests.unit.profile_bench import dictionary

COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


def opened(
    data: bytes, format_name: str | None = "ndjson", chunk_size: int | None = None
) -> Cohort:
    """Open bytes that come by standard input."""
    return open_cohort(
        "-",
        format_name=format_name,
        dictionary=dictionary(),
        stdin=io.BytesIO(data),
        chunk_size=chunk_size,
    )


def opened_file(
    path: Path, chunk_size: int | None = None, format_name: str | None = None
) -> Cohort:
    """Open a file or a folder."""
    return open_cohort(
        str(path), format_name=format_name, dictionary=dictionary(), chunk_size=chunk_size
    )


def chunks(cohort: Cohort) -> list[Chunk]:
    """Return the chunks as a worker gets them: pickled."""
    return [pickle.loads(pickle.dumps(chunk)) for chunk in cohort.chunks()]  # noqa: S301 - ours.


def records(cohort: Cohort) -> list[Record]:
    """Return every record, having checked that their numbers run on through all chunks."""
    found: list[Record] = []
    for chunk in chunks(cohort):
        assert chunk.first == len(found) + 1
        found += chunk.records()
    assert [record.number for record in found] == list(range(1, len(found) + 1))
    assert all((record.document is None) != (record.problem is None) for record in found)
    return found


def lines_of(cohort: Cohort) -> Iterator[tuple[str, bytes | str | None]]:
    """Yield the place of every record, and its document or its problem."""
    for record in records(cohort):
        yield record.place, record.document if record.problem is None else record.problem


def refusal(open_it: Callable[[], Cohort]) -> str:
    """Return what is said of an input that gives no record at all."""
    with pytest.raises(UsageError) as caught:
        next(open_it().chunks())
    return str(caught.value)
