"""What the names in an expression mean, and the checked expression itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property

from backrec_cli.errors import DiagnosticsError
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.program import Program, paths_read, program_of
from backrec_cli.expression.value_types import Type
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.units import Quantity

ParameterValue = bool | int | Decimal | str | Quantity


@dataclass(frozen=True)
class Expression:
    """A checked expression: its names are resolved and its limits are in canonical units.

    facts are the paths it reads, those of the definitions it uses included. What evaluating needs
    is made when it is first asked for: most expressions of a pack that is merely checked never run.
    """

    text: str
    node: Node
    type: Type
    facts: frozenset[str]

    @cached_property
    def program(self) -> Program:
        """The tree, made ready to run."""
        return program_of(self.node)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The paths it reads, once each, in reading order."""
        return tuple(dict.fromkeys(paths_read(self.program)))

    def __getstate__(self) -> dict[str, object]:
        """Send only what was checked to another process; what runs is made again there."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Scope:
    """Dotted names are facts of the dictionary; bare names are parameters and definitions."""

    dictionary: FactDictionary | None = None
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    definitions: Mapping[str, Expression] = field(default_factory=dict)


class ExpressionError(DiagnosticsError):
    """An expression with errors; their spans count from its first character."""
