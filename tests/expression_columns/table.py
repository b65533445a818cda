"""The same patients as a table, one row each, and the facts of that table for the compiler."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from backrec_cli.expression.compiler import Asked, FactColumns, NotColumnarError, terms
from backrec_cli.expression.compiler.terms import Term
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.units import Quantity
from tests.expression_columns.patients import SMALL, World
from tests.unit.expression_bench import Record

ROW, AS_OF = "row", "as_of"
EPOCH = date(1970, 1, 1)
_TRUTHS = frozenset({FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION})
_KINDS: Mapping[FactType, type[pl.DataType]] = {
    **dict.fromkeys(_TRUTHS, pl.Boolean),
    FactType.INTEGER: pl.Int64,
    FactType.DATE: pl.Int64,
    FactType.DECIMAL: pl.Float64,
    FactType.QUANTITY: pl.Float64,
}


@dataclass(frozen=True)
class Table:
    """The facts of a table made by `frame_of`."""

    world: World = SMALL

    @property
    def as_of(self) -> Term:
        """The day of each assessment."""
        return terms.column(AS_OF, nullable=False)

    def fact(self, path: str) -> FactColumns:
        """Return the columns of one fact."""
        definition = self.world.dictionary.definitions[path]
        if definition.type is FactType.TEXT:
            raise NotColumnarError(path)
        counted = path in self.world.items
        return FactColumns(
            path,
            value=terms.NULL if definition.type is FactType.CHOICES else terms.column(_name(path)),
            known=_flag(path, "known"),
            unrecorded=_flag(path, "unrecorded"),
            boolean=definition.type in _TRUTHS,
            whole=definition.type is FactType.INTEGER,
            day=definition.type is FactType.DATE,
            rounded=path in self.world.calculated,
            on=terms.column(_name(path, "on")),
            unit=definition.unit,
            text=definition.type is FactType.CHOICE,
            words=_words(definition),
            low=terms.column(_name(path, "low")) if counted else terms.NULL,
            high=terms.column(_name(path, "high")) if counted else terms.NULL,
            asked=_asked(path, self.world.items[path]) if counted else {},
        )


def _name(path: str, part: str = "") -> str:
    """Return the name of a column; to Spark a dot in it would mean a field of a structure."""
    return f"{path}/{part}".replace(".", "/")


def _flag(path: str, name: str) -> Term:
    return terms.column(_name(path, name), nullable=False)


def _words(definition: FactDefinition) -> Mapping[str, Term] | None:
    if definition.type is not FactType.CHOICES:
        return None
    return {word: terms.column(_name(definition.path, word)) for word in definition.choices}


def _asked(path: str, items: Sequence[str]) -> Mapping[Asked, Term]:
    """Return what would settle a score: its open items, or itself where it has none."""
    own = {(path, None): _flag(path, "itself")}
    return own | {(item, path): _flag(path, item) for item in items}


def frame_of(records: Sequence[Record], world: World = SMALL) -> pl.DataFrame:
    """Return one row for each patient, in order."""
    columns = [
        pl.Series(ROW, range(len(records)), dtype=pl.Int64),
        pl.Series(AS_OF, [_number(record.as_of) for record in records], dtype=pl.Int64),
    ]
    for definition in world.dictionary.definitions.values():
        readings = [record.fact(definition.path) for record in records]
        columns += _columns(definition, readings, world.items.get(definition.path))
    return pl.DataFrame(columns)


def _columns(
    definition: FactDefinition, readings: Sequence[FactReading], items: Sequence[str] | None
) -> Iterable[pl.Series]:
    path = definition.path
    yield pl.Series(_name(path, "known"), [each.known for each in readings])
    unrecorded = [each.absence is Absence.NOT_RECORDED for each in readings]
    yield pl.Series(_name(path, "unrecorded"), unrecorded)
    days = [None if each.on is None else _number(each.on) for each in readings]
    yield pl.Series(_name(path, "on"), days, dtype=pl.Int64)
    if definition.type is FactType.CHOICES:
        for word in definition.choices:
            held = [_holds(each, word) for each in readings]
            yield pl.Series(_name(path, word), held, dtype=pl.Boolean)
        return
    values = [_plain(each) for each in readings]
    yield pl.Series(_name(path), values, dtype=_KINDS.get(definition.type, pl.String))
    if items is not None:
        lows = [None if each.range is None else each.range[0] for each in readings]
        highs = [None if each.range is None else each.range[1] for each in readings]
        yield pl.Series(_name(path, "low"), lows, dtype=pl.Int64)
        yield pl.Series(_name(path, "high"), highs, dtype=pl.Int64)
        yield pl.Series(_name(path, "itself"), [not each.lacking for each in readings])
        for item in items:
            lacking = [item in {other.path for other in each.lacking} for each in readings]
            yield pl.Series(_name(path, item), lacking)


def _holds(reading: FactReading, word: str) -> bool | None:
    return word in reading.value if isinstance(reading.value, tuple) else None


def _plain(reading: FactReading) -> bool | int | float | str | None:
    """Return a value as the table holds it."""
    value = reading.value if reading.known else None
    match value:
        case None | bool() | int() | str():
            return value
        case date():
            return _number(value)
        case Quantity():
            return float(value.value)
        case tuple():
            return None
        case _:
            return float(value)


def _number(day: date) -> int:
    """Return a day as its number since 1970; the hour is dropped."""
    plain = day.date() if isinstance(day, datetime) else day
    return (plain - EPOCH).days
