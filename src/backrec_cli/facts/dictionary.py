"""The fact dictionary: every fact a profile may hold, and the checks that tie facts together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from backrec_cli.facts.conversion import canonical_value, shown_value
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.units.quantity import Quantity


@dataclass(frozen=True, slots=True)
class ConsistencyCheck:
    """What must hold between facts; where it does not, all of `facts` are rejected.

    holds    expression text, true for a record that can be right.
    message  what is said of one that cannot.
    """

    id: str
    facts: tuple[str, ...]
    holds: str
    message: str


@dataclass(frozen=True)
class FactDictionary:
    """Definitions by path (`labs.hba1c`), in the order of the file, and consistency checks.

    Every profile is read section by section, so they are sorted once.
    """

    definitions: Mapping[str, FactDefinition]
    checks: tuple[ConsistencyCheck, ...] = ()

    def get(self, path: str) -> FactDefinition | None:
        """Return the definition of a fact, or None for a name that is no fact."""
        return self.definitions.get(path)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every fact's path, in the order of the file."""
        return tuple(self.definitions)

    @property
    def sections(self) -> tuple[str, ...]:
        """Every section once, in the order of the file."""
        return tuple(self.by_section)

    @cached_property
    def by_section(self) -> Mapping[str, Mapping[str, FactDefinition]]:
        """The definitions by section and name (`hba1c`), in the order of the file."""
        sections: dict[str, dict[str, FactDefinition]] = {}
        for definition in self.definitions.values():
            sections.setdefault(definition.section, {})[definition.name] = definition
        return sections

    def in_section(self, section: str) -> Mapping[str, FactDefinition]:
        """Return the definitions of one section by name (`hba1c`), in the order of the file."""
        return self.by_section.get(section, {})

    def to_canonical(self, path: str, quantity: Quantity) -> Quantity | None:
        """Return a quantity in the fact's canonical unit, rounded as the fact asks.

        None where the fact is unknown, has no unit, or does not accept this one.
        """
        definition = self.definitions.get(path)
        if definition is None or definition.unit is None:
            return None
        value = canonical_value(definition, quantity.value, quantity.unit)
        return None if value is None else Quantity(value, definition.unit)

    def in_unit(self, path: str, value: Decimal, unit: str) -> Decimal:
        """Return a canonical number in another accepted unit, to show beside a reported value.

        KeyError for a path that is no fact, ValueError for a unit that the fact does not accept.
        """
        return shown_value(self.definitions[path], value, unit)


def merged(parts: Sequence[FactDictionary]) -> FactDictionary:
    """Return one dictionary of several, the first first; no path stands in two of them."""
    if len(parts) == 1:
        return parts[0]
    definitions: dict[str, FactDefinition] = {}
    for part in parts:
        definitions.update(part.definitions)
    return FactDictionary(definitions, tuple(check for part in parts for check in part.checks))
