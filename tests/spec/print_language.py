"""Write docs/language.md, the reference of the language, from the specification's tables.

python -m tests.spec.print_language
"""

from collections.abc import Iterator
from pathlib import Path

from backrec_cli.expression.functions import FUNCTIONS
from backrec_cli.expression.operators import RESERVED
from tests.spec.tables import Chapter, Section, chapters

PAGE = Path(__file__).parents[2] / "docs" / "language.md"

HEAD = """# The expression language

A subset of [CQL 1.5](https://cql.hl7.org/), HL7's language of clinical rules. What is accepted
means what CQL says, with one exception that is made for safety and explained under "Null": a
fact that is not known is unknown everywhere. How far the subset goes is measured in
`docs/conformance.md`.

Facts are dotted names of the dictionary (`labs.hba1c`); bare names are parameters and
definitions of the pack. A fact's attributes are `.value` (the bare number), `.measured_on`
(results), `.on` (events) and `.last_dose_on` (drugs). Texts stand in single quotes; names in
double quotes are not part of the language, so an expression fits in a TOML text as it is.
Comments are `// …` and `/* … */`. An expression has at most 10,000 characters and 64 levels of
parentheses.

Every row below is a test (`tests/spec/`), so this page is true. `error E206` stands for a
refusal, listed in `docs/errors.md`. Written by `python -m tests.spec.print_language`.
"""


def language_page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for chapter in chapters():
        parts += _chapter(chapter)
    parts.append(_names())
    return "\n".join(parts)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.title}\n\n{chapter.text}\n"
    for section in chapter.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"### {section.name[0].upper()}{section.name[1:]}\n"
    if section.text:
        yield f"{section.text}\n"
    with_facts = any(row.facts for row in section.rows)
    yield f"| expression | {'facts | ' if with_facts else ''}value |"
    yield f"|---|{'---|' if with_facts else ''}---|"
    for row in section.rows:
        facts = "<br>".join(f"`{path}`: {_cell(value)}" for path, value in row.facts.items())
        middle = f"{facts or 'none'} | " if with_facts else ""
        yield f"| {_cell(row.expression)} | {middle}{_cell(row.expected)} |"
    yield ""


def _cell(text: str) -> str:
    """Write code in a cell, where a bar would end it."""
    return "`" + text.replace("|", "\\|") + "`"


def _names() -> str:
    functions = ", ".join(f"`{name}`" for name in sorted(FUNCTIONS))
    reserved = ", ".join(f"`{word}`" for word in sorted(RESERVED))
    return (
        f"## Names\n\nFunctions: {functions}.\n\n"
        f"Words of the language, which no parameter or definition may take: {reserved}.\n"
    )


if __name__ == "__main__":
    PAGE.write_text(language_page(), encoding="utf-8")
