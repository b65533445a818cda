"""A frame of recorded facts -> the same columns in fixed kinds, whatever a chunk mentions of them.

A plan is compiled once and run on every chunk, so its columns must not change their kinds. Numbers
and days are floating-point throughout, as they are where polars judges.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from backrec_cli.batch.columns.engines.stages import ROW
from backrec_cli.batch.columns.recorded import WHY, truth_columns
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary

_NUMBER = pl.Float64()
_TEXTS = frozenset({FactType.CHOICE, FactType.TEXT})


def in_fixed_kinds(
    frame: pl.DataFrame, columns: Mapping[str, str], dictionary: FactDictionary
) -> pl.DataFrame:
    """Return the columns a plan reads, under the plan's names, with the number of each row.

    columns  the plan's name of each column. One that the frame lacks was mentioned nowhere.
    """
    kinds = dict(_fact_kinds(dictionary))
    numbers = pl.int_range(pl.len(), dtype=pl.Int64).alias(ROW)
    return frame.select(
        numbers,
        *(
            _column(frame, column, kinds.get(column, _NUMBER)).alias(name)
            for column, name in columns.items()
        ),
    )


def _column(frame: pl.DataFrame, column: str, kind: pl.DataType) -> pl.Expr:
    """Return a column in its kind."""
    if column in frame.columns:
        return pl.col(column).cast(kind)
    return pl.lit(0.0 if column.endswith(WHY) else None, dtype=kind)


def _fact_kinds(dictionary: FactDictionary) -> Iterator[tuple[str, pl.DataType]]:
    """Yield the kind of each column that holds no number."""
    yield from ((name, pl.Boolean()) for name in truth_columns(dictionary))
    for path, definition in dictionary.definitions.items():
        if definition.type in _TEXTS:
            yield path, pl.String()
