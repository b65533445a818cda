"""Rows -> the table of results while it is worked on: one column each, lists still as text."""

from collections.abc import Iterable

import polars as pl

from backrec_cli.batch.row import LISTS, SEPARATOR, Row

TABLE = pl.Schema(
    {
        "id": pl.String(),
        "verdict": pl.String(),
        **{name: pl.String() for name in LISTS},
        "pack_digest": pl.String(),
        "as_of": pl.Date(),
    }
)
"""The columns in the order in which every format has them."""


def frame_of(rows: Iterable[Row]) -> pl.DataFrame:
    """Return rows as a table, in their order; a list is its entries joined by SEPARATOR."""
    rows = tuple(rows)
    return pl.DataFrame(
        {
            "id": [row.id for row in rows],
            "verdict": [str(row.verdict) for row in rows],
            "flagged": [SEPARATOR.join(row.flagged) for row in rows],
            "undecided": [SEPARATOR.join(row.undecided) for row in rows],
            "pending": [SEPARATOR.join(row.pending) for row in rows],
            "missing": [SEPARATOR.join(row.missing) for row in rows],
            "rejected": [SEPARATOR.join(row.rejected) for row in rows],
            "overdue": [SEPARATOR.join(row.overdue) for row in rows],
            "errors": [SEPARATOR.join(row.errors) for row in rows],
            "pack_digest": [row.pack_digest for row in rows],
            "as_of": [row.as_of for row in rows],
        },
        schema=TABLE,
    )


def with_real_lists(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table with its lists as lists of text; an empty text is an empty list."""
    return frame.with_columns(
        pl.when(pl.col(name) == "")
        .then(pl.lit([], dtype=pl.List(pl.String())))
        .otherwise(pl.col(name).str.split(SEPARATOR))
        .alias(name)
        for name in LISTS
    )
