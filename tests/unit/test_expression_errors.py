"""Every error of an expression: the text that provokes it, its code and its column."""

import pytest

from backrec_cli.errors import DiagnosticsError
from backrec_cli.expression import Scope, check_text
from backrec_cli.profile import read_profile
from tests.shipped import pack

SCOPE = Scope(pack().dictionary, {}, {})

MISTAKES = [
    ("", "E101", 1),
    ("1 + " * 5000 + "1", "E102", 1),
    ("(" * 200 + "1" + ")" * 200, "E103", None),
    ("1 # 2", "E104", 3),
    ("1 +", "E105", 3),
    ("'open", "E106", 1),
    ('"name" = 1', "E107", 1),
    (r"'a\q'", "E108", 3),
    ("99999999999", "E109", 1),
    ("1.123456789", "E110", 1),
    ("@2026-02-30", "E111", 1),
    ("then = 1", "E112", 1),
    ("1 union 2", "E113", 3),
    ("1 + not true", "E114", 5),
    ("labs.hba1", "E201", 1),
    ("no_such_limit = 1", "E202", 1),
    ("labs.hba1c.taken_on = @2026-01-01", "E203", None),
    ("Sqare(1)", "E204", 1),
    ("Abs(1, 2)", "E205", None),
    ("not 1", "E206", None),
    ("1 = 'a'", "E207", None),
    ("1 'cm' = 1 'g'", "E208", None),
    ("labs.hba1c > 64", "E209", 14),
    ("labs.hba1c > 64 'mmol/L'", "E210", None),
    ("procedure.urgency = 'electiv'", "E211", 21),
    ("patient.sex_at_birth = 'unknown'", "E212", None),
    ("labs.hba1c > 900 'mmol/mol'", "E213", None),
    ("procedure.urgency < 'urgent'", "E214", None),
    ("labs.hba1c is null", "E215", None),
    ("patient.name = 'A'", "E218", None),
    ("Tuple { a: 1 } = Tuple { b: 1 }", "E219", None),
    ("minute from @2026-01-01", "E220", None),
    ("@2026-01-01 + 3 'g'", "E221", None),
]


@pytest.mark.parametrize(("text", "code", "column"), MISTAKES, ids=[c for _, c, _ in MISTAKES])
def test_mistake_is_named_and_placed(text: str, code: str, column: int | None) -> None:
    """Each mistake has its own code, and stands at its own column."""
    expression, found = check_text(text, SCOPE, null_tests=False)
    assert expression is None
    assert code in [d.code for d in found]
    placed = next(d for d in found if d.code == code)
    assert placed.span is not None or code == "E101"
    if column is not None and placed.span is not None:
        assert placed.span.start + 1 == column


def test_all_mistakes_are_reported_together() -> None:
    """Two mistakes in one expression give two diagnostics, in the order of their places."""
    _, found = check_text("labs.hba1 > 1 and procedure.urgency = 'soon'", SCOPE)
    assert [d.code for d in found] == ["E201", "E211"]
    assert found[0].hint == "did you mean 'labs.hba1c'?"


@pytest.mark.parametrize(
    "text", ["not conditions.hiv", "conditions.angina = 'none' implies conditions.hiv"]
)
def test_optional_fact_must_stand_positively(text: str) -> None:
    """An optional fact under `not` or right of `implies` would turn its absence into a finding."""
    _, found = check_text(text, SCOPE, optional=["conditions.hiv"])
    assert [d.code for d in found] == ["E216"]


def test_rule_needs_a_truth_value() -> None:
    """A condition that yields a number is refused where a truth value is due (E217)."""
    _, found = check_text("1 + 1", SCOPE, expect="boolean")
    assert [d.code for d in found] == ["E217"]


def test_hundreds_of_errors_end_in_a_count() -> None:
    """A document with a thousand errors shows the first ones and counts the rest (E429)."""
    facts = ", ".join(f'"x{n}": 1' for n in range(1000))
    with pytest.raises(DiagnosticsError) as caught:
        read_profile(f'{{"labs": {{{facts}}}}}'.encode(), "many.json", pack().dictionary)
    codes = [d.code for d in caught.value.diagnostics]
    assert codes[-1] == "E429"
    assert len(codes) < 300
