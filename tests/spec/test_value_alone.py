"""The value alone is the value of the trace: on every row of the tables, and for any condition."""

import pytest
from hypothesis import given, settings

from backrec_cli.expression import Facts, evaluate, evaluate_alone, facts_read, to_cql
from tests.property.expression_trees import conditions, records
from tests.spec.tables import Row, chapters
from tests.unit.expression_bench import compiled, record

ANSWERED = [
    pytest.param(row, id=row.expression)
    for chapter in chapters()
    for section in chapter.sections
    for row in section.rows
    if not row.expected.startswith("error ")
]


@pytest.mark.parametrize("row", ANSWERED)
def test_row_gives_its_value_without_a_trace(row: Row) -> None:
    """The language is what its tables say, whether or not anybody asks why."""
    assert to_cql(evaluate_alone(compiled(row.expression), Facts(record(row.facts)))) == (
        row.expected
    )


@given(condition=conditions, facts=records)
@settings(max_examples=300)
def test_a_value_alone_is_that_of_the_trace(condition: str, facts: dict[str, str]) -> None:
    """Leaving out operands that decide nothing changes no answer, nor does asking twice."""
    expression, known = compiled(condition), Facts(record(facts))
    traced = evaluate(expression, record(facts))
    assert evaluate_alone(expression, known) == traced.value
    assert evaluate_alone(expression, known) == traced.value


@given(condition=conditions, facts=records)
def test_the_facts_read_stand_in_the_tree(condition: str, facts: dict[str, str]) -> None:
    """Which facts a trace reads, and in which order, can be told without evaluating anything."""
    expression = compiled(condition)
    read = facts_read(evaluate(expression, record(facts)))
    assert tuple(reading.path for reading in read) == expression.reads
    assert frozenset(expression.reads) == expression.facts
