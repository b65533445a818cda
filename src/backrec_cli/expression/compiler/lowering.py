"""Terms -> the layers of narwhals expressions that compute them on polars, DuckDB or Spark.

A term that several others use becomes a column of its own, in a layer after what it rests on, so
that nothing is computed twice and no expression grows without bound.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol, Self, TypeVar

import narwhals as nw
from narwhals.typing import IntoLazyFrame

from backrec_cli.expression.compiler.terms import Term

_Native = TypeVar("_Native", bound=IntoLazyFrame)
_Node = TypeVar("_Node", bound="Branching")

_DEEPEST = 12
_STEM = "~"
# These are written with an operand several times over, which must not be computed as often.
_REPEATING = frozenset({"cut", "divide"})
STEPS = 1e8
EXACT = 2.0**53 / STEPS
_CALCULATIONS: dict[str, Callable[[nw.Expr, nw.Expr], nw.Expr]] = {
    "eq": operator.eq,
    "lt": operator.lt,
    "le": operator.le,
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
}


class Branching(Protocol):
    """A term, or whatever else rests on others of its kind."""

    @property
    def arguments(self) -> tuple[Self, ...]:
        """What it rests on."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """Layers of named expressions, one after the other, and the columns to keep in the end."""

    layers: tuple[Mapping[str, nw.Expr], ...]
    kept: tuple[str, ...]

    def columns(self) -> int:
        """Return how many columns are computed on the way."""
        return sum(map(len, self.layers))

    def run(self, frame: nw.LazyFrame[_Native]) -> nw.LazyFrame[_Native]:
        """Return the frame with the columns to keep and nothing else."""
        for layer in filter(None, self.layers):
            frame = frame.with_columns(**layer)
        return frame.select(*self.kept)


def plan_of(
    results: Mapping[str, Term],
    lists: Mapping[str, Sequence[tuple[str, Term]]],
    *,
    separator: str,
    kept: Iterable[str] = (),
) -> Plan:
    """Return the plan for some results.

    results    one column each.
    lists      texts joined of names, each of which stands in the list where its truth holds.
    kept       columns of the table that are passed on as they are.
    """
    wanted = [*results.values(), *(term for parts in lists.values() for _, term in parts)]
    lowering = _Lowering(wanted)
    layers = lowering.layers()
    last = {name: lowering.expression(term) for name, term in results.items()}
    for name, parts in lists.items():
        last[name] = _joined([(word, lowering.expression(t)) for word, t in parts], separator)
    return Plan((*layers, last), (*kept, *results, *lists))


def _joined(parts: Sequence[tuple[str, nw.Expr]], separator: str) -> nw.Expr:
    """Return the names whose truth holds as one text; the empty text where none does."""
    if not parts:
        return nw.lit("")
    words = [nw.when(holds).then(nw.lit(word)) for word, holds in parts]
    return nw.concat_str(*words, separator=separator, ignore_nulls=True).fill_null("")


class _Lowering:
    """Decides which terms become columns, and writes the expressions."""

    def __init__(self, wanted: Sequence[Term]) -> None:
        self.order = in_order(wanted)
        self.names = self._named(wanted)
        self.level: dict[Term, int] = {}
        self._written: dict[Term, nw.Expr] = {}

    def _named(self, wanted: Sequence[Term]) -> dict[Term, str]:
        """Give a name to every term used more than once, asked for, or too deep."""
        uses: dict[Term, int] = dict.fromkeys(wanted, 1)
        for term in self.order:
            for each in dict.fromkeys(term.arguments):
                times = 2 if term.operation in _REPEATING else 1
                uses[each] = uses.get(each, 0) + times
        names: dict[Term, str] = {}
        depth: dict[Term, int] = {}
        for term in self.order:
            if not term.arguments:
                continue
            deep = 1 + max(depth.get(each, 0) for each in term.arguments)
            if uses.get(term, 0) > 1 or deep > _DEEPEST:
                names[term] = f"{_STEM}{len(names)}"
                deep = 0
            depth[term] = deep
        return names

    def layers(self) -> list[dict[str, nw.Expr]]:
        """Return the named terms, layer by layer."""
        found: list[dict[str, nw.Expr]] = []
        for term in self.order:
            below = max((self.level.get(each, 0) for each in term.arguments), default=0)
            self.level[term] = below
            name = self.names.get(term)
            if name is None:
                continue
            expression = self._lowered(term)
            self.level[term] = below + 1
            if len(found) <= below:
                found.append({})
            found[below][name] = expression
        return found

    def expression(self, term: Term) -> nw.Expr:
        """Return a term as an expression over the columns that have been made by then."""
        name = self.names.get(term)
        if name is not None:
            return nw.col(name)
        known = self._written.get(term)
        if known is None:
            known = self._written[term] = self._lowered(term)
        return known

    def _lowered(self, term: Term) -> nw.Expr:
        """Write one operation over its arguments."""
        match term.operation:
            case "column":
                return nw.col(str(term.value))
            case "constant":
                return _literal(term)
            case "eq" | "lt" | "le" as word:
                return _CALCULATIONS[word](*map(self._compared, term.arguments))
            case "and" | "or" as word:
                return _balanced(word, [self.expression(each) for each in term.arguments])
            case "chosen":
                return self._chosen(*term.arguments)
            case _:
                return _applied(term, [self.expression(each) for each in term.arguments])

    def _compared(self, term: Term) -> nw.Expr:
        """Write a side of a comparison; a constant takes the kind of the other side."""
        return nw.lit(term.value) if _is_whole(term) else self.expression(term)

    def _chosen(self, condition: Term, then: Term, otherwise: Term) -> nw.Expr:
        """Write a choice; one side may be null."""
        holds = self.expression(condition)
        if _is_null(then):
            return nw.when(~holds).then(self.expression(otherwise))
        if _is_null(otherwise):
            return nw.when(holds).then(self.expression(then))
        return nw.when(holds).then(self.expression(then)).otherwise(self.expression(otherwise))


def _literal(term: Term) -> nw.Expr:
    """Write a constant; a whole number has 64 bits, or what is calculated from it would wrap."""
    if _is_null(term):
        return nw.lit(None, dtype=nw.Boolean)
    return nw.lit(term.value, dtype=nw.Int64 if _is_whole(term) else None)


def _is_whole(term: Term) -> bool:
    return type(term.value) is int and term.operation == "constant"


def _is_null(term: Term) -> bool:
    return term.operation == "constant" and term.value is None


def _applied(term: Term, operands: Sequence[nw.Expr]) -> nw.Expr:
    """Write an operation of one or two operands."""
    first = operands[0]
    match term.operation:
        case "not":
            return ~first
        case "is_null":
            return first.is_null()
        case "is_true":
            return first.fill_null(value=False)
        case "absolute":
            return first.abs()
        case "cut":
            return _cut(first)
        case "floor_divide":
            return first // operands[1]
        case "divide":
            return nw.when(operands[1] != 0).then(first / operands[1])
        case operation:
            return _CALCULATIONS[operation](first, operands[1])


def _cut(number: nw.Expr) -> nw.Expr:
    """Round to eight decimals as the evaluator does; a number too large to have them stays."""
    steps = (number.abs() * STEPS + 0.5).floor() / STEPS
    rounded = nw.when(number < 0).then(-steps).otherwise(steps)
    return nw.when(number.abs() < EXACT).then(rounded).otherwise(number)


def _balanced(word: str, operands: Sequence[nw.Expr]) -> nw.Expr:
    """Join many truths in a shallow tree."""
    join = operator.and_ if word == "and" else operator.or_
    while len(operands) > 1:
        operands = [reduce(join, operands[i : i + 4]) for i in range(0, len(operands), 4)]
    return operands[0]


def in_order(wanted: Iterable[_Node]) -> list[_Node]:
    """Return all terms below the wanted ones, arguments before what uses them."""
    order: dict[_Node, None] = {}
    waiting: list[tuple[_Node, bool]] = [(term, False) for term in reversed(list(wanted))]
    while waiting:
        term, ready = waiting.pop()
        if term in order:
            continue
        if ready:
            order[term] = None
            continue
        waiting.append((term, True))
        waiting += [(each, False) for each in reversed(term.arguments) if each not in order]
    return list(order)
