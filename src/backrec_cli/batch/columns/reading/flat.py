"""Flat records -> recorded columns: each different text is looked up once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from backrec_cli.batch.cohort.columns import Column, Role
from backrec_cli.batch.cohort.parquet_text import as_text
from backrec_cli.batch.columns.reading.arrays import Flags, Floats, Places
from backrec_cli.batch.columns.reading.columns import columns_of
from backrec_cli.batch.columns.reading.csv_texts import FlatTexts
from backrec_cli.batch.columns.reading.dates import UNDATED
from backrec_cli.batch.columns.reading.entries import Entries
from backrec_cli.batch.columns.reading.facts import Coded
from backrec_cli.batch.columns.reading.flat_cells import SEPARATOR, FlatCells, reviews_in
from backrec_cli.batch.columns.reading.flat_typed import is_typed, numbers_of, truths_of
from backrec_cli.batch.columns.reading.identity import IDENTIFIER, identifiers
from backrec_cli.batch.columns.reading.json_cells import STAND_IN
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.meaning import MOST_REMEMBERED
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.reading.reviews import Reviewed
from backrec_cli.batch.columns.reading.written import Written
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile import Review
from backrec_cli.profile.parts import UNKNOWN


@dataclass(slots=True)
class _Chunk:
    """What was found out about a chunk so far."""

    written: Written
    refused: Flags
    identifiers: pl.Series | None = None
    as_of: Floats | None = None


class FlatRecords:
    """Reads flat records by one dictionary; keeps what cells say from chunk to chunk."""

    def __init__(self, dictionary: FactDictionary, lookup: Lookup) -> None:
        self._dictionary = dictionary
        self._lookup = lookup
        self._entries: dict[tuple[Column, ...], Entries] = {}
        self._reviews: dict[str, Mapping[str, Review] | None] = {}

    def read(self, columns: Sequence[Column], texts: FlatTexts) -> RecordedColumns:
        """Return the columns of records; their cells stand in the order of the columns."""
        self._lookup.forget()
        height = texts.frame.height
        chunk = _Chunk(Written(height), np.zeros(height, dtype=np.bool_))
        chunk.refused[[*texts.refused]] = True
        facts: dict[str, list[tuple[Column, pl.Series]]] = {}
        for column, series in zip(columns, texts.frame.get_columns(), strict=True):
            if series.null_count() == len(series):
                continue
            match column.role:
                case Role.OVERRIDES:
                    chunk.refused |= series.is_not_null().to_numpy()
                case Role.AS_OF:
                    self._days_of_records(as_text(series), chunk)
                case Role.REVIEWED:
                    self._review(column, as_text(series), chunk)
                case Role.SECTION_DATE:
                    chunk.written.dates[column.path], _ = self._dates(as_text(series))
                case Role.VALUE | Role.UNIT | Role.DATE:
                    facts.setdefault(column.path, []).append((column, series))
        for path, parts in facts.items():
            self._fact(path, parts, chunk)
        found, doubt = columns_of(chunk.written, self._lookup)
        texts_of_id = [None] * height if chunk.identifiers is None else chunk.identifiers.to_list()
        named = identifiers([None if text is None else text.strip() for text in texts_of_id])
        reference = tuple(np.flatnonzero(chunk.refused | doubt).tolist())
        return RecordedColumns(named, found, reference, chunk.as_of)

    def _fact(self, path: str, parts: list[tuple[Column, pl.Series]], chunk: _Chunk) -> None:
        """Take in what the cells of one fact say."""
        definition = self._dictionary.definitions[path]
        if definition.type is FactType.TEXT:
            if path == IDENTIFIER:
                chunk.identifiers = as_text(parts[0][1])
            return
        columns = tuple(column for column, _ in parts)
        first = parts[0][1]
        if is_typed(definition, columns, first.dtype):
            self._typed(definition, parts, chunk)
            return
        on: Places | None = None
        series = []
        for column, cells in parts:
            texts = as_text(cells)
            if column.role is Role.DATE:
                on, texts = self._dates(texts)
            series.append(texts)
        if columns not in self._entries:
            timeless = path in self._lookup.times.timeless
            look = FlatCells(columns, self._dictionary, timeless=timeless).look
            self._entries[columns] = Entries(definition, look)
        entries = self._entries[columns]
        places = _answers(_together(series), entries)
        chunk.written.facts.append(Coded(definition, places, entries.table(), on))

    def _typed(
        self, definition: FactDefinition, parts: list[tuple[Column, pl.Series]], chunk: _Chunk
    ) -> None:
        """Take in cells that stand for themselves."""
        (column, cells), *dates = parts
        if cells.dtype == pl.Boolean:
            chunk.written.facts.append(truths_of(definition, cells))
            return
        on = None
        for _, days in dates:
            on, _ = self._dates(as_text(days))
        numbers, refused = numbers_of(definition, cells, column.unit, on, self._lookup)
        chunk.written.facts.append(numbers)
        chunk.refused |= refused

    def _dates(self, texts: pl.Series) -> tuple[Places, pl.Series]:
        """Return the places of dates as they are written, and what stands for each of them."""
        different = _different(texts)
        dates = [text.strip() for text in different]
        on = [self._lookup.dates[date] if date else UNDATED for date in dates]
        states = [date if date in ("", UNKNOWN) else STAND_IN for date in dates]
        where = _places(texts, different)
        said = pl.Series([*states, ""], dtype=pl.String).gather(pl.Series(where))
        return np.array([*on, UNDATED], dtype=np.uint32)[where], said

    def _days_of_records(self, texts: pl.Series, chunk: _Chunk) -> None:
        """Take in the day each record is to be assessed on; it must be known, without a time."""
        on, _ = self._dates(texts)
        dates = self._lookup.dates.table()
        chunk.as_of = dates.day[on]
        unknown = np.isnan(chunk.as_of) & (on != UNDATED)
        chunk.refused |= unknown | dates.timed[on] | dates.doubt[on]

    def _review(self, column: Column, texts: pl.Series, chunk: _Chunk) -> None:
        """Take in which sections were reviewed."""
        different = _different(texts)
        reviews = [self._reviews_in(column, text) for text in different]
        where = _places(texts, different)
        chunk.refused |= np.array([*(found is None for found in reviews), False])[where]
        nothing: Mapping[str, Review] = {}
        known = [*(found or nothing for found in reviews), nothing]
        for section in self._dictionary.sections:
            there = np.array([section in found for found in known], dtype=np.int8)
            if there.any():
                days = [found[section].on if section in found else None for found in known]
                on = [UNDATED if day is None else self._lookup.dates[_written(day)] for day in days]
                places = np.array(on, dtype=np.uint32)[where]
                chunk.written.reviews[section] = Reviewed(there[where], places)

    def _reviews_in(self, column: Column, text: str) -> Mapping[str, Review] | None:
        """Return the reviews that a cell names; None for the reference."""
        if text not in self._reviews:
            if len(self._reviews) >= MOST_REMEMBERED:
                self._reviews.clear()
            self._reviews[text] = reviews_in(column, text, self._dictionary)
        return self._reviews[text]


def _together(series: list[pl.Series]) -> pl.Series:
    """Return the cells of several columns as one text each."""
    if len(series) == 1:
        return series[0]
    cells = [each.alias(f"{place}") for place, each in enumerate(series)]
    joined = pl.concat_str(pl.all().fill_null(""), separator=SEPARATOR)
    return pl.DataFrame(cells).select(joined).to_series()


def _different(texts: pl.Series) -> list[str]:
    """Return the different texts of a column."""
    found: list[str] = texts.drop_nulls().unique().to_list()
    return found


def _places(texts: pl.Series, different: list[str]) -> Places:
    """Return which of the different texts stands where; behind the last of them where none does."""
    places = texts.cast(pl.Enum(different)).to_physical().cast(pl.UInt32)
    return places.fill_null(len(different)).to_numpy()


def _answers(texts: pl.Series, entries: Entries) -> Places:
    """Return the places of what the texts of a column say."""
    entries.forget()
    different = _different(texts)
    known = np.array([*(entries[text] for text in different), entries[None]], dtype=np.uint32)
    return known[_places(texts, different)]


def _written(day: date) -> str:
    """Return the day of a review as it is written."""
    return day.isoformat()[: len("2026-03-16")]
