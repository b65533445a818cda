"""The parser: grouping, places, limits, and text printed with no more parentheses than needed."""

import pytest

from backrec_cli.expression import nodes, parse, unparse
from backrec_cli.expression.lexer import ExpressionSyntaxError


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("((1 + 2)) * 3", "(1 + 2) * 3"),
        ("1 + (2 * 3)", "1 + 2 * 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("(1 - 2) - 3", "1 - 2 - 3"),
        ("a and b and c", "a and b and c"),
        ("a and (b and c)", "a and (b and c)"),
        ("(a or b) and c", "(a or b) and c"),
        ("not (a = 1)", "not (a = 1)"),
        ("not a = 1", "not a = 1"),
        ("a !~ b", "not (a ~ b)"),
        ("a is not null", "not a is null"),
        ("x on or before day of y", "x same day or before y"),
        ("x before or on y", "x same or before y"),
        ("duration in days between a and b", "duration in days between a and b"),
        ("days between a and b < 3", "duration in days between a and b < 3"),
        ("timezone from x", "timezoneoffset from x"),
        ("-(1)", "-(1)"),
        ("- x", "-x"),
        ("+5", "5"),
        ("{ a: 1 }", "Tuple { a: 1 }"),
        ("List<Integer>{ 1 }", "{ 1 } as List<Integer>"),
        ("5'mg'", "5 'mg'"),
        ("3 day", "3 days"),
        ("IsNull(a)", "a is null"),
        ("1 /* one */ + // and\n 2", "1 + 2"),
    ],
)
def test_text_is_printed_in_its_plainest_form(text: str, printed: str) -> None:
    """What is printed parses to the same tree."""
    assert unparse(parse(text)) == printed
    assert parse(printed) == parse(text)


def test_and_and_or_stay_flat() -> None:
    """A long list of conditions is one node, however long."""
    names = [f"x{n}" for n in range(500)]
    tree = parse(" and ".join(names))
    assert isinstance(tree, nodes.And)
    assert len(tree.operands) == 500


def test_every_node_knows_its_place() -> None:
    """A span covers the operator with its operands, in characters of the text."""
    text = "labs.inr > 1.5 and (conditions.mi or not x)"
    tree = parse(text)
    assert isinstance(tree, nodes.And)
    assert [text[each.span.start : each.span.end] for each in tree.operands] == [
        "labs.inr > 1.5",
        "conditions.mi or not x",
    ]
    assert tree.span.end == len(text)


def test_places_do_not_count_in_equality() -> None:
    """Two trees are equal when they say the same."""
    assert parse("1+1") == parse("  1  +  1")
    assert parse("1") != parse("1.0")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "(" * 5_000,
        "{" * 5_000,
        "not " * 2_000,
        "-" * 5_000,
        "1" + "+1" * 4_000,
        "1" + "-1" * 200,
        "if " * 2_000,
        "Abs(" * 2_000,
        "Interval[" * 1_000,
        "(" * 60 + "1" + "+1)" * 60 + "+1" * 100,
        "x" + ".y" * 4_000 + "(",
        "case when " * 900,
    ],
)
def test_depth_and_length_have_limits(text: str) -> None:
    """Any nesting ends in a diagnostic, never in an exhausted stack."""
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    assert caught.value.diagnostic.code in {"E102", "E103", "E105"}


@pytest.mark.parametrize("word", ["then", "date", "end", "List", "within", "days"])
def test_words_of_the_language_are_no_names(word: str) -> None:
    """A bare reserved word is refused, but may stand behind a dot."""
    with pytest.raises(ExpressionSyntaxError):
        parse(f"{word} = 1")
    assert parse(f"procedure.{word}") == nodes.Name(("procedure", word))
