"""Kleene's tables, to be read against CQL 1.5 row by row."""

from collections.abc import Callable

import pytest

from backrec_cli.ternary import Truth, all_of, any_of, exclusive, implies, negate, of

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

#  left:        T           F           U      (columns: right T, F, U)
AND = {T: (T, F, U), F: (F, F, F), U: (U, F, U)}
OR = {T: (T, T, T), F: (T, F, U), U: (T, U, U)}
XOR = {T: (F, T, U), F: (T, F, U), U: (U, U, U)}
IMPLIES = {T: (T, F, U), F: (T, T, T), U: (T, U, U)}

Table = dict[Truth, tuple[Truth, Truth, Truth]]
Binary = Callable[[Truth, Truth], Truth]


def _and(left: Truth, right: Truth) -> Truth:
    return all_of((left, right))


def _or(left: Truth, right: Truth) -> Truth:
    return any_of((left, right))


@pytest.mark.parametrize("right", [T, F, U])
@pytest.mark.parametrize("left", [T, F, U])
@pytest.mark.parametrize(
    ("table", "operation"),
    [(AND, _and), (OR, _or), (XOR, exclusive), (IMPLIES, implies)],
    ids=["and", "or", "xor", "implies"],
)
def test_binary_operator_agrees_with_its_table(
    table: Table, operation: Binary, left: Truth, right: Truth
) -> None:
    """Each cell of the 3 by 3 picture is what the function gives."""
    assert operation(left, right) is table[left][(T, F, U).index(right)]


@pytest.mark.parametrize(("value", "expected"), [(T, F), (F, T), (U, U)])
def test_negate_swaps_true_and_false_and_keeps_unknown(value: Truth, expected: Truth) -> None:
    """The opposite of not knowing is not knowing."""
    assert negate(value) is expected


@pytest.mark.parametrize(
    ("values", "every", "some"),
    [
        ((), T, F),
        ((T, U, F), F, T),
        ((T, U, T), U, T),
        ((U, F, F), F, U),
        ((T, T, T), T, T),
        ((F, F, F), F, F),
    ],
)
def test_folds_take_any_number_of_values(
    values: tuple[Truth, ...], every: Truth, some: Truth
) -> None:
    """Of no values, all hold and none does."""
    assert (all_of(values), any_of(values)) == (every, some)


@pytest.mark.parametrize("value", [T, F, U])
def test_truth_refuses_to_be_a_bool(value: Truth) -> None:
    """`if truth:` would read an unknown as a yes."""
    with pytest.raises(TypeError, match="not a bool"):
        bool(value)


@pytest.mark.parametrize(("value", "expected"), [(True, T), (False, F), (None, U)])
def test_of_reads_a_bool_or_none(value: bool | None, expected: Truth) -> None:  # noqa: FBT001
    """None is Python's unknown."""
    assert of(value) is expected
