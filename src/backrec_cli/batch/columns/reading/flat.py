"""Flat records as columns of text -> recorded columns: each different cell is looked up once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from backrec_cli.batch.cohort.columns import Column, Role
from backrec_cli.batch.columns.reading.columns import Written, columns_of
from backrec_cli.batch.columns.reading.csv_texts import FlatTexts
from backrec_cli.batch.columns.reading.entries import COLONS, ON, Entries
from backrec_cli.batch.columns.reading.facts import Coded
from backrec_cli.batch.columns.reading.flat_cells import SEPARATOR, FlatCells, reviews_in
from backrec_cli.batch.columns.reading.identity import IDENTIFIER, identifiers
from backrec_cli.batch.columns.reading.json_cells import STAND_IN
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.meaning import MOST_REMEMBERED, Meaning, calendar_number
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile import Review
from backrec_cli.profile.parts import UNKNOWN

_DAYS = (FactType.DATE, FactType.EVENT)
"""What may be written as nothing but a date."""


@dataclass(slots=True)
class _Chunk:
    """What was found out about a chunk so far."""

    refused: set[int]
    written: Written = field(default_factory=Written)
    identifiers: pl.Series | None = None
    as_of: pl.Series | None = None


class FlatRecords:
    """Reads flat records by one dictionary; keeps what cells say from chunk to chunk."""

    def __init__(self, dictionary: FactDictionary, lookup: Lookup) -> None:
        self._dictionary = dictionary
        self._lookup = lookup
        self._entries: dict[tuple[Column, ...], Entries] = {}
        self._reviews: dict[str, Mapping[str, Review] | None] = {}

    def read(self, columns: Sequence[Column], texts: FlatTexts) -> RecordedColumns:
        """Return the columns of records; the texts stand in the order of their columns."""
        height = texts.frame.height
        chunk = _Chunk(set(texts.refused))
        facts: dict[str, list[tuple[Column, pl.Series]]] = {}
        for column, series in zip(columns, texts.frame.get_columns(), strict=True):
            if series.null_count() == len(series):
                continue
            match column.role:
                case Role.OVERRIDES:
                    chunk.refused.update(series.is_not_null().arg_true().to_list())
                case Role.AS_OF:
                    chunk.as_of = self._days_of_records(series, chunk)
                case Role.REVIEWED:
                    self._review(column, series, chunk)
                case Role.SECTION_DATE:
                    cut = chunk.written.cut(column.path, series)
                    chunk.written.days[column.path], _ = self._dates(cut, chunk)
                case Role.VALUE | Role.UNIT | Role.DATE:
                    facts.setdefault(column.path, []).append((column, series))
        for path, parts in facts.items():
            self._fact(path, parts, chunk)
        frame, doubtful = columns_of(chunk.written, self._lookup)
        texts_of_id = [None] * height if chunk.identifiers is None else chunk.identifiers.to_list()
        named = identifiers([None if text is None else text.strip() for text in texts_of_id])
        return RecordedColumns(
            pl.DataFrame([named, *frame.get_columns()]),
            tuple(sorted(chunk.refused | doubtful)),
            chunk.as_of,
        )

    def _fact(self, path: str, parts: list[tuple[Column, pl.Series]], chunk: _Chunk) -> None:
        """Take in what the cells of one fact say."""
        definition = self._dictionary.definitions[path]
        if definition.type is FactType.TEXT:
            if path == IDENTIFIER:
                chunk.identifiers = parts[0][1]
            return
        times = self._lookup.times
        days: pl.Series | None = None
        series = []
        for column, texts in parts:
            cells = texts
            if times.may_cut(path) and (column.role is Role.DATE or definition.type in _DAYS):
                cells = chunk.written.cut(path, cells)
            if column.role is Role.DATE:
                days, cells = self._dates(cells, chunk)
            series.append(cells)
        columns = tuple(column for column, _ in parts)
        if columns not in self._entries:
            timeless = path in times.timeless
            look = FlatCells(columns, self._dictionary, timeless=timeless).look
            self._entries[columns] = Entries(definition, look)
        answers = _answers(_together(series), self._entries[columns])
        if days is not None:
            own = days.fill_null(answers[ON]) if ON in answers.columns else days
            answers = answers.with_columns(own.alias(ON))
        chunk.written.coded.append(Coded(definition, answers))

    def _dates(self, texts: pl.Series, chunk: _Chunk) -> tuple[pl.Series, pl.Series]:
        """Return the days of dates as they are written, and what stands for each of them."""
        different = _different(texts)
        days: list[int | None] = []
        states = []
        wrong = []
        for text in different:
            date = text.strip()
            meaning = self._lookup.days[date] if date else Meaning(None)
            if meaning is None:
                wrong.append(text)
            day = None if meaning is None else meaning.cell
            days.append(day if isinstance(day, int) else None)
            states.append(date if date in ("", UNKNOWN) or meaning is None else STAND_IN)
        if wrong:
            chunk.refused.update(texts.is_in(wrong).arg_true().to_list())
        table = pl.DataFrame(
            [
                pl.Series("day", [*days, None], dtype=pl.Int32),
                pl.Series("state", [*states, ""], dtype=pl.String),
            ]
        )
        found = table[_places(texts, different)]
        return found["day"], found["state"]

    def _days_of_records(self, texts: pl.Series, chunk: _Chunk) -> pl.Series:
        """Return the day each record is to be assessed on; it must be known."""
        days, states = self._dates(texts, chunk)
        chunk.refused.update((states == UNKNOWN).arg_true().to_list())
        return days

    def _review(self, column: Column, texts: pl.Series, chunk: _Chunk) -> None:
        """Take in which sections were reviewed."""
        different = _different(texts)
        reviews = [self._reviews_in(column, text) for text in different]
        wrong = [text for text, found in zip(different, reviews, strict=True) if found is None]
        if wrong:
            chunk.refused.update(texts.is_in(wrong).arg_true().to_list())
        places = _places(texts, different)
        nothing: Mapping[str, Review] = {}
        known = [*(found or nothing for found in reviews), nothing]
        for section in self._dictionary.sections:
            flags = pl.Series([section in found for found in known], dtype=pl.Boolean)
            if not flags.any():
                continue
            dates = [found[section].on if section in found else None for found in known]
            days = [None if date is None else calendar_number(date) for date in dates]
            on = pl.Series(days, dtype=pl.Int32)
            chunk.written.reviews[section] = (
                flags.gather(places),
                None if on.null_count() == len(on) else on.gather(places),
            )

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


def _places(texts: pl.Series, different: list[str]) -> pl.Series:
    """Return which of the different texts stands where; behind the last of them where none does."""
    places = texts.cast(pl.Enum(different)).to_physical().cast(pl.UInt32)
    return places.fill_null(len(different))


def _answers(texts: pl.Series, entries: Entries) -> pl.DataFrame:
    """Return what the texts of a column say."""
    entries.forget()
    different = _different(texts)
    places = [*(entries[text] for text in different), entries[None]]
    table = entries.table().drop(COLONS)[pl.Series(places, dtype=pl.UInt32)]
    return table[_places(texts, different)]
