"""Constants: parts of an expression that read nothing, evaluated once for all patients."""

from datetime import date
from decimal import Decimal

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.compiled import Compiled, NotColumnarError
from backrec_cli.expression.compiler.terms import NULL, Term
from backrec_cli.expression.evaluator import evaluate
from backrec_cli.expression.functions import NOW, TIME_OF_DAY, TODAY
from backrec_cli.expression.scope import Expression
from backrec_cli.expression.value_types import ANY
from backrec_cli.expression.values import Long, Value
from backrec_cli.facts.reading import FactReading
from backrec_cli.temporal.values import Date
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

EPOCH = date(1970, 1, 1).toordinal()
_WHOLE_DATE = 3


class _Nothing:
    """What a part that reads no fact is evaluated against."""

    as_of = date.min

    def fact(self, path: str) -> FactReading:
        """Return nothing: no fact is asked for."""
        return FactReading(path)


_NOTHING = _Nothing()


def reads_nothing(node: nodes.Node) -> bool:
    """Whether a part is the same for every patient on every day."""
    match node:
        case nodes.FactRef() | nodes.Name():
            return False
        case nodes.FunctionRef(name=name) if name in (TODAY, NOW, TIME_OF_DAY):
            return False
        case nodes.ExpressionRef():
            return reads_nothing(node.node)
        case _:
            return all(map(reads_nothing, nodes.children(node)))


def folded(node: nodes.Node) -> Compiled:
    """Return the constant that a part comes to."""
    value = evaluate(Expression("", node, ANY, frozenset()), _NOTHING).value
    unit = value.unit if isinstance(value, Quantity) else None
    whole = isinstance(value, int)
    day, text = isinstance(value, Date), isinstance(value, str)
    return Compiled(node, term_of(value), unit=unit, whole=whole, day=day, text=text, folded=value)


def term_of(value: Value) -> Term:
    """Return a value as a term; what no column can hold stays a constant for who asks for it."""
    match value:
        case None | Truth.UNKNOWN:
            return NULL
        case Truth():
            return terms.of_truth(holds=value is Truth.TRUE)
        case int() | str():
            return terms.constant(value if isinstance(value, str) else int(value))
        case Decimal():
            return terms.constant(float(value))
        case Quantity():
            return terms.constant(float(value.value))
        case Date() if len(value.components) == _WHOLE_DATE:
            return terms.constant(date(*value.components).toordinal() - EPOCH)
        case _:
            return NULL


def must_fit(compiled: Compiled) -> Compiled:
    """Return a part whose constant a column can hold; raises NotColumnarError for another."""
    value = compiled.folded
    has_column = compiled.value is not NULL and not isinstance(value, Long)
    if not has_column and value is not None and value is not Truth.UNKNOWN:
        msg = f"no column holds {type(value).__name__}"
        raise NotColumnarError(msg)
    return compiled
