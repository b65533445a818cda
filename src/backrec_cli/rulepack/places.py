"""Documents of a checked pack -> where each entry, definition, fact and source stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backrec_cli.errors import Diagnostic
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.files import FACTS, PARAMETERS, SOURCES

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """One table of one file."""

    document: Document
    path: Path

    def at(self, diagnostic: Diagnostic, *keys: str | int) -> Diagnostic:
        """Mark the value under a key of the table, or without keys the table's header."""
        return self.document.at(diagnostic, self.document.locate((*self.path, *keys)))

    def inside(self, diagnostic: Diagnostic, *keys: str | int) -> Diagnostic:
        """Mark a span of the text under a key."""
        return self.document.inside(diagnostic, (*self.path, *keys))

    def text(self, *keys: str | int) -> str:
        """Return the text under a key as it is written; empty where there is none."""
        value: object = self.document.content
        for key in (*self.path, *keys):
            if isinstance(value, Mapping):
                value = value.get(str(key))
            elif isinstance(value, Sequence) and isinstance(key, int):
                value = value[key]
        return value if isinstance(value, str) else ""

    def place(self, *keys: str | int) -> str:
        """Return `file:line:column`."""
        return self.document.place((*self.path, *keys))


class Places:
    """An index of documents without an error in them; nothing is located until it is asked for."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._named = {
            (kind, name): Spot(document, path)
            for document in documents
            for kind, name, path in _named(document)
        }

    def entry(self, name: str) -> Spot:
        """Return the table of a rule, requirement or step."""
        return self._named["entry", name]

    def definition(self, name: str) -> Spot:
        """Return the table of a definition."""
        return self._named["define", name]

    def topic(self, name: str) -> Spot:
        """Return the table of a topic."""
        return self._named["topic", name]

    def fact(self, path: str) -> Spot:
        """Return the table of a fact."""
        section, _, name = path.partition(".")
        return Spot(self._file(FACTS, section, name), (section, name))

    def parameter(self, name: str) -> Spot:
        """Return the table of a parameter."""
        return Spot(self._file(PARAMETERS, name), (name,))

    def source(self, name: str) -> Spot:
        """Return the table of a source."""
        return Spot(self._file(SOURCES, name), (name,))

    def file(self, name: str) -> Spot:
        """Return the top of a file."""
        return Spot(self._file(name), ())

    def _file(self, name: str, *keys: str) -> Document:
        """Return the file of a name that holds a table, of the pack or of an overlay."""
        return next(
            document
            for document in self.documents
            if document.file == name and _holds(document.content, keys)
        )


_KINDS = {
    "rule": ("entry", "id"),
    "require": ("entry", "id"),
    "step": ("entry", "id"),
    "define": ("define", "name"),
    "topic": ("topic", "id"),
}


def _holds(content: object, keys: Sequence[str]) -> bool:
    """Whether there is something under a chain of keys."""
    for key in keys:
        if not isinstance(content, Mapping) or key not in content:
            return False
        content = content[key]
    return True


def _named(document: Document) -> Iterator[tuple[str, str, Path]]:
    """Yield kind, name and path of every table of a list that has a name."""
    for key, (kind, name) in _KINDS.items():
        tables = document.content.get(key)
        for number, table in enumerate(tables if isinstance(tables, list) else []):
            yield kind, str(table[name]), (key, number)
