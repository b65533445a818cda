"""The page about cohorts is true: its recipes run, its columns are those of the table."""

import re
import runpy
from pathlib import Path

import pytest

from backrec_cli.batch.results.table import TABLE
from tests.acceptance.program import ROOT, Program
from tests.batch.patients import DAY

PAGE = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"<!-- recipe: (\w+) -->\n+```python\n(.*?)```", PAGE, re.DOTALL))


def test_page_lists_the_columns_in_their_order() -> None:
    """The table of columns is the one that is written."""
    section = PAGE.partition("## What comes out")[2].partition("## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(TABLE)


@pytest.mark.parametrize(
    "recipe",
    [
        ("polars", "results.parquet", "P2"),
        ("duckdb", "results.parquet", "patients"),
        ("json", "results.ndjson", "cohort.ndjson:3"),
    ],
    ids=lambda recipe: recipe[0],
)
def test_recipe_runs_on_results(
    backrec: Program,
    cohort: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    recipe: tuple[str, str, str],
) -> None:
    """Copied as it stands, a recipe prints what it says of the results beside it."""
    name, file, printed = recipe
    monkeypatch.chdir(cohort.parent.parent)
    backrec("batch", cohort, "--as-of", DAY, "-o", file)
    Path("recipe.py").write_text(RECIPES[name], encoding="utf-8")
    runpy.run_path("recipe.py")
    assert printed in capsys.readouterr().out


def test_exit_codes_of_the_page_are_those_of_the_program() -> None:
    """Every code that a batch can end with is explained."""
    section = PAGE.partition("## Exit codes")[2].partition("## ")[0]
    assert re.findall(r"^\| (\d+) \|", section, re.MULTILINE) == ["0", "1", "2", "3", "70", "130"]
