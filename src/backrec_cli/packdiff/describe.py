"""A part of a pack -> its fields as texts, so that comparing two packs is comparing texts.

Conditions are written from their trees: line breaks and parentheses that mean nothing are no
change. Every field that can change an answer or a printed line is among them.
"""

from collections.abc import Mapping

from backrec_cli.expression import Expression, unparse
from backrec_cli.facts.definition import FactDefinition, ScoreItem, Validity
from backrec_cli.rulepack.catalogue import kind_of, value_text
from backrec_cli.rulepack.model import (
    Complication,
    Entry,
    Grade,
    LastDose,
    Offset,
    Parameter,
    Requirement,
    Rule,
    RulePack,
    Source,
    Step,
    Topic,
)

Fields = Mapping[str, str]

JUDGES_ALL = ("scope", "review valid for", "level ")
"""The fields of a pack, by the beginning of their names, that every entry is judged by."""


def describe_entry(entry: Entry) -> Fields:
    """Describe a rule, requirement or step."""
    fields = {
        "kind": kind_of(entry),
        "topic": entry.topic,
        "title": entry.title,
        "applies": _condition(entry.applies),
        **_own_fields(entry),
        "role": ", ".join(role.value for role in entry.roles),
        "sources": ", ".join(entry.sources),
        "mark": entry.mark.value,
        "note": entry.note or "",
    }
    return {name: text for name, text in fields.items() if text}


def _own_fields(entry: Entry) -> dict[str, str]:
    """Describe what only this kind of entry has."""
    match entry:
        case Rule():
            grades = entry.grades
            many = len(grades) > 1
            fields = {
                "optional": ", ".join(sorted(entry.optional)),
                "from": _offset(entry.from_),
                "banner": "yes" if entry.banner else "",
                "last_dose": _last_dose(entry.last_dose),
            }
            for number, grade in enumerate(grades, start=1):
                prefix = f"grade {number} " if many else ""
                fields |= {prefix + name: text for name, text in _grade(grade).items()}
            return fields
        case Requirement():
            name = "any" if entry.any_of else "facts"
            return {
                name: ", ".join(entry.facts),
                "level": entry.level.value,
                "from": _offset(entry.from_),
                "action": entry.action,
                "action_urgent": entry.action_urgent or "",
            }
        case Step():
            return {
                "done": _condition(entry.done),
                "window": f"{_offset(entry.opens)} to {_offset(entry.closes)}",
                "phase": entry.phase.value,
                "gate": "" if entry.gate is None else entry.gate.value,
                "action": entry.action,
                "action_urgent": entry.action_urgent or "",
                "patient_action": entry.patient_action or "",
                "hold_if": ", ".join(entry.hold_if),
                "last_dose": _last_dose(entry.last_dose),
            }


def _last_dose(hold: LastDose | None) -> str:
    """Describe which drugs are held, and by which days."""
    return "" if hold is None else f"{', '.join(hold.drugs)} by {_condition(hold.days)}"


def _grade(grade: Grade) -> dict[str, str]:
    """Describe one grade of a rule."""
    return {
        "level": grade.level.value,
        "when": _condition(grade.when),
        "title of the grade": grade.title or "",
        "action": grade.action,
        "action_urgent": grade.action_urgent or "",
    }


def describe_complication(complication: Complication) -> Fields:
    """Describe a complication; its drivers go by their titles."""
    fields = {
        "title": complication.title,
        "applies": _condition(complication.applies),
        "prevent": ", ".join(complication.prevent),
        "sources": ", ".join(complication.sources),
        "mark": complication.mark.value,
        "note": complication.note or "",
    }
    for driver in complication.drivers:
        fields[f"driver {driver.title}"] = _condition(driver.when)
        fields[f"driver {driver.title}, optional"] = ", ".join(sorted(driver.optional))
    return {name: text for name, text in fields.items() if text}


def describe_parameter(parameter: Parameter) -> Fields:
    """Describe a threshold."""
    return {
        "value": value_text(parameter),
        "title": parameter.title,
        "mark": parameter.mark.value,
        "sources": ", ".join(parameter.sources),
    }


def describe_fact(fact: FactDefinition) -> Fields:
    """Describe what the dictionary says of a fact."""
    fields = {
        "type": fact.type.value,
        "label": fact.label,
        "unit": fact.unit or "",
        "precision": str(fact.precision) if fact.unit else "",
        "also": ", ".join(
            f"{other.unit} (times {other.scale}, plus {other.offset})" for other in fact.also
        ),
        "plausible": "" if fact.plausible is None else "{} to {}".format(*fact.plausible),
        "valid_for": "; ".join(map(_validity, fact.valid_for)),
        "choices": ", ".join(fact.choices),
        "unknown_values": ", ".join(fact.unknown_values),
        "negative": fact.negative_choice or "",
        "protective": "yes" if fact.protective else "",
        "day_of": "yes" if fact.day_of else "",
        "derive": fact.derive or "",
        **{f"item {item.title}": _item(item) for item in fact.items},
    }
    return {name: text for name, text in fields.items() if text}


def describe_source(source: Source) -> Fields:
    """Describe a citation."""
    year = "" if source.year is None else str(source.year)
    return {"citation": source.citation, "year": year, "mark": source.mark.value}


def describe_pack(pack: RulePack) -> Fields:
    """Describe what holds for a pack as a whole."""
    levels = {
        f"level {level.value} when {urgency.value}": effective.value
        for urgency, row in pack.levels.items()
        for level, effective in row.items()
    }
    return {
        "title": pack.title,
        "population": pack.population,
        "intended use": pack.intended_use,
        "limits": pack.limits,
        "scope": _condition(pack.scope),
        "review valid for": f"{pack.review_days} d",
        **{f"contact {role}": whom for role, whom in pack.contacts.items()},
        **levels,
    }


def describe_topic(topic: Topic) -> Fields:
    """Describe a heading."""
    return {"title": topic.title, "kind": topic.kind.value}


def describe_definition(expression: Expression) -> Fields:
    """Describe a named condition."""
    return {"value": _condition(expression)}


def _item(item: ScoreItem) -> str:
    """Write what an item of a score counts, and when."""
    return str(item.points) if item.when is None else f"{item.points} if {item.when}"


def _condition(expression: Expression | None) -> str:
    """Write a condition from its tree."""
    return "" if expression is None else unparse(expression.node)


def _offset(offset: Offset | None) -> str:
    """Write a moment relative to surgery as packs do."""
    if offset is None:
        return ""
    return f"{offset.days} d" if offset.minutes is None else f"{offset.minutes} min"


def _validity(validity: Validity) -> str:
    """Write how long a value holds."""
    length = f"{validity.days} d" if validity.hours is None else f"{validity.hours} h"
    return length if validity.when is None else f"{length} when {validity.when}"
