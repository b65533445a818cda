"""The documents of a pack -> where each entry, and each leaf of its conditions, stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backrec_cli.facts.table import Path
from backrec_cli.packtest.leaves import APPLIES, DONE, Leaf
from backrec_cli.packtest.model import Place
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.model import Entry
from backrec_cli.source import Span

_DEFINE = "define"
_KINDS = ("rule", "require", "step", _DEFINE)


@dataclass(frozen=True, slots=True)
class _Written:
    """A table of the pack: its file, its path there, and what it holds."""

    document: Document
    path: Path
    table: Mapping[str, object]

    def place(self, *key: str | int) -> Place:
        return Place(self.document, self.document.locate((*self.path, *key)))

    def inside(self, span: Span, *key: str | int) -> Place:
        return Place(self.document, self.document.locate_inside(span, (*self.path, *key)))


class Places:
    """Finds entries and definitions in the files of a pack; the last one of a name counts."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Take the files that the pack was read from, overlays last."""
        self._written: dict[tuple[bool, str], _Written] = {}
        for document in documents:
            for kind in _KINDS:
                self._note(document, kind)

    def of_entry(self, entry: Entry) -> Place | None:
        """Return where an entry's id stands."""
        written = self._written.get((False, entry.id))
        return None if written is None else written.place("id")

    def of_leaf(self, entry: Entry, leaf: Leaf) -> Place | None:
        """Return where a leaf stands, in the entry itself or in the definition it is part of."""
        if leaf.definition is not None:
            written = self._written.get((True, leaf.definition))
            return None if written is None else written.inside(leaf.span, "value")
        written = self._written.get((False, entry.id))
        if written is None:
            return None
        return written.inside(leaf.span, *_key_of(leaf, graded="grade" in written.table))

    def _note(self, document: Document, kind: str) -> None:
        """Note the tables of one kind in one file."""
        tables = document.content.get(kind)
        defines = kind == _DEFINE
        for number, table in enumerate(tables if isinstance(tables, list) else ()):
            name = table.get("name" if defines else "id") if isinstance(table, dict) else None
            if isinstance(name, str):
                self._written[defines, name] = _Written(document, (kind, number), table)


def _key_of(leaf: Leaf, *, graded: bool) -> Path:
    """Return the key that the condition of a leaf is written under."""
    if leaf.condition in (APPLIES, DONE):
        return (leaf.condition,)
    return ("grade", leaf.grade, "when") if graded else ("when",)
