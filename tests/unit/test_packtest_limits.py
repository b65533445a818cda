"""Leaves of a condition: the answers they can give, and the limits a value can lie exactly on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backrec_cli.expression import Scope, compile_expression, evaluate
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import FactReading, FactValue
from backrec_cli.packtest.answers import answers_of
from backrec_cli.packtest.limits import limits_of, reached
from backrec_cli.packtest.suggest import exactly_on
from backrec_cli.units import Quantity
from tests.unit.pack_tests_bench import packed


class Facts:
    """An environment of a few facts."""

    def __init__(self, values: Mapping[str, FactValue]) -> None:
        self.values = values
        self.as_of = date(2026, 3, 16)

    def fact(self, path: str) -> FactReading:
        """Return a known fact, or one that is not recorded."""
        value = self.values.get(path)
        if value is None:
            return FactReading(path)
        on = date(2026, 3, 6) if path == "conditions.stroke" else None
        return FactReading(path, value, absence=None, on=on)


KNOWN: Mapping[str, FactValue] = {
    "labs.hba1c": Quantity(Decimal(64), "mmol/mol"),
    "patient.age": 50,
    "procedure.date": date(2026, 3, 16),
    "conditions.stroke": True,
}


@pytest.fixture
def dictionary(tmp_path: Path) -> FactDictionary:
    """Return the facts of the small pack."""
    return packed(tmp_path).dictionary


STROKE = "difference in days between conditions.stroke.on and procedure.date"

# leaf, its ends, those that the facts above lie on, facts that would lie on the first end
LIMITS = [
    ("labs.hba1c >= 64 'mmol/mol'", ["limit"], ["limit"],
     'facts = { labs.hba1c = { value = 64, unit = "mmol/mol" } }'),
    ("labs.hba1c < 65 'mmol/mol'", ["limit"], [],
     'facts = { labs.hba1c = { value = 65, unit = "mmol/mol" } }'),
    ("50 <= patient.age", ["limit"], ["limit"], "facts = { patient.age = 50 }"),
    (f"{STROKE} < 10", ["limit"], ["limit"], 'facts = { conditions.stroke = "T-10" }'),
    (f"{STROKE} < 11", ["limit"], [], 'facts = { conditions.stroke = "T-11" }'),
    ("patient.age between 50 and 60", ["low", "high"], ["low"], "facts = { patient.age = 50 }"),
    ("patient.age in Interval[40, 50]", ["low", "high"], ["high"], None),
    ("conditions.stroke.on + 10 days >= procedure.date", ["limit"], ["limit"], None),
    ("conditions.stroke.on + 10 days on or after day of procedure.date", ["limit"], ["limit"],
     None),
    ("patient.age = 50", [], [], None),
    ("conditions.stroke.on <= procedure.date", [], [], None),
    ("procedure.urgency in { 'urgent', 'emergency' }", [], [], None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ends", "met", "example"), LIMITS)
def test_limits_of_a_leaf_and_those_a_value_lies_on(
    dictionary: FactDictionary, text: str, ends: list[str], met: list[str], example: str | None
) -> None:
    """A number or an amount of the pack makes a limit; two facts against each other make none."""
    expression = compile_expression(text, Scope(dictionary), expect="boolean")
    assert list(limits_of(expression.node)) == ends
    assert list(reached(evaluate(expression, Facts(KNOWN)))) == met
    if ends:
        assert exactly_on(expression.node, ends[0], dictionary) == example


# condition, the answers it can give: true, false, unknown
ANSWERS = [
    ("conditions.diabetes", "TFU"),
    ("true", "T"),
    ("conditions.diabetes or true", "T"),
    ("conditions.diabetes and true", "TFU"),
    ("labs.hba1c >= 9 'mmol/mol'", "TU"),
    ("not (labs.hba1c >= 9 'mmol/mol')", "FU"),
    ("labs.hba1c >= 9 'mmol/mol' or conditions.diabetes", "TU"),
    ("labs.hba1c >= 9 'mmol/mol' and conditions.diabetes", "TFU"),
    ("procedure.urgency in { 'elective', 'time_sensitive', 'urgent' }", "TFU"),
    ("procedure.urgency in { 'elective', 'time_sensitive', 'urgent', 'emergency' }", "TU"),
    ("Today() >= @2026-01-01", "TF"),
    ("procedure.urgency in { 'urgent', 'emergency' }", "TFU"),
    ("procedure.urgency in { 'elective', 'time_sensitive', 'urgent', 'emergency' }", "TU"),
]


@pytest.mark.parametrize(("text", "answers"), ANSWERS)
def test_answers_that_a_condition_can_give(
    dictionary: FactDictionary, text: str, answers: str
) -> None:
    """What no plausible value can show is not among them."""
    expression = compile_expression(text, Scope(dictionary), expect="boolean")
    found = answers_of(expression.node, dictionary)
    assert {answer.name[0] for answer in found} == set(answers)
