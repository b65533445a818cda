"""Columns of recorded facts -> the planes and numbers that a program asks of them.

What makes bits of flags is done for many columns at once, so that what it costs before it looks at
any row is paid once for all of them.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from backrec_cli.batch.columns.reading.arrays import NAN, NONE, Column
from backrec_cli.batch.columns.reading.recorded import NOT_RECORDED
from backrec_cli.batch.columns.recorded import WHY
from backrec_cli.expression.compiler.numerals import Numbers
from backrec_cli.expression.compiler.planes import Program
from backrec_cli.expression.compiler.rows import Flags, Rows
from backrec_cli.expression.compiler.stretches import ARRAYS
from backrec_cli.expression.compiler.wiring import COMPARISONS

if TYPE_CHECKING:
    from backrec_cli.expression.compiler.circuit import Question

_Line = Column | NDArray[np.int32]
"""A column, or places among all texts with NONE for none."""


class Asking:
    """Asks columns what a program has to know."""

    def __init__(
        self,
        program: Program,
        texts: Sequence[str],
        truths: Collection[str],
        words: Mapping[str, Sequence[str]],
    ) -> None:
        """Sort the questions by column.

        texts   all texts, in the order of their places.
        truths  the columns that hold truths.
        words   of each column of words, which words its places stand for.
        """
        self._count = len(program.questions)
        self._truths = frozenset(truths)
        self._numbers = {name: place for place, name in enumerate(program.columns)}
        self._questions: dict[str, list[tuple[int, Question]]] = {
            name: [] for name in program.columns
        }
        for place, question in enumerate(program.questions):
            self._questions.setdefault(question.column, []).append((place, question))
        places = {text: place for place, text in enumerate(texts)}
        # Behind the last word stands what NONE is.
        self._words = {
            name: np.array([*(places[word] for word in own), NONE], dtype=np.int32)
            for name, own in words.items()
        }

    def planes_and_numbers(
        self, columns: Mapping[str, Column], rows: Rows
    ) -> tuple[Sequence[int], Sequence[Numbers | float]]:
        """Return a plane for each question and the numbers of each column, in their order."""
        planes = [0] * self._count
        numbers: list[Numbers | float] = [_absent(name) for name in self._numbers]
        there = {name: each for name, each in columns.items() if name in self._questions}
        self._answer_nothing([*there], rows, planes)
        truths = {name: each for name, each in there.items() if name in self._truths}
        self._answer_truths(truths, rows, planes)
        lines = {
            name: self._line(name, each) for name, each in there.items() if name not in self._truths
        }
        self._answer_values([*lines], [*lines.values()], rows, planes)
        for name, line in lines.items():
            if name in self._numbers:
                numbers[self._numbers[name]] = _as_numbers(line)
        return planes, numbers

    def _line(self, name: str, column: Column) -> _Line:
        """Return a column with its words as places among all texts."""
        words = self._words.get(name)
        return column if words is None else words[column.astype(np.int16, copy=False)]

    def _answer_nothing(self, there: Sequence[str], rows: Rows, planes: list[int]) -> None:
        """Answer for the columns that are not there: nothing was mentioned."""
        for name in self._questions.keys() - set(there):
            value = _absent(name)
            for place, question in self._questions[name]:
                if question.asks in COMPARISONS:
                    holds = COMPARISONS[question.asks](value, question.value)
                else:
                    holds = question.asks == "null" and not name.endswith(WHY)
                planes[place] = rows.every if holds else 0

    def _answer_truths(self, columns: Mapping[str, Column], rows: Rows, planes: list[int]) -> None:
        """Answer where truths hold and where they fail."""
        if not columns:
            return
        whole = np.stack([*columns.values()])
        for asks, code in (("holds", 1), ("fails", 0)):
            found = zip(columns, rows.planes(whole == code), strict=True)
            for name, plane in found:
                for place, question in self._questions[name]:
                    if question.asks == asks:
                        planes[place] = plane

    def _answer_values(
        self, names: Sequence[str], lines: Sequence[_Line], rows: Rows, planes: list[int]
    ) -> None:
        """Answer how values compare, and where there are none; nothing compares with anything."""
        if not lines:
            return
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
    return np.isnan(line) if line.dtype == np.float64 else line == NONE


def _as_numbers(line: _Line) -> Numbers:
    """Return a column as numbers."""
    if line.dtype == np.float64:
        return line.astype(np.float64, copy=False)
    return np.where(line == NONE, NAN, line)


def _absent(name: str) -> float:
    """Return what stands in every row of a column that is not there."""
    return float(NOT_RECORDED) if name.endswith(WHY) else NAN
