"""Columns give what the traced evaluator gives, for every expression and every patient."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backrec_cli.expression import Expression, ExpressionError
from backrec_cli.expression.compiler import NotColumnarError, compile_columns
from tests.expression_columns.agreement import Trial
from tests.expression_columns.engines import on_polars
from tests.expression_columns.patients import SCOPE, SURGERY, patients
from tests.expression_columns.random_expressions import ASSUMED, checked, expressions
from tests.expression_columns.table import Table, frame_of
from tests.spec.tables import chapters
from tests.unit.expression_bench import Record, compiled, record

# Every family of what columns refuse, by one example each: the reason is all that may be refused
# of random expressions, and all that the specification's tables may lack.
REFUSED = {
    "labs.inr ~ 2.0": "equivalence of numbers, texts or null",
    "null ~ conditions.angina": "equivalence of numbers, texts or null",
    "Count({ 1.0, labs.inr }) > 1": "ListSelector of columns",
    "2.0 in Interval[1.0, labs.inr]": "IntervalSelector of columns",
    "Tuple { a: labs.inr } = Tuple { a: 2.0 }": "TupleSelector of columns",
    "'a' & conditions.diabetes": "Concatenate of columns",
    "conditions.diabetes + 'a'": "texts joined",
    "case when conditions.angina then 1 else 2 end": "Case of columns",
    "case conditions.diabetes when 'none' then 1 else 2 end": "SelectedCase of columns",
    "labs.inr ^ 2": "Power of columns",
    "patient.age div 7": "TruncatedDivide of columns",
    "patient.age mod 7": "Modulo of columns",
    "-labs.inr": "Negate of columns",
    "Round(labs.inr)": "Round of columns",
    "Now()": "Now of columns",
    "year from procedure.date": "DateTimeComponentFrom of columns",
    "labs.inr is Decimal": "Is of columns",
    "labs.inr as Decimal": "As of columns",
    "convert patient.age to Decimal": "Convert of columns",
    "procedure.date + 1 month": "a date moved by something other than a fixed number of days",
    "procedure.date before month of Today()": "days compared to the month",
    "procedure.date in month of { @2026-03-16 }": "membership to the month",
    "difference in weeks between procedure.date and Today()": "week between days",
    "vitals.systolic_bp / vitals.diastolic_bp": "a quotient of quantities",
    "vitals.systolic_bp * vitals.diastolic_bp": "a product of two quantities",
    "scores.risk = 2.0": "a range against a decimal",
    "procedure.technique = procedure.technique": "a list as a whole",
    "conditions.diabetes in procedure.technique": "a choice that is not constant",
    "procedure.date < @2026-04": "no column holds Date",
    "procedure.date < @2026-03-16T08:30": "no column holds DateTime",
    "patient.age + 5L": "no column holds Long",
    "Interval[1, 5]": "no column holds Interval",
    "@T08:30": "no column holds Time",
    "Coalesce(null, { 'a' })": "no column holds tuple",
    "days between @2014-01-15 and @2014-02": "no column holds Uncertainty",
}
RECORDS = patients(40)
RUN = on_polars(frame_of(RECORDS))
# A difference names its expression already; to look for a smaller one would take minutes.
MANY = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_what_columns_cannot_hold_is_refused_by_name(text: str, reason: str) -> None:
    """Nothing is computed nearly right: it is left to the evaluator, with the reason."""
    with pytest.raises(NotColumnarError, match=f"^{reason}$"):
        compile_columns(compiled(text, SCOPE), Table())


def spec_records() -> list[Record]:
    """Return the patients of the specification's tables on the day of surgery."""
    rows = [row for chapter in chapters() for part in chapter.sections for row in part.rows]
    return [Record(record(row.facts).readings, SURGERY) for row in rows if row.facts]


def spec_expressions() -> list[Expression]:
    """Return every expression of the specification's tables that the checker accepts."""
    found = []
    for chapter in chapters():
        for row in (row for section in chapter.sections for row in section.rows):
            try:
                found.append(compiled(row.expression, SCOPE))
            except ExpressionError:
                continue
    return found


def test_every_expression_of_the_specification_agrees_for_every_patient() -> None:
    """The tables' own patients and random ones; what is refused is of a named family."""
    trial = Trial([(expression, ()) for expression in spec_expressions()])
    records = [*spec_records(), *RECORDS]
    assert trial.differences(on_polars(frame_of(records)), records) == []
    assert set(trial.refused.values()) <= set(REFUSED.values())
    assert len(trial.compiled) > 400


@given(st.lists(st.tuples(expressions, st.just(())), min_size=25, max_size=25))
@MANY
def test_random_expressions_agree_for_every_patient(drawn: list[tuple[str, set[str]]]) -> None:
    """Truth, number, text, day and range, what blocks them, and what they lack."""
    agree(drawn)


@given(st.lists(st.tuples(expressions, ASSUMED), min_size=25, max_size=25))
@MANY
def test_random_expressions_agree_with_facts_assumed_false(
    drawn: list[tuple[str, set[str]]],
) -> None:
    """The same where unrecorded facts make the comparisons over them false."""
    agree(drawn)


def agree(drawn: list[tuple[str, set[str]]]) -> None:
    """Compile all at once; at most a tenth may be refused, and only for a named reason."""
    asked = [(checked(text), assumed) for text, assumed in drawn]
    trial = Trial([(each, assumed) for each, assumed in asked if each is not None])
    assert set(trial.refused.values()) <= set(REFUSED.values())
    assert trial.differences(RUN, RECORDS) == []
    assert len(trial.refused) <= max(5, len(trial.expressions) // 10)
