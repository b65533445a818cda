"""What a rule may not do with facts: act on their absence, or turn an optional one round."""

import pytest

from backrec_cli.expression import Scope, check_text
from tests.unit.expression_bench import DICTIONARY, SCOPE, compiled

OPTIONAL = ("labs.inr", "conditions.angina")


def _codes(text: str, scope: Scope = SCOPE) -> list[str]:
    """Return the codes of all complaints of a rule's condition."""
    _, found = check_text(text, scope, expect="boolean", null_tests=False, optional=OPTIONAL)
    return [each.code for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "labs.hba1c is null",
        "labs.hba1c is not null",
        "conditions.mi is true",
        "conditions.mi is not true",
        "conditions.mi is false",
        "IsNull(labs.hba1c)",
        "Coalesce(labs.hba1c, 5 '%') > 6 '%'",
        "not (labs.hba1c > 50 'mmol/mol' and conditions.mi is null)",
    ],
)
def test_a_rule_must_not_act_on_absence(text: str) -> None:
    """Every test that would make a missing fact decide is refused in rules."""
    assert "E215" in _codes(text)


@pytest.mark.parametrize("text", ["null is null", "Coalesce(null, 1) = 1", "IsTrue(true)"])
def test_tests_for_null_without_facts_are_allowed(text: str) -> None:
    """A null that the author wrote is no absence."""
    assert _codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "not (labs.inr > 1.5)",
        "not conditions.angina",
        "conditions.angina implies conditions.mi",
        "conditions.mi implies labs.inr > 1.5",
        "conditions.angina xor conditions.mi",
        "if labs.inr > 1.5 then conditions.mi else false",
        "case when conditions.angina then true else false end",
        "(labs.inr > 1.5) = false",
        "(labs.inr > 1.5) in { false }",
        "AllTrue({ conditions.angina })",
        "(if conditions.angina then 1 else 2) = 2",
        "not (conditions.mi and (conditions.mi or labs.inr > 1))",
    ],
)
def test_an_optional_fact_stands_only_in_positive_position(text: str) -> None:
    """Where its assumed "false" would count as a finding, an optional fact is refused."""
    assert _codes(text)[:1] == ["E216"]


@pytest.mark.parametrize(
    "text",
    [
        "labs.inr > 1.5",
        "conditions.angina",
        "conditions.angina = false",
        "conditions.mi and (labs.inr > 1.5 or conditions.angina)",
        "if conditions.mi then labs.inr > 1.5 else conditions.angina",
        "labs.inr * 2 > 3 or labs.inr in { 1.0 }",
        "not conditions.mi",
    ],
)
def test_an_optional_fact_may_stand_under_and_and_or(text: str) -> None:
    """Positive positions are free, and so is everything about facts that are not optional."""
    assert _codes(text) == []


@pytest.mark.parametrize(
    ("definition", "text", "code"),
    [
        ("labs.inr > 1.5", "conditions.mi or not defined", "E216"),
        ("not (labs.inr > 1.5)", "conditions.mi or defined", "E216"),
        ("labs.inr is null", "conditions.mi or defined", "E215"),
    ],
)
def test_a_definition_hides_nothing(definition: str, text: str, code: str) -> None:
    """A definition is looked into, and the complaint stands where it is used."""
    scope = Scope(DICTIONARY, {}, {"defined": compiled(definition)})
    _, found = check_text(text, scope, null_tests=False, optional=OPTIONAL)
    (problem,) = found
    assert problem.code == code
    assert problem.span is not None
    assert text[problem.span.start : problem.span.end] == "defined"
