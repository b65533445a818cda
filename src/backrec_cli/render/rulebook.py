"""A whole pack -> the human rule book in Markdown: every entry and what it rests on."""

from collections.abc import Iterator

from backrec_cli.render.markdown import escape
from backrec_cli.render.plain_words import outline
from backrec_cli.render.rule_card import actions_of, source_text
from backrec_cli.render.rule_words import MARKS, timing_text
from backrec_cli.rulepack.catalogue import (
    BUILT_IN,
    Filter,
    conditions_of,
    kind_of,
    levels_of,
    parameters_of,
    value_text,
)
from backrec_cli.rulepack.model import Entry, Requirement, RulePack

_KINDS = {"rule": "rule", "require": "requirement", "step": "step"}


def render_rulebook(pack: RulePack) -> str:
    """Return the rule book of a pack; the same pack gives the same bytes."""
    return "".join(f"{line}\n" for line in _lines(pack)).rstrip("\n") + "\n"


def _lines(pack: RulePack) -> Iterator[str]:
    """Yield the lines of the book: what it is, the topics, the thresholds, the sources."""
    yield f"# {escape(pack.title)}"
    yield ""
    version = escape(pack.version)
    yield f"Rule book of the pack `{pack.id}` {version}. Written by `backrec rules docs`."
    yield ""
    yield escape(f"For: {pack.population} {pack.intended_use}")
    yield ""
    yield escape(pack.limits)
    yield ""
    yield "Marks: " + "; ".join(f"**{mark.value}** {words}" for mark, words in MARKS.items()) + "."
    for topic in pack.topics.values():
        entries = Filter(topic=topic.id).entries(pack)
        if entries:
            yield from ("", f"## {escape(topic.title)}")
            for entry in entries:
                yield from _entry(entry, pack)
    yield from _complications(pack)
    yield from _built_in()
    yield from _thresholds(pack)
    yield from _sources(pack)


def _entry(entry: Entry, pack: RulePack) -> Iterator[str]:
    """Yield one entry."""
    yield from ("", f"### {entry.id}", "", f"{escape(entry.title)}.", "")
    levels = ", ".join(level.value.replace("_", " ") for level in levels_of(entry)) or "reminder"
    head = (f"{_KINDS[kind_of(entry)]}: {levels}", timing_text(entry), f"mark {entry.mark.value}")
    yield "*" + escape(" · ".join(part for part in head if part)) + "*"
    yield ""
    for title, condition in conditions_of(entry):
        first, *others = outline(condition.node, pack.dictionary)
        yield f"- {escape(title)}: {escape(first.text)}"
        yield from (f"{'  ' * line.depth}- {escape(line.text)}" for line in others)
    if isinstance(entry, Requirement):
        labels = [d.label if (d := pack.dictionary.get(path)) else path for path in entry.facts]
        joined = " or ".join(labels) if entry.any_of else ", ".join(labels)
        yield f"- must be known: {escape(joined)}"
    yield from (f"- {escape(action)}" for action in actions_of(entry))
    names = parameters_of(entry)
    if names:
        yield "- thresholds: " + ", ".join(f"`{name}`" for name in names)
    if entry.sources:
        yield "- sources: " + ", ".join(f"`{name}`" for name in entry.sources)
    if entry.note:
        yield f"- note: {escape(entry.note)}"


def _complications(pack: RulePack) -> Iterator[str]:
    """Yield what may go wrong, what drives it, and the entries against it."""
    if pack.complications:
        yield from ("", "## Complications and what drives them")
    for complication in pack.complications:
        yield from ("", f"### {complication.id}", "", f"{escape(complication.title)}.", "")
        for title, condition in conditions_of(complication):
            first, *others = outline(condition.node, pack.dictionary)
            yield f"- {escape(title)}: {escape(first.text)}"
            yield from (f"{'  ' * line.depth}- {escape(line.text)}" for line in others)
        yield "- prevented by: " + ", ".join(f"`{name}`" for name in complication.prevent)
        if complication.sources:
            yield "- sources: " + ", ".join(f"`{name}`" for name in complication.sources)
        if complication.note:
            yield f"- note: {escape(complication.note)}"


def _built_in() -> Iterator[str]:
    """Yield the rows that the engine itself keeps."""
    yield from ("", "## Kept by the program itself", "")
    for row in BUILT_IN:
        yield f"- `{row.id}`: {escape(row.title)}; {escape(row.does)}"


def _thresholds(pack: RulePack) -> Iterator[str]:
    """Yield the table of what a hospital may set."""
    yield from ("", "## Thresholds", "", "| name | value | meaning | mark |", "|---|---|---|---|")
    for parameter in pack.parameters.values():
        value = value_text(parameter)
        meaning, mark = escape(parameter.title), parameter.mark.value
        yield f"| `{parameter.id}` | {escape(value)} | {meaning} | {mark} |"


def _sources(pack: RulePack) -> Iterator[str]:
    """Yield the sources, each with how it was checked."""
    yield from ("", "## Sources", "")
    for source in pack.sources.values():
        yield f"- {escape(source_text(source))}"
