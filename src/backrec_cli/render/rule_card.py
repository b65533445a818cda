"""One entry of a pack -> everything a reviewer asks about it, on one card."""

from collections.abc import Iterable, Iterator

from backrec_cli.facts.definition import FactDefinition
from backrec_cli.render.plain_words import outline
from backrec_cli.render.rule_words import MARKS, fact_text, timing_text
from backrec_cli.rulepack.catalogue import (
    conditions_of,
    facts_of,
    kind_of,
    last_dose_of,
    levels_of,
    parameters_of,
    value_text,
)
from backrec_cli.rulepack.model import Entry, Requirement, Rule, RulePack, Source

_INDENT = "  "


def render_card(entry: Entry, pack: RulePack, tests: Iterable[str] = ()) -> str:
    """Return the card as plain text; `tests` are the lines that say how the entry is tested."""
    return "".join(f"{line}\n" for line in _lines(entry, pack, tuple(tests)))


def _lines(entry: Entry, pack: RulePack, tests: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a card, a blank line before each section."""
    yield f"{entry.id}: {entry.title}"
    levels = ", ".join(level.value for level in levels_of(entry)) or "reminder"
    facts = (kind_of(entry), pack.topics[entry.topic].title, levels, timing_text(entry))
    yield " · ".join(fact for fact in facts if fact)
    yield f"mark {entry.mark.value}: {MARKS[entry.mark]}"
    if entry.note:
        yield f"note: {entry.note}"
    yield from _section("In plain words", _plain(entry, pack))
    yield from _section("Expression", _expressions(entry))
    yield from _section("What to do", actions_of(entry))
    yield from _section("Parameters", _parameters(entry, pack))
    yield from _section("Facts", _facts(entry, pack))
    yield from _section("Sources", (source_text(pack.sources[name]) for name in entry.sources))
    yield from _section("Tests", tests)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading and its lines, or nothing where there are none."""
    shown = [f"{_INDENT}{line}" for line in lines]
    if shown:
        yield ""
        yield f"{title}:"
        yield from shown


def _plain(entry: Entry, pack: RulePack) -> Iterator[str]:
    """Say in words when the entry applies and what makes it hold."""
    for title, condition in conditions_of(entry):
        yield f"{title}:"
        for line in outline(condition.node, pack.dictionary):
            yield _INDENT * (line.depth + 1) + line.text
    if isinstance(entry, Requirement):
        yield "one of these must be known:" if entry.any_of else "these must be known:"
        for path in entry.facts:
            definition = pack.dictionary.get(path)
            yield _INDENT + (path if definition is None else definition.label)


def _expressions(entry: Entry) -> Iterator[str]:
    """Show each condition as it is written."""
    for title, condition in (*conditions_of(entry), *last_dose_of(entry)):
        lines = [line.strip() for line in condition.text.strip().splitlines()]
        yield f"{title}: {lines[0]}"
        yield from (_INDENT + line for line in lines[1:])


def actions_of(entry: Entry) -> Iterator[str]:
    """Say what to do at each level, and who does it."""
    if isinstance(entry, Rule):
        texts = {(grade.action, grade.action_urgent) for grade in entry.grades}
        for grade in entry.grades if len(texts) > 1 else entry.grades[:1]:
            name = grade.level.value.replace("_", " ") if len(texts) > 1 else ""
            yield from _action(name, grade.action, grade.action_urgent)
    else:
        yield from _action("", entry.action, entry.action_urgent)
    if entry.roles:
        yield "who: " + ", ".join(role.value for role in entry.roles)


def _action(name: str, action: str, urgent: str | None) -> Iterator[str]:
    """Say one action, and the one when it cannot wait."""
    prefix = f"{name}: " if name else ""
    if action:
        yield f"{prefix}{action}"
    if urgent:
        yield f"{prefix}when it cannot wait: {urgent}"


def _parameters(entry: Entry, pack: RulePack) -> Iterator[str]:
    """Name the thresholds a hospital may set."""
    for name in parameters_of(entry):
        parameter = pack.parameters[name]
        sources = f" [{', '.join(parameter.sources)}]" if parameter.sources else ""
        value = f"{name} = {value_text(parameter)}"
        yield f"{value} ({parameter.mark.value}{sources}): {parameter.title}"


def _facts(entry: Entry, pack: RulePack) -> Iterator[str]:
    """Name the facts the entry reads; an optional one need not be recorded."""
    optional = entry.optional if isinstance(entry, Rule) else frozenset()
    for path in facts_of(entry):
        definition = pack.dictionary.get(path)
        words = fact_text(definition) if isinstance(definition, FactDefinition) else ""
        yield f"{path}: {words}" + (" (optional)" if path in optional else "")


def source_text(source: Source) -> str:
    """Write a source and how it was checked."""
    note = f" {source.note}" if source.note else ""
    return f"{source.id}: {source.citation} [{source.mark.value}: {MARKS[source.mark]}]{note}"
