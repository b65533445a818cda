"""Counts over a table, and ids that stand for more than one record."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.batch import duplicates
from backrec_cli.batch.duplicates import Duplicates
from backrec_cli.batch.results.table import frame_of
from backrec_cli.batch.row import Row
from backrec_cli.batch.tally import Tally, most_common
from tests.batch.rows import AWKWARD, DAY, DIGEST

IDS = st.lists(st.lists(st.sampled_from(["a", "b", "c", "d", "", "é", None]), max_size=6))


def test_tally_counts_verdicts_and_entries_of_lists() -> None:
    """By hand, over two stretches; an empty list counts nothing."""
    tally = Tally.of(frame_of(AWKWARD))
    more = Row(id="x", verdict="defer", pack_digest=DIGEST, as_of=DAY, flagged=("dm-2",))
    tally.add(Tally.of(frame_of([more])))
    assert tally.verdicts == {"error": 1, "defer": 2, "eligible": 1, "undecided": 1}
    assert tally.flagged == {"dm-1": 1, "dm-2": 2}
    assert tally.missing == {"labs.inr": 1}
    assert (tally.rows, tally.errors) == (5, 1)


def test_tally_of_nothing_is_nothing() -> None:
    """A stretch without rows has no counts, and no verdict to exit with."""
    tally = Tally.of(frame_of([]))
    assert (tally.rows, tally.errors, tally.code, dict(tally.flagged)) == (0, 0, 0, {})


def test_most_common_is_the_same_every_time() -> None:
    """Equal counts stand in the order of their names, whichever came first."""
    assert most_common(Counter({"b": 2, "c": 5, "a": 2, "d": 1}), 3) == [
        ("c", 5),
        ("a", 2),
        ("b", 2),
    ]


@pytest.mark.parametrize("at_once", [1, 4, 1000])
@given(stretches=IDS)
def test_repeated_ids_are_found_wherever_they_stand(
    at_once: int, stretches: list[list[str | None]]
) -> None:
    """As many as a plain set finds, however many are looked up at once; no id is like no other."""
    before = duplicates._AT_ONCE
    duplicates._AT_ONCE = at_once
    found = Duplicates()
    for ids in stretches:
        found.add(pl.Series("id", ids, pl.String()))
    found.settle()
    duplicates._AT_ONCE = before
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    again = 0
    for identifier in (each for ids in stretches for each in ids if each is not None):
        again += identifier in seen
        if identifier in seen:
            repeated.setdefault(identifier)
        seen.add(identifier)
    assert found.again == again
    assert found.first_few == list(repeated)[:5]
