"""Names to what they refer to: facts and their attributes, parameters, definitions."""

from backrec_cli import ternary
from backrec_cli.errors import Diagnostic, names
from backrec_cli.expression import nodes
from backrec_cli.expression.checked import Checked
from backrec_cli.expression.conversion import type_of
from backrec_cli.expression.restrictions import may_test_null
from backrec_cli.expression.scope import Expression, Scope
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    DATETIME,
    DECIMAL,
    INTEGER,
    QUANTITY,
    STRING,
    Type,
    list_of,
)
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.units import Quantity

_TYPES: dict[FactType, Type] = {
    FactType.BOOLEAN: BOOLEAN,
    FactType.INTEGER: INTEGER,
    FactType.QUANTITY: QUANTITY,
    FactType.DECIMAL: DECIMAL,
    FactType.CHOICE: STRING,
    FactType.CHOICES: list_of(STRING),
    FactType.DATE: DATETIME,
    FactType.EVENT: BOOLEAN,
    FactType.MEDICATION: BOOLEAN,
    FactType.TEXT: ANY,
}
_MEASURED = ("value", "measured_on")
ATTRIBUTES: dict[FactType, tuple[str, ...]] = {
    FactType.BOOLEAN: ("measured_on",),
    FactType.INTEGER: _MEASURED,
    FactType.QUANTITY: _MEASURED,
    FactType.DECIMAL: _MEASURED,
    FactType.CHOICE: ("measured_on",),
    FactType.CHOICES: ("measured_on",),
    FactType.DATE: (),
    FactType.EVENT: ("on",),
    FactType.MEDICATION: ("last_dose_on",),
    FactType.TEXT: (),
}
_PATH_PARTS = 2


class Resolver:
    """Resolves the names of one expression; `facts` collects the paths that are read.

    `tests_null` is true once a definition is used that tests for null.
    """

    def __init__(self, scope: Scope, problems: list[Diagnostic]) -> None:
        self.scope = scope
        self.problems = problems
        self.facts: set[str] = set()
        self.tests_null = False

    def resolve(self, name: nodes.Name) -> Checked:
        """Return what a name refers to, or a null where it refers to nothing."""
        found = self._bare(name) if len(name.parts) == 1 else self._fact(name)
        return found or Checked(nodes.Literal(None, ANY, name.span), ANY)

    def _bare(self, name: nodes.Name) -> Checked | None:
        word = name.parts[0]
        definition = self.scope.definitions.get(word)
        if definition is not None:
            return self._definition(word, definition, name)
        if word not in self.scope.parameters:
            known = [*self.scope.parameters, *self.scope.definitions, *self._paths()]
            self.problems.append(names.unknown_name(word, known, name.span))
            return None
        given = self.scope.parameters[word]
        value = ternary.of(given) if isinstance(given, bool) else given
        unit = value.unit if isinstance(value, Quantity) else None
        return Checked(nodes.ParameterRef(word, value, name.span), type_of(value), unit)

    def _definition(self, word: str, definition: Expression, name: nodes.Name) -> Checked:
        self.facts |= definition.facts
        self.tests_null = self.tests_null or may_test_null(definition.node)
        node = nodes.ExpressionRef(word, definition.node, name.span)
        fact = self._defined_fact(definition.node)
        return Checked(node, definition.type, None if fact is None else fact.unit, fact)

    def _defined_fact(self, node: nodes.Node) -> FactDefinition | None:
        """Return the fact that a definition merely renames."""
        match node:
            case nodes.ExpressionRef():
                return self._defined_fact(node.node)
            case nodes.FactRef(attribute=None) if self.scope.dictionary is not None:
                return self.scope.dictionary.get(node.path)
            case _:
                return None

    def _paths(self) -> tuple[str, ...]:
        return () if self.scope.dictionary is None else self.scope.dictionary.paths

    def _fact(self, name: nodes.Name) -> Checked | None:
        path = ".".join(name.parts[:_PATH_PARTS])
        rest = name.parts[_PATH_PARTS:]
        dictionary = self.scope.dictionary
        definition = None if dictionary is None else dictionary.get(path)
        if definition is None:
            self.problems.append(names.unknown_fact(path, self._paths(), name.span))
            return None
        self.facts.add(path)
        if definition.type is FactType.TEXT:
            self.problems.append(names.only_shown(path, name.span))
            return None
        if rest:
            return self._attribute(definition, ".".join(rest), name)
        kind = _TYPES[definition.type]
        node = nodes.FactRef(path, None, kind is BOOLEAN, name.span)
        return Checked(node, kind, definition.unit, definition)

    def _attribute(
        self, definition: FactDefinition, attribute: str, name: nodes.Name
    ) -> Checked | None:
        allowed = ATTRIBUTES[definition.type]
        if attribute not in allowed:
            problem = names.unknown_attribute(definition.path, attribute, allowed, name.span)
            self.problems.append(problem)
            return None
        node = nodes.FactRef(definition.path, attribute, span=name.span)
        if attribute != "value":
            return Checked(node, DATETIME)
        return Checked(node, INTEGER if definition.type is FactType.INTEGER else DECIMAL)
