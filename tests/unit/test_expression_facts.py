"""What is kept of one patient's facts: a definition once, and never what was only assumed."""

from backrec_cli.expression import Facts, Scope, evaluate_alone
from backrec_cli.facts.reading import FactReading
from backrec_cli.ternary import Truth
from tests.unit.expression_bench import DICTIONARY, Record, compiled, record

BOTH = frozenset({"conditions.angina", "labs.inr"})
SCOPE = Scope(DICTIONARY, {}, {"at_risk": compiled("conditions.angina or labs.inr > 2")})


class Counting(Record):
    """A record that counts how often it is asked."""

    asked = 0

    def fact(self, path: str) -> FactReading:
        """Return what is known of a fact."""
        type(self).asked += 1
        return super().fact(path)


def test_an_assumption_is_forgotten_when_it_is_over() -> None:
    """What is false only because it was assumed is unknown before and after, in any order."""
    expression = compiled("at_risk and vitals.weight > 80 'kg'", SCOPE)
    facts = Facts(record({"vitals.weight": "90 'kg'"}))
    assert evaluate_alone(expression, facts) is Truth.UNKNOWN
    assert evaluate_alone(expression, facts.assuming(BOTH)) is Truth.FALSE
    assert evaluate_alone(expression, facts) is Truth.UNKNOWN


def test_what_was_assumed_first_is_not_kept_either() -> None:
    """The same with the assumption first, when nothing has been read yet."""
    expression = compiled("at_risk", SCOPE)
    facts = Facts(record({}))
    assert evaluate_alone(expression, facts.assuming(BOTH)) is Truth.FALSE
    assert evaluate_alone(expression, facts) is Truth.UNKNOWN


def test_a_fact_is_asked_for_once() -> None:
    """However many conditions read a fact, its record is asked once."""
    facts = Facts(Counting(record({"labs.inr": "3.0"}).readings))
    for text in ("labs.inr > 2", "labs.inr < 2", "not (labs.inr = 3.0)"):
        evaluate_alone(compiled(text), facts)
    assert Counting.asked == 1
