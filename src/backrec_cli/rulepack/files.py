"""The parsed files of one pack, by what they may hold."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from backrec_cli.errors import Diagnostic
from backrec_cli.errors import pack as say
from backrec_cli.errors.suggest import closest
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.table import DocumentFindings, PackTable
from backrec_cli.source import Span

PACK, FACTS, PARAMETERS, SOURCES = "pack.toml", "facts.toml", "parameters.toml", "sources.toml"
_NAMED = (PACK, FACTS, PARAMETERS, SOURCES)
RULE_FILE_KEYS = frozenset({"rule", "require", "step", "complication", "define"})
_DEFINE = "define"
# The lists of tables that files of named tables may hold.
_LISTS = {
    FACTS: frozenset({"check", _DEFINE}),
    PARAMETERS: frozenset({_DEFINE}),
    SOURCES: frozenset({_DEFINE}),
}
_HOMES = {
    "topic": f"'{PACK}'",
    "check": f"'{FACTS}'",
    **dict.fromkeys(("rule", "require", "step", "complication"), "a file of its own"),
}


class PackFiles:
    """The documents of a pack, and the problems found in them so far.

    Where a file could not be read, a name that it speaks of counts as known: one broken quote in
    sources.toml must not show as two hundred unknown sources.
    """

    def __init__(self, documents: Sequence[Document], unread: Sequence[Diagnostic]) -> None:
        """Take the files that could be parsed, and the problems of those that could not."""
        self._unread = tuple(unread)
        self._found = list(unread)
        self._lost = {_file_of(problem): _text_of(problem) for problem in unread}
        self._lost |= {document.file: document.lost for document in documents if document.problems}
        self._tops = {document.file: _top(document) for document in documents}
        self._refuse_misnamed()
        self._refuse_misplaced()

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

    def may_define(self, name: str, home: str | None = None) -> bool:
        """Whether a name that is unknown may stand in a file or table that could not be read.

        home is the one file that such names stand in; None for those of definitions and rules.
        """
        if not self._unread:
            return False
        word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        # Of a file that could not be opened nobody knows what it holds.
        return any(
            not text or word.search(text)
            for file, text in self._lost.items()
            if file == home or (home is None and file not in (PACK, FACTS, SOURCES))
        )

    def known(
        self, names: Iterable[str], home: str | None = None, *, complete: bool = True
    ) -> "KnownNames":
        """Return names that may be used; where they are not all known, any name may."""

        def elsewhere(name: str) -> bool:
            return not complete or self.may_define(name, home)

        return KnownNames(frozenset(names), elsewhere)

    def all_named(self, kind: str, key: str = "id") -> bool:
        """Whether every table of a kind was found, and has a name of its own.

        One `[[rulee]]`, or one rule whose id is a number, must not show as an unknown name
        wherever that rule is spoken of.
        """
        tables = [table for top in self._tops.values() for table in top.entries(kind)]
        found = all(top.spelt(kind) for top in self._tops.values())
        return found and all(isinstance(table.content.get(key), str) for table in tables)

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

    def _refuse_misnamed(self) -> None:
        """Complain once of `parameter.toml`, not of everything in it; its names count as known."""
        for file, top in tuple(self._tops.items()):
            if file in _NAMED or not top.content or top.content.keys() & RULE_FILE_KEYS:
                continue
            meant = closest(file, _NAMED)
            if meant is None or meant in self._tops:
                continue
            problem = say.misnamed_file(file, meant, Span(0, 0)).at(top.document.source)
            del self._tops[file]
            self._found = [found for found in self._found if _file_of(found) != meant]
            self._found.append(problem)
            self._unread = (*self._unread, problem)
            self._lost[meant] = top.document.source.text

    def _refuse_misplaced(self) -> None:
        """Complain of a `[[rule]]` in facts.toml as what it is, and look at it no further."""
        for file, top in self._tops.items():
            allowed = _LISTS.get(file)
            # What pack.toml and a rule file may hold is checked with their other keys.
            lists = {key for key, value in top.content.items() if isinstance(value, list)}
            own = {"topic"} if file == PACK else RULE_FILE_KEYS
            strange = lists & _HOMES.keys() - own if allowed is None else lists - allowed
            for key in sorted(strange):
                place = top.key_place(key)
                if key in _HOMES:
                    top.add(say.misplaced(f"[[{key}]]", file, _HOMES[key], place))
                else:
                    top.add(say.unknown_key(key, f"'{file}'", sorted(allowed or ()), place))
            if strange:
                top.content = {key: top.content[key] for key in top.content if key not in strange}

    def check_rule_files(self) -> None:
        """Complain of any table in a rule file that is not one of `RULE_FILE_KEYS`."""
        for file, top in self._tops.items():
            if file not in _NAMED:
                top.only(RULE_FILE_KEYS)


def _top(document: Document) -> PackTable:
    """Return the whole of one file as a table."""
    return PackTable(document.content, (), f"'{document.file}'", DocumentFindings(document))


def _text_of(problem: Diagnostic) -> str:
    """Return the text of the file a problem is in; empty where the file could not be opened."""
    return problem.source.text if problem.source else ""


def _file_of(problem: Diagnostic) -> str:
    """Return the name, without its folder, of the file a problem is in."""
    return re.split(r"[\\/]", problem.source.name)[-1] if problem.source else ""


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
