"""A table of results -> NDJSON: one object a line, put together column by column."""

from io import BytesIO

import polars as pl

from backrec_cli.batch.results.lists import json_text
from backrec_cli.batch.row import LISTS


def encode_ndjson(frame: pl.DataFrame) -> bytes:
    """Return one line for each row, each with its line end; its lists are `QUOTED`."""
    buffer = BytesIO()
    # Text in the shape of JSON is written several times faster than lists by a writer of JSON.
    frame.select(_line(frame)).write_csv(buffer, include_header=False, quote_style="never")
    return buffer.getvalue()


def _line(frame: pl.DataFrame) -> pl.Expr:
    """Return a row as one JSON object."""
    parts = [pl.lit('{"id":'), _text_or_null(json_text(frame["id"]))]
    parts += [pl.lit(',"verdict":"'), pl.col("verdict"), pl.lit('"')]
    for name in LISTS:
        parts += [pl.lit(f',"{name}":['), pl.col(name), pl.lit("]")]
    parts += [pl.lit(',"pack_digest":"'), pl.col("pack_digest"), pl.lit('","as_of":')]
    parts += [_day(frame["as_of"]), pl.lit("}")]
    return pl.concat_str(parts)


def _day(days: pl.Series) -> pl.Expr:
    """Return days as texts; one for all rows is made into text once."""
    same = not days.null_count() and days.min() == days.max()
    return _text_or_null((days.head(1) if same else days).cast(pl.String()))


def _text_or_null(texts: pl.Series) -> pl.Expr:
    """Return texts in quotation marks, null where there is none."""
    quoted = pl.concat_str([pl.lit('"'), pl.lit(texts), pl.lit('"')])
    return quoted.fill_null("null") if texts.null_count() else quoted
