"""What records say of one fact, as decoded -> series: its values, its units, its dates.

Most records write a fact in one way, and whole columns are taken as they are. Where they differ,
everything is brought to the object form, which says the same.
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

WORDS = "\x1f"
"""Stands before each word of an array of choices that is written as one text."""

_KINDS: "dict[FactType, PolarsDataType]" = {
    FactType.BOOLEAN: pl.Boolean,
    FactType.EVENT: pl.Boolean,
    FactType.MEDICATION: pl.Boolean,
    FactType.INTEGER: pl.Float64,
    FactType.DECIMAL: pl.Float64,
    FactType.QUANTITY: pl.Float64,
    FactType.CHOICE: pl.String,
    FactType.CHOICES: pl.String,
    FactType.DATE: pl.String,
    FactType.TEXT: pl.String,
}
_PLAIN: "dict[PolarsDataType, frozenset[type]]" = {
    pl.Boolean: frozenset((bool, NoneType)),
    pl.Float64: frozenset((float, NoneType)),
    pl.String: frozenset((str, NoneType)),
}
_HAPPENED = (FactType.EVENT, FactType.MEDICATION)


@dataclass(slots=True)
class Spread:
    """One fact of many records.

    value   null where it is not mentioned; a text as it is written, an array of choices with WORDS
            before each word.
    asked   where "unknown" is said of a fact whose values are no texts.
    on      its own date as it is written.
    unit    its unit as it is written.
    refused the rows that only the reference may judge.
    keys    how many keys of objects all this was written with.
    colons  how many colons stand in its texts.
    """

    definition: FactDefinition
    value: pl.Series
    asked: pl.Series | None = None
    on: pl.Series | None = None
    unit: pl.Series | None = None
    refused: list[int] = field(default_factory=list)
    keys: int = 0
    colons: int = 0


def spread(definition: FactDefinition, cells: list[object]) -> Spread:
    """Return what the records say of a fact, one entry for each; at least one says something."""
    kind = _KINDS[definition.type]
    if set(map(type, cells)) <= _PLAIN[kind] and definition.type is not FactType.CHOICES:
        value = pl.Series(definition.path, cells, dtype=kind)
        found = Spread(definition, value, keys=len(value) - value.null_count())
        if definition.type in (FactType.TEXT, FactType.DATE):
            found.colons = colons_in(cells)
        return found
    return _apart(definition, cells)


def colons_in(texts: Sequence[object]) -> int:
    """Return how many colons stand in texts; None is no text."""
    return "\n".join(filter(None, texts)).count(":")  # type: ignore[arg-type]


@dataclass(slots=True)
class _Parts:
    """The parts of a fact in all records; `rows`: the records that write it as an object."""

    values: list[object]
    dates: list[object]
    units: list[object]
    rows: list[int]


def _apart(definition: FactDefinition, cells: list[object]) -> Spread:
    """Return the parts of a fact that not all records write as one plain value."""
    shape = object_of(definition.type)
    rows = [row for row, cell in enumerate(cells) if type(cell) is shape]
    nothing: list[object] = [None] * len(cells)
    parts = _Parts(list(cells), nothing, list(nothing), rows)
    if definition.type is FactType.EVENT:
        _date_alone(parts)
    keys, refused = len(cells) - cells.count(None), []
    if rows:
        objects = [cell for cell in cells if isinstance(cell, shape)]
        columns = list(zip(*map(astuple, objects), strict=True))
        keys += sum(len(rows) - column.count(None) for column in columns)
        if definition.type in _HAPPENED:
            refused = _contradictory(rows, columns[0], columns[1])
            columns[0] = tuple(True if cell is None else cell for cell in columns[0])
        for whole, column in zip((parts.values, parts.dates, parts.units), columns, strict=False):
            _put(whole, rows, column)
    found = _valued(definition, parts)
    found.refused += refused
    found.keys = keys
    _add_date_and_unit(found, parts)
    return found


def _date_alone(parts: _Parts) -> None:
    """Take the date alone of an event for that it happened, on that day."""
    for row, cell in enumerate(parts.values):
        if isinstance(cell, str) and cell != UNKNOWN:
            parts.values[row], parts.dates[row] = True, cell


def _put(whole: list[object], rows: list[int], column: Sequence[object]) -> None:
    """Put what stands in some rows in its place among all rows."""
    if len(rows) == len(whole):
        whole[:] = column
        return
    for row, cell in zip(rows, column, strict=True):
        whole[row] = cell


def _add_date_and_unit(found: Spread, parts: _Parts) -> None:
    """Add the dates and units of a fact, where it has any."""
    kind = found.definition.type
    found.colons = colons_in(parts.dates)
    if kind is FactType.DATE:
        found.colons += colons_in(parts.values)
    if any(parts.dates) or "" in parts.dates:
        found.on = pl.Series(parts.dates, dtype=pl.String)
    if kind is FactType.QUANTITY:
        pairs = zip(parts.values, parts.units, strict=True)
        if parts.values.count(None) != parts.units.count(None):
            parts.units = [unit if cell is None else unit or "" for cell, unit in pairs]
        found.unit = pl.Series(parts.units, dtype=pl.String)


def _valued(definition: FactDefinition, parts: _Parts) -> Spread:
    """Return a fact's values as a series; a text where none may stand is "unknown" or refused."""
    path, kind, values = definition.path, _KINDS[definition.type], parts.values
    if definition.type is FactType.CHOICES:
        words = [WORDS.join(("", *cell)) if isinstance(cell, list) else cell for cell in values]
        split = [row for row, cell in enumerate(values) if _holds_separator(cell)]
        return Spread(definition, pl.Series(path, words, dtype=kind), refused=split)
    if kind == pl.String or str not in set(map(type, values)):
        return Spread(definition, pl.Series(path, values, dtype=kind))
    asked, refused = [False] * len(values), []
    for row in [row for row, cell in enumerate(values) if type(cell) is str]:
        asked[row] = values[row] == UNKNOWN
        if not asked[row]:
            refused.append(row)
        values[row] = None
    value = pl.Series(path, values, dtype=kind)
    return Spread(definition, value, pl.Series(asked, dtype=pl.Boolean), refused=refused)


def _holds_separator(cell: object) -> bool:
    """Whether what is written as one text could be taken apart in more than one way."""
    if isinstance(cell, list):
        return any(WORDS in word for word in cell)
    return isinstance(cell, str) and WORDS in cell


def _contradictory(
    rows: Sequence[int], values: tuple[object, ...], dates: tuple[object, ...]
) -> list[int]:
    """Return where something happened on a day and did not happen, or nothing is said of it."""
    if None not in values and dates.count(None) == len(dates):
        return []
    return [
        row
        for row, value, date in zip(rows, values, dates, strict=True)
        if (value is None and date is None) or (value is False and date is not None)
    ]
