"""What an entry of a pack reads, rests on and can amount to: for listing, showing and comparing."""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.expression import Expression, nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.rulepack.model import (
    Complication,
    Entry,
    Level,
    Parameter,
    Requirement,
    Rule,
    RulePack,
    Step,
)
from backrec_cli.units import Quantity


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A row of the clinical tables that the engine itself keeps, whatever the pack says."""

    id: str
    title: str
    does: str


BUILT_IN = (
    BuiltIn("gen-age", "Patient in scope", "the scope of pack.toml; outside it nothing is judged"),
    BuiltIn("gen-stale", "Result too old", "valid_for in facts.toml; an older result is unknown"),
    BuiltIn(
        "gen-implausible",
        "Value that cannot be right",
        "plausible and [[check]] in facts.toml; such a value is rejected and unknown",
    ),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What entries are asked for; what is None or empty asks for nothing."""

    kind: str | None = None
    topic: str | None = None
    level: Level | None = None
    source: str | None = None
    fact: str | None = None

    def matches(self, entry: Entry) -> bool:
        """Whether an entry is one of those asked for."""
        return (
            self.kind in (None, kind_of(entry))
            and self.topic in (None, entry.topic)
            and (self.level is None or self.level in levels_of(entry))
            and (self.source is None or self.source in entry.sources)
            and (self.fact is None or self.fact in facts_of(entry))
        )

    def entries(self, pack: RulePack) -> tuple[Entry, ...]:
        """Return the entries asked for, by topic in print order, each topic in the pack's order."""
        topics = list(pack.topics)
        found = filter(self.matches, pack.entries.values())
        return tuple(sorted(found, key=lambda entry: topics.index(entry.topic)))


def kind_of(entry: Entry) -> str:
    """Return the name of the table that an entry is written in."""
    match entry:
        case Rule():
            return "rule"
        case Requirement():
            return "require"
        case Step():
            return "step"


def levels_of(entry: Entry) -> tuple[Level, ...]:
    """Return the levels an entry can reach, worst first; none for a step without a gate."""
    match entry:
        case Rule():
            return tuple(dict.fromkeys(grade.level for grade in entry.grades))
        case Requirement():
            return (entry.level,)
        case Step():
            return () if entry.gate is None else (entry.gate,)


def conditions_of(entry: Entry | Complication) -> Iterator[tuple[str, Expression]]:
    """Yield the conditions of an entry, named as they are explained: "when (relative)"."""
    if entry.applies is not None:
        yield "applies", entry.applies
    if isinstance(entry, Rule):
        for grade in entry.grades:
            yield f"when ({grade.level.value})", grade.when
    elif isinstance(entry, Step):
        yield "done", entry.done
    elif isinstance(entry, Complication):
        for driver in entry.drivers:
            yield f"driver ({driver.title})", driver.when


def last_dose_of(entry: Entry | Complication) -> Iterator[tuple[str, Expression]]:
    """Yield how long before surgery an entry holds its drugs, named as it is explained."""
    if isinstance(entry, Rule | Step) and entry.last_dose is not None:
        yield "days from the last dose to surgery", entry.last_dose.days


def facts_of(entry: Entry) -> tuple[str, ...]:
    """Return the facts an entry reads, by name."""
    expressions = (*conditions_of(entry), *last_dose_of(entry))
    read = {path for _, expression in expressions for path in expression.facts}
    if isinstance(entry, Requirement):
        read.update(entry.facts)
    return tuple(sorted(read))


def parameters_of(entry: Entry) -> tuple[str, ...]:
    """Return the parameters an entry uses, those of its definitions included, in reading order."""
    expressions = (*conditions_of(entry), *last_dose_of(entry))
    names = (name for _, each in expressions for name in _parameters_in(each.node))
    return tuple(dict.fromkeys(names))


def value_text(parameter: Parameter) -> str:
    """Write the value of a threshold with its unit."""
    value = parameter.value
    if isinstance(value, Quantity):
        return f"{value.value:f} {value.unit}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parameters_in(node: Node) -> Iterator[str]:
    """Yield the parameters in a tree."""
    if isinstance(node, nodes.ParameterRef):
        yield node.name
    elif isinstance(node, nodes.ExpressionRef):
        yield from _parameters_in(node.node)
    for each in nodes.children(node):
        yield from _parameters_in(each)
