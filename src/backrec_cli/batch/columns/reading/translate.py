"""What different values say -> expressions that put it in the place of the values."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from backrec_cli.batch.columns.reading.meaning import Cell, Meaning, Written

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

Pairs = Sequence[tuple[Written, Meaning | None]]
"""Values as written, each once, with what they say; None: only the reference may judge them."""


def same(pairs: Pairs) -> bool:
    """Whether every value stands for itself."""
    return all(meaning is not None and meaning.cell == written for written, meaning in pairs)


def cells(column: pl.Expr, pairs: Pairs, kind: "PolarsDataType") -> pl.Expr:
    """Return what the values of a column say, null where that is unknown."""
    if same(pairs):
        return column
    said = [(written, None if meaning is None else meaning.cell) for written, meaning in pairs]
    return replaced(column, said, kind)


def absences(column: pl.Expr, pairs: Pairs) -> pl.Expr | None:
    """Return why the values of a column are unknown; None where all of them are known."""
    why = [
        (written, meaning.absence)
        for written, meaning in pairs
        if meaning is not None and meaning.absence is not None
    ]
    return replaced(column, why, pl.Int8) if why else None


def doubtful(column: pl.Expr, pairs: Pairs) -> pl.Expr | None:
    """Return where a column holds what only the reference may judge; None: nowhere."""
    found = [written for written, meaning in pairs if meaning is None]
    return column.is_in(found) if found else None


def replaced(
    column: pl.Expr, pairs: Iterable[tuple[Written, Cell]], kind: "PolarsDataType"
) -> pl.Expr:
    """Return a column with other values in the place of its own, null for those not named."""
    old, new = zip(*pairs, strict=True)
    values = pl.Series(new, dtype=kind)
    return column.replace_strict(list(old), values, default=None, return_dtype=kind)
