"""Rows of Parquet -> a frame of their cells, with the types that they have there."""

import polars as pl

from backrec_cli.batch.cohort import ParquetRows
from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.parquet_text import as_text
from backrec_cli.batch.columns.reading.csv_texts import FlatTexts

# A character of a text takes up to six bytes as JSON.
_SURELY_SMALL = LARGEST // 8
_SMALL = 100
"""More than what is no text takes, its name included."""


def parquet_texts(rows: ParquetRows) -> FlatTexts | None:
    """Return the cells of Parquet rows; None where there are not as many as there should be."""
    frame = rows.frame()
    if frame.height != rows.length:
        return None
    texts = frame.select(as_text(cells) for cells in frame.get_columns() if not _is_small(cells))
    longest = sum(int(str(texts[name].str.len_bytes().max() or 0)) for name in texts.columns)
    if longest + _SMALL * frame.width < _SURELY_SMALL:
        return FlatTexts(frame)
    sizes = texts.select(pl.sum_horizontal(pl.all().str.len_bytes().fill_null(0))).to_series()
    large = sizes + _SMALL * frame.width >= _SURELY_SMALL
    return FlatTexts(frame, tuple(large.arg_true().to_list()))


def _is_small(cells: pl.Series) -> bool:
    """Whether cells are numbers, truths or moments, none of which is long."""
    return cells.dtype.is_numeric() or cells.dtype.is_temporal() or cells.dtype == pl.Boolean
