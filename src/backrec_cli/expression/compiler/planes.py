"""Terms evaluated over a frame as bit planes: one bit a patient, thousands in one operation.

A truth is a pair of whole numbers: a bit in the first where it holds, one in the second where it
fails, and none in either where it is unknown. Python's `&`, `|` and `^` on whole numbers then do
Kleene's logic on a whole frame at once, at a fraction of what a column operation each costs.
Numbers, days and texts (by their place in a table) are arrays, with NaN for null.

It says what the narwhals expressions of `lowering` say; a property test holds the two equal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backrec_cli.expression.compiler.compiled import NotColumnarError
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.numerals import calculated
from backrec_cli.expression.compiler.terms import Term

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Truths = tuple[int, int]
"""Where it holds and where it fails, a bit for each row; in neither it is unknown."""

Values = Truths | Numbers | float

_UNKNOWN: Truths = (0, 0)
_NAN = float("nan")

NOTHING = _NAN
"""A column that is null in every row."""


@dataclass(frozen=True, slots=True)
class _Instruction:
    """One operation: where its operands lie and where its value goes."""

    term: Term
    operands: tuple[int, ...]
    target: int


class Rows:
    """How many rows a frame has, and how flags become bits and bits flags."""

    def __init__(self, count: int) -> None:
        """Keep the number of rows."""
        self.count = count
        self.every = (1 << count) - 1

    def bits(self, flags: Flags) -> int:
        """Return flags as the bits of one number, the first row lowest."""
        return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")

    def flags(self, bits: int) -> Flags:
        """Return the bits of a number as flags."""
        data = np.frombuffer(bits.to_bytes((self.count + 7) // 8, "little"), np.uint8)
        return np.unpackbits(data, bitorder="little", count=self.count).view(np.bool_)


class Program:
    """Terms in the order in which they are evaluated; the place of a value is used again."""

    def __init__(self, wanted: Iterable[Term], texts: Sequence[str]) -> None:
        """Order the terms; `texts` are all the texts that columns and constants can hold.

        Raises NotColumnarError for an order between texts, which planes do not know.
        """
        self.wanted = tuple(dict.fromkeys(wanted))
        self.order = in_order(self.wanted)
        self.texts = {text: float(place) for place, text in enumerate(texts)}
        _refuse_ordered_texts(self.order)
        self._code, self._places, self._width = _arranged(self.order, frozenset(self.wanted))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the frame that are read."""
        return tuple(str(each.value) for each in self.order if each.operation == "column")

    def run(self, columns: Mapping[str, Values], rows: Rows) -> Mapping[Term, Values]:
        """Evaluate every wanted term over the columns of some rows."""
        values: list[Values] = [NOTHING] * self._width
        evaluation = _Evaluation(values, columns, self.texts, rows)
        for instruction in self._code:
            evaluation.run(instruction)
        return {term: values[self._places[term]] for term in self.wanted}


def _refuse_ordered_texts(order: Sequence[Term]) -> None:
    """Raise NotColumnarError where texts are put in order."""
    for term in order:
        if term.operation in ("lt", "le") and any(
            isinstance(a.value, str) for a in term.arguments if a.operation == "constant"
        ):
            msg = "an order between texts"
            raise NotColumnarError(msg)


def _arranged(
    order: Sequence[Term], kept: frozenset[Term]
) -> tuple[list[_Instruction], dict[Term, int], int]:
    """Give each term a place for its value, free again after the last use of what lies there."""
    last = {each: term for term in order for each in term.arguments}
    ends: dict[Term, list[Term]] = {}
    for each, user in last.items():
        if each not in kept:
            ends.setdefault(user, []).append(each)
    places: dict[Term, int] = {}
    free: list[int] = []
    width = 0
    code: list[_Instruction] = []
    for term in order:
        operands = tuple([places[each] for each in term.arguments])
        free += [places[each] for each in ends.get(term, ())]
        if free:
            target = free.pop()
        else:
            target, width = width, width + 1
        places[term] = target
        code.append(_Instruction(term, operands, target))
    return code, places, width


class _Evaluation:
    """One run over one frame."""

    __slots__ = ("columns", "rows", "texts", "values")

    def __init__(
        self,
        values: list[Values],
        columns: Mapping[str, Values],
        texts: Mapping[str, float],
        rows: Rows,
    ) -> None:
        self.values = values
        self.columns = columns
        self.texts = texts
        self.rows = rows

    def run(self, instruction: _Instruction) -> None:
        """Evaluate one term and put its value where it belongs."""
        operands = [self.values[place] for place in instruction.operands]
        self.values[instruction.target] = self._value(instruction.term, operands)

    def _value(self, term: Term, operands: Sequence[Values]) -> Values:
        match term.operation:
            case "and":
                return _all(operands)
            case "or":
                return _any(operands)
            case "not":
                true, false = _truths(operands[0])
                return false, true
            case "is_true":
                return self._certain(_truths(operands[0])[0])
            case "is_null":
                return self._certain(self._nulls(operands[0]))
            case "chosen":
                return self._chosen(*operands)
            case "eq" | "lt" | "le":
                return self._compared(term.operation, operands[0], operands[1])
            case "column":
                return self.columns[str(term.value)]
            case "constant":
                return self._constant(term)
            case operation:
                found = calculated(operation, [_numbers(each) for each in operands])
                # Numbers that are the same in every row stay one number.
                return found if found.ndim else float(found)

    def _certain(self, true: int) -> Truths:
        """Return a truth that is unknown nowhere."""
        return true, self.rows.every ^ true

    def _constant(self, term: Term) -> Values:
        """Return a truth, or a number with null as NaN and a text as its place in the table."""
        value = term.value
        if isinstance(value, bool):
            return self._certain(self.rows.every if value else 0)
        if isinstance(value, str):
            return self.texts.get(value, -1.0)
        return NOTHING if value is None else float(value)

    def _nulls(self, value: Values) -> int:
        """Return the rows in which there is no value."""
        if isinstance(value, tuple):
            return self.rows.every ^ (value[0] | value[1])
        if isinstance(value, float):
            return self.rows.every if value != value else 0  # noqa: PLR0124 - only NaN is not itself.
        return self.rows.bits(np.isnan(value))

    def _compared(self, operation: str, left: Values, right: Values) -> Truths:
        """Compare two values of one kind; what has no value on either side is unknown."""
        if isinstance(left, tuple) and isinstance(right, tuple):
            same = (left[0] & right[0]) | (left[1] & right[1])
            return same, (left[0] & right[1]) | (left[1] & right[0])
        if isinstance(left, tuple) or isinstance(right, tuple):
            return _UNKNOWN
        if isinstance(left, float) and isinstance(right, float):
            left = np.full(self.rows.count, left)
        match operation:
            case "eq":
                holds, fails = np.equal(left, right), np.less(left, right) | np.greater(left, right)
            case "lt":
                holds, fails = np.less(left, right), np.greater_equal(left, right)
            case _:
                holds, fails = np.less_equal(left, right), np.greater(left, right)
        return self.rows.bits(holds), self.rows.bits(fails)

    def _chosen(self, condition: Values, then: Values, otherwise: Values) -> Values:
        """Return one value where a condition holds and the other elsewhere."""
        holds = _truths(condition)[0]
        if holds == self.rows.every:
            return then
        if not holds:
            return otherwise
        if isinstance(then, tuple) or isinstance(otherwise, tuple):
            yes, no = _truths(then), _truths(otherwise)
            rest = self.rows.every ^ holds
            return (holds & yes[0]) | (rest & no[0]), (holds & yes[1]) | (rest & no[1])
        return np.where(self.rows.flags(holds), then, otherwise)


def _truths(value: Values) -> Truths:
    """Return a value as a truth; null is unknown."""
    return value if isinstance(value, tuple) else _UNKNOWN


def _numbers(value: Values) -> Numbers | float:
    """Return a value as numbers; a truth is none."""
    return NOTHING if isinstance(value, tuple) else value


def _all(operands: Sequence[Values]) -> Truths:
    """Return Kleene's `and`."""
    true, false = _truths(operands[0])
    for each in operands[1:]:
        holds, fails = each if isinstance(each, tuple) else _UNKNOWN
        true &= holds
        false |= fails
    return true, false


def _any(operands: Sequence[Values]) -> Truths:
    """Return Kleene's `or`."""
    true, false = _truths(operands[0])
    for each in operands[1:]:
        holds, fails = each if isinstance(each, tuple) else _UNKNOWN
        true |= holds
        false &= fails
    return true, false
