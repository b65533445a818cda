"""Cells packed by their kind: what goes in comes out, and nothing else goes in."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.batch.columns.reading import packing

OTHERS = st.sampled_from([None, True, 3, "", "unknown", "x" * 8, [], [1.5], {"value": 1.0}])
NUMBERS = st.floats(allow_nan=False)
TRUTHS = st.sampled_from([True, False, None])
MEANT = {True: 1, False: 0, None: -1}


@given(st.lists(st.lists(NUMBERS, max_size=40)), st.integers(0, 5))
def test_numbers_come_out_as_they_went_in(blocks: list[list[float]], silent: int) -> None:
    """Blocks and the stretches between them follow one another as they were packed."""
    packed = [packing.packed_numbers(block) for block in blocks]
    assert None not in packed
    found = packing.numbers_in([*filter(None, packed), packing.no_numbers(silent)]).tolist()
    numbers = [number for block in blocks for number in block]
    assert found[: len(numbers)] == numbers
    assert len(found) == len(numbers) + silent
    assert all(map(math.isnan, found[len(numbers) :]))


@given(st.lists(NUMBERS, max_size=300), OTHERS, st.integers(0, 300))
def test_what_is_no_number_is_not_packed_among_numbers(
    numbers: list[float], other: object, place: int
) -> None:
    """One cell of another kind is enough, wherever it stands."""
    cells: list[object] = [*numbers]
    cells.insert(place, other)
    assert packing.packed_numbers(cells) is None


@given(st.lists(TRUTHS, max_size=300), st.integers(0, 5))
def test_truths_come_out_as_they_went_in(truths: list[bool | None], silent: int) -> None:
    """None is among them: it says nothing."""
    packed = packing.packed_truths(truths)
    assert packed is not None
    found = packing.truths_in([packed, packing.no_truths(silent)]).tolist()
    assert found == [MEANT[truth] for truth in truths] + [MEANT[None]] * silent


@given(st.lists(TRUTHS, max_size=300), st.sampled_from([0, 1, 0.0, "", "x", []]))
def test_what_is_no_truth_is_not_packed_among_truths(truths: list[object], other: object) -> None:
    """Not even what is written in one byte as well."""
    assert packing.packed_truths([*truths, other]) is None


@pytest.mark.parametrize("count", [0, 1, 15, 16, 65_535, 65_536])
def test_any_number_of_cells_is_packed(count: int) -> None:
    """However many bytes their number itself takes."""
    packed = packing.packed_numbers([1.5] * count)
    assert packed is not None
    assert packing.numbers_in([packed]).tolist() == [1.5] * count
