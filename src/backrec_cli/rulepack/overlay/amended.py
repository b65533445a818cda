"""The documents of a pack and what an overlay amends -> the documents as they then read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from backrec_cli.expression import ParameterValue
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.files import PACK, PARAMETERS
from backrec_cli.rulepack.overlay.changes import NO_GATE, Amendment
from backrec_cli.rulepack.overlay.parameters import Setting, shown
from backrec_cli.units import Quantity

_KINDS = ("rule", "require", "step")
_COMPLICATION, _PREVENT = "complication", "prevent"
_OF_GRADES = frozenset({"level", "title", "action", "action_urgent"})


@dataclass(frozen=True, slots=True)
class Amendments:
    """Everything that one overlay sets, changes and disables; `by` is its id."""

    by: str
    settings: Sequence[Setting] = ()
    entries: Sequence[Amendment] = ()
    contacts: Mapping[str, object] = field(default_factory=dict)


def amended(documents: Iterable[Document], amendments: Amendments) -> list[Document]:
    """Return the documents with the amendments in their places; what they amend is there."""
    return [replace(document, content=_content(document, amendments)) for document in documents]


def _content(document: Document, amendments: Amendments) -> dict[str, object]:
    """Return the content of one file, amended."""
    content = dict(document.content)
    if document.file == PARAMETERS:
        for setting in amendments.settings:
            name = setting.parameter.id
            if name in content:
                content[name] = _parameter(setting, amendments.by)
    if document.file == PACK and amendments.contacts:
        contacts = content.get("contacts")
        known = contacts if isinstance(contacts, dict) else {}
        content["contacts"] = {**known, **amendments.contacts}
    for kind in _KINDS:
        entries = content.get(kind)
        if isinstance(entries, list):
            content[kind] = _entries(entries, amendments.entries)
    risks = content.get(_COMPLICATION)
    if isinstance(risks, list):
        gone = {each.entry for each in amendments.entries if each.disabled}
        content[_COMPLICATION] = [_without(risk, _PREVENT, gone) for risk in risks]
    return content


def _parameter(setting: Setting, by: str) -> dict[str, object]:
    """Return a parameter's table; the figure is now local policy, and no longer its source's."""
    value = setting.value
    was = shown(setting.parameter.value)
    return {
        "title": setting.parameter.title,
        **_written(value),
        "mark": "LP",
        "note": f"Set by overlay {by}; {was} without it.",
    }


def _written(value: ParameterValue) -> dict[str, object]:
    """Write a value as parameters.toml has it."""
    if isinstance(value, Quantity):
        return {"value": value.value, "unit": value.unit}
    return {"value": value}


def _entries(entries: list[object], amendments: Iterable[Amendment]) -> list[object]:
    """Return the tables of one kind: disabled ones are gone, and nobody waits for them."""
    gone = {amendment.entry for amendment in amendments if amendment.disabled}
    kept: list[object] = []
    for entry in entries:
        if not isinstance(entry, dict) or entry.get("id") in gone:
            continue
        changed = dict(entry)
        for amendment in amendments:
            if amendment.entry == entry.get("id"):
                changed = _changed(changed, amendment)
        kept.append(_without(changed, "hold_if", gone))
    return kept


def _changed(entry: dict[str, object], amendment: Amendment) -> dict[str, object]:
    """Return one table with its new keys, those of a grade in the grade."""
    keys = dict(amendment.keys)
    if keys.get("gate") == NO_GATE:
        del keys["gate"]
        entry = {key: value for key, value in entry.items() if key != "gate"}
    grades = entry.get("grade")
    if not isinstance(grades, list) or (amendment.grade is None and len(grades) > 1):
        return {**entry, **keys}
    of_grade = {key: text for key, text in keys.items() if key in _OF_GRADES}
    if amendment.grade is None:
        of_grade.pop("title", None)
    number = amendment.grade or 0
    grades = [{**each, **of_grade} if n == number else each for n, each in enumerate(grades)]
    others = {key: text for key, text in keys.items() if key not in of_grade}
    return {**entry, **others, "grade": grades}


def _without(entry: dict[str, object], key: str, gone: set[str]) -> dict[str, object]:
    """Return a table whose list of entries names none that is gone."""
    named = entry.get(key)
    if not gone or not isinstance(named, list) or gone.isdisjoint(named):
        return entry
    left = [name for name in named if name not in gone]
    rest = {each: value for each, value in entry.items() if each != key}
    return {**rest, key: left} if left else rest
