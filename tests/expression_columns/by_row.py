"""Terms worked out for one row after the other, as slowly and plainly as they are defined."""

import math
import operator
from collections.abc import Callable, Mapping

from backrec_cli.expression.compiler.terms import Term

Cell = bool | float | str | None
Row = Mapping[str, Cell]

_COMPARED: Mapping[str, Callable[[float, float], bool]] = {"lt": operator.lt, "le": operator.le}
_CALCULATED: Mapping[str, Callable[[float, float], float]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "floor_divide": lambda left, right: math.floor(left / right),
}
_OF_NULL: Mapping[str, Callable[[list[Cell]], Cell]] = {
    "is_null": lambda found: found[0] is None,
    "is_true": lambda found: found[0] is True,
    "chosen": lambda found: found[1] if found[0] is True else found[2],
}


def worked_out(term: Term, row: Row) -> Cell:
    """Return what a term comes to in one row."""
    if term.operation == "column":
        return row.get(str(term.value))
    if term.operation == "constant":
        return term.value
    found = [worked_out(each, row) for each in term.arguments]
    if term.operation in ("and", "or"):
        settling = term.operation == "or"
        return settling if settling in found else None if None in found else not settling
    if term.operation in _OF_NULL:
        return _OF_NULL[term.operation](found)
    if None in found:
        return None
    if term.operation == "eq":
        return found[0] == found[1]
    return _numeric(term.operation, [each for each in found if isinstance(each, int | float)])


def _numeric(operation: str, operands: list[float]) -> Cell:
    """Return what becomes of one or two numbers."""
    if operation == "not":
        return not operands[0]
    if operation == "absolute":
        return abs(operands[0])
    if operation in _COMPARED:
        return _COMPARED[operation](*operands)
    if "divide" in operation and not operands[1]:
        return None
    return _CALCULATED[operation](*operands)
