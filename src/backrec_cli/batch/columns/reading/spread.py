"""What records say of one number or flag, as decoded -> series: its values, units and dates.

Most records write a fact in one way, and whole columns are taken as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import NoneType
from typing import TYPE_CHECKING

import polars as pl
from msgspec.structs import astuple

from backrec_cli.batch.columns.reading.shapes import object_of
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.profile.parts import UNKNOWN

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

_PLAIN = {float, NoneType}


@dataclass(slots=True)
class Spread:
    """One fact of many records.

    value   null where it is not mentioned, or not known.
    asked   where "unknown" is said of it.
    on      its own date as it is written; `unit`: its unit as it is written.
    refused the rows that only the reference may judge.
    keys    how many keys of objects all this was written with; `colons`: those in its texts.
    """

    definition: FactDefinition
    value: pl.Series
    asked: pl.Series | None = None
    on: pl.Series | None = None
    unit: pl.Series | None = None
    refused: list[int] = field(default_factory=list)
    keys: int = 0
    colons: int = 0


def spread_flags(definition: FactDefinition, cells: list[object]) -> Spread:
    """Return a fact that all records write as true or false, or not at all."""
    value = pl.Series(definition.path, cells, dtype=pl.Boolean)
    return Spread(definition, value, keys=len(value) - value.null_count())


def spread_numbers(definition: FactDefinition, cells: list[object]) -> Spread:
    """Return a fact whose values are numbers."""
    kinds = set(map(type, cells))
    if kinds <= _PLAIN and definition.type is not FactType.QUANTITY:
        value = pl.Series(definition.path, cells, dtype=pl.Float64)
        return Spread(definition, value, keys=len(value) - value.null_count())
    shape = object_of(definition.type)
    rows = [row for row, cell in enumerate(cells) if cell is not None]
    there = [cells[row] for row in rows]
    objects = [cell if isinstance(cell, shape) else shape(cell) for cell in there]
    values, dates, *units = zip(*map(astuple, objects), strict=True)
    attributes = sum(len(part) - part.count(None) for part in (values, dates, *units))
    plain = 0 if kinds <= {shape, NoneType} else sum(type(cell) is not shape for cell in there)
    found = _valued(definition, rows, values, len(cells))
    found.keys = len(there) + attributes - plain
    found.colons = colons_in(dates)
    if dates.count(None) != len(dates):
        found.on = _series(rows, dates, len(cells), pl.String)
    if definition.type is FactType.QUANTITY:
        known = [unit or "" for unit in units[0]] if None in units[0] else units[0]
        found.unit = _series(rows, known, len(cells), pl.String)
    return found


def colons_in(texts: Sequence[object]) -> int:
    """Return how many colons stand in texts; None is no text."""
    return "\n".join(filter(None, texts)).count(":")  # type: ignore[arg-type]


def _valued(
    definition: FactDefinition, rows: list[int], values: tuple[object, ...], width: int
) -> Spread:
    """Return the numbers of a fact; a text among them is "unknown", or refused."""
    if str not in set(map(type, values)):
        return Spread(definition, _series(rows, values, width, pl.Float64, definition.path))
    numbers = [None if isinstance(value, str) else value for value in values]
    found = Spread(definition, _series(rows, numbers, width, pl.Float64, definition.path))
    texts = [place for place, value in enumerate(values) if isinstance(value, str)]
    asked = pl.repeat(value=False, n=width, dtype=pl.Boolean, eager=True)
    unknown = [rows[place] for place in texts if values[place] == UNKNOWN]
    found.asked = asked.scatter(unknown, values=True) if unknown else asked
    found.refused = [rows[place] for place in texts if values[place] != UNKNOWN]
    return found


def _series(
    rows: list[int],
    part: Sequence[object],
    width: int,
    kind: "PolarsDataType",
    name: str | None = None,
) -> pl.Series:
    """Return what stands in some rows as a series of all rows."""
    if len(rows) == width:
        return pl.Series(name, part, dtype=kind)
    column: list[object] = [None] * width
    for row, cell in zip(rows, part, strict=True):
        column[row] = cell
    return pl.Series(name, column, dtype=kind)
