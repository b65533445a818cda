"""The date of a derived fact is that of what it rests on: columns leave it to the engine."""

import pytest

from backrec_cli.batch.columns.recorded import RecordedFacts, all_columns
from backrec_cli.expression import Scope, compile_expression
from backrec_cli.expression.compiler import FactColumns, NotColumnarError, compile_columns
from backrec_cli.expression.compiler.terms import Term, constant
from tests.shipped import pack


class Recorded:
    """Every fact as it was written, before it is settled."""

    @property
    def as_of(self) -> Term:
        """One day for everybody."""
        return constant(0)

    def fact(self, path: str) -> FactColumns:
        """Return a fact as expressions read it."""
        dictionary = pack().dictionary
        definition = dictionary.definitions[path]
        return RecordedFacts(tuple(all_columns(dictionary))).fact(definition).columns(definition)


def test_date_of_a_derived_fact_is_refused() -> None:
    """The body mass index may follow from a weight that was measured on another day."""
    text = "difference in days between vitals.bmi.measured_on and procedure.date > 3"
    expression = compile_expression(text, Scope(pack().dictionary, {}, {}))
    with pytest.raises(NotColumnarError, match=r"^the date of vitals\.bmi, which follows"):
        compile_columns(expression, Recorded())


def test_date_of_a_measured_fact_is_read() -> None:
    """A weight has a date of its own."""
    text = "difference in days between vitals.weight.measured_on and procedure.date > 3"
    expression = compile_expression(text, Scope(pack().dictionary, {}, {}))
    assert compile_columns(expression, Recorded()).reads
