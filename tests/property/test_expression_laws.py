"""Laws of the expression language, for any tree and any patient."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.expression import blocking, deciding, parse, truth, unparse
from backrec_cli.expression.lexer import ExpressionSyntaxError
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.session import evaluate_line
from backrec_cli.ternary import Truth
from tests.property.expression_trees import ATOMS, FACTS, conditions, records, trees
from tests.unit.expression_bench import SCOPE, Record, compiled, traced

Facts = dict[str, str]


@given(tree=trees)
@settings(max_examples=150)
def test_a_tree_printed_and_parsed_is_the_same_tree(tree: Node) -> None:
    """Parse after unparse changes nothing."""
    assert parse(unparse(tree)) == tree


@given(condition=conditions, facts=records, more=records)
@settings(max_examples=150)
def test_learning_a_fact_never_reverses_a_decided_answer(
    condition: str, facts: Facts, more: Facts
) -> None:
    """Outside null tests, what is decided stays decided whatever else becomes known."""
    before = truth(traced(condition, facts))
    after = truth(traced(condition, {**more, **facts}))
    assert before is Truth.UNKNOWN or before is after


@pytest.mark.parametrize("atom", ATOMS)
def test_learning_any_fact_never_reverses_any_comparison(atom: str) -> None:
    """The same for each comparison by itself, with every fact it reads in every state."""
    read = sorted(compiled(atom).facts)
    states = [(None, *FACTS[path]) for path in read]
    answers = {state: truth(traced(atom, _known(read, state))) for state in product(*states)}
    for state, answer in answers.items():
        for fewer in product(*((None, each) for each in state)):
            assert answers[fewer] in (Truth.UNKNOWN, answer), (fewer, state)


def _known(paths: list[str], state: tuple[str | None, ...]) -> Facts:
    return {path: text for path, text in zip(paths, state, strict=True) if text is not None}


@given(condition=conditions, facts=records)
def test_an_answer_stays_unknown_only_for_facts_that_are_named(
    condition: str, facts: Facts
) -> None:
    """What blocks is not known, or lacks its date; a true answer is blocked by nothing."""
    trace = traced(condition, facts)
    if truth(trace) is not Truth.UNKNOWN:
        assert blocking(trace) == ()
    for reading in blocking(trace):
        assert reading.absence is not None or reading.on is None
    assert all(reading.known for reading in deciding(trace))


@given(condition=conditions, facts=records)
def test_the_facts_that_decide_are_enough(condition: str, facts: Facts) -> None:
    """A true answer stays true with nothing known but the facts that it names as deciding."""
    trace = traced(condition, facts)
    if truth(trace) is Truth.TRUE:
        kept = {reading.path for reading in deciding(trace)}
        only = {path: text for path, text in facts.items() if path in kept}
        assert truth(traced(condition, only)) is Truth.TRUE


@given(one=conditions, other=conditions, facts=records)
@settings(max_examples=50)
def test_logic_follows_kleene(one: str, other: str, facts: Facts) -> None:
    """De Morgan, double negation, commutation and implication hold in three values."""
    a, b = f"({one})", f"({other})"
    laws = [
        (f"not ({a} and {b})", f"(not {a}) or (not {b})"),
        (f"not ({a} or {b})", f"(not {a}) and (not {b})"),
        (f"not (not {a})", f"{a} or false"),
        (f"{a} and {b}", f"{b} and {a}"),
        (f"{a} or {b}", f"{b} or {a}"),
        (f"{a} implies {b}", f"(not {a}) or {b}"),
    ]
    for left, right in laws:
        assert truth(traced(left, facts)) is truth(traced(right, facts)), left


@given(text=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_gives_one_line(text: str) -> None:
    """Whatever is asked, there is one line of answer and no exception."""
    assert len(evaluate_line(text, SCOPE, Record()).splitlines()) == 1


_WORDS = ("1", "'a'", "(", ")", "{", "}", ",", ".", "and", "not", "is", "null", "between", "labs")


@given(words=st.lists(st.sampled_from(_WORDS)))
def test_any_words_parse_or_are_refused(words: list[str]) -> None:
    """Nonsense made of the language's own words is refused with a place inside the text."""
    text = " ".join(words)
    try:
        parse(text)
    except ExpressionSyntaxError as error:
        span = error.diagnostic.span
        assert span is not None
        assert 0 <= span.start <= span.end <= len(text)
