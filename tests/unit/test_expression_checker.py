"""The checker: all errors at once, each at its place with a hint, and limits in canonical units."""

from decimal import Decimal

import pytest

from backrec_cli.expression import (
    ExpressionError,
    Scope,
    check_text,
    compile_expression,
    nodes,
    unparse,
)
from backrec_cli.units import Quantity
from tests.unit.expression_bench import DICTIONARY, SCOPE, compiled


def test_all_errors_are_reported_in_the_order_of_their_places() -> None:
    """One run tells everything, so that an author corrects a rule once."""
    text = "labs.hba1x > 5 and conditions.diabetes = 'typ2' or labs.inr + 'x' > Sqare(2)"
    _, found = check_text(text, SCOPE)
    assert [(each.code, text[each.span.start : each.span.end]) for each in found if each.span] == [
        ("E201", "labs.hba1x"),
        ("E211", "'typ2'"),
        ("E207", "labs.inr + 'x'"),
        ("E204", "Sqare(2)"),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("labs.hba1x > 1", "did you mean 'labs.hba1c'?"),
        ("hba1c_limt > 1 '%'", "did you mean 'hba1c_limit'?"),
        ("conditions.diabetes = 'typ2'", "did you mean 'type2'?"),
        ("conditions.mi.onn is null", "did you mean 'on'?"),
        ("abs(1)", "did you mean 'Abs'?"),
        ("labs.hba1c > 64", "add the unit, for example 64 'mmol/mol'"),
        ("labs.hba1c > 5 'kg'", "use one of 'mmol/mol', '%'"),
        ("procedure.technique = 'skin_graft'", "use 'in' or 'contains' with a list"),
        ("not labs.inr > 3", "put a comparison after 'not' in parentheses"),
        (
            "procedure.date - conditions.mi.on < 3",
            "use 'difference in days between … and …'",
        ),
        ("5 mg", "a unit stands in single quotes: 5 'mg'"),
        ("1 == 1", "write '='"),
    ],
)
def test_an_error_comes_with_one_thing_to_do(text: str, hint: str) -> None:
    """The likely slip is named."""
    _, found = check_text(text, SCOPE)
    assert found[0].hint == hint


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("labs.glucose > 10.0 'mmol/L'", "labs.glucose > 180 'mg/dL'"),
        ("10.0 'mmol/L' < labs.glucose", "180 'mg/dL' < labs.glucose"),
        ("labs.hba1c >= 8.0 '%'", "labs.hba1c >= 64 'mmol/mol'"),
        (
            "labs.hba1c between 7 '%' and 8 '%'",
            "labs.hba1c between 53 'mmol/mol' and 64 'mmol/mol'",
        ),
        ("labs.hba1c in { 7 '%' }", "labs.hba1c in { 53 'mmol/mol' }"),
        (
            "labs.hba1c > (if conditions.angina then 7 '%' else 8 '%')",
            "labs.hba1c > (if conditions.angina then 53 'mmol/mol' else 64 'mmol/mol')",
        ),
        ("vitals.weight > 90 'kg'", "vitals.weight > 90 'kg'"),
    ],
)
def test_limits_are_brought_to_the_unit_of_the_fact(text: str, checked: str) -> None:
    """With the fact's own rounding: 10.0 mmol/L of glucose is 180 mg/dL, not 180.16."""
    assert unparse(compiled(text).node) == checked


def test_parameters_and_definitions_are_brought_to_the_unit_of_the_fact() -> None:
    """A hospital may set a limit in either unit."""
    limit = Quantity(Decimal("8.0"), "%")
    definitions = {"limit": compiled("hba1c_limit", Scope(DICTIONARY, {"hba1c_limit": limit}))}
    scope = Scope(DICTIONARY, {"hba1c_limit": limit}, definitions)
    for text in ("labs.hba1c > hba1c_limit", "labs.hba1c > limit"):
        comparison = compiled(text, scope).node
        assert isinstance(comparison, nodes.Greater)
        found = comparison.operands[1]
        while isinstance(found, nodes.ExpressionRef):
            found = found.node
        assert isinstance(found, nodes.ParameterRef)
        assert found.value == Quantity(Decimal(64), "mmol/mol")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("labs.hba1c < 9 'mmol/mol'", False),
        ("labs.hba1c <= 9 'mmol/mol'", True),
        ("labs.hba1c > 195 'mmol/mol'", False),
        ("labs.hba1c >= 195 'mmol/mol'", True),
        ("labs.hba1c >= 196 'mmol/mol'", False),
        ("labs.hba1c > 8 'mmol/mol'", False),
        ("196 'mmol/mol' <= labs.hba1c", False),
        ("labs.inr = 16", False),
        ("patient.age >= 0", True),
    ],
)
def test_a_limit_that_decides_nothing_is_refused(text: str, fits: bool) -> None:  # noqa: FBT001
    """A comparison that holds for no plausible value, or for every one, is a slip."""
    _, found = check_text(text, SCOPE)
    assert [each.code for each in found] == ([] if fits else ["E213"])


@pytest.mark.parametrize(
    ("text", "expect", "fits"),
    [
        ("labs.inr > 1", "boolean", True),
        ("labs.inr", "boolean", False),
        ("null", "boolean", True),
        ("labs.inr", "decimal", True),
        ("patient.age", "decimal", True),
        ("labs.inr", "integer", False),
        ("labs.hba1c", "quantity", True),
        ("'a'", "string", True),
        ("procedure.date", "date", True),
    ],
)
def test_an_expression_has_the_type_that_its_place_asks_for(
    text: str,
    expect: str,
    fits: bool,  # noqa: FBT001
) -> None:
    """Null fits everywhere."""
    _, found = check_text(text, SCOPE, expect=expect)
    assert [each.code for each in found] == ([] if fits else ["E217"])


def test_facts_are_those_of_the_expression_and_its_definitions() -> None:
    """Every path that is read, attributes under their fact."""
    assert compiled("medications.apixaban.last_dose_on before procedure.date").facts == {
        "medications.apixaban",
        "procedure.date",
    }


def test_compiling_a_wrong_expression_raises_all_its_errors() -> None:
    """The exception carries what `check_text` returns."""
    with pytest.raises(ExpressionError) as caught:
        compile_expression("labs.x > 1 or labs.y > 1", SCOPE)
    assert [each.code for each in caught.value.diagnostics] == ["E201", "E201"]


@pytest.mark.parametrize(
    ("text", "code", "marked", "hint"),
    [
        ("labs.hba1c >= 8 %", "E104", "%", "put a unit between single quotes, like 8 '%'"),
        ("labs.hba1c ≥ 64 'mmol/mol'", "E104", "≥", "write '>='"),
        ("!conditions.angina", "E104", "!", "write 'not', or '!=' between two values"),
        (
            "labs.hba1c >= 64 mmol/mol", "E105", "mmol",
            "a unit stands in single quotes: 64 'mmol/mol'",
        ),
        ("labs.inr >= 1,5", "E105", ",", "write a decimal point in place of the comma"),
        ("conditions.angina)", "E105", ")", "take ')' out, or open a bracket before it"),
        ("conditions.angina || conditions.mi", "E113", "|", "write 'or'"),
        (
            "conditions.diabetes in ['type1']", "E113", "[",
            "write a list in braces, like { 'a', 'b' }",
        ),
        (
            "1 < labs.inr < 2", "E206", "1 < labs.inr",
            "use 'between', or join two comparisons with 'and'",
        ),
        (
            "conditions.angina = 'yes'", "E207", "conditions.angina = 'yes'",
            "write 'conditions.angina', or 'not conditions.angina'",
        ),
        (
            "conditions.diabetes = true", "E207", "conditions.diabetes = true",
            "compare it with one of its choices, like 'none'",
        ),
        ("patient.age >= '65'", "E207", "patient.age >= '65'", "take the quotes off the number"),
        ("patient.age > 65 years", "E210", "65 years", "take the unit out"),
        (
            "conditions.diabetes", "E217", "conditions.diabetes",
            "compare it with a text in single quotes",
        ),
    ],
)  # fmt: skip
def test_what_people_write_first_is_mended_in_one_step(
    text: str, code: str, marked: str, hint: str
) -> None:
    """The slips of those who know another language: one error each, its place, and what to do."""
    _, found = check_text(text, SCOPE, expect="boolean")
    (problem,) = found
    assert problem.span is not None
    written = text[problem.span.start : problem.span.end]
    assert (problem.code, written, problem.hint) == (code, marked, hint)
