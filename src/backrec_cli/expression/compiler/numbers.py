"""Numbers in columns: compared, added and multiplied as `comparison` and `arithmetic` do it.

The evaluator calculates with decimals cut to eight places; columns calculate with binary
fractions. So two calculated numbers count as equal when they differ by less than half of the last
of those places; numbers that were only read are compared exactly.
"""

from functools import reduce

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.compiled import Compiled, NotColumnarError
from backrec_cli.expression.compiler.terms import NULL, Term

_HALF_A_STEP = 5e-9
_LARGEST_INTEGER = 2**31


def is_less(left: Compiled, right: Compiled) -> Term:
    """Whether the left is smaller, also where only the bounds of a number decide that."""
    _comparable(left, right)
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
    _comparable(left, right)
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
    return is_same(left, right)


def is_same(left: Compiled, right: Compiled) -> Term:
    """Whether two values that are known exactly are the same."""
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
    if left.unit != right.unit and not (left.is_nothing or right.is_nothing):
        msg = f"{left.unit} against {right.unit}"
        raise NotColumnarError(msg)


def _comparable(left: Compiled, right: Compiled) -> None:
    """Refuse what cannot be compared as columns: other units, a range against a decimal."""
    _same_unit(left, right)
    for one, other in ((left, right), (right, left)):
        if one.bounded and not other.whole and not other.is_nothing:
            msg = "a range against a decimal"
            raise NotColumnarError(msg)


def calculated(node: nodes.Node, left: Compiled, right: Compiled) -> Compiled:
    """Return a sum, difference, product or quotient."""
    if left.text or right.text:
        msg = "texts joined"
        raise NotColumnarError(msg)
    match node:
        case nodes.Add() | nodes.Subtract():
            return _sum(node, left, right)
        case nodes.Multiply():
            return _product(node, left, right)
        case nodes.Divide() if left.unit is None and right.unit is None:
            value = terms.cut(terms.computed("divide", left.value, right.value))
            return Compiled(node, value, (left, right), rounded=True, reads=True)
        case _:
            msg = "a quotient of quantities"
            raise NotColumnarError(msg)


def absolute(node: nodes.Node, operand: Compiled) -> Compiled:
    """Return a number without its sign."""
    value = terms.absolute(operand.value)
    low = high = NULL
    if operand.bounded:
        ends = terms.absolute(operand.least), terms.absolute(operand.most)
        zero = terms.constant(0)
        below, above = (
            terms.compared("lt", operand.least, zero),
            terms.compared("lt", zero, operand.most),
        )
        low = terms.chosen(terms.all_of((below, above)), zero, terms.least(*ends))
        high = terms.greatest(*ends)
    return _number(
        node,
        (operand,),
        value,
        (low, high),
        unit=operand.unit,
        whole=operand.whole,
        rounded=operand.rounded,
    )


def _sum(node: nodes.Add | nodes.Subtract, left: Compiled, right: Compiled) -> Compiled:
    """Return a sum or difference of numbers, or of quantities in one unit."""
    _same_unit(left, right)
    operation = "add" if isinstance(node, nodes.Add) else "subtract"
    whole = left.whole and right.whole
    value = terms.computed(operation, left.value, right.value)
    low = high = NULL
    if whole and _open(left, right):
        ends = (right.least, right.most) if operation == "add" else (right.most, right.least)
        low = terms.computed(operation, left.least, ends[0])
        high = terms.computed(operation, left.most, ends[1])
    return _number(
        node, (left, right), value, (low, high), unit=left.unit, whole=whole, rounded=not whole
    )


def _product(node: nodes.Multiply, left: Compiled, right: Compiled) -> Compiled:
    """Return a product of numbers; of quantities, one may have a unit."""
    if left.unit is not None and right.unit is not None:
        msg = "a product of two quantities"
        raise NotColumnarError(msg)
    value = terms.computed("multiply", left.value, right.value)
    unit = left.unit or right.unit
    whole = left.whole and right.whole and unit is None
    ends = _product_ends(left, right) if whole and _open(left, right) else (NULL, NULL)
    if not whole:
        value = terms.cut(value)
    return _number(node, (left, right), value, ends, unit=unit, whole=whole, rounded=not whole)


def _product_ends(left: Compiled, right: Compiled) -> tuple[Term, Term]:
    """Return the bounds of a product: among the products of the bounds."""
    products = [
        terms.computed("multiply", one, other)
        for one in dict.fromkeys((left.least, left.most))
        for other in dict.fromkeys((right.least, right.most))
    ]
    return reduce(terms.least, products), reduce(terms.greatest, products)


def _open(left: Compiled, right: Compiled) -> bool:
    return left.bounded or right.bounded


def _number(
    node: nodes.Node,
    inputs: tuple[Compiled, ...],
    value: Term,
    ends: tuple[Term, Term],
    *,
    unit: str | None,
    whole: bool,
    rounded: bool,
) -> Compiled:
    """Return a calculated number; a whole one is null, bounds and all, where no Integer fits."""
    low, high = ends
    if whole:
        value = terms.chosen(_fits(value), value, NULL)
        if low is not NULL:
            fits = terms.all_of((_fits(low), _fits(high)))
            low, high = terms.chosen(fits, low, NULL), terms.chosen(fits, high, NULL)
    return Compiled(
        node, value, inputs, low=low, high=high, unit=unit, rounded=rounded, whole=whole,
        reads=True,
    )  # fmt: skip


def _fits(value: Term) -> Term:
    """Whether an Integer can hold a whole number."""
    return terms.all_of(
        (
            terms.compared("lt", value, terms.constant(_LARGEST_INTEGER)),
            terms.compared("le", terms.constant(-_LARGEST_INTEGER), value),
        )
    )
