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
OVERLAY = "overlay.toml"
_NAMED = (PACK, FACTS, PARAMETERS, SOURCES)
RULE_FILE_KEYS = frozenset({"rule", "require", "step", "complication", "define"})
OVERLAY_KEYS = RULE_FILE_KEYS | {"overlay", "set", "change", "disable", "topic", "contacts"}
_DEFINE = "define"
# What the ids of entries and the names in expressions are refused for not being; topics are free.
_ENTRY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SOUND = {
    **dict.fromkeys(("rule", "require", "step", "complication"), _ENTRY_ID),
    _DEFINE: _IDENTIFIER,
}
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
    """The documents of a pack and its overlays, and the problems found in them so far.

    Where a file could not be read, a name that it speaks of counts as known: one broken quote in
    sources.toml must not show as two hundred unknown sources.
    """

    def __init__(self, documents: Sequence[Document], unread: Sequence[Diagnostic]) -> None:
        """Take the files that could be parsed, and the problems of those that could not."""
        self._unread = tuple(unread)
        self._found = list(unread)
        self._lost = [(_file_of(problem), _text_of(problem)) for problem in unread]
        self._lost += [
            (document.file, document.lost) for document in documents if document.problems
        ]
        self._tops = tuple(map(_top, documents))
        self._refuse_misnamed()
        self._refuse_misplaced()

    @property
    def problems(self) -> list[Diagnostic]:
        """Everything that is wrong with the pack, as far as it was looked at."""
        placed = (top.findings.diagnostics for top in self._tops)
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
            for file, text in self._lost
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
        """Whether every table of a kind was found, and has a sound name of its own.

        One `[[rulee]]`, or one rule whose id is a number, malformed, or that of another rule, must
        not show as an unknown name wherever that rule is spoken of.
        """
        tables = [table for top in self._tops for table in top.entries(kind)]
        found = all(top.spelt(kind) for top in self._tops)
        ids = [table.content.get(key) for table in tables]
        form = _SOUND.get(kind)
        sound = all(isinstance(each, str) and (not form or form.fullmatch(each)) for each in ids)
        return found and sound and len(set(map(str, ids))) == len(ids)

    @property
    def all_identifiers(self) -> bool:
        """Whether every definition and parameter has a name that an expression can use."""
        parameters = self.named_tables(PARAMETERS, "parameter")
        return self.all_named(_DEFINE, "name") and all(map(_IDENTIFIER.fullmatch, parameters))

    def add(self, problem: Diagnostic) -> None:
        """Collect a problem of the pack as a whole."""
        self._found.append(problem)

    def top(self, file: str) -> PackTable | None:
        """Return the whole of one file of the pack itself."""
        return next(iter(self.tops(file)), None)

    def tops(self, *files: str) -> tuple[PackTable, ...]:
        """Return the whole of each file of these names, the pack's before its overlays'."""
        return tuple(top for top in self._tops if top.document.file in files)

    def named_tables(self, file: str, kind: str) -> dict[str, PackTable]:
        """Return the tables whose names are ids, of every file of a name."""
        found = {
            name: top.table(name, f"{kind} '{name}'")
            for top in self.tops(file)
            for name in top.content
            if name != _DEFINE
        }
        return {name: table for name, table in found.items() if table is not None}

    def entries(self, kind: str) -> list[PackTable]:
        """Return the tables of one kind ("rule", "step") from every rule file."""
        return [
            table
            for top in self._tops
            if top.document.file not in _NAMED
            for table in top.entries(kind)
        ]

    def definitions(self) -> list[PackTable]:
        """Return the [[define]] tables, which may stand in any file."""
        return [table for top in self._tops for table in top.entries(_DEFINE)]

    def _refuse_misnamed(self) -> None:
        """Complain once of `parameter.toml`, not of everything in it; its names count as known."""
        for top in self._tops:
            content = top.content
            if top.document.file in _NAMED or _is_overlay(top) or content.keys() & RULE_FILE_KEYS:
                continue
            layer = top.document.layer
            # An overlay has no pack.toml and often no facts.toml: a slip in `[[rule]]` is no table.
            if layer and any(isinstance(value, list) for value in content.values()):
                continue
            meant = closest(top.document.file, _NAMED[layer > 0 :]) if content else None
            if meant is None or any(each.document.layer == layer for each in self.tops(meant)):
                continue
            problem = say.misnamed_file(top.document.file, meant, Span(0, 0))
            problem = problem.at(top.document.source)
            self._tops = tuple(each for each in self._tops if each is not top)
            self._found = [found for found in self._found if _file_of(found) != meant]
            self._found.append(problem)
            self._unread = (*self._unread, problem)
            self._lost.append((meant, top.document.source.text))

    def _refuse_misplaced(self) -> None:
        """Complain of a `[[rule]]` in facts.toml as what it is, and look at it no further."""
        for top in self._tops:
            file = top.document.file
            allowed = _LISTS.get(file)
            # What pack.toml and a rule file may hold is checked with their other keys.
            lists = {key for key, value in top.content.items() if isinstance(value, list)}
            strange = (
                lists & _HOMES.keys() - _own_lists(top) if allowed is None else lists - allowed
            )
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
        for top in self._tops:
            if _is_overlay(top):
                top.only(OVERLAY_KEYS)
            elif top.document.file not in _NAMED:
                top.only(RULE_FILE_KEYS)


def _top(document: Document) -> PackTable:
    """Return the whole of one file as a table."""
    return PackTable(document.content, (), f"'{document.file}'", DocumentFindings(document))


def _own_lists(top: PackTable) -> frozenset[str]:
    """Return the lists of tables that a file without a fixed set of them may hold."""
    if _is_overlay(top):
        return OVERLAY_KEYS
    return frozenset({"topic"}) if top.document.file == PACK else RULE_FILE_KEYS


def _is_overlay(top: PackTable) -> bool:
    """Whether a file is the head of an overlay."""
    return top.document.file == OVERLAY and top.document.layer > 0


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
