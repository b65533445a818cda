"""What the names in an expression mean, and the checked expression itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from backrec_cli.errors import DiagnosticsError
from backrec_cli.expression.nodes import Node
from backrec_cli.expression.value_types import Type
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.units import Quantity

ParameterValue = bool | int | Decimal | str | Quantity


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its names are resolved and its limits are in canonical units.

    facts are the paths it reads, those of the definitions it uses included.
    """

    text: str
    node: Node
    type: Type
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Dotted names are facts of the dictionary; bare names are parameters and definitions."""

    dictionary: FactDictionary | None = None
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    definitions: Mapping[str, Expression] = field(default_factory=dict)


class ExpressionError(DiagnosticsError):
    """An expression with errors; their spans count from its first character."""
