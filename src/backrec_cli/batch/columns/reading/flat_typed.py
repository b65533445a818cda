"""Typed cells of flat records that stand for themselves -> facts, without texts between.

What programs write as numbers and truths needs not be written out to be read again. Whatever else
a column may hold becomes text, as in CSV, and is read as that.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from backrec_cli.batch.cohort.columns import Column, Role
from backrec_cli.batch.columns.reading.arrays import NONE, Flags, Places
from backrec_cli.batch.columns.reading.dates import UNDATED
from backrec_cli.batch.columns.reading.facts import Plain, Spread
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.facts.definition import FactDefinition, FactType

_TRUTHS = (FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION)
_NUMBERS = (FactType.INTEGER, FactType.DECIMAL, FactType.QUANTITY)


def is_typed(definition: FactDefinition, columns: Sequence[Column], kind: pl.DataType) -> bool:
    """Whether the cells of a fact stand for themselves; `kind`: of the first of its columns.

    Floats of half the width are not what was measured, so their digits are looked at as text.
    """
    roles = [column.role for column in columns]
    if definition.type in _TRUTHS:
        return kind == pl.Boolean and roles == [Role.VALUE]
    number = kind == pl.Float64 or kind.is_integer()
    return (
        definition.type in _NUMBERS
        and number
        and roles[0] is Role.VALUE
        and (roles[1:] in ([], [Role.DATE]))
    )


def truths_of(definition: FactDefinition, cells: pl.Series) -> Plain:
    """Return a column of truths."""
    return Plain(definition, cells.cast(pl.Int8).fill_null(NONE).to_numpy())


def numbers_of(
    definition: FactDefinition,
    cells: pl.Series,
    unit: str | None,
    on: Places | None,
    lookup: Lookup,
) -> tuple[Spread, Flags]:
    """Return a column of numbers, and the rows that only the reference may judge.

    unit  that of every number, where the header says it; `on`: the places of their dates.
    """
    values = cells.cast(pl.Float64).to_numpy()
    there = cells.is_not_null().to_numpy()
    refused: Flags = there & ~np.isfinite(values)
    if on is not None:
        refused |= ~there & (on != UNDATED)
    place = np.uint32(lookup.units[unit])
    units = np.full(len(values), place) if definition.type is FactType.QUANTITY else None
    return Spread(definition, values, on=on, unit=units), refused
