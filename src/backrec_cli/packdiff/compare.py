"""Two packs -> every part that was added, removed or changed, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backrec_cli.packdiff.describe import (
    Fields,
    describe_complication,
    describe_definition,
    describe_entry,
    describe_fact,
    describe_pack,
    describe_parameter,
    describe_source,
    describe_topic,
)
from backrec_cli.rulepack.model import RulePack

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; an empty text is a field that is not there."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one part of a pack: an entry, complication, parameter, fact, source ..."""

    part: str
    id: str
    what: str
    fields: tuple[FieldChange, ...]


def compare_packs(old: RulePack, new: RulePack) -> tuple[Change, ...]:
    """Return every difference, entries first, in the order of the new pack, then what is gone."""
    return tuple(
        change
        for part, before, after in zip(_PARTS, _described(old), _described(new), strict=True)
        for change in _compare(part, before, after)
    )


_PARTS = ("entry", "complication", "parameter", "definition", "fact", "source", "topic", "pack")


def _described(pack: RulePack) -> tuple[Mapping[str, Fields], ...]:
    """Describe every part of a pack, in the order of `_PARTS`."""
    return (
        {name: describe_entry(entry) for name, entry in pack.entries.items()},
        {each.id: describe_complication(each) for each in pack.complications},
        {name: describe_parameter(value) for name, value in pack.parameters.items()},
        {name: describe_definition(value) for name, value in pack.definitions.items()},
        {name: describe_fact(fact) for name, fact in pack.dictionary.definitions.items()},
        {name: describe_source(source) for name, source in pack.sources.items()},
        {name: describe_topic(topic) for name, topic in pack.topics.items()},
        {pack.id: describe_pack(pack)},
    )


def _compare(
    part: str, before: Mapping[str, Fields], after: Mapping[str, Fields]
) -> Iterator[Change]:
    """Compare the parts of one kind by their ids."""
    for name in (*after, *(name for name in before if name not in after)):
        fields = tuple(_changed(before.get(name, {}), after.get(name, {})))
        if name not in before:
            yield Change(part, name, ADDED, fields)
        elif name not in after:
            yield Change(part, name, REMOVED, fields)
        elif fields:
            yield Change(part, name, CHANGED, fields)


def _changed(before: Fields, after: Fields) -> Iterator[FieldChange]:
    """Yield the fields that differ."""
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            yield FieldChange(name, old, new)
