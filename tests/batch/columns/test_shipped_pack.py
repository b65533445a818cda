"""The shipped pack judged by columns and by the engine of `check`: the same rows, whoever it is."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backrec_cli.packtest import load_suite
from backrec_cli.rulepack import open_pack, shipped_pack_folder
from tests.batch.columns.bench import Columns, Patient, day_of, without_times
from tests.batch.columns.changes import SURGERY, Changes, Document, Edges, read
from tests.shipped import ROOT, examples, pack

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A smaller seed is not a simpler cohort."""


@cache
def columns(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Columns:
    """Return the shipped pack's columns, compiled once for all tests of this process."""
    return Columns(pack(), select, ignore)


@cache
def edges() -> Edges:
    """Return where the shipped rules turn."""
    return Edges(pack())


@cache
def documents() -> tuple[tuple[str, Document], ...]:
    """Return every example's document."""
    return tuple((example.name, example.document) for example in examples())


def on_days(around: Sequence[int]) -> list[Patient]:
    """Return every example on some days, counted from the day its story is told."""
    found = []
    for example in examples():
        profile = read(example.document, example.name, pack().dictionary)
        days = {day_of(example.as_of) + timedelta(days=by) for by in around}
        days |= {SURGERY + timedelta(days=by) for by in around}
        found += [Patient(example.name, profile, day) for day in sorted(days)]
    return found


def test_number_that_nobody_in_a_cohort_has_is_missing_in_every_row() -> None:
    """What is the same for all patients of a frame is still said of each of them."""
    (clean,) = (example for example in examples() if example.name == "clean-elective")
    document = deepcopy(clean.document)
    vitals = document["vitals"]
    assert isinstance(vitals, dict)
    for name in ("weight", "height", "bmi"):
        vitals.pop(name, None)
    profile = read(document, "weightless", pack().dictionary)
    columns().hold([Patient("weightless", profile, SURGERY)] * 3)


def test_every_example_has_its_row_on_its_day_and_on_others() -> None:
    """From a hundred days before to a month after."""
    columns().hold(on_days((-100, -14, -1, 0, 30)))


def test_every_patient_of_the_pack_tests_has_its_row() -> None:
    """Of the thousands of cases one in forty: each is another rule, or another side of one."""
    suite = load_suite([shipped_pack_folder()], pack())
    cases = suite.cases[::40]
    assert len({case.entry for case in cases}) > 60
    columns().hold(
        [
            Patient(
                f"case {case.number} of {case.entry}",
                without_times(case.profile),
                day_of(case.as_of),
            )
            for case in cases
        ]
    )


@settings(max_examples=2, deadline=None, phases=WITHOUT_SHRINKING)
@given(st.integers(0, 2**32))
def test_random_patients_have_their_rows(seed: int) -> None:
    """Examples with random changes, on days on which something begins or ends."""
    columns().hold([*Changes(edges(), seed).patients(documents(), 50)])


def test_another_day_of_surgery_counts_for_all() -> None:
    """What is given for the run replaces what each record says, or leaves out."""
    some = [*Changes(edges(), 5).patients(documents(), 20)]
    columns().hold(some, SURGERY + timedelta(days=10))


def test_patients_are_judged_on_their_own_day_of_surgery() -> None:
    """As `--as-of procedure` asks: nothing is early, and gates of the day count."""
    found = []
    for each in Changes(edges(), 6).patients(documents(), 25):
        planned = each.profile.recorded.get("procedure.date")
        day = None if planned is None else planned.reading.value
        if isinstance(day, date):
            found.append(Patient(each.name, each.profile, day))
    columns().hold(found)


@pytest.mark.parametrize(
    ("select", "ignore"),
    [(("glucose", "med-xa", "coag-inr-missing"), ()), (("consent",), ("con-signed",))],
)
def test_a_part_of_the_pack_gives_its_part(
    select: tuple[str, ...], ignore: tuple[str, ...]
) -> None:
    """What is not selected flags nothing, and the verdict is at best undecided."""
    some = [*Changes(edges(), 11).patients(documents(), 20)]
    columns(select, ignore).hold(some)


def test_overlay_of_an_example_is_judged_by_columns() -> None:
    """Changed parameters and levels, and rules of its own, in a part that compiles fast."""
    overlay = open_pack([ROOT / "examples" / "overlay-uk"], SURGERY)
    assert overlay.overlays
    some = [*Changes(Edges(overlay), 12).patients(documents(), 20)]
    Columns(overlay, ["glucose", "cardiopulmonary"]).hold(some)
