"""Judges chunks by columns, and leaves to the reference what columns cannot hold exactly."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import compress
from typing import Protocol

import numpy as np
import polars as pl

from backrec_cli.batch.chunk import Answer, Chunk
from backrec_cli.batch.columns.evaluation import PlaneEvaluation
from backrec_cli.batch.columns.found import Found
from backrec_cli.batch.columns.program import Judgement, Selected, judgement_of
from backrec_cli.batch.columns.reading.arrays import NAN, NONE, Column, Floats
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.recorded import AS_OF, SURGERY, WHY, all_columns
from backrec_cli.batch.columns.times import times_of
from backrec_cli.batch.record import Record
from backrec_cli.batch.reference import Terms, judge_record
from backrec_cli.batch.results.lists import PLAIN, ListShape
from backrec_cli.batch.results.table import TABLE, frame_of
from backrec_cli.batch.tally import Tally
from backrec_cli.expression.compiler import NotColumnarError
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.settle import SURGERY_DATE

_EPOCH = date(1970, 1, 1)
_FEWEST = 200
"""Below so many records judging them one by one is done before columns would be compiled."""


class Evaluation(Protocol):
    """One judgement, compiled for an engine."""

    def judge(self, columns: Mapping[str, Column], count: int, apart: Sequence[int]) -> Found:
        """Return the verdict and the lists of every row of some columns, in their order.

        count  how many rows there are; `apart`: those that are not counted, since others take
               their place.
        """
        ...


class TooLargeError(Exception):
    """A judgement that an engine would plan for minutes; the message says what is done instead."""


class ColumnAssessor:
    """Judges whole chunks at once."""

    def __init__(
        self,
        terms: Terms,
        compiled: Callable[[Judgement, FactDictionary, ListShape], Evaluation] = PlaneEvaluation,
        lists: ListShape = PLAIN,
    ) -> None:
        """Keep what is the same for every record; the columns are compiled for the first chunk.

        lists  the shape of the lists in each answer.
        """
        self.terms = terms
        self._lists = lists
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
            return self._by_reference(chunk.records())
        columns, alone = self._prepared(recorded)
        try:
            judged = self._judged(columns, recorded.ids, alone)
        except NotColumnarError:
            self._possible = False
            return self._by_reference(chunk.records())
        if not alone:
            return Answer(judged.frame, judged.tally, (), self._remark)
        return replace(self._together(judged, alone, chunk), remark=self._remark)

    def _too_few(self, recorded: RecordedColumns) -> bool:
        """Whether columns would still have to be compiled, for too few records."""
        fitting = recorded.count - len(recorded.reference)
        return self._evaluation is None and fitting < _FEWEST

    def _prepared(self, recorded: RecordedColumns) -> tuple[dict[str, Column], Sequence[int]]:
        """Return the columns with both days, and the rows that are left to the reference."""
        columns, terms = recorded.columns, self.terms
        recorded_day = columns.get(SURGERY_DATE, np.full(recorded.count, NAN))
        surgery = _day(recorded.count, terms.surgery) if terms.surgery else recorded_day
        as_of = recorded.as_of
        if as_of is None:
            as_of = _day(recorded.count, terms.as_of) if terms.as_of else surgery
        undated = np.isnan(as_of)
        columns |= {AS_OF: np.where(undated, 0, as_of), SURGERY: surgery}
        if terms.surgery is not None and SURGERY_DATE in terms.pack.dictionary.definitions:
            known = np.full(recorded.count, NONE, dtype=np.int8)
            columns |= {SURGERY_DATE: surgery, SURGERY_DATE + WHY: known}
        alone = {*recorded.reference, *np.flatnonzero(undated).tolist()}
        return columns, sorted(alone)

    def _judged(self, columns: Mapping[str, Column], ids: pl.Series, apart: Sequence[int]) -> Found:
        """Return verdicts and lists of every row in the table's columns."""
        if self._evaluation is None or not self._columns.issuperset(columns):
            # What the first chunk does not mention, a later one may; then nothing is left out.
            first = self._evaluation is None
            every = all_columns(self.terms.pack.dictionary)
            self._columns = frozenset(columns) if first else frozenset(every)
            self._evaluation = self._newly_compiled()
        found = self._evaluation.judge(columns, len(ids), apart)
        table = found.frame.with_columns(
            ids,
            pl.lit("").alias("errors"),
            pl.lit(self.terms.pack.digest).alias("pack_digest"),
            pl.Series("as_of", columns[AS_OF]).cast(pl.Int32).cast(pl.Date),
        ).select(TABLE.names())
        return Found(table, found.tally)

    def _newly_compiled(self) -> Evaluation:
        """Compile the pack for some columns."""
        # Of the few hundred thousand objects that this makes nearly all stay: looking for garbage
        # among them takes longer than making them.
        gc.disable()
        try:
            selected = Selected(self.terms.select, self.terms.ignore)
            judgement = judgement_of(self.terms.pack, self._columns, selected)
            return self._compiled_or_planes(judgement)
        finally:
            gc.freeze()
            gc.enable()

    def _by_reference(self, records: Iterator[Record]) -> Answer:
        """Judge records one by one, for an answer in the shape of all others."""
        answer = by_reference(records, self.terms)
        return replace(answer, frame=self._lists.of(answer.frame))

    def _together(self, judged: Found, alone: Sequence[int], chunk: Chunk) -> Answer:
        """Put the rows that the reference judges in their places among the others."""
        frame = judged.frame
        apart = bytearray(frame.height)
        for place in alone:
            apart[place] = 1
        answer = self._by_reference(compress(chunk.records(), apart))
        kept = pl.Series(apart, dtype=pl.UInt8) == 0
        places = pl.int_range(frame.height, eager=True)
        order = pl.concat([places.filter(kept), places.filter(~kept)])
        whole = pl.concat([frame.filter(kept), answer.frame]).gather(order.arg_sort())
        answer.tally.add(judged.tally)
        return replace(answer, frame=whole)

    def _compiled_or_planes(self, judgement: Judgement) -> Evaluation:
        """Compile a judgement for the engine; one too large for it, as the default engine does."""
        dictionary = self.terms.pack.dictionary
        try:
            return self._compiled(judgement, dictionary, self._lists)
        except TooLargeError as error:
            self._remark = str(error)
            return PlaneEvaluation(judgement, dictionary, self._lists)


def by_reference(records: Iterator[Record], terms: Terms) -> Answer:
    """Judge records one by one; the lists of the answer are plain."""
    judged = [judge_record(record, terms) for record in records]
    rejects = tuple(reject for _, reject in judged if reject is not None)
    frame = frame_of(row for row, _ in judged)
    return Answer(frame, Tally.of(frame), rejects)


def _day(count: int, day: date) -> Floats:
    """Return one day for every row."""
    return np.full(count, float((day - _EPOCH).days))


def _is_day(moment: date | datetime | None) -> bool:
    """Whether a moment is a day without a time; columns know no times."""
    return not isinstance(moment, datetime)
