"""Judges chunks by columns, and leaves to the reference what columns cannot hold exactly."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import compress
from typing import Protocol

import polars as pl

from backrec_cli.batch.chunk import Answer, Chunk
from backrec_cli.batch.columns.evaluation import PlaneEvaluation
from backrec_cli.batch.columns.program import Judgement, Selected, judgement_of
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.recorded import AS_OF, SURGERY, WHY, all_columns
from backrec_cli.batch.columns.times import times_of
from backrec_cli.batch.record import Record
from backrec_cli.batch.reference import Terms, judge_record
from backrec_cli.batch.results.table import TABLE, frame_of
from backrec_cli.expression.compiler import NotColumnarError
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.settle import SURGERY_DATE

_EPOCH = date(1970, 1, 1)
_FEWEST = 200
"""Below so many records judging them one by one is done before columns would be compiled."""


class Evaluation(Protocol):
    """One judgement, compiled for an engine."""

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the verdict and the lists of every row, in the frame's order."""
        ...


class TooLargeError(Exception):
    """A judgement that an engine would plan for minutes; the message says what is done instead."""


class ColumnAssessor:
    """Judges whole chunks at once."""

    def __init__(
        self,
        terms: Terms,
        compiled: Callable[[Judgement, FactDictionary], Evaluation] = PlaneEvaluation,
    ) -> None:
        """Keep what is the same for every record; the columns are compiled for the first chunk."""
        self.terms = terms
        self._compiled = compiled
        self._reader = ColumnReader(terms.pack.dictionary, times_of(terms.pack))
        self._columns: frozenset[str] = frozenset()
        self._evaluation: Evaluation | None = None
        self._remark = ""
        self._possible = _is_day(terms.as_of) and _is_day(terms.surgery)

    def assess(self, chunk: Chunk) -> Answer:
        """Return one row for each record of the chunk, whatever is wrong with it."""
        recorded = self._reader.read(chunk) if self._possible else None
        if recorded is None or self._too_few(recorded):
            return by_reference(chunk.records(), self.terms)
        frame, alone = self._prepared(recorded)
        try:
            judged = self._judged(frame)
        except NotColumnarError:
            self._possible = False
            return by_reference(chunk.records(), self.terms)
        return replace(_together(judged, alone, chunk, self.terms), remark=self._remark)

    def _too_few(self, recorded: RecordedColumns) -> bool:
        """Whether columns would still have to be compiled, for too few records."""
        fitting = recorded.frame.height - len(recorded.reference)
        return self._evaluation is None and fitting < _FEWEST

    def _prepared(self, recorded: RecordedColumns) -> tuple[pl.DataFrame, Sequence[int]]:
        """Return the frame with both days, and the rows that are left to the reference."""
        frame, terms = recorded.frame, self.terms
        surgery = _planned(frame) if terms.surgery is None else _constant(terms.surgery)
        if recorded.as_of is not None:
            as_of = pl.lit(recorded.as_of.cast(pl.Int32))
        else:
            as_of = surgery if terms.as_of is None else _constant(terms.as_of)
        days = [as_of.alias(AS_OF), surgery.alias(SURGERY)]
        if terms.surgery is not None and SURGERY_DATE in terms.pack.dictionary.definitions:
            why = pl.lit(None, dtype=pl.Int8).alias(SURGERY_DATE + WHY)
            days += [surgery.alias(SURGERY_DATE), why]
        frame = frame.with_columns(days)
        undated = frame[AS_OF].is_null().arg_true().to_list()
        alone = sorted({*recorded.reference, *undated})
        return frame.with_columns(pl.col(AS_OF).fill_null(0)), alone

    def _judged(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return verdicts and lists of every row in the table's columns."""
        if self._evaluation is None or not self._columns.issuperset(frame.columns):
            # What the first chunk does not mention, a later one may; then nothing is left out.
            first = self._evaluation is None
            every = all_columns(self.terms.pack.dictionary)
            self._columns = frozenset(frame.columns) if first else frozenset(every)
            selected = Selected(self.terms.select, self.terms.ignore)
            judgement = judgement_of(self.terms.pack, self._columns, selected)
            self._evaluation = self._compiled_or_planes(judgement)
        found = self._evaluation.run(frame)
        return found.with_columns(
            frame["id"],
            pl.lit("").alias("errors"),
            pl.lit(self.terms.pack.digest).alias("pack_digest"),
            frame[AS_OF].cast(pl.Date),
        ).select(TABLE.names())

    def _compiled_or_planes(self, judgement: Judgement) -> Evaluation:
        """Compile a judgement for the engine; one too large for it, as the default engine does."""
        dictionary = self.terms.pack.dictionary
        try:
            return self._compiled(judgement, dictionary)
        except TooLargeError as error:
            self._remark = str(error)
            return PlaneEvaluation(judgement, dictionary)


def by_reference(records: Iterator[Record], terms: Terms) -> Answer:
    """Judge records one by one."""
    judged = [judge_record(record, terms) for record in records]
    rejects = tuple(reject for _, reject in judged if reject is not None)
    return Answer(frame_of(row for row, _ in judged), rejects)


def _together(judged: pl.DataFrame, alone: Sequence[int], chunk: Chunk, terms: Terms) -> Answer:
    """Put the rows that the reference judged in their places among the others."""
    if not alone:
        return Answer(judged, ())
    apart = bytearray(judged.height)
    for place in alone:
        apart[place] = 1
    answer = by_reference(compress(chunk.records(), apart), terms)
    kept = pl.Series(apart, dtype=pl.UInt8) == 0
    places = pl.int_range(judged.height, eager=True)
    frame = pl.concat([judged.filter(kept), answer.frame])
    order = pl.concat([places.filter(kept), places.filter(~kept)])
    return Answer(frame.gather(order.arg_sort()), answer.rejects)


def _planned(frame: pl.DataFrame) -> pl.Expr:
    """Return the recorded day of surgery."""
    if SURGERY_DATE not in frame.columns:
        return pl.lit(None, dtype=pl.Int32)
    return pl.col(SURGERY_DATE)


def _constant(day: date) -> pl.Expr:
    """Return one day for every row."""
    return pl.lit((day - _EPOCH).days, dtype=pl.Int32)


def _is_day(moment: date | datetime | None) -> bool:
    """Whether a moment is a day without a time; columns know no times."""
    return not isinstance(moment, datetime)
