"""Text to a checked expression, with every complaint about it."""

from collections.abc import Collection

from backrec_cli.errors import Diagnostic, names
from backrec_cli.expression.checked import Checked, described
from backrec_cli.expression.checker import Checker
from backrec_cli.expression.lexer import ExpressionSyntaxError
from backrec_cli.expression.parser import parse
from backrec_cli.expression.restrictions import check_null_tests, check_optional
from backrec_cli.expression.scope import Expression, ExpressionError, Scope
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    CALENDAR,
    INTEGER,
    LONG,
    NUMERIC,
    QUANTITY,
    STRING,
    Type,
)

_EXPECTED: dict[str, tuple[str, frozenset[Type]]] = {
    "boolean": ("Boolean", frozenset({BOOLEAN})),
    "integer": ("Integer", frozenset({INTEGER, LONG})),
    "decimal": ("Decimal", NUMERIC),
    "quantity": ("Quantity", frozenset({QUANTITY})),
    "string": ("String", frozenset({STRING})),
    "date": ("Date", CALENDAR),
}


def compile_expression(
    text: str, scope: Scope, *, expect: str | None = None, null_tests: bool = True
) -> Expression:
    """Return the checked expression; raise ExpressionError with all that is wrong with it."""
    expression, problems = check_text(text, scope, expect=expect, null_tests=null_tests)
    if expression is None:
        raise ExpressionError(problems)
    return expression


def check_text(
    text: str,
    scope: Scope,
    *,
    expect: str | None = None,
    null_tests: bool = True,
    optional: Collection[str] = (),
) -> tuple[Expression | None, list[Diagnostic]]:
    """Return the checked expression, or None and all that is wrong; spans count from the text.

    expect      the type that is wanted: boolean, integer, decimal, quantity, string or date.
    null_tests  False refuses `is null` and its like over a fact.
    optional    facts that are refused wherever their absence would count as a finding.
    """
    try:
        tree = parse(text)
    except ExpressionSyntaxError as error:
        return None, [error.diagnostic]
    checker = Checker(scope)
    checked = checker.check(tree)
    problems = checker.problems
    if expect is not None:
        problems += _unexpected(checked, expect)
    if not null_tests and checker.tests_null:
        problems += check_null_tests(checked.node)
    if optional and not checker.resolver.facts.isdisjoint(optional):
        problems += check_optional(checked.node, optional)
    if problems:
        return None, _in_order(problems)
    return Expression(text, checked.node, checked.type, frozenset(checker.resolver.facts)), []


def _unexpected(checked: Checked, expect: str) -> list[Diagnostic]:
    wanted, allowed = _EXPECTED[expect]
    if checked.type is ANY or checked.type in allowed:
        return []
    return [names.wrong_result(wanted, described(checked.type), checked.node.span)]


def _in_order(problems: list[Diagnostic]) -> list[Diagnostic]:
    """Sort by place, and drop what is said twice."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: problem.span.start if problem.span else -1)
