"""The specification's tables: TOML files of expressions, facts and the value they give."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
CHAPTERS = (
    "logic",
    "comparison",
    "nullological",
    "membership",
    "conditional",
    "arithmetic",
    "quantity",
    "date",
)


@dataclass(frozen=True)
class Row:
    """An expression, the facts of the patient, and its value as a CQL literal or `error E…`."""

    expression: str
    expected: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """Rows under one heading."""

    name: str
    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Chapter:
    """One file."""

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]


def chapters() -> Iterator[Chapter]:
    """Read every chapter, in the order in which the language is explained."""
    for name in CHAPTERS:
        document = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        sections = tuple(
            Section(each["name"], each.get("text", ""), tuple(_row(*row) for row in each["rows"]))
            for each in document["section"]
        )
        yield Chapter(name, document["title"], document["text"], sections)


def _row(expression: str, expected: str, facts: Mapping[str, str] | None = None) -> Row:
    return Row(expression, expected, facts or {})
