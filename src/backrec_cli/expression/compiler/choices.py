"""Choices between values -> columns: `if`, and the first of several that is known."""

from collections.abc import Sequence

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.compiled import Compiled, NotColumnarError
from backrec_cli.expression.compiler.numbers import is_same
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term


def choice(node: nodes.If, inputs: tuple[Compiled, ...]) -> Compiled:
    """Return one of two branches; an unknown fact in the condition leaves what both say."""
    condition, then, otherwise = inputs
    undecided = terms.is_null(condition.value) if condition.reads else FALSE

    def either(chosen: Term, other: Term, same: Term) -> Term:
        settled = terms.chosen(condition.value, chosen, other)
        return terms.chosen(undecided, terms.chosen(same, chosen, NULL), settled)

    low = high = NULL
    if then.bounded or otherwise.bounded:
        same = _same_range(then, otherwise)
        low, high = either(then.low, otherwise.low, same), either(then.high, otherwise.high, same)
    value = either(then.value, otherwise.value, _same(then, otherwise))
    return _one_of(node, inputs, inputs[1:], value, (low, high))


def first_of(node: nodes.FunctionRef, inputs: tuple[Compiled, ...]) -> Compiled:
    """Return the first operand that is known, exactly or not."""
    value = low = high = NULL
    for each in reversed(inputs):
        known = terms.is_known(each.least)
        value = terms.chosen(known, each.value, value)
        low = terms.chosen(known, each.low, low)
        high = terms.chosen(known, each.high, high)
    return _one_of(node, inputs, inputs, value, (low, high))


def _one_of(
    node: nodes.Node,
    inputs: tuple[Compiled, ...],
    branches: Sequence[Compiled],
    value: Term,
    ends: tuple[Term, Term],
) -> Compiled:
    """Return a value that is that of one branch; what is null in every row fits any kind."""
    kinds = [each for each in branches if not each.is_nothing]
    units = {each.unit for each in kinds}
    if any(each.words is not None for each in kinds) or len(units) > 1:
        msg = "a choice between different kinds"
        raise NotColumnarError(msg)
    return Compiled(
        node,
        value,
        inputs,
        low=ends[0],
        high=ends[1],
        unit=next(iter(units), None),
        rounded=any(each.rounded for each in kinds),
        whole=bool(kinds) and all(each.whole for each in kinds),
        day=any(each.day for each in kinds),
        text=any(each.text for each in kinds),
        reads=True,
    )


def _same(left: Compiled, right: Compiled) -> Term:
    """Whether two branches say the same; two constants are compared here and now."""
    if left.value is right.value:
        return terms.TRUE
    if left.value.operation == right.value.operation == "constant":
        return terms.of_truth(holds=left.value.value == right.value.value)
    return is_same(left, right)


def _same_range(left: Compiled, right: Compiled) -> Term:
    """Whether two branches are numbers that lie between the same two."""
    return terms.all_of(
        (
            terms.is_null(left.value),
            terms.is_null(right.value),
            terms.compared("eq", left.low, right.low),
            terms.compared("eq", left.high, right.high),
        )
    )
