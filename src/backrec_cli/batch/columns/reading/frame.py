"""Recorded columns as arrays -> a frame, for the engines that judge frames."""

from collections.abc import Mapping

import polars as pl

from backrec_cli.batch.columns.reading.arrays import NONE, Column
from backrec_cli.batch.columns.recorded import WHY
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary


def frame_of(columns: Mapping[str, Column], dictionary: FactDictionary) -> pl.DataFrame:
    """Return columns as a frame, null where there is nothing."""
    return pl.DataFrame([_series(name, each, dictionary) for name, each in columns.items()])


def _series(name: str, column: Column, dictionary: FactDictionary) -> pl.Series:
    """Return one column as a series of the kind that its name says."""
    definition = dictionary.get(name)
    if column.dtype.kind == "f":
        numbers = pl.Series(name, column, nan_to_null=True)
        is_number = definition is not None and definition.type is not FactType.DATE
        return numbers if is_number else numbers.cast(pl.Int32)
    codes = pl.Series(name, column)
    codes = codes.set(codes == NONE, None)
    if name.endswith(WHY):
        return codes
    if definition is not None and definition.type is FactType.CHOICE:
        return pl.Series(name, definition.choices, dtype=pl.String).gather(codes)
    return codes.cast(pl.Boolean)
