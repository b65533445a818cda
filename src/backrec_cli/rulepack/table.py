"""Strict views of the tables of a pack: typed values out, every complaint with its place."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from backrec_cli.errors import pack as say
from backrec_cli.facts.table import Findings, Table
from backrec_cli.facts.table import Path as KeyPath
from backrec_cli.rulepack.document import Document
from backrec_cli.source import Span

_Member = TypeVar("_Member", bound=StrEnum)


class DocumentFindings(Findings):
    """The diagnostics of one file of the pack."""

    def __init__(self, document: Document) -> None:
        """Take the file, which knows its places."""
        super().__init__(document.source, document.locate)
        self.document = document


class PackTable(Table):
    """One table of a pack's file. `owner` is how messages name it: "rule 'dm-hba1c-high'".

    A getter that has to complain returns an empty value and goes on, so that one run over a file
    finds everything; whoever reads an entry drops it where `troubled` has grown meanwhile.
    """

    findings: DocumentFindings

    def __init__(
        self, content: Mapping[str, object], path: KeyPath, owner: str, findings: DocumentFindings
    ) -> None:
        """Look at `content`, which stands at `path` of the document."""
        super().__init__(content, path, owner, findings)

    @property
    def document(self) -> Document:
        """The file the table stands in."""
        return self.findings.document

    @property
    def troubled(self) -> int:
        """How many problems its file has so far."""
        return len(self.findings.diagnostics)

    def __contains__(self, key: str) -> bool:
        """Whether the table has the key at all."""
        return key in self.content

    def has(self, key: str) -> bool:
        """Whether a key that must be there is; complain of its absence."""
        if key not in self.content:
            self.missing(key)
        return key in self.content

    def missing(self, key: str) -> None:
        """Complain that a key is not there, unless it may be in a part that could not be read."""
        outer = self.path in ((), ("levels",))
        if not (outer and re.search(rf"\b{re.escape(key)}\b", self.document.lost)):
            super().missing(key)

    def key_place(self, key: str) -> Span:
        """Return where a key itself stands; `place` is where its value does."""
        return self.document.locate_key((*self.path, key))

    def _key_place(self, key: str) -> Span:
        """Mark an unknown key where the key itself stands."""
        return self.key_place(key)

    def text(self, key: str) -> str | None:
        """Return a text on one line; None where it is absent, blank, or would act on a reader."""
        value = super().text(key)
        if value is None or value.isprintable():
            return value
        if _acts(value):
            self.add(say.control_character(key, self.place(key)))
            return None
        return " ".join(value.split())

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is absent; a list there must hold something."""
        if self.content.get(key) == []:
            self.add(say.blank(key, self.place(key)))
        return super().texts(key)

    def member(self, key: str, kind: type[_Member]) -> _Member | None:
        """Return a word of a fixed list that must be there."""
        word = self.required_text(key)
        return self._word(word, kind, key) if word else None

    def members(self, key: str, kind: type[_Member]) -> tuple[_Member, ...]:
        """Return a list of words of a fixed list."""
        found = (self._word(word, kind, key, n) for n, word in enumerate(self.texts(key)))
        return tuple(member for member in found if member is not None)

    def table(self, key: str, owner: str | None = None) -> "PackTable | None":
        """Return a table inside this one, or None where it is absent or something else."""
        value = self.content.get(key)
        if isinstance(value, dict):
            named = owner or f"'{key}' of {self.owner}"
            return PackTable(value, (*self.path, key), named, self.findings)
        if value is not None:
            self.wrong(key, "a table")
        return None

    def entries(self, key: str) -> Iterator["PackTable"]:
        """Return the tables of `[[key]]`, each named by its id where it has one."""
        if not self.spelt(key):
            # `[[rule.grade]]` under a misspelt `[[rulee]]` is no table of its own.
            return
        for table in super().tables(key):
            name = table.content.get("id", table.content.get("name"))
            owner = f"{key} '{name}'" if isinstance(name, str) else table.owner
            yield PackTable(table.content, table.path, owner, self.findings)

    def _word(self, word: str, kind: type[_Member], key: str, *number: int) -> _Member | None:
        """Return the member a word stands for, or complain of the word."""
        try:
            return kind(word)
        except ValueError:
            allowed = [member.value for member in kind]
            self.add(say.not_one_of(key, word, allowed, self.place(key, *number)))
            return None


def _acts(text: str) -> bool:
    """Whether a text holds a control, format or surrogate character other than a line end."""
    from unicodedata import category  # noqa: PLC0415 - hardly any text gets this far.

    return any(category(c) in {"Cc", "Cf", "Cs"} for c in text if c not in "\n\t")
