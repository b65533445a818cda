"""Numbers in columns: compared, added and multiplied as `comparison` and `arithmetic` do it.

The evaluator calculates with decimals cut to eight places; columns calculate with binary
fractions. So two calculated numbers count as equal when they differ by less than half of the last
of those places; numbers that were only read are compared exactly.
"""

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.compiled import Compiled, NotColumnarError
from backrec_cli.expression.compiler.terms import NULL, Term

_HALF_A_STEP = 5e-9
_LARGEST_INTEGER = 2**31


def is_less(left: Compiled, right: Compiled) -> Term:
    """Whether the left is smaller, also where only the bounds of a number decide that."""
    _same_unit(left, right)
    if left.bounded or right.bounded:
        surely = terms.compared("lt", left.most, right.least)
        hardly = terms.compared("le", right.most, left.least)
        return _decided(surely, hardly)
    if left.rounded or right.rounded:
        return terms.compared("lt", left.value, _shifted(right.value, -_HALF_A_STEP))
    return terms.compared("lt", left.value, right.value)


def is_at_most(left: Compiled, right: Compiled) -> Term:
    """Whether the left is not greater."""
    return terms.negated(is_less(right, left))


def is_equal(left: Compiled, right: Compiled) -> Term:
    """Whether two values are the same; of bounded numbers only what is certain."""
    _same_unit(left, right)
    if left.bounded or right.bounded:
        apart = terms.any_of(
            (
                terms.compared("lt", left.most, right.least),
                terms.compared("lt", right.most, left.least),
            )
        )
        ends = (
            terms.compared("eq", left.least, left.most),
            terms.compared("eq", right.least, right.most),
            terms.compared("eq", left.least, right.least),
        )
        return _decided(terms.all_of(ends), apart)
    if left.rounded or right.rounded:
        gap = terms.absolute(terms.computed("subtract", left.value, right.value))
        return terms.compared("lt", gap, terms.constant(_HALF_A_STEP))
    return terms.compared("eq", left.value, right.value)


def _decided(holds: Term, fails: Term) -> Term:
    """Return true, false, or unknown where neither is certain."""
    return terms.chosen(holds, terms.TRUE, terms.chosen(fails, terms.FALSE, NULL))


def _shifted(term: Term, by: float) -> Term:
    return terms.computed("add", term, terms.constant(by))


def _same_unit(left: Compiled, right: Compiled) -> None:
    """Refuse to compare numbers of different units: the checker has brought constants to one."""
    if left.unit != right.unit and NULL not in (left.value, right.value):
        msg = f"{left.unit} against {right.unit}"
        raise NotColumnarError(msg)


def calculated(node: nodes.Node, left: Compiled, right: Compiled) -> Compiled:
    """Return a sum, difference, product or quotient."""
    match node:
        case nodes.Add() | nodes.Subtract():
            return _sum(node, left, right)
        case nodes.Multiply():
            return _product(node, left, right)
        case nodes.Divide() if left.unit is None and right.unit is None and not _open(left, right):
            value = terms.computed("divide", left.value, right.value)
            return Compiled(node, value, (left, right), rounded=True, reads=True)
        case _:
            msg = f"{type(node).__name__} of columns"
            raise NotColumnarError(msg)


def _open(left: Compiled, right: Compiled) -> bool:
    return left.bounded or right.bounded


def _sum(node: nodes.Add | nodes.Subtract, left: Compiled, right: Compiled) -> Compiled:
    """Return a sum or difference of numbers, or of quantities in one unit."""
    _same_unit(left, right)
    operation = "add" if isinstance(node, nodes.Add) else "subtract"
    whole = left.whole and right.whole
    value = terms.computed(operation, left.value, right.value)
    low = high = NULL
    if _open(left, right):
        ends = (right.least, right.most) if operation == "add" else (right.most, right.least)
        low = terms.computed(operation, left.least, ends[0])
        high = terms.computed(operation, left.most, ends[1])
    return Compiled(
        node,
        _in_range(value) if whole else value,
        (left, right),
        low=low,
        high=high,
        unit=left.unit,
        rounded=not whole,
        whole=whole,
        reads=True,
    )


def _product(node: nodes.Multiply, left: Compiled, right: Compiled) -> Compiled:
    """Return a product of numbers; of quantities, one may have a unit."""
    if left.unit is not None and right.unit is not None:
        msg = "a product of two quantities"
        raise NotColumnarError(msg)
    value = terms.computed("multiply", left.value, right.value)
    unit = left.unit or right.unit
    whole = left.whole and right.whole and unit is None
    low = high = NULL
    if _open(left, right) and unit is None:
        low, high = _product_ends(left, right)
    return Compiled(
        node,
        _in_range(value) if whole else value,
        (left, right),
        low=low,
        high=high,
        unit=unit,
        rounded=not whole,
        whole=whole,
        reads=True,
    )


def _product_ends(left: Compiled, right: Compiled) -> tuple[Term, Term]:
    """Return the bounds of a product of which one side is a constant that is not negative."""
    for factor, other in ((left, right), (right, left)):
        if isinstance(factor.folded, int) and factor.folded >= 0:
            ends = (other.least, other.most)
            low, high = (terms.computed("multiply", factor.value, end) for end in ends)
            return low, high
    msg = "a product of numbers that are not known exactly"
    raise NotColumnarError(msg)


def _in_range(value: Term) -> Term:
    """Return a whole number, null where no Integer can hold it."""
    fits = terms.all_of(
        (
            terms.compared("lt", value, terms.constant(_LARGEST_INTEGER)),
            terms.compared("le", terms.constant(-_LARGEST_INTEGER), value),
        )
    )
    return terms.chosen(fits, value, NULL)
