"""Rows of CSV -> a frame of their cells, one column for each of the header's.

Rows without quotes, which are nearly all, are split by polars; a row with quotes is taken apart as
it is when records are read one by one. What fits neither is left to the reference.

Where all cells of a column are plain numbers, or all are true and false, polars reads them as that;
any other is a column of texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import polars as pl

from backrec_cli.batch.cohort import CsvRows
from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.columns import Column
from backrec_cli.batch.cohort.csv_syntax import cells_of, rows_of
from backrec_cli.batch.cohort.line_grammar import CSV_SPACE, is_record
from backrec_cli.batch.columns.reading.csv_numbers import oddly_written
from backrec_cli.batch.columns.reading.flat_typed import is_typed
from backrec_cli.batch.columns.reading.suspicion import count_of, has_long_number
from backrec_cli.facts.dictionary import FactDictionary

PlainKind = type[pl.Float64] | type[pl.Boolean]
PLAIN_KINDS: tuple[PlainKind, ...] = (pl.Float64, pl.Boolean)


@dataclass(frozen=True, slots=True)
class FlatTexts:
    """The cells of flat records: texts, or typed where they say themselves.

    A cell in which nothing is said is null or blank.

    refused  the rows that only the reference may judge.
    """

    frame: pl.DataFrame
    refused: tuple[int, ...] = ()


class CsvTexts:
    """Reads the rows of one header; remembers which of its columns are plain."""

    def __init__(self, columns: Sequence[Column], dictionary: FactDictionary) -> None:
        by_fact: dict[str, list[tuple[int, Column]]] = {}
        for place, column in enumerate(columns):
            if column.path in dictionary.definitions:
                by_fact.setdefault(column.path, []).append((place, column))
        self._plain: dict[int, PlainKind] = {}
        for path, found in by_fact.items():
            (first, _), *_ = found
            for kind in PLAIN_KINDS:
                if is_typed(dictionary.definitions[path], [column for _, column in found], kind()):
                    self._plain[first] = kind

    def read(self, rows: CsvRows) -> FlatTexts | None:
        """Return the cells of CSV rows; None where it is not certain which they are."""
        data = rows.lines()
        if _is_plain(data, rows):
            frame = self._split(data, rows)
            if frame is not None and frame.height == rows.count:
                return FlatTexts(frame)
        return _row_by_row(data, rows)

    def _split(self, data: bytes, rows: CsvRows) -> pl.DataFrame | None:
        """Return the cells of rows without quotes, as plain as they are."""
        odd = oddly_written(data, rows.delimiter) if pl.Float64 in self._plain.values() else set()
        for place in odd & self._plain.keys():
            del self._plain[place]
        frame = _split(data, rows, self._plain) if self._plain else None
        if frame is not None and not has_long_number(data):
            return frame
        texts = _split(data, rows)
        if frame is None and texts is not None:
            self._plain = {
                place: kind
                for place, kind in self._plain.items()
                if _is_all(texts[f"{place}"], kind)
            }
        return texts


def _is_plain(data: bytes, rows: CsvRows) -> bool:
    """Whether rows have no quotes and, all together, as many cells as they should.

    If one had too few, another would have too many, and that is not split.
    """
    expected = rows.count * (len(rows.columns) - 1)
    return (
        expected > 0
        and data.isascii()
        and b'"' not in data
        and b"\0" not in data
        and count_of(rows.delimiter.encode(), data) == expected
        and (len(data) <= LARGEST or max(map(len, data.split(b"\n"))) <= LARGEST)
    )


def _row_by_row(data: bytes, rows: CsvRows) -> FlatTexts | None:
    """Return the cells of rows some of which are quoted, ragged or no text at all."""
    width, delimiter = len(rows.columns), rows.delimiter.encode()
    lines: list[bytes] = []
    quoted: dict[int, list[str]] = {}
    refused: list[int] = []
    blank = delimiter * (width - 1)
    for row in rows_of(data, rows.delimiter):
        text = row.text.removesuffix(b"\n")
        if not is_record(text, CSV_SPACE):
            continue
        plain = b'"' not in text and text.count(delimiter) == width - 1
        if not row.sound or len(text) > LARGEST or not _is_text(text):
            refused.append(len(lines))
        elif not plain:
            cells = cells_of(text.removesuffix(b"\r").decode(), rows.delimiter)
            if len(cells) == width:
                quoted[len(lines)] = cells
            else:
                refused.append(len(lines))
        usable = plain and (not refused or refused[-1] != len(lines))
        lines.append(text if usable else blank)
    frame = _split(b"\n".join(lines) + b"\n", rows) if width > 1 else None
    if frame is None or frame.height != rows.count:
        return None
    return FlatTexts(_with_rows(frame, quoted), tuple(refused))


def _is_text(line: bytes) -> bool:
    """Whether a row is text in UTF-8, without null characters."""
    if line.isascii():
        return b"\0" not in line
    try:
        return "\0" not in line.decode()
    except UnicodeDecodeError:
        return False


def _is_all(texts: pl.Series, kind: PlainKind) -> bool:
    """Whether every cell of a column is of a kind."""
    if kind is pl.Boolean:
        return bool(texts.str.to_lowercase().is_in(("true", "false")).all())
    return texts.cast(kind, strict=False).null_count() == texts.null_count()


def _split(
    data: bytes, rows: CsvRows, plain: Mapping[int, PlainKind] | None = None
) -> pl.DataFrame | None:
    """Return the cells of rows that have no quotes; None where polars sees something else.

    plain  the kinds of the columns that are not to be texts, by place.
    """
    kinds = [(plain or {}).get(place, pl.String) for place in range(len(rows.columns))]
    try:
        return pl.read_csv(
            BytesIO(data),
            has_header=False,
            schema={f"{place}": kind for place, kind in enumerate(kinds)},
            separator=rows.delimiter,
            quote_char=None,
        )
    except pl.exceptions.PolarsError:
        return None


def _with_rows(frame: pl.DataFrame, rows: dict[int, list[str]]) -> pl.DataFrame:
    """Return a frame with some of its rows replaced."""
    if not rows:
        return frame
    columns = zip(*rows.values(), strict=True)
    return pl.DataFrame(
        [
            series.scatter(list(rows), pl.Series(cells, dtype=pl.String))
            for series, cells in zip(frame.get_columns(), columns, strict=True)
        ]
    )
