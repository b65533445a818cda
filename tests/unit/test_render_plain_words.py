"""Conditions in plain English: every word a reviewer reads stands for something in the rule."""

from collections.abc import Mapping

import pytest

from backrec_cli.expression import Expression, Scope, compile_expression
from backrec_cli.render.plain_words import outline
from tests.unit.expression_bench import DICTIONARY

PARAMETERS = {"gap": 7, "limit": 2}
_MENTIONED = Scope(DICTIONARY, PARAMETERS, {})
DEFINITIONS: Mapping[str, Expression] = {
    "heart": compile_expression("conditions.angina or conditions.mi", _MENTIONED)
}
SCOPE = Scope(DICTIONARY, PARAMETERS, DEFINITIONS)

# expression, its lines; two blanks are one step in
ROWS = [
    ("conditions.angina", ["angina: yes"]),
    ("not conditions.angina", ["angina: no"]),
    ("labs.inr >= 1.5", ["INR at least 1.5"]),
    ("labs.inr < limit", ["INR below 2"]),
    ("labs.hba1c > 64 'mmol/mol'", ["HbA1c above 64 mmol/mol"]),
    ("patient.age <= 17", ["age at most 17"]),
    ("conditions.diabetes = 'type1'", ["diabetes is type1"]),
    ("conditions.diabetes != 'none'", ["diabetes is not none"]),
    ("conditions.diabetes in { 'type1', 'type2' }", ["diabetes is type1 or type2"]),
    ("procedure.technique contains 'skin_graft'", ["technique includes skin graft"]),
    ("labs.inr between 1.0 and 1.5", ["INR from 1 to 1.5"]),
    (
        "difference in days between medications.warfarin.last_dose_on and procedure.date < gap",
        ["last dose of warfarin less than 7 days before surgery"],
    ),
    (
        "hours between medications.warfarin.last_dose_on and procedure.date < gap",
        ["last dose of warfarin less than 7 hours before surgery"],
    ),
    (
        "difference in days between conditions.mi.on and procedure.date >= 60",
        ["heart attack 60 days or more before surgery"],
    ),
    ("conditions.mi.on before Today()", ["heart attack before today"]),
    (
        "conditions.angina and (labs.inr >= 1.5 or conditions.mi)",
        ["all of:", "  angina: yes", "  any of:", "    INR at least 1.5", "    heart attack: yes"],
    ),
    (
        "labs.inr >= 1.5 or heart",
        ["any of:", "  INR at least 1.5", "  angina: yes", "  heart attack: yes"],
    ),
    ("not (labs.inr >= 1.5)", ["not:", "  INR at least 1.5"]),
    (
        "conditions.angina implies conditions.mi",
        ["where this holds:", "  angina: yes", "then also:", "  heart attack: yes"],
    ),
    ("Round(labs.inr) > 1", ["`Round(labs.inr)` above 1"]),
]


@pytest.mark.parametrize(("text", "lines"), ROWS)
def test_condition_reads_as_words(text: str, lines: list[str]) -> None:
    """One row of the table: what a reviewer is told of an expression."""
    expression = compile_expression(text, SCOPE)
    shown = ["  " * line.depth + line.text for line in outline(expression.node, DICTIONARY)]
    assert shown == lines
