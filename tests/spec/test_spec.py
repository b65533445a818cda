"""Every row of the specification's tables, run on every engine there is."""

from collections.abc import Callable, Mapping

import pytest

from backrec_cli.expression import ExpressionError, compile_expression, evaluate, to_cql
from tests.spec.print_language import PAGE, language_page
from tests.spec.tables import CHAPTERS, FOLDER, Row, chapters
from tests.unit.expression_bench import SCOPE, record


def _traced(expression: str, facts: Mapping[str, str]) -> str:
    """Answer a row with the traced evaluator, which explains single patients."""
    try:
        compiled = compile_expression(expression, SCOPE)
    except ExpressionError as error:
        return f"error {error.diagnostics[0].code}"
    return to_cql(evaluate(compiled, record(facts)).value)


ENGINES: dict[str, Callable[[str, Mapping[str, str]], str]] = {"traced": _traced}
ROWS = [
    pytest.param(row, id=f"{chapter.id}: {row.expression}")
    for chapter in chapters()
    for section in chapter.sections
    for row in section.rows
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", ROWS)
def test_row_gives_its_value(row: Row, engine: str) -> None:
    """The language is what its tables say."""
    assert ENGINES[engine](row.expression, row.facts) == row.expected


def test_every_table_is_a_chapter() -> None:
    """No table lies beside the specification unread."""
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(CHAPTERS)


def test_language_page_is_up_to_date() -> None:
    """docs/language.md is the tables, printed."""
    assert PAGE.read_text(encoding="utf-8") == language_page()
