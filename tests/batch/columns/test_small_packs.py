"""Random packs judged by columns and by the engine of `check`: the same rows, whatever the rules.

A few facts with every habit a fact can have, random rules over them, and random records of them: so
every status, wait and level is met in many combinations that no shipped rule has.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backrec_cli.rulepack.model import RulePack
from tests.batch.columns.bench import JUDGED, Columns, Patient, arrays_of, frame_of
from tests.batch.columns.changes import Changes, Edges
from tests.batch.columns.random_rules import Rules
from tests.batch.columns.small_pack import DOCUMENTS, complete, small_pack

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A smaller seed is not a simpler pack."""

SEEDS = st.integers(0, 2**32)


def patients(pack: RulePack, seed: int, count: int) -> list[Patient]:
    """Return random patients of a pack."""
    return Changes(Edges(pack), seed).patients(DOCUMENTS, count)


@settings(max_examples=12, deadline=None, phases=WITHOUT_SHRINKING)
@given(SEEDS)
def test_random_packs_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Grades, optional facts, waits, holds, gates: alone and together."""
    pack = small_pack(tmp_path_factory.mktemp("pack"), Rules(seed).some(12))
    Columns(pack).hold(patients(pack, seed, 40))


@settings(max_examples=5, deadline=None, phases=WITHOUT_SHRINKING)
@given(SEEDS)
def test_random_overlays_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """A rule waits for what its own layer asks or one below it, in columns too."""
    layers = [Rules(seed + place, name).some(6) for place, name in enumerate(("base", "a", "b"))]
    pack = small_pack(tmp_path_factory.mktemp("pack"), *layers)
    assert {rule.layer for rule in pack.rules} <= {0, 1, 2}
    Columns(pack).hold(patients(pack, seed, 40))


@pytest.mark.parametrize("surgery", [date(2026, 3, 16), date(2026, 4, 1), date(2025, 12, 1)])
def test_another_day_of_surgery_counts_for_all(tmp_path: Path, surgery: date) -> None:
    """What is given for the run replaces what each record says, or leaves out."""
    pack = small_pack(tmp_path, Rules(7).some(20))
    Columns(pack).hold(patients(pack, 7, 80), surgery)


def test_patients_are_judged_on_their_own_day_of_surgery(tmp_path: Path) -> None:
    """As `--as-of procedure` asks: nothing is early, and gates of the day count."""
    pack = small_pack(tmp_path, Rules(8).some(20))
    found = []
    for each in patients(pack, 8, 80):
        planned = each.profile.recorded.get("procedure.date")
        day = None if planned is None else planned.reading.value
        if isinstance(day, date):
            found.append(Patient(each.name, each.profile, day))
    assert len(found) > 40
    Columns(pack).hold(found)


@pytest.mark.parametrize(
    ("select", "ignore"), [(("e-1", "e-4", "e-7"), ()), ((), ("e-2",)), (("clinic",), ("e-3",))]
)
def test_a_selection_gives_its_part(
    tmp_path: Path, select: Sequence[str], ignore: Sequence[str]
) -> None:
    """By id or by topic; a requirement that is left out is not waited for."""
    pack = small_pack(tmp_path, Rules(9).some(12))
    Columns(pack, select, ignore).hold(patients(pack, 9, 60))


def test_columns_that_are_not_there_were_never_mentioned(tmp_path: Path) -> None:
    """Compiling for fewer columns folds much away and changes no answer."""
    pack = small_pack(tmp_path, Rules(10).some(20))
    some = [each for each in patients(pack, 10, 60) if len(each.profile.recorded) < 12]
    few = frame_of(some, pack.dictionary).columns
    columns, every = Columns(pack, columns=few), Columns(pack)
    assert len(columns.columns) < len(every.columns)
    columns.hold(some)


def test_random_packs_reach_every_list(tmp_path: Path) -> None:
    """Rows in which nothing ever stands would agree too."""
    pack = small_pack(tmp_path, Rules(11).some(20))
    columns = Columns(pack)
    some = patients(pack, 11, 150)
    frame = frame_of(some, pack.dictionary, columns.columns)
    found = columns.evaluation.judge(arrays_of(frame, pack.dictionary), len(some), ()).frame
    for name in JUDGED:
        named = {word for row in found[name] for word in row.split(";") if word}
        assert len(named) >= 3, name
    assert found["verdict"].n_unique() >= 4
    columns.hold(some)


def test_a_difference_is_seen(tmp_path: Path) -> None:
    """The bench itself can fail: another pack's columns do not give this one's rows."""
    pack = small_pack(tmp_path / "one", Rules(12).some(12))
    other = small_pack(tmp_path / "other", Rules(13).some(12))
    columns = Columns(other)
    columns.pack = pack
    differ = columns.differences([complete(pack), *patients(pack, 12, 10)])
    assert any(line.startswith("complete on 2026-03-16: ") for line in differ)
