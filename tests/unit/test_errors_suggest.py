"""Did-you-mean."""

import pytest

from backrec_cli.errors.suggest import closest

FACTS = ("labs.hba1c", "labs.glucose", "vitals.weight", "vitals.spo2_room_air", "notes.weight")
KEYS = ("id", "topic", "title", "applies", "when", "level", "action", "action_urgent", "sources")
MANY = tuple(f"section{number % 9}.measurement_{number}" for number in range(400))


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("labs.hba1", FACTS, "labs.hba1c"),
        ("hba1c", FACTS, "labs.hba1c"),
        ("hba1", FACTS, "labs.hba1c"),
        ("LABS.HbA1c", FACTS, "labs.hba1c"),
        ("lab.glucose", FACTS, "labs.glucose"),
        ("vital.weight", FACTS, "vitals.weight"),
        ("wehn", KEYS, "when"),
        ("lvl", KEYS, "level"),
        ("source", KEYS, "sources"),
        ("actoin_urgent", KEYS, "action_urgent"),
        ("section3.mesurement_12", (*MANY, "section3.measurement_x12"), "section3.measurement_12"),
    ],
)
def test_closest_finds_what_was_meant(written: str, known: tuple[str, ...], meant: str) -> None:
    """A slip of a letter, a lost section or other capitals still find the name."""
    assert closest(written, known) == meant


@pytest.mark.parametrize("written", ["", "zzzz", "colour", "x" * 81, "labs.hba1c" * 10_000])
def test_closest_is_silent_where_nothing_is_near(written: str) -> None:
    """A bad guess is worse than none, and a long name is not worth the time."""
    assert closest(written, KEYS) is None


def test_closest_does_not_depend_on_the_order_of_candidates() -> None:
    """The same slip gets the same hint on every run."""
    assert closest("weight", FACTS) == closest("weight", tuple(reversed(FACTS)))
