"""The formats of a results file: name, suffixes, and how a table becomes its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from backrec_cli.batch.results.csv import HEADER, encode_csv
from backrec_cli.batch.results.lists import PLAIN, QUOTED, ListShape
from backrec_cli.batch.results.ndjson import encode_ndjson
from backrec_cli.batch.results.parquet import MAGIC, Footer, encode_parquet


class ByteSink(Protocol):
    """Where bytes can be written to."""

    def write(self, data: bytes, /) -> object:
        """Write all of the bytes."""
        ...


@dataclass(frozen=True, slots=True)
class ResultsFormat:
    """One format: how it is called, and how a stretch of the table is written in it.

    lists  the shape in which the lists of such a stretch are.
    """

    name: str
    suffixes: tuple[str, ...]
    encode: Callable[[pl.DataFrame], bytes]
    lists: ListShape = PLAIN
    opening: bytes = b""


RESULTS_FORMATS = {
    each.name: each
    for each in (
        ResultsFormat("ndjson", (".ndjson", ".jsonl"), encode_ndjson, QUOTED),
        ResultsFormat("csv", (".csv",), encode_csv, opening=HEADER),
        ResultsFormat("parquet", (".parquet",), encode_parquet, opening=MAGIC),
    )
}


def results_format_of_suffix(suffix: str) -> ResultsFormat | None:
    """Return the format that a file's suffix stands for."""
    found = (each for each in RESULTS_FORMATS.values() if suffix.lower() in each.suffixes)
    return next(found, None)


class ResultsWriter:
    """Puts encoded stretches of the table into a stream, in the order they come in.

    `size` is how many bytes of the stream belong to whole stretches.
    """

    def __init__(self, written: ResultsFormat, stream: ByteSink) -> None:
        self._stream = stream
        self._footer = Footer() if written.name == "parquet" else None
        self.size = len(written.opening)
        stream.write(written.opening)

    def write(self, piece: bytes) -> None:
        """Append one stretch that the format's `encode` gave."""
        data = piece if self._footer is None else self._footer.admit(piece, self.size)
        self._stream.write(data)
        self.size += len(data)

    def finish(self) -> None:
        """Write what stands behind the last row."""
        if self._footer is not None:
            self._stream.write(self._footer.encoded())
