"""What records say of one fact, as decoded -> series: its values, its units, its dates.

Most records write a fact in one way, and whole columns are taken as they are. Where they differ,
everything is brought to the object form, which says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
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
_UNFIT = (TypeError, ValueError, pl.exceptions.PolarsError)
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


def spread(definition: FactDefinition, cells: Sequence[object]) -> Spread:
    """Return what the records say of a fact, one entry for each of them."""
    kind = _KINDS[definition.type]
    if definition.type is not FactType.CHOICES:
        try:
            value = pl.Series(definition.path, cells, dtype=kind)
        except _UNFIT:
            pass
        else:
            mentioned = len(value) - value.null_count()
            texts = definition.type in (FactType.TEXT, FactType.DATE)
            return Spread(
                definition, value, keys=mentioned, colons=colons_in(cells) if texts else 0
            )
    return _apart(definition, cells)


def colons_in(texts: Sequence[object]) -> int:
    """Return how many colons stand in texts."""
    return "\n".join(text for text in texts if isinstance(text, str)).count(":")


def _apart(definition: FactDefinition, cells: Sequence[object]) -> Spread:
    """Return the parts of a fact that not all records write as one plain value."""
    shape = object_of(definition.type)
    blank = shape(None)
    objects = [
        cell
        if type(cell) is shape
        else blank
        if cell is None
        else _in_object_form(cell, shape, definition.type)
        for cell in cells
    ]
    parts = list(zip(*map(astuple, objects), strict=True))
    found = _valued(definition, parts[0])
    mentioned = len(cells) - cells.count(None)
    plain = mentioned - list(map(type, cells)).count(shape)
    attributes = sum(len(part) - part.count(None) for part in parts)
    found.keys = mentioned + attributes - plain
    found.colons = colons_in(parts[1])
    if definition.type is FactType.DATE:
        found.colons += colons_in(parts[0])
    if parts[1].count(None) != len(cells):
        found.on = pl.Series(parts[1], dtype=pl.String)
    if definition.type is FactType.QUANTITY:
        found.unit = pl.Series(_units(parts[0], parts[2]), dtype=pl.String)
    if definition.type in _HAPPENED:
        _happened(found, cells)
    return found


def _units(values: tuple[object, ...], units: tuple[object, ...]) -> tuple[object, ...]:
    """Return the units, an empty one where a value has none."""
    if values.count(None) == units.count(None):
        return units
    pairs = zip(values, units, strict=True)
    return tuple("" if unit is None and value is not None else unit for value, unit in pairs)


def _in_object_form(cell: object, shape: type[msgspec.Struct], kind: FactType) -> msgspec.Struct:
    """Return a plain value as an object; the date alone of an event says that it happened."""
    if kind is FactType.EVENT and isinstance(cell, str) and cell != UNKNOWN:
        return shape(None, cell)
    return shape(cell)


def _valued(definition: FactDefinition, values: tuple[object, ...]) -> Spread:
    """Return a fact's values as a series; a text where none may stand is "unknown" or refused."""
    kind = _KINDS[definition.type]
    if definition.type is FactType.CHOICES:
        words = [WORDS.join(("", *cell)) if isinstance(cell, list) else cell for cell in values]
        split = [row for row, cell in enumerate(values) if _holds_separator(cell)]
        return Spread(definition, pl.Series(definition.path, words, dtype=kind), refused=split)
    try:
        return Spread(definition, pl.Series(definition.path, values, dtype=kind))
    except _UNFIT:
        pass
    usable = [None if isinstance(cell, str) else cell for cell in values]
    found = Spread(definition, pl.Series(definition.path, usable, dtype=kind))
    found.asked = pl.Series([cell == UNKNOWN for cell in values], dtype=pl.Boolean)
    found.refused = [
        row for row, cell in enumerate(values) if isinstance(cell, str) and cell != UNKNOWN
    ]
    return found


def _holds_separator(cell: object) -> bool:
    """Whether what is written as one text could be taken apart in more than one way."""
    if isinstance(cell, list):
        return any(WORDS in word for word in cell)
    return isinstance(cell, str) and WORDS in cell


def _happened(found: Spread, cells: Sequence[object]) -> None:
    """Say yes where only a date is given, and refuse what says nothing, or no on a day."""
    value, on = found.value, found.on
    asked = pl.Series([False]).new_from_index(0, len(cells)) if found.asked is None else found.asked
    if on is not None:
        found.refused += (~value & on.is_not_null()).arg_true().to_list()
        found.value = value = value | (value.is_null() & on.is_not_null() & ~asked)
    said = value.is_not_null() | asked
    mentioned = pl.Series([cell is not None for cell in cells], dtype=pl.Boolean)
    found.refused += (mentioned & ~said).arg_true().to_list()
