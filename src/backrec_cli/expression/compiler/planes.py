"""Terms evaluated over a frame as bit planes: one bit a patient, thousands in one operation.

A truth is two whole numbers: a bit in `true` where it holds, one in `false` where it fails, and
none in either where it is unknown. Python's `&`, `|` and `^` on whole numbers then do Kleene's
logic on a whole frame at once, some fifty times faster than a column operation each. Numbers, days
and texts (by their place in a table) are arrays, with NaN for null.

It says what the narwhals expressions of `lowering` say; a property test holds the two equal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backrec_cli.expression.compiler.compiled import NotColumnarError
from backrec_cli.expression.compiler.lowering import EXACT, STEPS, in_order
from backrec_cli.expression.compiler.terms import Term

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

_TRUTHS = frozenset({"and", "or", "not", "is_null", "is_true", "eq", "lt", "le"})
_NAN = float("nan")

NOTHING = _NAN
"""A column that is null in every row."""


@dataclass(frozen=True, slots=True)
class Truths:
    """A truth of every row; a row that is in neither number is unknown."""

    true: int
    false: int


Values = Truths | Numbers | float


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
        return np.unpackbits(data, bitorder="little", count=self.count).astype(np.bool_)

    def certain(self, true: int) -> Truths:
        """Return a truth that is unknown nowhere."""
        return Truths(true, self.every ^ true)

    def compared(self, holds: Flags, fails: Flags) -> Truths:
        """Return a truth from where it holds and where it fails."""
        return Truths(self.bits(holds), self.bits(fails))


class Program:
    """Terms in the order in which they are evaluated, each forgotten after its last use."""

    def __init__(self, wanted: Iterable[Term], texts: Sequence[str]) -> None:
        """Order the terms; `texts` are all the texts that columns and constants can hold.

        Raises NotColumnarError for an order between texts, which planes do not know.
        """
        self.wanted = tuple(dict.fromkeys(wanted))
        self.order = in_order(self.wanted)
        self.texts = {text: float(place) for place, text in enumerate(texts)}
        self._last_use = self._uses()
        self._is_truth = _kinds(self.order)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the frame that are read."""
        return tuple(str(each.value) for each in self.order if each.operation == "column")

    def _uses(self) -> dict[Term, list[Term]]:
        """Return for each term the ones that are not needed once it has been evaluated."""
        last: dict[Term, Term] = {}
        for term in self.order:
            for each in term.arguments:
                last[each] = term
        kept = set(self.wanted)
        done: dict[Term, list[Term]] = {}
        for each, user in last.items():
            if each not in kept:
                done.setdefault(user, []).append(each)
        return done

    def run(self, columns: Mapping[str, Values], rows: Rows) -> Mapping[Term, Values]:
        """Evaluate every wanted term over the columns of some rows."""
        evaluation = _Evaluation(self, columns, rows)
        for term in self.order:
            evaluation.evaluate(term)
            for each in self._last_use.get(term, ()):
                del evaluation.values[each]
        return evaluation.values

    def constant(self, term: Term) -> Values | None:
        """Return a constant that is no truth as a number, null as NaN; None for a truth."""
        value = term.value
        if isinstance(value, bool):
            return None
        if isinstance(value, str):
            return self.texts.get(value, -1.0)
        return _NAN if value is None else float(value)


def _kinds(order: Sequence[Term]) -> dict[Term, bool]:
    """Return for each term whether it is a truth; a column or null is what it is used as."""
    found: dict[Term, bool] = {}
    for term in order:
        if term.operation in _TRUTHS:
            found[term] = True
        elif term.operation == "constant":
            found[term] = isinstance(term.value, bool)
        elif term.operation == "chosen":
            found[term] = any(found[each] for each in term.arguments[1:])
        else:
            found[term] = False
        if term.operation in ("lt", "le") and any(_is_text(each) for each in term.arguments):
            msg = "an order between texts"
            raise NotColumnarError(msg)
    return found


def _is_text(term: Term) -> bool:
    return term.operation == "constant" and isinstance(term.value, str)


class _Evaluation:
    """One run over one frame."""

    def __init__(self, program: Program, columns: Mapping[str, Values], rows: Rows) -> None:
        self.program = program
        self.columns = columns
        self.rows = rows
        self.values: dict[Term, Values] = {}

    def evaluate(self, term: Term) -> None:
        """Evaluate one term, whose arguments have been."""
        self.values[term] = self._value(term)

    def _value(self, term: Term) -> Values:
        match term.operation:
            case "column":
                return self.columns[str(term.value)]
            case "constant":
                found = self.program.constant(term)
                return self._everywhere(holds=term.value is True) if found is None else found
            case "and" | "or" | "not" | "is_null" | "is_true":
                return self._logic(term)
            case "eq" | "lt" | "le":
                return self._comparison(term)
            case "chosen":
                return self._chosen(*term.arguments)
            case operation:
                return _calculated(operation, [self._numbers(each) for each in term.arguments])

    def _everywhere(self, *, holds: bool) -> Truths:
        return self.rows.certain(self.rows.every if holds else 0)

    def _truths(self, term: Term) -> Truths:
        """Return a value as a truth; null is unknown."""
        value = self.values[term]
        return value if isinstance(value, Truths) else Truths(0, 0)

    def _numbers(self, term: Term) -> Numbers | float:
        """Return a value as numbers; a truth is none."""
        value = self.values[term]
        return _NAN if isinstance(value, Truths) else value

    def _logic(self, term: Term) -> Truths:
        if term.operation == "is_null":
            return self._nulls(term.arguments[0])
        parts = [self._truths(each) for each in term.arguments]
        true, false = parts[0].true, parts[0].false
        match term.operation:
            case "not":
                return Truths(false, true)
            case "is_true":
                return self.rows.certain(true)
            case "and":
                for each in parts[1:]:
                    true &= each.true
                    false |= each.false
            case _:
                for each in parts[1:]:
                    true |= each.true
                    false &= each.false
        return Truths(true, false)

    def _nulls(self, term: Term) -> Truths:
        value = self.values[term]
        if isinstance(value, Truths):
            return self.rows.certain(self.rows.every ^ (value.true | value.false))
        if isinstance(value, float):
            return self._everywhere(holds=value != value)  # noqa: PLR0124 - NaN alone is not itself.
        return self.rows.certain(self.rows.bits(np.isnan(value)))

    def _comparison(self, term: Term) -> Truths:
        left, right = (self.values[each] for each in term.arguments)
        if isinstance(left, Truths) and isinstance(right, Truths):
            return Truths(
                (left.true & right.true) | (left.false & right.false),
                (left.true & right.false) | (left.false & right.true),
            )
        if isinstance(left, Truths) or isinstance(right, Truths):
            return Truths(0, 0)
        one, other = np.broadcast_arrays(left, right, np.empty(self.rows.count))[:2]
        match term.operation:
            case "eq":
                return self.rows.compared(one == other, (one < other) | (one > other))
            case "lt":
                return self.rows.compared(one < other, one >= other)
            case _:
                return self.rows.compared(one <= other, one > other)

    def _chosen(self, condition: Term, then: Term, otherwise: Term) -> Values:
        holds = self._truths(condition).true
        chosen, other = self.values[then], self.values[otherwise]
        if holds == self.rows.every:
            return chosen
        if not holds:
            return other
        if isinstance(chosen, Truths) or isinstance(other, Truths):
            yes, no = self._truths(then), self._truths(otherwise)
            rest = self.rows.every ^ holds
            return Truths(
                (holds & yes.true) | (rest & no.true), (holds & yes.false) | (rest & no.false)
            )
        return np.where(self.rows.flags(holds), chosen, other)


def _calculated(operation: str, operands: Sequence[Numbers | float]) -> Numbers:
    """Calculate; a division by zero is null."""
    first: Numbers = np.asarray(operands[0], dtype=np.float64)
    if operation == "absolute":
        return np.abs(first)
    if operation == "cut":
        return _cut(first)
    second: Numbers = np.asarray(operands[1], dtype=np.float64)
    found: Numbers
    match operation:
        case "add":
            found = first + second
        case "subtract":
            found = first - second
        case "multiply":
            found = first * second
        case _:
            by: Numbers = np.where(second == 0, _NAN, second)
            found = first / by
    return np.floor(found) if operation == "floor_divide" else found


def _cut(numbers: Numbers) -> Numbers:
    """Round to eight decimals, a half going away from zero; a number too large for them stays."""
    size = np.abs(numbers)
    rounded = np.copysign(np.floor(size * STEPS + 0.5) / STEPS, numbers)
    return np.where(size < EXACT, rounded, numbers)
