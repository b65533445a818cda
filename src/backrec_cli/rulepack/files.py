"""The parsed files of one pack, by what they may hold."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from backrec_cli.errors import Diagnostic
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.table import DocumentFindings, PackTable

PACK, FACTS, PARAMETERS, SOURCES = "pack.toml", "facts.toml", "parameters.toml", "sources.toml"
_NAMED = (PACK, FACTS, PARAMETERS, SOURCES)
_RULE_FILE_KEYS = frozenset({"rule", "require", "step", "complication", "define"})
_DEFINE = "define"


class PackFiles:
    """The documents of a pack, and the problems found in them so far.

    Where a file could not be read, a name that it speaks of counts as known: one broken quote in
    sources.toml must not show as two hundred unknown sources.
    """

    def __init__(self, documents: Sequence[Document], unread: Sequence[Diagnostic]) -> None:
        """Take the files that could be parsed, and the problems of those that could not."""
        self._unread = tuple(unread)
        self._found = list(unread)
        self._tops = {
            document.file: PackTable(
                document.content, (), f"'{document.file}'", DocumentFindings(document)
            )
            for document in documents
        }

    @property
    def problems(self) -> list[Diagnostic]:
        """Everything that is wrong with the pack, as far as it was looked at."""
        placed = (top.findings.diagnostics for top in self._tops.values())
        # A text that several grades fall back to is read, and complained of, once for each.
        return list(dict.fromkeys([*self._found, *chain.from_iterable(placed)]))

    @property
    def all_read(self) -> bool:
        """Whether every file could be read."""
        return not self._unread

    def may_define(self, name: str) -> bool:
        """Whether a name that is unknown may stand in a file that could not be read."""
        if not self._unread:
            return False
        word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        texts = (problem.source.text if problem.source else "" for problem in self._unread)
        return any(not text or word.search(text) for text in texts)

    def known(self, names: Iterable[str]) -> "KnownNames":
        """Return names that may be used."""
        return KnownNames(frozenset(names), self.may_define)

    def add(self, problem: Diagnostic) -> None:
        """Collect a problem of the pack as a whole."""
        self._found.append(problem)

    def top(self, file: str) -> PackTable | None:
        """Return the whole of one file."""
        return self._tops.get(file)

    def named_tables(self, file: str, kind: str) -> dict[str, PackTable]:
        """Return the tables of a file whose names are ids."""
        top = self.top(file)
        if top is None:
            return {}
        names = [name for name in top.content if name != _DEFINE]
        found = {name: top.table(name, f"{kind} '{name}'") for name in names}
        return {name: table for name, table in found.items() if table is not None}

    def entries(self, kind: str) -> list[PackTable]:
        """Return the tables of one kind ("rule", "step") from every rule file."""
        return [
            table
            for file, top in self._tops.items()
            if file not in _NAMED
            for table in top.entries(kind)
        ]

    def definitions(self) -> list[PackTable]:
        """Return the [[define]] tables, which may stand in any file."""
        return [table for top in self._tops.values() for table in top.entries(_DEFINE)]

    def check_rule_files(self) -> None:
        """Complain of any table in a rule file that is not one of `_RULE_FILE_KEYS`."""
        for file, top in self._tops.items():
            if file not in _NAMED:
                top.only(_RULE_FILE_KEYS)


@dataclass(frozen=True, slots=True)
class KnownNames(Collection[str]):
    """Names that may be used: those of files that were read, and what others may define."""

    names: frozenset[str]
    elsewhere: Callable[[str], bool]

    def __contains__(self, name: object) -> bool:
        return name in self.names or (isinstance(name, str) and self.elsewhere(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
