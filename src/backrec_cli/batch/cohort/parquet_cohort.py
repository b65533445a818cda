"""A Parquet input -> its columns, checked, and its rows chunk by chunk."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import polars as pl

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort.columns import Column, read_header
from backrec_cli.batch.cohort.documents import MOST
from backrec_cli.batch.cohort.formats import begins_as_parquet
from backrec_cli.batch.cohort.parquet_rows import BROKEN, ParquetRows, damaged, read_rows, scan
from backrec_cli.batch.cohort.parquet_schema import Place, check_types, column_name, places_of
from backrec_cli.batch.cohort.source import ByteStream, Source, unreadable
from backrec_cli.errors import UsageError
from backrec_cli.facts.dictionary import FactDictionary

_BLOCK = 1024 * 1024
_MAGIC = 4


@dataclass(frozen=True, slots=True)
class ParquetCohort:
    """A Parquet input whose columns were found to be in order.

    aside  its bytes, where it is compressed or came by a pipe: Parquet is read from its end. They
           lie in a file without a name, which is gone when it is closed.
    """

    name: str
    path: Path | None
    size: int
    columns: tuple[Column, ...]
    places: tuple[Place, ...]
    aside: BinaryIO | None = None
    chunk_size: int = MOST

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks."""
        try:
            for offset in range(0, self.size, self.chunk_size):
                length = min(self.chunk_size, self.size - offset)
                rows = ParquetRows(self.name, self.path, offset, length, self.columns, self.places)
                yield (
                    rows if self.aside is None else replace(rows, held=read_rows(self.aside, rows))
                )
        finally:
            if self.aside is not None:
                self.aside.close()


def open_parquet(
    source: Source, dictionary: FactDictionary, chunk_size: int = MOST
) -> ParquetCohort:
    """Return the cohort of a Parquet file; raises UsageError for a schema that cannot be meant."""
    aside = None
    with source.read() as opened:
        if not begins_as_parquet(opened.stream.peek(_MAGIC)):
            msg = f"'{source.name}' is not Parquet; give --input-format with what it is"
            raise UsageError(msg)
        if source.path is None or opened.compressed:
            aside = _set_aside(opened.stream, source.name)
    try:
        schema, size = _schema_and_size(aside or source.path, source.name)
        found = list(places_of(schema))
        places = tuple(place for place, _ in found)
        columns = read_header(
            [column_name(place) for place in places], dictionary, source.name, f"'{source.name}'"
        )
        check_types(columns, [dtype for _, dtype in found], source.name)
    except UsageError:
        if aside is not None:
            aside.close()
        raise
    path = source.path if aside is None else None
    return ParquetCohort(source.name, path, size, columns, places, aside, chunk_size)


def _set_aside(stream: ByteStream, name: str) -> BinaryIO:
    """Copy a stream into a file without a name, which nobody else can open."""
    aside = TemporaryFile()  # noqa: SIM115 - it is closed when the cohort was read.
    try:
        while block := stream.read(_BLOCK):
            aside.write(block)
        aside.flush()
    except OSError as error:
        aside.close()
        raise unreadable(name, error) from error
    except UsageError:
        aside.close()
        raise
    return aside


def _schema_and_size(source: Path | BinaryIO | None, name: str) -> tuple[pl.Schema, int]:
    """Return the columns with their types, and how many rows there are."""
    if source is None:
        raise damaged(name)
    try:
        schema = scan(source).collect_schema()
        return schema, int(scan(source).select(pl.len()).collect().item())
    except BROKEN as error:
        raise damaged(name) from error
