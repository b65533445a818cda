"""A frame of recorded facts -> the planes and numbers that a program asks of its columns.

Columns of one kind are laid end to end and read as one, so that what an operation on a column costs
before it looks at any row is paid once for all of them.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from backrec_cli.batch.columns.recorded import WHY
from backrec_cli.expression.compiler.circuit import Question
from backrec_cli.expression.compiler.numerals import Numbers
from backrec_cli.expression.compiler.planes import Program
from backrec_cli.expression.compiler.rows import Rows
from backrec_cli.expression.compiler.stretches import ARRAYS
from backrec_cli.expression.compiler.wiring import COMPARISONS

_NAN = float("nan")
_NOTHING = -1
"""Stands for null among codes and places of texts, none of which is below zero."""

_Line = NDArray[np.int8] | NDArray[np.int32] | Numbers
"""A column as an array: codes, places of texts, or numbers with NaN for null."""


class Asking:
    """Asks the columns of frames what a program has to know."""

    def __init__(self, program: Program, texts: Sequence[str]) -> None:
        """Sort the questions by column; `texts` in the order of their places."""
        self._program = program
        self._texts = pl.Enum(texts)
        self._questions: dict[str, list[Question]] = {name: [] for name in program.columns}
        for question in program.questions:
            self._questions.setdefault(question.column, []).append(question)

    def planes_and_numbers(
        self, frame: pl.DataFrame, rows: Rows
    ) -> tuple[Sequence[int], Sequence[Numbers | float]]:
        """Return a plane for each question and the numbers of each column, in their order."""
        read = [series for series in frame.get_columns() if series.name in self._questions]
        answers = {**_unmentioned(self._program.questions, rows), **_truths(read, rows)}
        numbers: dict[str, Numbers | float] = {
            name: _absent(name) for name in self._program.columns
        }
        for lines in self._tables(read):
            answers.update(self._compared(lines, rows))
            numbers.update((name, _numbers(lines[name])) for name in numbers.keys() & lines)
        planes = [answers[question] for question in self._program.questions]
        return planes, [numbers[name] for name in self._program.columns]

    def _tables(self, read: Sequence[pl.Series]) -> Iterator[Mapping[str, _Line]]:
        """Yield the columns that hold codes, then those of texts, then those of numbers."""
        codes = [series for series in read if series.dtype == pl.Int8]
        if codes:
            yield _lines(codes, _end_to_end(codes).fill_null(_NOTHING))
        texts = [series for series in read if series.dtype == pl.String]
        if texts:
            places = _end_to_end(texts).cast(self._texts, strict=False).to_physical()
            yield _lines(texts, places.cast(pl.Int32).fill_null(_NOTHING))
        numbers = [
            series.cast(pl.Float64)
            for series in read
            if series.dtype.is_numeric() and series.dtype != pl.Int8
        ]
        if numbers:
            yield _lines(numbers, _end_to_end(numbers).fill_null(_NAN))

    def _compared(self, lines: Mapping[str, _Line], rows: Rows) -> Mapping[Question, int]:
        """Answer what is asked of some columns; what has no value compares with nothing."""
        empty = np.array([_is_nothing(line) for line in lines.values()])
        nulls = dict(zip(lines, rows.planes(empty), strict=True))
        answers = {Question(name, "null"): plane for name, plane in nulls.items()}
        asked = [
            each for name in lines for each in self._questions[name] if each.asks in COMPARISONS
        ]
        flags = np.empty((len(asked), rows.count), dtype=np.bool_)
        for question, found in zip(asked, flags, strict=True):
            line, value = lines[question.column], question.value
            # A whole number is compared as one, without making others of all codes.
            ARRAYS[question.asks](line, int(value) if value.is_integer() else value, out=found)
        for question, plane in zip(asked, rows.planes(flags), strict=True):
            answers[question] = plane & (rows.every ^ nulls[question.column])
        return answers


def _end_to_end(columns: Sequence[pl.Series]) -> pl.Series:
    return pl.concat(columns, rechunk=True)


def _lines(columns: Sequence[pl.Series], whole: pl.Series) -> Mapping[str, _Line]:
    """Cut what was laid end to end into columns again."""
    table = whole.to_numpy().reshape(len(columns), -1)
    return {series.name: line for series, line in zip(columns, table, strict=True)}


def _is_nothing(line: _Line) -> NDArray[np.bool_]:
    """Return where a column has no value."""
    return np.isnan(line) if line.dtype == np.float64 else line == _NOTHING


def _numbers(line: _Line) -> Numbers:
    """Return a column as numbers."""
    if line.dtype == np.float64:
        return line.astype(np.float64, copy=False)
    return np.where(line == _NOTHING, _NAN, line)


def _truths(read: Sequence[pl.Series], rows: Rows) -> Mapping[Question, int]:
    """Answer where the columns of truths hold, and where they fail."""
    columns = [series for series in read if series.dtype == pl.Boolean]
    if not columns:
        return {}
    whole = _end_to_end(columns)
    answers = {}
    for asks, found in (("holds", whole), ("fails", ~whole)):
        flags = found.fill_null(value=False).to_numpy().reshape(len(columns), -1)
        for series, plane in zip(columns, rows.planes(flags), strict=True):
            answers[Question(series.name, asks)] = plane
    return answers


def _unmentioned(questions: Sequence[Question], rows: Rows) -> Mapping[Question, int]:
    """Answer what is asked of columns that a frame lacks: nothing was mentioned."""
    answers = {}
    for question in questions:
        value = _absent(question.column)
        if question.asks == "null":
            holds = value != value  # noqa: PLR0124 - only NaN is not itself.
        else:
            holds = question.asks in COMPARISONS and COMPARISONS[question.asks](
                value, question.value
            )
        answers[question] = rows.every if holds else 0
    return answers


def _absent(name: str) -> float:
    """Return what stands in every row of a column that a frame lacks."""
    return 0.0 if name.endswith(WHY) else _NAN
