"""pack.toml: what the pack is, its topics, its levels by urgency, and whom to call."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backrec_cli.errors import pack as say
from backrec_cli.errors.lint import CODES
from backrec_cli.expression import Expression
from backrec_cli.rulepack.expressions import Compiler
from backrec_cli.rulepack.model import AcceptedWarning, Kind, Level, LintSettings, Topic, Urgency
from backrec_cli.rulepack.table import PackTable

FILE_KEYS = frozenset({"pack", "levels", "topic", "contacts", "define", "lint"})
_TEXTS = ("id", "version", "title", "population", "intended_use", "limits")
_PACK_KEYS = frozenset({*_TEXTS, "scope", "review_valid_for"})
_TOPIC_KEYS = frozenset({"id", "title", "kind"})
_LINT_KEYS = frozenset({"oldest_citation", "allow"})
_ALLOW_KEYS = frozenset({"code", "names", "reason"})
_EFFECTIVE = frozenset({Level.ABSOLUTE, Level.RELATIVE, Level.CAUTION, Level.INFORMATION})
_DAYS = re.compile(r"([0-9]{1,4}) d")


@dataclass(frozen=True, slots=True)
class Settings:
    """The head of a pack."""

    id: str
    version: str
    title: str
    population: str
    intended_use: str
    limits: str
    scope: Expression
    review_days: int
    levels: Mapping[Urgency, Mapping[Level, Level]]
    contacts: Mapping[str, str]
    lint: LintSettings


def read_settings(top: PackTable, compiler: Compiler) -> Settings | None:
    """Read everything of pack.toml but its topics; None without [pack] or scope."""
    top.only(FILE_KEYS)
    top.has("topic")
    levels = _read_levels(top)
    contacts, lint = _read_contacts(top), _read_lint(top)
    pack = top.table("pack", "[pack]") if top.has("pack") else None
    if pack is None:
        return None
    pack.only(_PACK_KEYS)
    scope = compiler.boolean(pack, "scope")
    head = {key: pack.required_text(key) for key in _TEXTS}
    review_days = _days(pack, "review_valid_for")
    if scope is None:
        return None
    return Settings(
        id=head["id"],
        version=head["version"],
        title=head["title"],
        population=head["population"],
        intended_use=head["intended_use"],
        limits=head["limits"],
        scope=scope,
        review_days=review_days,
        levels=levels,
        contacts=contacts,
        lint=lint,
    )


def read_topics(tables: Iterable[PackTable]) -> dict[str, Topic]:
    """Read the [[topic]] tables, in print order."""
    topics: dict[str, Topic] = {}
    for table in tables:
        table.only(_TOPIC_KEYS)
        name, title = table.required_text("id"), table.required_text("title")
        kind = table.member("kind", Kind)
        topics[name] = Topic(name, title, kind or Kind.CLINICAL)
    return topics


def _read_levels(top: PackTable) -> dict[Urgency, dict[Level, Level]]:
    """Read [levels.URGENCY]: for each urgency, what each level comes down to."""
    levels: dict[Urgency, dict[Level, Level]] = {}
    table = top.table("levels", "[levels]") if top.has("levels") else None
    if table is None:
        return levels
    table.only(frozenset(Urgency))
    for urgency in Urgency:
        row = table.table(urgency, f"[levels.{urgency}]") if table.has(urgency) else None
        if row is not None:
            row.only(frozenset(Level))
            levels[urgency] = {level: _effective(row, level) for level in Level}
    return levels


def _effective(row: PackTable, level: Level) -> Level:
    """Read one cell of the table of levels."""
    found = row.member(level, Level)
    if found is not None and found not in _EFFECTIVE:
        row.add(say.not_effective(found, row.place(level)))
    return found or level


def _read_contacts(top: PackTable) -> dict[str, str]:
    """Read [contacts]: role or service -> whom to call."""
    table = top.table("contacts", "[contacts]")
    return {} if table is None else {role: table.required_text(role) for role in table.content}


def _read_lint(top: PackTable) -> LintSettings:
    """Read [lint]: the oldest year of a citation, and the warnings that are accepted."""
    table = top.table("lint", "[lint]")
    if table is None:
        return LintSettings()
    table.only(_LINT_KEYS)
    oldest = table.count("oldest_citation") if "oldest_citation" in table else None
    return LintSettings(oldest, tuple(map(_read_accepted, table.entries("allow"))))


def _read_accepted(table: PackTable) -> AcceptedWarning:
    """Read one [[lint.allow]]: a code, the names it is about, and why that is right."""
    table.only(_ALLOW_KEYS)
    code = table.required_text("code")
    if code and code not in CODES:
        table.add(say.not_one_of("code", code, CODES, table.place("code")))
    table.has("names")
    return AcceptedWarning(code, table.texts("names"), table.required_text("reason"))


def _days(table: PackTable, key: str) -> int:
    """Read a duration of whole days ("90 d")."""
    text = table.required_text(key)
    match = _DAYS.fullmatch(text)
    if text and not match:
        table.add(say.bad_duration(key, text, table.place(key)))
    return int(match[1]) if match else 0


TABLE_KEYS = {
    "file": FILE_KEYS,
    "pack": _PACK_KEYS,
    "topic": _TOPIC_KEYS,
    "lint": _LINT_KEYS,
    "allow": _ALLOW_KEYS,
}
"""What each table may hold, for whoever describes the files."""
