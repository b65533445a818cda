"""The schema of a Parquet file -> where the cells of each column are found, and what they may be.

A struct is read as the profile's object of that name, so `labs` with `hba1c` with `value` is the
column `labs.hba1c`.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from backrec_cli.batch.cohort.columns import Column, Role
from backrec_cli.errors import UsageError
from backrec_cli.facts.definition import FactType
from backrec_cli.profile.text import shortened

Place = tuple[str, ...]
"""The names from a column of the file down to a field of its structs."""

_VALUE = "value"
_DAYS = (Role.DATE, Role.SECTION_DATE, Role.AS_OF)
_NUMBERS = (FactType.INTEGER, FactType.QUANTITY, FactType.DECIMAL)
_WORDS = (FactType.TEXT, FactType.CHOICE)
_YES_NO = (FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION)
_DATED = (FactType.DATE, FactType.EVENT)
_WANTED = {
    FactType.BOOLEAN: "Boolean",
    FactType.EVENT: "Boolean or Date",
    FactType.MEDICATION: "Boolean",
    FactType.DATE: "Date or Datetime",
    FactType.CHOICES: "List of text",
}


def places_of(schema: pl.Schema) -> Iterator[tuple[Place, pl.DataType]]:
    """Yield every column that is no struct, and every such field of the structs."""
    for name, dtype in schema.items():
        yield from _inside((name,), dtype)


def _inside(place: Place, dtype: pl.DataType) -> Iterator[tuple[Place, pl.DataType]]:
    """Yield a column, or what stands inside it."""
    if isinstance(dtype, pl.Struct):
        for field in dtype.fields:
            yield from _inside((*place, field.name), pl.Series(dtype=field.dtype).dtype)
    else:
        yield place, dtype


def column_name(place: Place) -> str:
    """Return the name that a column has in the header of a flat file."""
    return ".".join(place[:-1] if len(place) > 1 and place[-1] == _VALUE else place)


def check_types(columns: Sequence[Column], types: Sequence[pl.DataType], name: str) -> None:
    """Raise UsageError for columns whose type cannot say what they should."""
    wrong = [
        f"column '{shortened(column.name)}' is {dtype}; write it as {_wanted(column)}"
        for column, dtype in zip(columns, types, strict=True)
        if not _fits(column, dtype)
    ]
    if wrong:
        msg = f"'{name}': {'; '.join(wrong[:5])}"
        raise UsageError(msg)


def _wanted(column: Column) -> str:
    """Return the types a column may have, in words."""
    if column.role in _DAYS:
        return "Date, Datetime or text"
    if column.role is not Role.VALUE or column.type in _WORDS:
        return "text"
    return f"{_WANTED.get(column.type, 'a number')}, or as text"


def _fits(column: Column, dtype: pl.DataType) -> bool:
    """Whether the cells of a column can be what it stands for; text always can."""
    if isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Null):
        return True
    value = column.role is Role.VALUE
    if isinstance(dtype, pl.Boolean):
        return value and column.type in _YES_NO
    if dtype.is_integer():
        return value and column.type in (*_NUMBERS, *_WORDS)
    if dtype.is_numeric():
        return value and column.type in _NUMBERS
    if isinstance(dtype, pl.Date | pl.Datetime):
        return column.role in _DAYS or (value and column.type in _DATED)
    if isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.String | pl.Null):
        return column.role is Role.REVIEWED or (value and column.type is FactType.CHOICES)
    return False
