"""Write docs/seed-coverage.md: each line of the source document, and the entries that check it.

python docs/make_seed_coverage.py
"""

import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backrec_cli.rulepack import load_pack, shipped_pack_folder
from backrec_cli.rulepack.model import RulePack

TABLE = Path(__file__).parent / "seed_lines.toml"
PAGE = Path(__file__).parent / "seed-coverage.md"

HEAD = """# What checks each line of the source document

The pack started from one teaching article, {citation}. Below, in our own words, is what each of its
lines says and which rules, requirements, steps and complications of the pack check it
(`backrec explain ID PATIENT` traces any of them). A line that states nothing that could be checked
says why. Written by `python docs/make_seed_coverage.py` from docs/seed_lines.toml.

{checked} lines are checked, by {entries} different entries; {unchecked} cannot be.

| line | what it says | checked by |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class SeedLine:
    """One line of the document: where it stands first, what it says, and what checks it."""

    line: int
    says: str
    entries: tuple[str, ...]
    not_checkable: str | None


@dataclass(frozen=True, slots=True)
class SeedTable:
    """The table of all lines, and what of the document is not part of it."""

    source: str
    sha256: str
    advertisement: frozenset[int]
    lines: tuple[SeedLine, ...]


def read_table() -> SeedTable:
    """Read docs/seed_lines.toml."""
    content = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    document = content["document"]
    return SeedTable(
        source=document["source"],
        sha256=document["sha256"],
        advertisement=frozenset(document["advertisement"]),
        lines=tuple(
            SeedLine(
                line=row["line"],
                says=row["says"],
                entries=tuple(row.get("entries", ())),
                not_checkable=row.get("not_checkable"),
            )
            for row in content["line"]
        ),
    )


def known_entries(pack: RulePack) -> frozenset[str]:
    """Return every id of the pack that can check something."""
    return frozenset(pack.entries) | {complication.id for complication in pack.complications}


def complaints(lines: Sequence[SeedLine], known: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a table: nothing checks a line, or an entry is not there."""
    for row in lines:
        lost = [entry for entry in row.entries if entry not in known]
        for entry in lost:
            yield f"line {row.line}: the pack has no '{entry}'"
        if len(lost) == len(row.entries) and not row.not_checkable:
            yield f"line {row.line}: nothing checks it, and nothing says why not"
        if row.entries and row.not_checkable:
            yield f"line {row.line}: it has entries, and is said not to be checkable"


def page() -> str:
    """Return the whole page."""
    table = read_table()
    pack = load_pack(shipped_pack_folder())
    checked = [row for row in table.lines if row.entries]
    head = HEAD.format(
        citation=pack.sources[table.source].citation.partition(":")[0],
        checked=len(checked),
        entries=len({entry for row in checked for entry in row.entries}),
        unchecked=len(table.lines) - len(checked),
    )
    return head + "".join(f"| {row.line} | {row.says} | {_answer(row)} |\n" for row in table.lines)


def _answer(row: SeedLine) -> str:
    """Name the entries that check a line, or say why there are none."""
    if row.entries:
        return ", ".join(f"`{entry}`" for entry in row.entries)
    return f"not checkable: {row.not_checkable}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
