"""What a trace tells: which facts were read, which block an answer, and which made it true."""

import pytest

from backrec_cli.expression import (
    Expression,
    Scope,
    blocking,
    comparisons,
    deciding,
    facts_read,
    to_cql,
    truth,
)
from backrec_cli.expression.evaluator import evaluate
from backrec_cli.ternary import Truth
from tests.unit.expression_bench import DICTIONARY, compiled, record, traced

HOLD = (
    "medications.apixaban and difference in days between "
    "medications.apixaban.last_dose_on and procedure.date < 3"
)
SURGERY = {"procedure.date": "@2026-03-16"}
Facts = dict[str, str]


def _paths(readings: tuple[object, ...]) -> list[str]:
    return [str(getattr(reading, "path", "")) for reading in readings]


@pytest.mark.parametrize(
    ("expression", "facts", "expected"),
    [
        ("conditions.angina and conditions.mi", {"conditions.mi": "true"}, ["conditions.angina"]),
        ("conditions.angina and conditions.mi", {"conditions.mi": "false"}, []),
        ("conditions.angina or conditions.mi", {"conditions.mi": "false"}, ["conditions.angina"]),
        ("conditions.angina and conditions.mi", {}, ["conditions.angina", "conditions.mi"]),
        ("conditions.angina or conditions.mi", {"conditions.mi": "true"}, []),
        ("conditions.angina implies conditions.mi", {"conditions.mi": "true"}, []),
        (
            "conditions.angina implies conditions.mi",
            {"conditions.mi": "false"},
            ["conditions.angina"],
        ),
        ("not conditions.angina", {"conditions.angina": "stale"}, ["conditions.angina"]),
        ("labs.inr > 1.5", {"labs.inr": "undated"}, ["labs.inr"]),
        ("vitals.systolic_bp - vitals.diastolic_bp > 40 'mm[Hg]'", {}, [
            "vitals.systolic_bp",
            "vitals.diastolic_bp",
        ]),
        (
            "vitals.systolic_bp > vitals.diastolic_bp",
            {"vitals.systolic_bp": "124 'mm[Hg]'"},
            ["vitals.diastolic_bp"],
        ),
        ("conditions.diabetes in { 'type1' }", {}, ["conditions.diabetes"]),
        ("1.0 in { 2.0, labs.inr }", {}, ["labs.inr"]),
        ("(conditions.angina and labs.inr > 3) or conditions.mi", {"conditions.angina": "false"}, [
            "conditions.mi"
        ]),
        (HOLD, SURGERY, ["medications.apixaban"]),
        (HOLD, {**SURGERY, "medications.apixaban": "false"}, []),
        (HOLD, {**SURGERY, "medications.apixaban": "true"}, ["medications.apixaban"]),
        (HOLD, {"medications.apixaban": "@2026-03-10"}, ["procedure.date"]),
        ("if conditions.angina then labs.inr > 1 else labs.inr > 2", {"labs.inr": "1.5"}, [
            "conditions.angina"
        ]),
        ("if conditions.angina then labs.inr > 1 else false", {"conditions.angina": "true"}, [
            "labs.inr"
        ]),
    ],
)  # fmt: skip
def test_blocking_names_what_keeps_an_answer_unknown(
    expression: str, facts: Facts, expected: list[str]
) -> None:
    """Operands that do not matter are skipped; a drug taken without a date blocks by its date."""
    assert _paths(blocking(traced(expression, facts))) == expected


def test_blocking_leaves_out_the_date_of_what_is_known_not_to_be() -> None:
    """A drug not taken has no last dose, and nothing is missing about it."""
    trace = traced("medications.apixaban.last_dose_on before procedure.date", {
        **SURGERY, "medications.apixaban": "false"
    })  # fmt: skip
    assert truth(trace) is Truth.UNKNOWN
    assert blocking(trace) == ()


def test_blocking_returns_a_known_drug_without_its_date() -> None:
    """The reading is known, so it is its date that is asked for."""
    (reading,) = blocking(traced(HOLD, {**SURGERY, "medications.apixaban": "true"}))
    assert reading.known
    assert reading.on is None


def test_blocking_names_dates_too_coarse_to_compare() -> None:
    """Two events of one day, one of them without a time: neither is missing, both are named."""
    facts = {"conditions.mi": "@2026-03-02", "procedure.date": "@2026-03-02T10:00"}
    trace = traced("conditions.mi.on before procedure.date", facts)
    assert truth(trace) is Truth.UNKNOWN
    assert _paths(blocking(trace)) == ["conditions.mi", "procedure.date"]


@pytest.mark.parametrize(
    ("expression", "facts", "expected"),
    [
        ("conditions.angina and conditions.mi", {}, []),
        (
            "conditions.angina and conditions.mi",
            {"conditions.angina": "true", "conditions.mi": "true"},
            ["conditions.angina", "conditions.mi"],
        ),
        ("conditions.angina or conditions.mi", {"conditions.mi": "true"}, ["conditions.mi"]),
        (
            "conditions.angina or conditions.mi",
            {"conditions.angina": "false", "conditions.mi": "true"},
            ["conditions.mi"],
        ),
        (
            "not (conditions.angina and conditions.mi)",
            {"conditions.angina": "false", "conditions.mi": "true"},
            ["conditions.angina"],
        ),
        ("conditions.angina implies conditions.mi", {"conditions.angina": "false"}, [
            "conditions.angina"
        ]),
        ("conditions.angina and conditions.mi", {"conditions.angina": "false"}, []),
        (
            HOLD,
            {**SURGERY, "medications.apixaban": "@2026-03-15"},
            ["medications.apixaban", "procedure.date"],
        ),
    ],
)  # fmt: skip
def test_deciding_names_what_made_an_answer_true(
    expression: str, facts: Facts, expected: list[str]
) -> None:
    """An `or` is true by its true operands, an `and` by all; a false answer has none."""
    assert _paths(deciding(traced(expression, facts))) == expected


@pytest.mark.parametrize(
    ("expression", "facts", "expected"),
    [
        ("labs.hba1c >= hba1c_limit", {"labs.hba1c": "70 'mmol/mol'"}, (">=", "64 'mmol/mol'")),
        ("hba1c_limit <= labs.hba1c", {"labs.hba1c": "70 'mmol/mol'"}, (">=", "64 'mmol/mol'")),
        ("labs.hba1c > 8.0 '%'", {"labs.hba1c": "70 'mmol/mol'"}, (">", "64 'mmol/mol'")),
        (
            "conditions.diabetes in { 'type1', 'type2' }",
            {"conditions.diabetes": "'type2'"},
            ("in", "{ 'type1', 'type2' }"),
        ),
        ("labs.inr between 1.0 and 3.0", {"labs.inr": "2.0"}, ("between", "{ 1.0, 3.0 }")),
        ("conditions.angina", {"conditions.angina": "true"}, ("is", "null")),
        ("labs.inr * 2 > 3", {"labs.inr": "2.0"}, (">", "null")),
        ("not (labs.inr > 3)", {"labs.inr": "2.0"}, (">", "3")),
    ],
)
def test_comparisons_give_the_limit_of_each_deciding_fact(
    expression: str, facts: Facts, expected: tuple[str, str]
) -> None:
    """The limit is in canonical units, and only where the fact stands by itself."""
    (comparison,) = comparisons(traced(expression, facts))
    assert (comparison.operator, to_cql(comparison.limit)) == expected


def test_comparisons_name_the_attribute_that_was_read() -> None:
    """A distance in time has no limit of its own, but says which date it came from."""
    found = comparisons(traced(HOLD, {**SURGERY, "medications.apixaban": "@2026-03-15"}))
    assert [(c.reading.path, c.attribute, c.limit) for c in found] == [
        ("medications.apixaban", None, None),
        ("medications.apixaban", "last_dose_on", None),
        ("procedure.date", None, None),
    ]


def test_facts_read_lists_every_fact_once_in_reading_order() -> None:
    """No operand is skipped, even where the answer is settled before it."""
    trace = traced("conditions.mi or labs.inr > 1 or labs.inr > 2", {"conditions.mi": "true"})
    assert _paths(facts_read(trace)) == ["conditions.mi", "labs.inr"]


@pytest.mark.parametrize(
    ("expression", "facts", "expected"),
    [
        ("labs.inr > 1.5", {}, Truth.FALSE),
        ("labs.inr > 1.5", {"labs.inr": "stale"}, Truth.UNKNOWN),
        ("labs.inr > 1.5", {"labs.inr": "not_known"}, Truth.UNKNOWN),
        ("labs.inr > 1.5", {"labs.inr": "2.0"}, Truth.TRUE),
        ("labs.inr > 1.5 or conditions.mi", {}, Truth.UNKNOWN),
        ("labs.inr > 1.5 or conditions.mi", {"conditions.mi": "true"}, Truth.TRUE),
        ("labs.inr > 1.5 or conditions.mi", {"conditions.mi": "false"}, Truth.FALSE),
        ("conditions.angina", {}, Truth.FALSE),
        ("conditions.angina or conditions.mi", {"conditions.mi": "false"}, Truth.FALSE),
        ("conditions.angina = false", {}, Truth.FALSE),
        ("conditions.angina = false", {"conditions.angina": "false"}, Truth.TRUE),
        ("conditions.angina = true", {}, Truth.FALSE),
        ("labs.inr in { 1.0, 2.0 }", {}, Truth.FALSE),
        ("1.0 in { labs.inr }", {}, Truth.FALSE),
        ("labs.inr * 2 + 1 > 1", {}, Truth.FALSE),
        ("labs.inr ~ 1.0", {}, Truth.FALSE),
        ("labs.inr.measured_on after @2026-01-01", {}, Truth.FALSE),
    ],
)
def test_an_unrecorded_optional_fact_makes_its_comparison_false(
    expression: str, facts: Facts, expected: Truth
) -> None:
    """Not recorded is false for its own comparison; recorded and unusable stays unknown."""
    optional = ("labs.inr", "conditions.angina")
    assert truth(traced(expression, facts, assume_false=optional)) is expected


def test_a_definition_is_read_through() -> None:
    """A defined condition blocks, decides and is assumed false like the text it stands for."""
    inner = compiled("labs.inr > 1.5")
    scope = Scope(DICTIONARY, {}, {"thin_blood": inner})
    outer: Expression = compiled("thin_blood and conditions.mi", scope)
    assert outer.facts == {"labs.inr", "conditions.mi"}
    unknown = evaluate(outer, record({"conditions.mi": "true"}))
    assert _paths(blocking(unknown)) == ["labs.inr"]
    known = evaluate(outer, record({"conditions.mi": "true", "labs.inr": "2.0"}))
    assert [(c.reading.path, c.operator) for c in comparisons(known)] == [
        ("labs.inr", ">"),
        ("conditions.mi", "is"),
    ]
    assumed = evaluate(outer, record({"conditions.mi": "true"}), assume_false=("labs.inr",))
    assert truth(assumed) is Truth.FALSE
