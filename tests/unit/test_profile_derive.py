"""Derived facts of every type, and conditions of freshness that rest on other facts."""

import tomllib
from decimal import Decimal

import pytest

from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reader import parse_dictionary
from backrec_cli.facts.reading import Absence, FactValue
from backrec_cli.profile import Knowledge, Readings, read_profile, settle
from backrec_cli.source import SourceText, Span
from tests.unit.profile_bench import AS_OF

BASE = """
[procedure.date]
type = "date"
label = "Date of surgery"
[labs.a]
type = "decimal"
label = "a"
[labs.b]
type = "quantity"
label = "b"
unit = "g/L"
also = [{ unit = "g/dL", scale = "10", exact = true }]
valid_for = "30 d"
[conditions.ill]
type = "boolean"
label = "ill"
"""


def dictionary_with(extra: str) -> FactDictionary:
    """Return the base dictionary with more facts."""
    text = BASE + extra
    parsed, problems = parse_dictionary(
        tomllib.loads(text, parse_float=Decimal),
        SourceText("facts.toml", text),
        lambda _: Span(0, 1),
    )
    assert problems == []
    return parsed


def settled(extra: str, document: str) -> Readings:
    """Settle a document with the base dictionary and more facts, on the day of surgery."""
    dictionary = dictionary_with(extra)
    profile = read_profile(document.encode(), "p.json", dictionary)
    return settle(profile, Knowledge(dictionary), AS_OF, review_days=90)


def derived(keys: str, labs: str) -> str:
    """Return a fact `labs.x` of a type, as TOML."""
    return f'[labs.x]\nlabel = "x"\n{keys}\nderive = "{labs}"\n'


DOCUMENT = """{"procedure": {"date": "2026-03-16"}, "conditions": {"ill": true},
  "labs": {"a": 2.5, "b": {"value": 40, "unit": "g/L", "measured_on": "2026-03-10"}}}"""


@pytest.mark.parametrize(
    ("keys", "expression", "value", "reported"),
    [
        ('type = "decimal"', "labs.a * 2", Decimal(5), "5"),
        ('type = "decimal"', "3", Decimal(3), "3"),
        ('type = "integer"', "if conditions.ill then 1 else 0", 1, "1"),
        ('type = "integer"', "labs.a * 2", 5, "5"),
        ('type = "boolean"', "labs.a > 2", True, "yes"),
        ('type = "boolean"', "labs.a > 3", False, "no"),
        (
            'type = "choice"\nchoices = ["high", "low"]',
            "if labs.a > 2 then 'high' else 'low'",
            "high",
            "high",
        ),
        ('type = "decimal"', "labs.b.value", Decimal(40), "40"),
        (
            'type = "decimal"',
            "labs.a * 1000000000000000000.0",
            Decimal(25) * 10**17,
            "25" + "0" * 17 + ".00",
        ),
    ],
)
def test_derived_fact_has_the_type_of_its_definition(
    keys: str, expression: str, value: FactValue, reported: str
) -> None:
    """Scores are counted, ratios computed, conditions decided."""
    reading = settled(derived(keys, expression), DOCUMENT).fact("labs.x")
    assert (reading.value, reading.reported, reading.absence) == (value, reported, None)
    assert type(reading.value) is type(value)


def test_derived_quantity_may_come_with_its_unit() -> None:
    """A sum of quantities is converted to the fact's own unit."""
    extra = derived('type = "quantity"\nunit = "g/dL"\nprecision = 1', "labs.b + labs.b") + (
        'also = [{ unit = "g/L", scale = "0.1", exact = true }]\n'
    )
    reading = settled(extra, DOCUMENT).fact("labs.x")
    assert reading.reported == "8.0 g/dL"


def test_derived_value_outside_its_type_is_not_known() -> None:
    """An integer is never cut off a number with a fraction."""
    reading = settled(derived('type = "integer"', "labs.a"), DOCUMENT).fact("labs.x")
    assert (reading.value, reading.absence) == (None, Absence.NOT_KNOWN)


def test_division_by_zero_is_not_known() -> None:
    """Arithmetic that has no result is null in CQL."""
    reading = settled(derived('type = "decimal"', "labs.a / 0"), DOCUMENT).fact("labs.x")
    assert (reading.value, reading.absence) == (None, Absence.NOT_KNOWN)


def test_derivation_from_itself_ends() -> None:
    """A circle of derivations knows nothing."""
    extra = derived('type = "decimal"', "labs.y + 1") + (
        '[labs.y]\ntype = "decimal"\nlabel = "y"\nderive = "labs.x + 1"\n'
    )
    readings = settled(extra, DOCUMENT)
    assert readings.fact("labs.x").absence is Absence.NOT_RECORDED
    assert readings.fact("labs.y").absence is Absence.NOT_RECORDED


def test_unused_branch_does_not_make_a_derived_fact_unknown() -> None:
    """Only what the result needs must be usable."""
    extra = derived('type = "decimal"', "if conditions.ill then labs.a else labs.z") + (
        '[labs.z]\ntype = "decimal"\nlabel = "z"\n'
    )
    assert settled(extra, DOCUMENT).fact("labs.x").value == Decimal("2.5")


CONDITIONAL = """[labs.x]
type = "decimal"
label = "x"
valid_for = [{ when = "%s", valid_for = "2 d" }, { valid_for = "30 d" }]
"""


@pytest.mark.parametrize(
    ("when", "b_measured_on", "x_measured_on", "absence"),
    [
        ("labs.b < 50 'g/L'", "2026-03-10", "2026-03-13", Absence.STALE),
        ("labs.b < 50 'g/L'", "2026-03-10", "2026-03-14", None),
        ("labs.b < 30 'g/L'", "2026-03-10", "2026-03-13", None),
        ("labs.b < 30 'g/L'", "2026-01-10", "2026-03-13", Absence.STALE),
        ("labs.x < 5", "2026-03-10", "2026-03-13", Absence.STALE),
        ("labs.x < 1", "2026-03-10", "2026-03-13", None),
        ("labs.x < 1", "2026-03-10", "2026-02-14", None),
        ("labs.x < 1", "2026-03-10", "2026-02-13", Absence.STALE),
    ],
)
def test_validity_may_depend_on_other_results_and_on_the_value_itself(
    when: str, b_measured_on: str, x_measured_on: str, absence: Absence | None
) -> None:
    """A stale result decides nothing, so the strictest validity counts; the value knows itself."""
    document = f"""{{"procedure": {{"date": "2026-03-16"}}, "labs": {{
      "b": {{"value": 40, "unit": "g/L", "measured_on": "{b_measured_on}"}},
      "x": {{"value": 2.5, "measured_on": "{x_measured_on}"}}}}}}"""
    reading = settled(CONDITIONAL % when, document).fact("labs.x")
    assert reading.absence is absence


def test_validities_that_depend_on_each_other_do_not_depend_on_order() -> None:
    """Neither waits for the other: each is judged by the other's strictest validity."""
    extra = (CONDITIONAL % "labs.y > 1") + (CONDITIONAL % "labs.x > 1").replace(
        "labs.x]", "labs.y]"
    )
    one = '"x": {"value": 2, "measured_on": "2026-03-10"}'
    two = '"y": {"value": 2, "measured_on": "2026-03-15"}'
    for labs in (f"{one}, {two}", f"{two}, {one}"):
        document = f'{{"procedure": {{"date": "2026-03-16"}}, "labs": {{{labs}}}}}'
        readings = settled(extra, document)
        assert readings.fact("labs.x").absence is Absence.STALE
        assert readings.fact("labs.y").known
