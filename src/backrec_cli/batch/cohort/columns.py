"""The columns of a flat input: a name in the header -> which part of a profile its cells give.

`section.fact`, `section.fact [unit]`, `section.fact.unit`, `section.fact.measured_on` (`.on` of an
event, `.last_dose_on` of a medication), `section.measured_on`, `reviewed`, `overrides`, `as_of`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from backrec_cli.errors import UsageError
from backrec_cli.errors.suggest import closest
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.text import shortened

MEASURED_ON = "measured_on"
_SPECIAL = ("reviewed", "overrides", "as_of")
_WITH_UNIT = re.compile(r"(\S+)\s*\[(.+)\]")
_DATES = {FactType.EVENT: "on", FactType.MEDICATION: "last_dose_on"}
_MOST_SAID = 5


class Role(Enum):
    """Which part of a profile the cells of a column are."""

    VALUE = auto()
    UNIT = auto()
    DATE = auto()
    SECTION_DATE = auto()
    REVIEWED = auto()
    OVERRIDES = auto()
    AS_OF = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    name  as the header has it.
    path  the fact; for a section's date the section; else empty.
    type  the fact's type; text where there is no fact.
    unit  the unit of every value, where the header says it.
    """

    name: str
    role: Role
    path: str = ""
    type: FactType = FactType.TEXT
    unit: str | None = None

    @property
    def attribute(self) -> str:
        """What the profile calls the date of this fact."""
        return date_attribute(self.type)


def date_attribute(kind: FactType) -> str:
    """Return what a profile calls the date of a fact of a type."""
    return _DATES.get(kind, MEASURED_ON)


def read_header(
    names: Sequence[str], dictionary: FactDictionary, name: str, place: str
) -> tuple[Column, ...]:
    """Return the columns of an input; raises UsageError with all that is wrong with its header."""
    stripped = [each.strip() for each in names]
    found = [_column(each, dictionary) for each in stripped]
    known = [column for column in found if column is not None]
    if not known:
        first = shortened(", ".join(stripped[:3]))
        msg = (
            f"'{name}' has no header: the first row is '{first}'; "
            "write the names of the facts above it, as in patient.id, procedure.date"
        )
        raise UsageError(msg)
    wrong = [*_unnamed(stripped), *_twice(stripped), *_unknown(stripped, found, dictionary)]
    if wrong:
        more = f"; and {len(wrong) - _MOST_SAID} more" if len(wrong) > _MOST_SAID else ""
        msg = f"{place}: {'; '.join(wrong[:_MOST_SAID])}{more}"
        raise UsageError(msg)
    return tuple(known)


def _column(name: str, dictionary: FactDictionary) -> Column | None:
    """Return the column that a name stands for; None for one that stands for nothing."""
    if name in _SPECIAL:
        return Column(name, Role[name.upper()])
    with_unit = _WITH_UNIT.fullmatch(name)
    if with_unit is not None:
        fact = dictionary.get(with_unit[1])
        if fact is None or fact.type is not FactType.QUANTITY:
            return None
        return Column(name, Role.VALUE, fact.path, fact.type, with_unit[2].strip())
    fact = dictionary.get(name)
    if fact is not None:
        return Column(name, Role.VALUE, fact.path, fact.type)
    owner, _, attribute = name.rpartition(".")
    if attribute == MEASURED_ON and owner in dictionary.sections:
        return Column(name, Role.SECTION_DATE, owner)
    fact = dictionary.get(owner)
    if fact is None or attribute not in attributes(fact):
        return None
    role = Role.UNIT if attribute == "unit" else Role.DATE
    return Column(name, role, fact.path, fact.type)


def attributes(fact: FactDefinition) -> tuple[str, ...]:
    """Return what a column of its own may say of a fact beside its value."""
    match fact.type:
        case FactType.TEXT:
            return ()
        case FactType.QUANTITY:
            return ("unit", MEASURED_ON)
        case kind:
            return (date_attribute(kind),)


def _unnamed(names: Iterable[str]) -> list[str]:
    """Say which columns have no name."""
    return [
        f"column {number} has no name; name it or remove it"
        for number, name in enumerate(names, 1)
        if not name
    ]


def _twice(names: Sequence[str]) -> list[str]:
    """Say which names stand there more than once."""
    return [
        f"column '{shortened(name)}' stands there {count} times; keep one"
        for name, count in Counter(names).items()
        if name and count > 1
    ]


def _unknown(
    names: Sequence[str], found: Sequence[Column | None], dictionary: FactDictionary
) -> list[str]:
    """Say which names stand for nothing, with what was probably meant."""
    wrong = [name for name, column in zip(names, found, strict=True) if name and column is None]
    return [_unknown_column(name, dictionary) for name in dict.fromkeys(wrong)]


def _unknown_column(name: str, dictionary: FactDictionary) -> str:
    """Say that a name stands for nothing."""
    said = f"unknown column '{shortened(name)}'"
    with_unit = _WITH_UNIT.fullmatch(name)
    path = with_unit[1] if with_unit else name
    fact = dictionary.get(path)
    if fact is not None:
        return f"{said}: '{fact.path}' has no unit; did you mean '{fact.path}'?"
    owner = dictionary.get(path.rpartition(".")[0])
    if owner is not None:
        allowed = " or ".join(f"'{owner.path}.{each}'" for each in attributes(owner))
        return f"{said}; did you mean {allowed or repr(owner.path)}?"
    dates = [f"{section}.{MEASURED_ON}" for section in dictionary.sections]
    near = closest(path, (*dictionary.paths, *dates, *_SPECIAL))
    return f"{said}; " + (f"did you mean '{near}'?" if near else "remove it, or add the fact")
