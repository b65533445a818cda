"""A pack -> a profile that holds its questions, each answered "unknown"."""

from collections.abc import Iterator
from pathlib import Path

from backrec_cli.cli.inputs import STDIN
from backrec_cli.cli.streams import write_file, write_out
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.render.json_text import JsonValue
from backrec_cli.rulepack.model import Level, RulePack

_UNKNOWN = "unknown"
_WEIGHTY = frozenset(Level) - {Level.CAUTION, Level.INFORMATION}


def starter_profile(pack: RulePack, *, everything: bool) -> dict[str, JsonValue]:
    """Return the questions by section, in the dictionary's order, and an empty `reviewed`."""
    asked = None if everything else frozenset(_asked(pack))
    sections: dict[str, dict[str, JsonValue]] = {}
    for path, definition in pack.dictionary.definitions.items():
        identity = definition.type is FactType.TEXT
        if asked is None or path in asked or identity:
            sections.setdefault(definition.section, {})[definition.name] = _question(definition)
    return {**sections, "reviewed": []}


def write_new(path: str, text: str) -> None:
    """Write a starter profile, but never over a file that is there."""
    if path == STDIN:
        write_out(text)
        return
    if Path(path).exists():
        msg = f"'{harmless(path)}' is there already"
        raise UsageError(msg)
    write_file(Path(path), text)


def _asked(pack: RulePack) -> Iterator[str]:
    """Yield the facts without which the scope, a stop or a requirement stays undecided."""
    yield from pack.scope.facts
    for requirement in pack.requirements:
        yield from requirement.facts
        yield from requirement.applies.facts if requirement.applies else ()
    for rule in pack.rules:
        if rule.level not in _WEIGHTY:
            continue
        read = set(rule.applies.facts if rule.applies else ())
        for grade in rule.grades:
            read |= grade.when.facts
        yield from sorted(read - rule.optional)


def _question(definition: FactDefinition) -> JsonValue:
    """Return a question in the shape of its answer, so that the unit and the date are asked too."""
    if definition.type is FactType.QUANTITY:
        question: dict[str, JsonValue] = {"value": _UNKNOWN, "unit": definition.unit}
        return {**question, "measured_on": _UNKNOWN} if definition.valid_for else question
    return _UNKNOWN
