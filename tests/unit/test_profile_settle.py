"""Settling decides what the rules may use on one day: tables of every edge, in both views."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.clock import At
from tests.unit.profile_bench import SURGERY, quantity, settled

DAY = {"date": SURGERY}


def hba1c(measured_on: str | None) -> dict[str, object]:
    """Return a profile with one HbA1c, valid for 90 days."""
    return {"procedure": DAY, "labs": {"hba1c": quantity(40, "mmol/mol", measured_on)}}


def one(document: Mapping[str, object], path: str, as_of: date = date(2026, 3, 16)) -> FactReading:
    """Return one settled fact."""
    return settled(document, as_of).fact(path)


# Freshness.


@pytest.mark.parametrize(
    ("measured_on", "absence", "stale_from"),
    [
        ("2026-03-16", None, date(2026, 6, 15)),
        ("2025-12-16", None, date(2026, 3, 17)),
        ("2025-12-15", Absence.STALE, date(2026, 3, 16)),
        ("2025-12-16T23:59:00", None, date(2026, 3, 17)),
        ("2025-12-15T23:59:00", Absence.STALE, date(2026, 3, 16)),
        (None, Absence.UNDATED, None),
        ("unknown", Absence.UNDATED, None),
        ("2026-03-17", Absence.FUTURE, None),
    ],
)
def test_result_holds_for_exactly_its_days(
    measured_on: str | None, absence: Absence | None, stale_from: date | None
) -> None:
    """Ninety calendar days still hold, ninety-one do not; a time of day changes nothing."""
    reading = one(hba1c(measured_on), "labs.hba1c")
    assert (reading.absence, reading.stale_from) == (absence, stale_from)
    assert reading.reported == "40 mmol/mol"
    assert (reading.value is None) == (absence is not None)


def test_stale_result_keeps_when_it_was_taken() -> None:
    """The report says how old it is, so the date stays."""
    assert one(hba1c("2025-01-01"), "labs.hba1c").on == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("taken", "surgery", "absence"),
    [
        ("2026-03-16", "2026-03-16", None),
        ("2026-03-15", "2026-03-16", Absence.STALE),
        ("2026-03-16T06:00", "2026-03-16", None),
        ("2026-03-16", "2026-03-16T23:00", None),
        ("2026-03-15T23:00", "2026-03-16", Absence.STALE),
        ("2026-03-16T06:00", "2026-03-16T10:00", None),
        ("2026-03-16T06:00", "2026-03-16T10:01", Absence.STALE),
        ("2026-03-15T22:00", "2026-03-16T02:00", None),
        ("2026-03-16T11:00", "2026-03-16T10:00", None),
        ("2026-03-16T06:00+01:00", "2026-03-16T10:00", None),
        ("2026-03-16T06:00", "2026-03-16T10:00+05:00", None),
        ("2026-03-16T06:00+01:00", "2026-03-16T10:00+01:00", None),
        ("2026-03-16T06:00+01:00", "2026-03-16T09:01+00:00", Absence.STALE),
        ("2026-03-16T06:00+00:00", "2026-03-16T11:00+01:00", None),
    ],
)
def test_hours_count_where_both_times_are_known_else_days(
    taken: str, surgery: str, absence: Absence | None
) -> None:
    """Four hours; without both times the same day. One offset alone is read as wall-clock time."""
    document = {
        "procedure": {"date": surgery},
        "labs": {"glucose": quantity(90, "mg/dL", taken)},
    }
    assert one(document, "labs.glucose").absence is absence


def test_result_in_hours_goes_stale_on_the_next_whole_day() -> None:
    """Until when it holds is told in days, and never before the surgery it holds for."""
    document = {
        "procedure": {"date": "2026-03-16T01:00"},
        "labs": {"glucose": quantity(90, "mg/dL", "2026-03-15T22:00")},
    }
    reading = one(document, "labs.glucose")
    assert (reading.known, reading.stale_from) == (True, date(2026, 3, 17))


@pytest.mark.parametrize(
    ("warfarin", "reviewed", "measured_on", "absence"),
    [
        (True, [], "2026-03-15", None),
        (True, [], "2026-03-14", Absence.STALE),
        ({"last_dose_on": "2026-03-10"}, [], "2026-03-14", Absence.STALE),
        (False, [], "2026-02-14", None),
        (False, [], "2026-02-13", Absence.STALE),
        ("unknown", [], "2026-03-15", None),
        ("unknown", [], "2026-03-14", Absence.STALE),
        (None, [], "2026-03-15", None),
        (None, [], "2026-03-14", Absence.STALE),
        (None, ["medications"], "2026-03-14", None),
        (None, ["medications"], "2026-02-13", Absence.STALE),
    ],
)
def test_first_validity_whose_condition_is_true_counts_and_the_strictest_while_unknown(
    warfarin: object, reviewed: list[str], measured_on: str, absence: Absence | None
) -> None:
    """INR: one day on warfarin, thirty days else; one day while nobody knows."""
    document: dict[str, object] = {
        "procedure": DAY,
        "labs": {"inr": {"value": 1.0, "measured_on": measured_on}},
        "medications": {} if warfarin is None else {"warfarin": warfarin},
        "reviewed": reviewed,
    }
    assert one(document, "labs.inr").absence is absence


@pytest.mark.parametrize(
    ("written", "absence"),
    [
        (False, None),
        (True, Absence.UNDATED),
        ("2026-03-09", None),
        ("2026-03-08", Absence.STALE),
    ],
)
def test_event_that_happened_goes_stale_and_one_that_did_not_never(
    written: object, absence: Absence | None
) -> None:
    """A group and save holds seven days; "not done" needs no date."""
    document = {"procedure": DAY, "labs": {"group_and_save": written}}
    assert one(document, "labs.group_and_save").absence is absence


def test_without_a_surgery_date_nothing_with_a_validity_is_usable() -> None:
    """Age at surgery cannot be counted; what has no validity is usable all the same."""
    document = {
        "labs": {"hba1c": quantity(40, "mmol/mol", "2026-03-01")},
        "conditions": {"epilepsy": True},
        "positioning": {"eyes_free": True},
        "reviewed": {"medications": {"on": "2026-03-01"}},
    }
    readings = settled(document)
    assert readings.surgery is None
    assert readings.fact("labs.hba1c").absence is Absence.NO_SURGERY_DATE
    assert readings.fact("positioning.eyes_free").absence is Absence.NO_SURGERY_DATE
    assert readings.fact("conditions.epilepsy").value is True
    assert dict(readings.void_reviews) == {"medications": Absence.NO_SURGERY_DATE}


# Both views.


@pytest.mark.parametrize(
    ("at", "as_of", "absence"),
    [
        ("surgery", date(2026, 3, 2), Absence.STALE),
        ("as_of", date(2026, 3, 2), None),
        ("as_of", date(2026, 3, 12), None),
        ("as_of", date(2026, 3, 13), Absence.STALE),
        ("as_of", date(2026, 3, 20), Absence.STALE),
        ("surgery", date(2026, 3, 20), Absence.STALE),
    ],
)
def test_view_of_today_counts_to_today_only_before_the_surgery(
    at: At, as_of: date, absence: Absence | None
) -> None:
    """A weight of 10 February (30 days) holds until 12 March, and not on the 16th."""
    document = {"procedure": DAY, "vitals": {"weight": quantity(80, "kg", "2026-02-10")}}
    reading = settled(document, as_of, at=at).fact("vitals.weight")
    assert (reading.absence, reading.stale_from) == (absence, date(2026, 3, 13))


def test_after_the_surgery_freshness_still_counts_to_the_surgery() -> None:
    """A registry assesses old operations: what held on that day held."""
    readings = settled(hba1c("2026-03-01"), date(2027, 1, 1), at="as_of")
    assert readings.fact("labs.hba1c").known


def test_given_surgery_date_replaces_the_recorded_one() -> None:
    """Moving the operation opens the checks again."""
    readings = settled(hba1c("2025-12-16"), surgery=date(2026, 3, 17))
    assert readings.surgery == date(2026, 3, 17)
    assert readings.fact("procedure.date").reported == "2026-03-17"
    assert readings.fact("labs.hba1c").absence is Absence.STALE


def test_given_surgery_date_serves_where_none_is_recorded() -> None:
    """A list of operations may be kept elsewhere."""
    document = {"labs": {"hba1c": quantity(40, "mmol/mol", "2026-03-01")}}
    readings = settled(document, surgery=datetime(2026, 3, 16, 8))  # noqa: DTZ001 - local time.
    assert readings.fact("labs.hba1c").known


# The future.


@pytest.mark.parametrize(
    ("section", "name", "written"),
    [
        ("labs", "hba1c", quantity(40, "mmol/mol", "2026-03-11")),
        ("vitals", "height", quantity(178, "cm", "2026-03-11T00:00")),
        ("labs", "mrsa_screen", {"value": "negative", "measured_on": "2026-03-11"}),
        ("conditions", "epilepsy", {"value": True, "measured_on": "2026-03-11"}),
        ("conditions", "mi", "2026-03-11"),
        ("conditions", "mi", {"on": "2026-03-11"}),
        ("medications", "apixaban", {"last_dose_on": "2026-03-11"}),
        ("patient", "birth_date", "2026-03-11"),
    ],
)
def test_what_is_dated_after_the_assessment_is_rejected(
    section: str, name: str, written: object
) -> None:
    """It cannot have happened yet, so the date is wrong, and with it perhaps the value."""
    document = {"procedure": DAY, section: {name: written}}
    path = f"{section}.{name}"
    early = one(document, path, date(2026, 3, 10))
    assert (early.value, early.absence) == (None, Absence.FUTURE)
    assert early.hint == "dated after the assessment of 2026-03-10"
    assert one(document, path, date(2026, 3, 11)).known


def test_what_is_dated_after_the_operation_is_rejected() -> None:
    """A result of the week after says nothing of the day of surgery."""
    reading = one(hba1c("2026-03-17"), "labs.hba1c", date(2026, 4, 1))
    assert (reading.absence, reading.hint) == (
        Absence.FUTURE,
        "dated after the operation of 2026-03-16",
    )


def test_time_of_day_never_makes_a_result_future() -> None:
    """Future compares calendar days as they are written, whatever the offsets."""
    document = hba1c("2026-03-16T23:59:00-11:00")
    as_of = datetime(2026, 3, 16, 0, 1)  # noqa: DTZ001 - local time.
    assert settled(document, as_of).fact("labs.hba1c").known


def test_planned_dates_may_lie_ahead() -> None:
    """The surgery itself, or a planned course, is a plan and no result."""
    document = {"procedure": DAY, "radiation": {"planned_on": "2026-05-01"}}
    readings = settled(document, date(2026, 3, 1))
    assert readings.fact("procedure.date").known
    assert readings.fact("radiation.planned_on").value == date(2026, 5, 1)


def test_earlier_reason_of_a_rejection_stays() -> None:
    """A value without a unit is asked for its unit, not for its date."""
    document = {"procedure": DAY, "labs": {"hba1c": {"value": 40, "measured_on": "2027-01-01"}}}
    assert one(document, "labs.hba1c").absence is Absence.NO_UNIT


@pytest.mark.parametrize(
    ("path", "written", "as_of", "absence"),
    [
        ("positioning.eyes_free", True, date(2026, 3, 15), Absence.FUTURE),
        ("positioning.eyes_free", True, date(2026, 3, 16), None),
        ("positioning.eyes_free", True, date(2026, 3, 17), None),
        ("positioning.eyes_free", False, date(2026, 3, 15), None),
        ("positioning.eyes_free", "unknown", date(2026, 3, 15), Absence.NOT_KNOWN),
        (
            "positioning.eyes_free",
            {"value": True, "measured_on": "2026-03-15"},
            date(2026, 3, 16),
            Absence.FUTURE,
        ),
        ("prep.hair", "clipped", date(2026, 3, 15), Absence.FUTURE),
        ("prep.hair", "clipped", date(2026, 3, 16), None),
        ("prep.hair", "none", date(2026, 3, 15), None),
        ("prep.incision_at", "2026-03-16T08:30", date(2026, 3, 15), Absence.FUTURE),
        ("prep.incision_at", "2026-03-16T08:30", date(2026, 3, 16), None),
        ("prep.incision_at", "2026-03-15T08:30", date(2026, 3, 16), Absence.FUTURE),
    ],
)
def test_work_of_the_day_of_surgery_cannot_be_done_before_it(
    path: str, written: object, as_of: date, absence: Absence | None
) -> None:
    """A tick made the day before is no tick; "not done" is believed on any day."""
    section, _, name = path.partition(".")
    assert one({"procedure": DAY, section: {name: written}}, path, as_of).absence is absence
