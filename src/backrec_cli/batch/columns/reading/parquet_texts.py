"""Rows of Parquet -> a frame of texts, as they become texts when records are read one by one."""

import polars as pl

from backrec_cli.batch.cohort import ParquetRows
from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.parquet_text import as_text
from backrec_cli.batch.columns.reading.csv_texts import FlatTexts

# A character of a text takes up to six bytes as JSON.
_SURELY_SMALL = LARGEST // 8


def parquet_texts(rows: ParquetRows) -> FlatTexts | None:
    """Return the cells of Parquet rows; None where there are not as many as there should be."""
    frame = rows.frame()
    if frame.height != rows.length:
        return None
    texts = frame.select(as_text(values) for values in frame.get_columns())
    longest = sum(int(str(texts[name].str.len_bytes().max() or 0)) for name in texts.columns)
    if longest + 100 * texts.width < _SURELY_SMALL:
        return FlatTexts(texts)
    sizes = texts.select(pl.sum_horizontal(pl.all().str.len_bytes().fill_null(0))).to_series()
    large = sizes + 100 * texts.width >= _SURELY_SMALL
    return FlatTexts(texts, tuple(large.arg_true().to_list()))
