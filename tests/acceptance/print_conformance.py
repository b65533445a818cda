"""Write docs/conformance.md: how far the language follows the official CQL suite.

python -m tests.acceptance.print_conformance
"""

from collections.abc import Iterator
from pathlib import Path

from tests.acceptance.cql_cases import ROOT, excluded, table

PAGE: Path = ROOT / "docs" / "conformance.md"

HEAD = """# Conformance with CQL

The expression language is held against cases of the official CQL suite (cqframework/cql-tests at
0666708, Apache-2.0), as far as a language of single expressions can aim at them. The cases are not
part of this repository; the test reads them where they are present and says so where they are not.
Answers are parsed and compared as values. Written by `python -m tests.acceptance.print_conformance`.

| category | cases | in subset | pass |
|---|---:|---:|---:|
"""

REST = """
## Left out

Each of these cases is listed in `tests/acceptance/cql_out_of_subset.toml`. A listed case that starts
to pass fails the run, and so does any other case that fails.

| group | case | reason |
|---|---|---|
"""

WAYS = """
## Where we differ on purpose

- **A missing fact is unknown everywhere.** CQL calls `1 in null` false, `1 ~ null` false, takes the
  `else` of `if null`, and leaves nulls out of counts. We do the same for a null that an author wrote.
  Where the null is a fact that nobody recorded, or that is stale, undated or rejected, the answer is
  unknown instead: missing data never becomes a "no". `Coalesce`, `is null`, `is true` and `is false`
  still answer, and are refused in rules.
- **Days are counted on the calendar as written.** CQL moves both dates to the offset of the request
  before it counts days. A profile has no such offset, and a dose noted at 00:30 in local time must
  not slip to the day before; so `difference in days` (weeks, months, years) reads the dates as they
  stand. Hours and shorter, and every comparison, put both on one clock. A time without an offset
  shares the offset of what it is compared with.
- **More is refused before it runs.** Comparing amounts that do not measure the same thing, a number
  with a quantity, or a choice with a text that is not one of its choices is an error, not null.
- **Much of CQL is not here.** Queries, retrieves, terminology, ratios, fluent
  functions, sets (`union`, `intersect`, `except`), most interval relations, `successor`,
  `predecessor` and double-quoted names are outside the language and say so.

## Contested cases

The suite and the specification, or two cases of the suite, disagree here; this is what we do.

| expression | value | why |
|---|---|---|
| `Round(-0.5)` | `-1.0` | ties go away from zero, as the suite has it |
| `{ null } = { null }` | `true` | inside lists and tuples two nulls are equal (CQL 1.5, 20.2) |
| `null in { }` | `false` | nothing is in an empty list |
| `5 in Interval[null, null]` | `false` | an interval of two nulls is null |
| `10*1000000000000000000000000000.00000000-0.00000001` | the largest Decimal | the range of a Decimal is asked of the final value |
| `5.999999999 'g'` | as written | the eight decimals of a Decimal do not bind a quantity |
"""


def conformance_page() -> str:
    """Return the whole page."""
    return HEAD + "".join(_counts()) + REST + "".join(_reasons()) + WAYS


def _counts() -> Iterator[str]:
    rows = table()
    for row in rows:
        yield "| {} | {} | {} | {} |\n".format(*row)
    totals = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    yield "| **all** | {} | {} | {} |\n".format(*totals)


def _reasons() -> Iterator[str]:
    for each in excluded().values():
        yield f"| {each.group} | {each.name} | {each.reason} |\n"


if __name__ == "__main__":
    PAGE.write_text(conformance_page(), encoding="utf-8")
