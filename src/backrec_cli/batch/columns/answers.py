"""A frame of recorded facts -> the planes and numbers that a program asks of its columns.

Columns of one kind are laid end to end and read as one, so that what an operation on a column costs
before it looks at any row is paid once for all of them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from backrec_cli.batch.columns.recorded import WHY
from backrec_cli.expression.compiler.numerals import Numbers
from backrec_cli.expression.compiler.planes import Program
from backrec_cli.expression.compiler.rows import Flags, Rows
from backrec_cli.expression.compiler.stretches import ARRAYS
from backrec_cli.expression.compiler.wiring import COMPARISONS

if TYPE_CHECKING:
    from backrec_cli.expression.compiler.circuit import Question

_NAN = float("nan")
_NOTHING = -1
"""Stands for null among codes and places of texts, none of which is below zero."""

_Line = NDArray[np.int8] | NDArray[np.int32] | Numbers
"""A column: codes, places of texts, or numbers with NaN for null."""


class Asking:
    """Asks the columns of frames what a program has to know."""

    def __init__(self, program: Program, texts: Sequence[str]) -> None:
        """Sort the questions by column; `texts` in the order of their places."""
        self._texts = pl.Enum(texts)
        self._count = len(program.questions)
        self._numbers = {name: place for place, name in enumerate(program.columns)}
        self._questions: dict[str, list[tuple[int, Question]]] = {
            name: [] for name in program.columns
        }
        for place, question in enumerate(program.questions):
            self._questions.setdefault(question.column, []).append((place, question))

    def planes_and_numbers(
        self, frame: pl.DataFrame, rows: Rows
    ) -> tuple[Sequence[int], Sequence[Numbers | float]]:
        """Return a plane for each question and the numbers of each column, in their order."""
        planes = [0] * self._count
        numbers: list[Numbers | float] = [_absent(name) for name in self._numbers]
        kinds: dict[pl.DataType, dict[str, pl.Series]] = {}
        for name, kind, series in zip(
            frame.columns, frame.dtypes, frame.get_columns(), strict=True
        ):
            if name in self._questions:
                kinds.setdefault(kind, {})[name] = series
        self._answer_nothing([name for each in kinds.values() for name in each], rows, planes)
        for kind, columns in kinds.items():
            names, whole = [*columns], pl.concat(columns.values(), rechunk=True)
            if kind == pl.Boolean:
                self._answer_truths(names, whole, rows, planes)
                continue
            table = self._filled(kind, whole).to_numpy().reshape(len(names), rows.count)
            lines: Sequence[_Line] = [*table]
            self._answer_values(names, lines, rows, planes)
            for name, line in zip(names, lines, strict=True):
                if name in self._numbers:
                    numbers[self._numbers[name]] = _as_numbers(line)
        return planes, numbers

    def _answer_nothing(self, there: Sequence[str], rows: Rows, planes: list[int]) -> None:
        """Answer for the columns that a frame lacks: nothing was mentioned."""
        for name in self._questions.keys() - set(there):
            value = _absent(name)
            for place, question in self._questions[name]:
                if question.asks in COMPARISONS:
                    holds = COMPARISONS[question.asks](value, question.value)
                else:
                    holds = question.asks == "null" and not name.endswith(WHY)
                planes[place] = rows.every if holds else 0

    def _answer_truths(
        self, names: Sequence[str], whole: pl.Series, rows: Rows, planes: list[int]
    ) -> None:
        """Answer where truths hold and where they fail."""
        answers = {}
        for asks, found in (("holds", whole), ("fails", ~whole)):
            flags: Flags = found.fill_null(value=False).to_numpy().reshape(len(names), rows.count)
            answers[asks] = dict(zip(names, rows.planes(flags), strict=True))
        for name in names:
            for place, question in self._questions[name]:
                planes[place] = answers[question.asks][name]

    def _filled(self, kind: pl.DataType, whole: pl.Series) -> pl.Series:
        """Return codes, texts or numbers with something in every row."""
        if kind == pl.Int8:
            return whole.fill_null(_NOTHING)
        if kind == pl.String:
            places = whole.cast(self._texts, strict=False).to_physical()
            return places.cast(pl.Int32).fill_null(_NOTHING)
        return whole.cast(pl.Float64).fill_null(_NAN)

    def _answer_values(
        self, names: Sequence[str], lines: Sequence[_Line], rows: Rows, planes: list[int]
    ) -> None:
        """Answer how values compare, and where there are none; nothing compares with anything."""
        empty = np.array([_is_nothing(line) for line in lines])
        asked: list[tuple[int, int]] = []
        flags = np.empty((sum(len(self._questions[name]) for name in names), rows.count), np.bool_)
        for name, line, nulls in zip(names, lines, rows.planes(empty), strict=True):
            for place, question in self._questions[name]:
                if question.asks == "null":
                    planes[place] = nulls
                    continue
                # A whole number is compared as one, or all codes would be made into fractions.
                value = int(question.value) if question.value.is_integer() else question.value
                ARRAYS[question.asks](line, value, out=flags[len(asked)])
                asked.append((place, rows.every ^ nulls))
        for (place, known), plane in zip(asked, rows.planes(flags[: len(asked)]), strict=True):
            planes[place] = plane & known


def _is_nothing(line: _Line) -> Flags:
    """Return where a column has no value."""
    return np.isnan(line) if line.dtype == np.float64 else line == _NOTHING


def _as_numbers(line: _Line) -> Numbers:
    """Return a column as numbers."""
    if line.dtype == np.float64:
        return line.astype(np.float64, copy=False)
    return np.where(line == _NOTHING, _NAN, line)


def _absent(name: str) -> float:
    """Return what stands in every row of a column that a frame lacks."""
    return 0.0 if name.endswith(WHY) else _NAN
