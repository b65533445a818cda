"""Many expressions compiled into one plan, run once, and held against the traced evaluator."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from backrec_cli.expression import Expression, evaluate
from backrec_cli.expression.compiler import (
    Compiled,
    NotColumnarError,
    Plan,
    blocking,
    compile_columns,
    plan_of,
    unknown_facts,
)
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.terms import Term
from backrec_cli.expression.trace import Traced
from backrec_cli.expression.trace import blocking as traced_blocking
from backrec_cli.expression.trace import unknown_facts as traced_unknown
from backrec_cli.expression.values import Uncertainty, Value
from backrec_cli.facts.reading import FactReading
from backrec_cli.temporal.values import Date
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity
from tests.expression_columns.patients import SMALL, World
from tests.expression_columns.table import EPOCH, ROW, Table
from tests.unit.expression_bench import Record

Engine = Callable[[Plan], Sequence[Mapping[str, object]]]
Plain = bool | int | float | str | tuple[int, int] | None
Cell = tuple[Plain, frozenset[tuple[str, bool]], frozenset[tuple[str, bool]]]
_SEPARATOR = ";"
_CLOSE = 1e-9


@dataclass
class Trial:
    """Expressions with what is assumed false in each; `refused` are those no column can hold."""

    expressions: Sequence[tuple[Expression, Collection[str]]]
    world: World = SMALL
    compiled: dict[int, Compiled] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        facts = Table(self.world)
        for number, (expression, assumed) in enumerate(self.expressions):
            try:
                self.compiled[number] = compile_columns(expression, facts, assume_false=assumed)
            except NotColumnarError as error:
                self.refused[number] = str(error)

    def plan(self) -> Plan:
        """Return one plan for all that could be compiled."""
        results: dict[str, Term] = {}
        lists: dict[str, Sequence[tuple[str, Term]]] = {}
        for number, compiled in self.compiled.items():
            results[f"{number} value"] = compiled.value
            results[f"{number} low"] = compiled.low
            results[f"{number} high"] = compiled.high
            lists[f"{number} blocking"] = _named(blocking(compiled))
            lists[f"{number} unknown"] = _named(unknown_facts(compiled))
        return plan_of(results, lists, separator=_SEPARATOR, kept=(ROW,))

    def of_at_most(self, terms: int) -> "Trial":
        """Return the trial of those that come to so many terms, which an engine plans quickly."""
        small = [
            self.expressions[number]
            for number, each in self.compiled.items()
            if len(in_order(_wanted(each))) <= terms
        ]
        return Trial(small, self.world)

    def differences(self, engine: Engine, records: Sequence[Record]) -> list[str]:
        """Return a sentence for every expression that comes out otherwise for some patient."""
        rows = engine(self.plan())
        assert [row[ROW] for row in rows] == list(range(len(records)))
        found = []
        for number, compiled in self.compiled.items():
            expression, assumed = self.expressions[number]
            for row, record in zip(rows, records, strict=True):
                trace = evaluate(expression, record, assume_false=assumed)
                expected = _expected(trace)
                actual = _actual(row, number, compiled)
                if not _agree(expected, actual):
                    read = [record.fact(path) for path in sorted(expression.facts)]
                    found.append(
                        f"{expression.text}\n  assumed {sorted(assumed)}\n  {expected}, but as "
                        f"columns {actual}\n  for {read} on {record.as_of}"
                    )
                    break
        return found


def _wanted(compiled: Compiled) -> list[Term]:
    """Return every term that is asked for of one expression."""
    lacking = (*blocking(compiled).values(), *unknown_facts(compiled).values())
    return [compiled.value, compiled.low, compiled.high, *lacking]


def _named(found: Mapping[tuple[str, str | None], Term]) -> list[tuple[str, Term]]:
    return [(f"{path}/{score or ''}", holds) for (path, score), holds in found.items()]


def _expected(trace: Traced) -> Cell:
    return (
        _plain(trace.value),
        _paths(traced_blocking(trace)),
        _paths(traced_unknown(trace)),
    )


def _paths(readings: Collection[FactReading]) -> frozenset[tuple[str, bool]]:
    """Return each fact to obtain, and whether it is asked for only as an item of a score."""
    return frozenset((each.path, each.counted_in is not None) for each in readings)


def _actual(row: Mapping[str, object], number: int, compiled: Compiled) -> Cell:
    value = row[f"{number} value"]
    low, high = row[f"{number} low"], row[f"{number} high"]
    assert value is None or isinstance(value, bool | int | float | str)
    if value is None and isinstance(low, int) and isinstance(high, int):
        return (low, high), _listed(row[f"{number} blocking"]), _listed(row[f"{number} unknown"])
    assert compiled.bounded or (low, high) == (None, None)
    return value, _listed(row[f"{number} blocking"]), _listed(row[f"{number} unknown"])


def _listed(cell: object) -> frozenset[tuple[str, bool]]:
    """Read a joined list; a fact that is asked for by itself is so for no score."""
    assert isinstance(cell, str)
    found: dict[str, bool] = {}
    for word in filter(None, cell.split(_SEPARATOR)):
        path, _, score = word.partition("/")
        found[path] = found.get(path, True) and bool(score)
    return frozenset(found.items())


def _agree(expected: Cell, actual: Cell) -> bool:
    wanted, found = expected[0], actual[0]
    if isinstance(wanted, float) and isinstance(found, int | float):
        same = abs(wanted - found) <= _CLOSE * max(1.0, abs(wanted))
    else:
        same = wanted == found and isinstance(wanted, bool) is isinstance(found, bool)
    return same and expected[1:] == actual[1:]


def _plain(value: Value) -> Plain:
    """Return a value of the language as a column holds it."""
    match value:
        case None | Truth.UNKNOWN:
            return None
        case Truth():
            return value is Truth.TRUE
        case int() | str():
            return value
        case Decimal():
            return float(value)
        case Quantity():
            return float(value.value)
        case Uncertainty():
            return value.low, value.high
        case Date(components=(year, month, day)):
            return (date(year, month, day) - EPOCH).days
        case _:
            msg = f"no column holds {value}"
            raise AssertionError(msg)
