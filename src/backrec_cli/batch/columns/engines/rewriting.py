"""One operation -> the same operation over other arguments."""

from collections.abc import Callable, Mapping, Sequence

from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.terms import Term

_OF_ONE: Mapping[str, Callable[[Term], Term]] = {
    "not": terms.negated,
    "is_null": terms.is_null,
    "is_true": terms.is_true,
    "cut": terms.cut,
    "absolute": terms.absolute,
}


def rewritten(term: Term, arguments: Sequence[Term]) -> Term:
    """Return an operation of a term over other arguments, one for each of its own."""
    match term.operation:
        case "column" | "constant":
            return term
        case "and":
            return terms.all_of(arguments)
        case "or":
            return terms.any_of(arguments)
        case "chosen":
            condition, then, otherwise = arguments
            return terms.chosen(condition, then, otherwise)
        case "eq" | "lt" | "le" as comparison:
            left, right = arguments
            return terms.compared(comparison, left, right)
        case operation if operation in _OF_ONE:
            return _OF_ONE[operation](arguments[0])
        case calculation:
            left, right = arguments
            return terms.computed(calculation, left, right)
