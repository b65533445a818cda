"""Scores counted from their items: exactly, as a range or not at all; and the given ones.

The table below gives 3 points for epilepsy, 1 for warfarin, 2 for a BMI above 30, 1 for a heart
attack in the last 30 days, and as many points as the stage of kidney disease, so 0 to 12.
"""

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from backrec_cli.expression import Scope, blocking, compile_expression, evaluate, truth
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reader import parse_dictionary
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile import Knowledge, Readings, read_profile, settle
from backrec_cli.source import SourceText, Span
from backrec_cli.ternary import Truth
from tests.unit.profile_bench import AS_OF, DICTIONARY, SURGERY, quantity

SCORE = """
[scores.total]
type = "integer"
label = "Total"
plausible = [0, 12]
[[scores.total.item]]
title = "Epilepsy"
points = 3
when = "conditions.epilepsy"
[[scores.total.item]]
title = "Warfarin"
points = 1
when = "medications.warfarin"
[[scores.total.item]]
title = "BMI above 30"
points = 2
when = "vitals.bmi > 30 'kg/m2'"
[[scores.total.item]]
title = "Heart attack in the last 30 days"
points = 1
when = '''conditions.mi
  and difference in days between conditions.mi.on and procedure.date <= 30'''
[[scores.total.item]]
title = "Kidney disease"
points = "if conditions.diabetes = 'none' then 0 else conditions.ckd_stage"
"""
TEXT = DICTIONARY + SCORE
Facts = dict[str, object]
Range = tuple[int, int]

NOTHING: Facts = {}
STAGE_2: Facts = {"conditions.ckd_stage": 2}
EPILEPSY: Facts = {"conditions.epilepsy": True}
NO: Facts = {
    "conditions.epilepsy": False,
    "medications.warfarin": False,
    "vitals.bmi": quantity(24, "kg/m2", "2026-03-10"),
    "conditions.mi": False,
    "conditions.diabetes": "none",
}


@cache
def dictionary() -> FactDictionary:
    """Return the small dictionary with a score."""
    content = tomllib.loads(TEXT, parse_float=Decimal)
    parsed, problems = parse_dictionary(content, SourceText("f", TEXT), lambda _: Span(0, 1))
    assert problems == []
    return parsed


def readings(facts: Mapping[str, object], *reviewed: str) -> Readings:
    """Settle facts written by path, on the day of surgery."""
    sections: dict[str, dict[str, object]] = {"procedure": {"date": SURGERY}}
    for path, value in facts.items():
        section, _, name = path.partition(".")
        sections.setdefault(section, {})[name] = value
    data = json.dumps({**sections, "reviewed": list(reviewed)}).encode()
    profile = read_profile(data, "p.json", dictionary())
    return settle(profile, Knowledge(dictionary()), AS_OF, review_days=90)


def total(facts: Mapping[str, object], *reviewed: str) -> FactReading:
    """Return the score of a record."""
    return readings(facts, *reviewed).fact("scores.total")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (NO, 0),
        (NO | {"conditions.epilepsy": True}, 3),
        (NO | {"medications.warfarin": True}, 1),
        (NO | {"vitals.bmi": quantity(30.1, "kg/m2", "2026-03-10")}, 2),
        (NO | {"conditions.mi": "2026-02-14"}, 1),
        (NO | {"conditions.mi": "2026-02-13"}, 0),
        (NO | {"conditions.diabetes": "type2", "conditions.ckd_stage": 4}, 4),
        (NO | {"conditions.epilepsy": True, "medications.warfarin": True}, 4),
    ],
)
def test_score_with_all_items_known_is_a_number(facts: Facts, expected: int) -> None:
    """Every item alone, none and several: the points add up, and the score is as good as given."""
    found = total(facts)
    assert (found.value, found.absence, found.range) == (expected, None, None)
    assert found.reported == str(expected)


@pytest.mark.parametrize(
    ("facts", "expected", "absence"),
    [
        (NO | {"conditions.epilepsy": None}, (0, 3), Absence.NOT_RECORDED),
        (NO | {"conditions.epilepsy": "unknown"}, (0, 3), Absence.NOT_KNOWN),
        (NO | {"vitals.bmi": None}, (0, 2), Absence.NOT_RECORDED),
        (NO | {"vitals.bmi": quantity(24, "kg/m2", "2026-02-13")}, (0, 2), Absence.STALE),
        (NO | {"vitals.bmi": quantity(24, "kg/m2")}, (0, 2), Absence.UNDATED),
        (NO | {"vitals.bmi": quantity(24, "mg/L", "2026-03-10")}, (0, 2), Absence.UNKNOWN_UNIT),
        (NO | {"conditions.mi": True}, (0, 1), Absence.UNDATED),
        (NO | {"conditions.diabetes": "type1"}, (1, 5), Absence.NOT_RECORDED),
        (NO | {"conditions.diabetes": None}, (0, 5), Absence.NOT_RECORDED),
        (NO | STAGE_2 | {"conditions.diabetes": None}, (0, 2), Absence.NOT_RECORDED),
        ({"conditions.epilepsy": True}, (3, 12), Absence.NOT_RECORDED),
        ({"conditions.epilepsy": False}, (0, 9), Absence.NOT_RECORDED),
        (EPILEPSY | {"medications.warfarin": "unknown"}, (3, 12), Absence.NOT_KNOWN),
    ],
)  # fmt: skip
def test_score_with_unknown_items_is_a_range(
    facts: Facts, expected: Range, absence: Absence
) -> None:
    """From what is true to what could be; one item that is unusable says why the whole is."""
    found = total({path: value for path, value in facts.items() if value is not None})
    assert (found.value, found.range, found.absence) == (None, expected, absence)
    assert found.reported == f"{expected[0]} to {expected[1]}"
    assert not found.known
    assert found.usable


@pytest.mark.parametrize(
    ("facts", "absence", "items"),
    [
        (NOTHING, Absence.NOT_RECORDED, 0),
        ({"conditions.epilepsy": "unknown"}, Absence.NOT_KNOWN, 5),
        ({"vitals.bmi": quantity(24, "kg/m2", "2026-02-13")}, Absence.STALE, 5),
        ({"conditions.mi": True}, Absence.UNDATED, 5),
    ],
)
def test_score_of_which_nothing_is_known_has_no_range(
    facts: Facts, absence: Absence, items: int
) -> None:
    """Nobody scored it: not recorded. What was recorded and is useless leaves it unusable."""
    found = total(facts)
    assert (found.value, found.range, found.absence) == (None, None, absence)
    assert len(found.items) == items


def test_review_answers_items_and_the_facts_that_gave_points_are_named() -> None:
    """An unmentioned condition of a reviewed section is a no; the number of stages is not."""
    found = total({"conditions.epilepsy": True}, "conditions", "medications")
    assert (found.value, found.range) == (None, (3, 5))
    assert found.inputs == ("conditions.epilepsy",)
    assert [reading.path for reading in found.lacking] == ["vitals.bmi"]


def test_score_shows_the_date_of_what_gave_points_and_ages_with_all_that_it_read() -> None:
    """The BMI of 10 March gave two points and holds to 9 April; the old one gave none."""
    high = total(NO | {"vitals.bmi": quantity(31, "kg/m2", "2026-03-10")})
    assert (high.on, high.stale_from) == (date(2026, 3, 10), date(2026, 4, 10))
    low = total(NO | {"conditions.epilepsy": True})
    assert (low.on, low.stale_from) == (None, date(2026, 4, 10))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (3, (3, None)),
        (12, (12, None)),
        (2, (None, Absence.CONFLICTING)),
        (0, (None, Absence.CONFLICTING)),
        (13, (None, Absence.IMPLAUSIBLE)),
        ("unknown", (None, Absence.NOT_KNOWN)),
        ({"value": 5, "measured_on": "2026-03-17"}, (None, Absence.FUTURE)),
    ],
)
def test_given_score_wins_unless_its_items_rule_it_out(
    given: object, expected: tuple[int | None, Absence | None]
) -> None:
    """Epilepsy alone gives 3 to 12; what is given and useless is never replaced by a count."""
    found = total({"conditions.epilepsy": True, "scores.total": given})
    assert (found.value, found.absence) == expected
    assert found.range is None


def test_conflict_names_what_the_items_give() -> None:
    """The reader sees both numbers."""
    some = total({"conditions.epilepsy": True, "scores.total": 1})
    assert (some.reported, some.hint) == ("1", "its items give 3 to 12")
    assert total(NO | {"scores.total": 1}).hint == "its items give 0"


def test_items_stay_usable_where_the_given_score_does_not_fit() -> None:
    """Who mistyped the score did not mistype the epilepsy."""
    found = readings({"conditions.epilepsy": True, "scores.total": 1})
    assert found.fact("conditions.epilepsy").value is True
    assert [r.path for r in found.all().values() if r.rejected] == ["scores.total"]


def test_given_score_is_not_held_against_items_that_are_not_known() -> None:
    """With nothing else known any possible score is believed."""
    assert total({"scores.total": 0}).value == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("scores.total >= 3", Truth.TRUE),
        ("scores.total >= 4", Truth.UNKNOWN),
        ("scores.total > 5", Truth.FALSE),
        ("scores.total < 3", Truth.FALSE),
        ("scores.total <= 5", Truth.TRUE),
        ("scores.total = 4", Truth.UNKNOWN),
        ("scores.total = 6", Truth.FALSE),
        ("scores.total != 6", Truth.TRUE),
        ("scores.total ~ 6", Truth.FALSE),
        ("scores.total ~ 4", Truth.UNKNOWN),
        ("not (scores.total ~ 4)", Truth.UNKNOWN),
        ("{ scores.total } ~ { 4 }", Truth.UNKNOWN),
        ("scores.total in { 1, 2 }", Truth.FALSE),
        ("scores.total in { 2, 3 }", Truth.UNKNOWN),
        ("scores.total between 3 and 5", Truth.TRUE),
        ("scores.total between 4 and 9", Truth.UNKNOWN),
        ("scores.total + 1 >= 4", Truth.TRUE),
        ("scores.total * 2 > 10", Truth.FALSE),
        ("Abs(scores.total - 5) <= 2", Truth.TRUE),
        ("Abs(scores.total - 5) <= 1", Truth.UNKNOWN),
        ("Abs(scores.total - 4) <= 0", Truth.UNKNOWN),
        ("IndexOf({ 3, 4 }, scores.total) = -1", Truth.UNKNOWN),
        ("IndexOf({ 1, 2 }, scores.total) = -1", Truth.TRUE),
        ("(case scores.total when 4 then 1 else 2 end) = 2", Truth.UNKNOWN),
        ("(case scores.total when 9 then 1 else 2 end) = 2", Truth.TRUE),
        ("(if scores.total >= 4 then 1 else 2) = 2", Truth.UNKNOWN),
        ("Max({ scores.total, 4 }) = 4", Truth.UNKNOWN),
        ("ToString(scores.total) = '3'", Truth.UNKNOWN),
        ("Round(scores.total) = 3", Truth.UNKNOWN),
        ("scores.total >= 3.0", Truth.UNKNOWN),
        ("scores.total = 4.0", Truth.UNKNOWN),
        ("scores.total != 4.0", Truth.UNKNOWN),
        ("scores.total ~ 4.0", Truth.UNKNOWN),
        ("scores.total in { 4.0 }", Truth.UNKNOWN),
        ("scores.total = 4.5", Truth.FALSE),
        ("scores.total = 6.0", Truth.FALSE),
        ("scores.total.value >= 3", Truth.TRUE),
        ("scores.total in { 3, 4, 5 }", Truth.UNKNOWN),
    ],
)
def test_what_a_range_decides_is_decided_and_nothing_else(text: str, expected: Truth) -> None:
    """A score of 3 to 5 is compared as CQL compares an uncertain number."""
    view = readings({"conditions.epilepsy": True}, "conditions", "medications")
    expression = compile_expression(text, Scope(dictionary(), {}, {}))
    assert truth(evaluate(expression, view)) is expected


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("scores.total >= 4", ["vitals.bmi"]),
        ("scores.total + 1 >= 5", ["vitals.bmi"]),
        ("scores.total >= 4 and labs.inr > 2.0", ["vitals.bmi", "labs.inr"]),
        ("scores.total >= conditions.ckd_stage", ["vitals.bmi", "conditions.ckd_stage"]),
        ("scores.total ~ 4", ["vitals.bmi"]),
    ],
)
def test_what_keeps_it_open_are_the_facts_of_its_items(text: str, lacking: list[str]) -> None:
    """People are asked for the weight, not for the score."""
    view = readings({"conditions.epilepsy": True}, "conditions", "medications")
    trace = evaluate(compile_expression(text, Scope(dictionary(), {}, {})), view)
    assert [reading.path for reading in blocking(trace)] == lacking


def test_fact_that_is_needed_by_itself_too_is_asked_for_by_itself() -> None:
    """An optional score must not make its item's fact optional where a rule reads that directly."""
    view = readings({"conditions.epilepsy": True}, "conditions", "medications")
    text = "scores.total >= 4 and vitals.bmi > 20 'kg/m2' and scores.total >= 5"
    trace = evaluate(compile_expression(text, Scope(dictionary(), {}, {})), view)
    (asked,) = blocking(trace)
    assert (asked.path, asked.counted_in) == ("vitals.bmi", None)


def test_score_that_was_never_scored_is_asked_for_by_its_own_name() -> None:
    """Where no item is known, the shortest thing to ask for is the score."""
    trace = evaluate(
        compile_expression("scores.total >= 4", Scope(dictionary(), {}, {})), readings(NOTHING)
    )
    assert [reading.path for reading in blocking(trace)] == ["scores.total"]
