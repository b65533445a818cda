"""A value with everything it came from, and what folds over it tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from backrec_cli.expression import nodes
from backrec_cli.expression.comparison import is_null
from backrec_cli.expression.values import TupleValue, Uncertainty, Value
from backrec_cli.facts.reading import FactReading
from backrec_cli.ternary import Truth


class Trace(Protocol):
    """What the folds below look at: a value, its node, the traces of its operands, a reading."""

    @property
    def value(self) -> Value:
        """The value of the node."""
        ...

    @property
    def node(self) -> nodes.Node:
        """What was evaluated."""
        ...

    @property
    def inputs(self) -> Sequence["Trace"]:
        """The traces of its operands."""
        ...

    @property
    def reading(self) -> FactReading | None:
        """What is known of a fact; None for anything else."""
        ...


@dataclass(frozen=True, slots=True)
class Traced:
    """The value of one node, the traces of its operands, and for a fact its reading."""

    value: Value
    node: nodes.Node
    inputs: tuple["Traced", ...] = ()
    reading: FactReading | None = None


def truth(traced: Trace) -> Truth:
    """Return the value as a truth; null is unknown."""
    return as_truth(traced.value)


def as_truth(value: Value) -> Truth:
    """Read a value as a truth; whatever is neither true nor false is unknown."""
    return value if isinstance(value, Truth) else Truth.UNKNOWN


def leaves_below(traced: Trace) -> Iterator[Trace]:
    """Yield the parts without operands, in reading order."""
    inputs = traced.inputs
    if not inputs:
        yield traced
    for each in inputs:
        yield from leaves_below(each)


def readings_below(traced: Trace) -> Iterator[FactReading]:
    """Yield every reading of a trace, in reading order."""
    for leaf in leaves_below(traced):
        if leaf.reading is not None:
            yield leaf.reading


def facts_read(traced: Trace) -> tuple[FactReading, ...]:
    """Return every fact that was read, once each, in reading order."""
    return _unique(readings_below(traced))


def _unique(readings: Iterator[FactReading]) -> tuple[FactReading, ...]:
    return tuple({reading.path: reading for reading in readings}.values())


def unknown_facts(traced: Trace) -> tuple[FactReading, ...]:
    """Return every fact read that is not known, a counted score by the facts of its items."""
    return to_obtain(reading for reading in readings_below(traced) if not reading.known)


def to_obtain(readings: Iterable[FactReading]) -> tuple[FactReading, ...]:
    """Name what to obtain: a score by its items' facts, unless one is asked for by itself too."""
    found: dict[str, FactReading] = {}
    for reading in readings:
        for asked in reading.lacking or (reading,):
            if asked.path not in found or asked.counted_in is None:
                found[asked.path] = asked
    return tuple(found.values())


def lacks(value: Value) -> bool:
    """Whether a value is null, or a list or tuple with a null in it."""
    if is_null(value):
        return True
    if isinstance(value, tuple):
        return any(map(lacks, value))
    return isinstance(value, TupleValue) and any(lacks(each) for _, each in value.elements)


def is_open(value: Value) -> bool:
    """Whether a value is, or holds, a number that is only known to lie between two."""
    if isinstance(value, tuple):
        return any(map(is_open, value))
    if isinstance(value, TupleValue):
        return any(is_open(each) for _, each in value.elements)
    return isinstance(value, Uncertainty)


def blocking(traced: Trace) -> tuple[FactReading, ...]:
    """Return the facts that keep an unknown result unknown, in reading order."""
    return to_obtain(_blocking(traced))


def _blocking(traced: Trace) -> Iterator[FactReading]:
    if not _is_missing(traced.value):
        return
    match traced.node:
        case nodes.FactRef():
            if traced.reading is not None and _keeps_unknown(traced.reading):
                yield traced.reading
        case nodes.If():
            yield from _blocking_choice(traced)
        case nodes.Case() | nodes.SelectedCase():
            for each in traced.inputs:
                yield from _blocking(each)
        case _:
            open_inputs = [each for each in traced.inputs if _is_missing(each.value)]
            for each in open_inputs:
                yield from _blocking(each)
            if not open_inputs:
                # All operands are known and still cannot be compared: a date without its time.
                yield from readings_below(traced)


def _is_missing(value: Value) -> bool:
    """Whether a value is not known, or not exactly."""
    return lacks(value) or is_open(value)


def _keeps_unknown(reading: FactReading) -> bool:
    """Whether a fact is missing, or is there without the date that was asked of it.

    A fact known to be false has no date to be asked for: `medications.apixaban: false`.
    """
    return reading.absence is not None or reading.value is not False


def _blocking_choice(traced: Trace) -> Iterator[FactReading]:
    """Yield what blocks the condition, and then the branches it may still lead to."""
    condition, chosen, otherwise = traced.inputs
    yield from _blocking(condition)
    if truth(condition) is not Truth.FALSE:
        yield from _blocking(chosen)
    if truth(condition) is not Truth.TRUE:
        yield from _blocking(otherwise)
