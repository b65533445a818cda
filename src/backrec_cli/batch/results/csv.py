"""A table of results -> CSV that a spreadsheet may open: lists `;`-joined, no cell a formula."""

from io import BytesIO

import polars as pl

from backrec_cli.batch.results.table import TABLE
from backrec_cli.batch.row import LISTS

HEADER = (",".join(TABLE) + "\n").encode()

# Spreadsheets calculate what starts so, the wide signs of East Asian keyboards included, also
# behind a space or a quotation mark.
_SIGNS = r"[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
_FORMULA = rf"^[\s\"'\x00-\x20]*{_SIGNS}|^[\t\r\n]"
# Where a comma is the decimal sign, a spreadsheet divides a line at its semicolons.
_FORMULA_BEHIND_SEMICOLON = rf"(;[\s\"'\x00-\x20]*)({_SIGNS})"
# The only two columns whose text comes from a cohort.
_FREE_TEXT = ("id", "errors")


def encode_csv(frame: pl.DataFrame) -> bytes:
    """Return one record for each row, quoted as RFC 4180 says; nothing stands for an empty list."""
    buffer = BytesIO()
    frame.with_columns(
        *(_harmless(name) for name in _FREE_TEXT),
        *(pl.col(name).replace("", None) for name in LISTS if name not in _FREE_TEXT),
    ).write_csv(buffer, include_header=False, quote_style="necessary")
    return buffer.getvalue()


def _harmless(name: str) -> pl.Expr:
    """Return a column in which an apostrophe stands before what would act as a formula."""
    text = pl.col(name).replace("", None).str.replace_all(_FORMULA_BEHIND_SEMICOLON, "${1}'${2}")
    return pl.when(text.str.contains(_FORMULA)).then(pl.lit("'") + text).otherwise(text).alias(name)
