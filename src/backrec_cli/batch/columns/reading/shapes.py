"""The dictionary as types that JSON is decoded into: what does not fit them is not accepted.

The types refuse null, unknown keys and wrong JSON types, as the reference does. What they refuse
beyond that only costs time: such a record is left to the reference.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from backrec_cli.batch.columns.reading.arrays import NAN
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = float | str
_WORDS = tuple[str, ...] | str
_MEASURED = "measured_on"
_TOP = ("reviewed", "overrides", "$schema")


def _object(
    name: str,
    fields: dict[str, object],
    needed: tuple[str, ...] = (),
    *,
    blanks: dict[str, object] | None = None,
    alike: bool = False,
) -> type[msgspec.Struct]:
    """Return a type of JSON objects with these keys; one that is not needed may be left out.

    A key that is left out is None, or what `blanks` has for it; no key can be that is written.
    `alike`: objects that say the same are one key of a dict.
    """
    return msgspec.defstruct(
        name,
        [
            (f"field_{place}", kind)
            if key in needed
            else (f"field_{place}", kind, (blanks or {}).get(key))
            for place, (key, kind) in enumerate(fields.items())
        ],
        rename={f"field_{place}": key for place, key in enumerate(fields)},
        frozen=True,
        eq=alike,
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,
    )


def _measured(kind: object) -> type[msgspec.Struct]:
    """Return the object form of a result."""
    return _object("Result", {"value": kind, _MEASURED: str}, ("value",), alike=True)


# An object's attributes stand in this order: value, date, and a quantity's unit behind them.
_OBJECTS: dict[FactType, type[msgspec.Struct]] = {
    FactType.BOOLEAN: _measured(bool | str),
    FactType.INTEGER: _measured(_NUMBER),
    FactType.DECIMAL: _measured(_NUMBER),
    FactType.QUANTITY: _object(
        "Quantity", {"value": _NUMBER, _MEASURED: str, "unit": str}, ("value",)
    ),
    FactType.CHOICE: _measured(str),
    FactType.CHOICES: _measured(_WORDS),
    FactType.DATE: _measured(str),
    FactType.EVENT: _object("Event", {"value": bool | str, "on": str}, alike=True),
    FactType.MEDICATION: _object(
        "Medication", {"value": bool | str, "last_dose_on": str}, alike=True
    ),
}
_PLAIN: dict[FactType, object] = {
    FactType.BOOLEAN: bool | str,
    FactType.INTEGER: _NUMBER,
    FactType.DECIMAL: _NUMBER,
    FactType.QUANTITY: _NUMBER,
    FactType.CHOICE: str,
    FactType.CHOICES: _WORDS,
    FactType.DATE: str,
    FactType.EVENT: bool | str,
    FactType.MEDICATION: bool | str,
    FactType.TEXT: str,
}


_BLANKS: dict[FactType, object] = {
    FactType.INTEGER: NAN,
    FactType.DECIMAL: NAN,
    FactType.QUANTITY: _OBJECTS[FactType.QUANTITY](NAN),
}
"""What a fact is that is left out, where that is not None: of the kind that is most often there."""


@dataclass(frozen=True, slots=True)
class SectionShape:
    """A section: its facts in the order of its type's fields; its own date comes last.

    blanks  what each fact is that is left out; `blank`: what the section is.
    """

    name: str
    facts: tuple[FactDefinition, ...]
    blanks: tuple[object, ...]
    blank: msgspec.Struct


@dataclass(frozen=True, slots=True)
class DocumentShape:
    """A document: its sections first, then `reviewed`, `overrides` and `$schema`.

    review     the type of one dated review: its date and who made it.
    reviewed   the type of an object of reviews, one field for each section.
    top        gives the sections and the rest of a document as one tuple.
    """

    sections: tuple[SectionShape, ...]
    document: type[msgspec.Struct]
    review: type[msgspec.Struct]
    reviewed: type[msgspec.Struct]
    top: "Callable[[msgspec.Struct], tuple[object, ...]]"


def object_of(kind: FactType) -> type[msgspec.Struct]:
    """Return the type of a fact's object form; KeyError for text, which has none."""
    return _OBJECTS[kind]


def blank_of(kind: FactType) -> object:
    """Return what a fact of a type is where it is left out; always the same object."""
    return _BLANKS.get(kind)


def document_shape(dictionary: FactDictionary) -> DocumentShape | None:
    """Return the types of a dictionary's documents; None where names of its facts collide."""
    if set(dictionary.sections) & set(_TOP):
        return None
    sections = []
    for name in dictionary.sections:
        facts = dictionary.in_section(name)
        if _MEASURED in facts:
            return None
        fields = {key: _kind(definition) for key, definition in facts.items()}
        blanks = {key: blank_of(definition.type) for key, definition in facts.items()}
        section = _object("Section", {**fields, _MEASURED: str}, blanks=blanks)
        parts = tuple(facts.values()), tuple(blanks.values())
        sections.append(SectionShape(name, *parts, section()))
    review = _object("Review", {"on": str, "by": str}, alike=True)
    reviewed = _object("Reviewed", dict.fromkeys(dictionary.sections, review), alike=True)
    document = _document(sections, reviewed)
    return DocumentShape(
        tuple(sections), document, review, reviewed, attrgetter(*document.__struct_fields__)
    )


def _kind(definition: FactDefinition) -> object:
    """Return what may stand under a fact's name."""
    plain = _PLAIN[definition.type]
    if definition.type is FactType.TEXT:
        return plain
    return plain | _OBJECTS[definition.type]


def _document(sections: list[SectionShape], reviewed: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """Return the type of a document; a section that is left out is its blank."""
    names = [*(section.name for section in sections), *_TOP]
    kinds: list[tuple[str, object, object]] = [
        (f"field_{place}", type(section.blank), section.blank)
        for place, section in enumerate(sections)
    ]
    others = (list[str] | reviewed, msgspec.Raw, str)
    kinds += [(f"field_{len(sections) + place}", kind, None) for place, kind in enumerate(others)]
    return msgspec.defstruct(
        "Document",
        kinds,
        rename={f"field_{place}": name for place, name in enumerate(names)},
        frozen=True,
        eq=False,
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,
    )
