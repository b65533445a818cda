"""Recorded columns held against the reader of single profiles, row by row and fact by fact."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.columns.reading.frame import frame_of
from backrec_cli.batch.columns.reading.moments import ALL_COUNT, Times
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.errors import DiagnosticsError
from backrec_cli.errors.show import harmless
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile import Profile, read_profile
from backrec_cli.units import Quantity

EPOCH = date(1970, 1, 1)
KINDS = {
    FactType.BOOLEAN: pl.Boolean,
    FactType.EVENT: pl.Boolean,
    FactType.MEDICATION: pl.Boolean,
    FactType.INTEGER: pl.Float64,
    FactType.DECIMAL: pl.Float64,
    FactType.QUANTITY: pl.Float64,
    FactType.CHOICE: pl.String,
    FactType.DATE: pl.Int32,
}


def chunk_is_alike(
    reader: ColumnReader, chunk: Chunk, dictionary: FactDictionary, times: Times = ALL_COUNT
) -> set[int]:
    """Hold a chunk's columns against its records; return the rows left to the reference."""
    records = list(chunk.records())
    found = reader.read(chunk)
    assert found is not None
    assert found.count == len(records)
    profiles = [None if r.document is None else read(r.document, dictionary) for r in records]
    rows_are_alike(found, profiles, dictionary, times)
    return set(found.reference)


def rows_are_alike(
    found: RecordedColumns,
    profiles: Sequence[Profile | None],
    dictionary: FactDictionary,
    times: Times = ALL_COUNT,
) -> None:
    """Hold every row that is not left to the reference against the profile it stands for."""
    frame = frame_of(found.columns, dictionary)
    types_are_right(frame, dictionary)
    rows = pl.DataFrame([found.ids, *frame.get_columns()]).to_dicts()
    assert list(found.reference) == sorted(set(found.reference))
    for number, (row, profile) in enumerate(zip(rows, profiles, strict=True)):
        if number in found.reference:
            continue
        assert profile is not None, f"row {number} is refused by the reference"
        assert not profile.overrides
        row_is_alike(row, profile, dictionary, times)


def read(document: bytes, dictionary: FactDictionary) -> Profile | None:
    """Return the profile, or None where the reference refuses it."""
    try:
        return read_profile(document, "record", dictionary)
    except DiagnosticsError:
        return None


def row_is_alike(
    row: dict[str, object], profile: Profile, dictionary: FactDictionary, times: Times
) -> None:
    """Hold one row against one profile."""
    identifier = profile.id
    assert row["id"] == (None if identifier is None else harmless(identifier))
    for path, definition in dictionary.definitions.items():
        if definition.type is FactType.TEXT:
            continue
        fact = profile.recorded.get(path)
        reading = FactReading(path) if fact is None else fact.reading
        said = expected(definition, as_days(reading) if times.may_cut(path) else reading)
        assert {name: row.get(name, missing(name)) for name in said} == said
    for section in dictionary.sections:
        review = profile.reviewed.get(section)
        name = f"reviewed:{section}"
        assert bool(row.get(name)) is (review is not None)
        assert row.get(f"{name}@") == (None if review is None else days(as_day(review.on)))


def as_days(reading: FactReading) -> FactReading:
    """Return a reading with days in the place of date-times."""
    value = as_day(reading.value) if isinstance(reading.value, date) else reading.value
    return replace(reading, value=value, on=as_day(reading.on))


def as_day(moment: date | datetime | None) -> date | None:
    """Return the day of a moment as it is written."""
    return moment.date() if isinstance(moment, datetime) else moment


def missing(name: str) -> object:
    """Return what a column that is not there stands for."""
    return list(Absence).index(Absence.NOT_RECORDED) if name.endswith("!") else None


def expected(definition: FactDefinition, reading: FactReading) -> dict[str, object]:
    """Return the cells that say what a reading says."""
    path = definition.path
    why = None if reading.absence is None else list(Absence).index(reading.absence)
    cells: dict[str, object] = {f"{path}!": why, f"{path}@": days(reading.on)}
    if definition.type is not FactType.CHOICES:
        return {**cells, path: cell(reading.value)}
    words = reading.value if isinstance(reading.value, tuple) else None
    chosen = {
        f"{path}={word}": None if words is None else word in words for word in definition.choices
    }
    return {**cells, **chosen}


def cell(value: object) -> object:
    """Return a value as a column holds it."""
    if isinstance(value, Quantity):
        return float(value.value)
    if isinstance(value, date):
        return days(value)
    if isinstance(value, bool):
        return value
    return float(value) if isinstance(value, int | Decimal) else value


def days(moment: date | datetime | None) -> int | None:
    """Return a date as days since 1970; no row with a time of day may be compared at all."""
    assert not isinstance(moment, datetime), "a time of day was not left to the reference"
    return None if moment is None else (moment - EPOCH).days


def types_are_right(frame: pl.DataFrame, dictionary: FactDictionary) -> None:
    """Hold the types of all columns against what is agreed."""
    for name, kind in frame.schema.items():
        definition = dictionary.get(name)
        if definition is not None:
            assert kind == KINDS[definition.type], name
        elif name.endswith("@"):
            assert kind == pl.Int32, name
        elif name.endswith("!"):
            assert kind == pl.Int8, name
        elif name == "id":
            assert kind == pl.String
        else:
            assert kind == pl.Boolean, name
