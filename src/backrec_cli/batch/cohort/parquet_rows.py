"""Parquet: every row is one record; its cells become the text that CSV would have."""

from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONEncoder
from pathlib import Path
from typing import BinaryIO

import polars as pl
from polars.exceptions import PanicException, PolarsError

from backrec_cli.batch.cohort.assembly import assembled
from backrec_cli.batch.cohort.columns import Column
from backrec_cli.batch.cohort.parquet_schema import Place
from backrec_cli.batch.cohort.parquet_text import as_text
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError

BROKEN = (PolarsError, PanicException, OSError, ValueError)
"""How polars says that a file is not what it should be."""

_json = JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """Some rows of a Parquet file.

    offset  how many rows stand before them in the file; `length`: how many they are.
    places  where the cells of each column are found.
    held    the rows themselves, where there is no file that others could read.
    """

    name: str
    path: Path | None
    offset: int
    length: int
    columns: tuple[Column, ...]
    places: tuple[Place, ...]
    held: pl.DataFrame | None = None

    @property
    def first(self) -> int:
        """The number of the first record."""
        return self.offset + 1

    @property
    def count(self) -> int:
        """How many records they are."""
        return self.length

    @property
    def extent(self) -> int:
        """How many records they are."""
        return self.length

    def frame(self) -> pl.DataFrame:
        """Return the rows with their types, under the names of the columns."""
        if self.path is None:
            return pl.DataFrame() if self.held is None else self.held
        return read_rows(self.path, self)

    def records(self) -> Iterator[Record]:
        """Yield the records."""
        frame = self.frame()
        if frame.height != self.length:
            msg = f"'{self.name}' became shorter while it was read; start again"
            raise UsageError(msg)
        texts = frame.select(as_text(values) for values in frame)
        names = [_json(column.name) for column in self.columns]
        for number, row in enumerate(texts.iter_rows(), self.first):
            raw = ", ".join(
                f"{name}: {_json(cell)}"
                for name, cell in zip(names, row, strict=True)
                if cell is not None
            )
            cells = [cell or "" for cell in row]
            place = f"{self.name} row {number}"
            yield assembled(self.columns, cells, number, place, f"{{{raw}}}".encode())


def read_rows(source: Path | BinaryIO, rows: ParquetRows) -> pl.DataFrame:
    """Read some rows; raises UsageError where the file is damaged."""
    wanted = [
        _cells(place).alias(column.name)
        for column, place in zip(rows.columns, rows.places, strict=True)
    ]
    try:
        return scan(source).slice(rows.offset, rows.length).select(wanted).collect()
    except BROKEN as error:
        raise damaged(rows.name) from error


def _cells(place: Place) -> pl.Expr:
    """Return the expression for a column, or for a field inside its structs."""
    found = pl.col(place[0])
    for name in place[1:]:
        found = found.struct.field(name)
    return found


def scan(source: Path | BinaryIO) -> pl.LazyFrame:
    """Look into one file: its name is no pattern and no address."""
    if not isinstance(source, Path):
        source.seek(0)
    return pl.scan_parquet(source, glob=False, hive_partitioning=False)


def damaged(name: str) -> UsageError:
    """Say that a file cannot be trusted."""
    return UsageError(
        f"cannot read '{name}': its Parquet data is damaged or cut off; write it again"
    )
