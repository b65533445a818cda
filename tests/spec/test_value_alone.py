"""The value alone is the value of the trace: on every row of the tables, and for any condition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.expression import (
    Facts,
    blocking,
    comparisons,
    deciding,
    evaluate,
    evaluate_alone,
    facts_read,
    look_into,
    to_cql,
    truth,
)
from tests.property.expression_trees import FACTS, conditions, records
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


@given(condition=conditions, facts=records, optional=st.sets(st.sampled_from(sorted(FACTS))))
@settings(max_examples=300)
def test_looking_tells_what_a_whole_trace_tells(
    condition: str, facts: dict[str, str], optional: set[str]
) -> None:
    """What blocks, decides and is compared does not depend on how much was evaluated for it."""
    expression = compiled(condition)
    traced = evaluate(expression, record(facts), assume_false=optional)
    part = look_into(expression, Facts(record(facts), optional))
    assert truth(part) is truth(traced)
    for fold in (blocking, deciding, comparisons, facts_read):
        assert fold(part) == fold(traced)
