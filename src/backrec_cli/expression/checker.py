"""Types every part of an expression against the dictionary, and reports all that does not fit.

The result is the same tree with its names resolved and its limits in canonical units. A part with
an error counts as null from there on, so that one mistake is reported once.
"""

from collections.abc import Sequence
from functools import reduce

from backrec_cli.errors import Diagnostic, names
from backrec_cli.expression import nodes
from backrec_cli.expression.checked import Checked
from backrec_cli.expression.functions import COALESCE, FUNCTIONS, Function
from backrec_cli.expression.nodes import Node, rebuilt
from backrec_cli.expression.operand_rules import OperandRules
from backrec_cli.expression.operators import BY_NODE
from backrec_cli.expression.resolver import Resolver
from backrec_cli.expression.scope import Scope
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    DECIMAL,
    NUMERIC,
    QUANTITY,
    Type,
    common,
    interval_of,
    list_of,
    tuple_of,
)
from backrec_cli.units import Quantity


class Checker:
    """Checks one expression in one scope; `problems` and `resolver.facts` fill up on the way."""

    def __init__(self, scope: Scope) -> None:
        self.problems: list[Diagnostic] = []
        self.resolver = Resolver(scope, self.problems)
        self._tests_null = False
        self.rules = OperandRules(scope.dictionary, self.problems)

    @property
    def tests_null(self) -> bool:
        """Whether a test for null stands anywhere in what was checked, definitions included."""
        return self._tests_null or self.resolver.tests_null

    def check(self, node: Node) -> Checked:
        """Return the node resolved, with its type."""
        match node:
            case nodes.Name():
                return self.resolver.resolve(node)
            case nodes.Literal():
                unit = node.value.unit if isinstance(node.value, Quantity) else None
                return Checked(node, node.type, unit)
            case nodes.FactRef() | nodes.ParameterRef() | nodes.ExpressionRef():
                msg = "the tree is checked already"
                raise TypeError(msg)
            case _:
                return self._branch(node, [self.check(operand) for operand in node.operands])

    def _branch(  # noqa: C901 - One case for each family of operators.
        self, node: nodes.Branch, operands: list[Checked]
    ) -> Checked:
        match node:
            case nodes.And() | nodes.Or() | nodes.Xor() | nodes.Implies() | nodes.Not():
                return self._logic(node, operands)
            case nodes.Less() | nodes.LessOrEqual() | nodes.Greater() | nodes.GreaterOrEqual():
                return self.rules.ordering(node, *operands)
            case nodes.Equal() | nodes.NotEqual() | nodes.Equivalent():
                return self.rules.equality(node, *operands)
            case nodes.In() | nodes.Contains():
                return self.rules.membership(node, *operands)
            case nodes.DurationBetween() | nodes.DifferenceBetween():
                return self.rules.distance(node, *operands)
            case nodes.FunctionRef():
                return self._call(node, operands)
            case nodes.If() | nodes.Case() | nodes.SelectedCase():
                return self._choice(node, operands)
            case nodes.ListSelector() | nodes.IntervalSelector() | nodes.TupleSelector():
                return self._selector(node, operands)
            case nodes.Between() | nodes.ProperlyBetween():
                return self.rules.between(node, *operands)
            case nodes.DateTimeComponentFrom():
                return self.rules.component(node, *operands)
            case nodes.Negate():
                return self.rules.negation(node, *operands)
            case _:
                return self._other(node, operands)

    def _other(self, node: "_Other", operands: list[Checked]) -> Checked:
        plain = rebuilt(node, tuple(each.node for each in operands))
        match node:
            case nodes.IsNull():
                self._tests_null = True
                return Checked(plain, BOOLEAN)
            case nodes.IsTrue() | nodes.IsFalse():
                self._tests_null = True
                self._booleans(BY_NODE[type(node)].spelling, operands)
                return Checked(plain, BOOLEAN)
            case nodes.Exists():
                self._collection("exists", "List", operands[0])
                return Checked(plain, BOOLEAN)
            case nodes.Start() | nodes.End():
                self._collection(BY_NODE[type(node)].spelling, "Interval", operands[0])
                return Checked(plain, operands[0].type.element or ANY, operands[0].unit)
            case nodes.Is():
                return Checked(plain, BOOLEAN)
            case nodes.As() | nodes.Cast() | nodes.Convert():
                unit = operands[0].unit if node.type is QUANTITY else None
                return Checked(plain, node.type, unit)
            case nodes.MinValue() | nodes.MaxValue():
                return Checked(plain, node.type)
            case (
                nodes.SameAs() | nodes.SameOrBefore() | nodes.SameOrAfter()
                | nodes.Before() | nodes.After()
            ):  # fmt: skip
                return self.rules.timing(node, *operands)
            case _:
                return self.rules.arithmetic(node, *operands)

    def _logic(self, node: nodes.Logic, operands: Sequence[Checked]) -> Checked:
        fits = self._booleans(BY_NODE[type(node)].spelling, operands)
        plain = rebuilt(node, tuple([each.node for each in operands]))
        return Checked(plain, BOOLEAN if fits else ANY)

    def _booleans(self, spelling: str, operands: Sequence[Checked]) -> bool:
        """Report each operand that can be neither true nor false; return whether none was."""
        wrong = [each for each in operands if each.type is not BOOLEAN and each.type is not ANY]
        for each in wrong:
            self._wrong(spelling, "a condition", each)
        return not wrong

    def _collection(self, spelling: str, kind: str, operand: Checked) -> None:
        if operand.type is not ANY and operand.type.name != kind:
            wanted = "a list" if kind == "List" else "an interval"
            self._wrong(spelling, wanted, operand)

    def _wrong(self, spelling: str, wanted: str, operand: Checked) -> None:
        problem = names.wrong_operand(spelling, wanted, operand.words, operand.node.span)
        self.problems.append(problem)

    def _choice(self, node: nodes.Choice, operands: list[Checked]) -> Checked:
        """Conditions are Boolean, or of the type of the selected value; branches have one type."""
        match node:
            case nodes.If():
                self._booleans("if", operands[:1])
                branches = operands[1:]
            case nodes.Case():
                self._booleans("when", operands[:-1:2])
                branches = [*operands[1::2], operands[-1]]
            case nodes.SelectedCase():
                for each in operands[1:-1:2]:
                    equal = nodes.Equal((operands[0].node, each.node), each.node.span)
                    self.rules.equality(equal, operands[0], each)
                branches = [*operands[2::2], operands[-1]]
        kind, unit = _joined(branches)
        return Checked(rebuilt(node, tuple(each.node for each in operands)), kind, unit)

    def _selector(self, node: nodes.Selector, operands: list[Checked]) -> Checked:
        plain = rebuilt(node, tuple([each.node for each in operands]))
        if isinstance(node, nodes.TupleSelector):
            types = {name: each.type for name, each in zip(node.names, operands, strict=True)}
            return Checked(plain, tuple_of(types))
        element, unit = _joined(operands)
        if isinstance(node, nodes.IntervalSelector):
            return Checked(plain, interval_of(element), unit)
        return Checked(plain, list_of(element), unit)

    def _call(self, node: nodes.FunctionRef, operands: list[Checked]) -> Checked:
        function = FUNCTIONS.get(node.name)
        self._tests_null |= node.name == COALESCE
        plain = rebuilt(node, tuple(each.node for each in operands))
        if function is None:
            self.problems.append(names.unknown_function(node.name, FUNCTIONS, node.span))
            return Checked(plain, ANY)
        if not function.least <= len(operands) <= function.most:
            wanted = _arguments(function)
            problem = names.argument_count(node.name, wanted, len(operands), node.span)
            self.problems.append(problem)
            return Checked(plain, ANY)
        for place, each in enumerate(operands):
            taken = function.takes[min(place, len(function.takes) - 1)]
            if each.type is not ANY and not taken.accepts(each.type):
                self._wrong(node.name, taken.words, each)
        kind, unit = _result(function, operands)
        return Checked(plain, kind, unit)


_Other = (
    nodes.NullTest
    | nodes.Exists
    | nodes.Boundary
    | nodes.TypeTest
    | nodes.Timing
    | nodes.Arithmetic
)


def _joined(operands: Sequence[Checked]) -> tuple[Type, str | None]:
    """Return the type that all have in common, Any where there is none, and their one unit."""
    kinds = [each.type for each in operands]
    joined = reduce(lambda one, other: common(one, other) or ANY, kinds, ANY)
    units = {each.unit for each in operands if each.unit is not None}
    return joined, units.pop() if len(units) == 1 else None


def _arguments(function: Function) -> str:
    if function.least == function.most:
        return f"{function.least} argument{'' if function.least == 1 else 's'}"
    return f"{function.least} to {function.most} arguments"


def _result(function: Function, operands: Sequence[Checked]) -> tuple[Type, str | None]:
    """Return the type and unit that a function gives for these operands."""
    if isinstance(function.result, Type):
        return function.result, None
    first = operands[0]
    match function.result:
        case "argument":
            return first.type, first.unit
        case "element":
            return first.type.element or ANY, first.unit
        case "number":
            kind, _ = _joined(operands)
            return (DECIMAL if kind not in NUMERIC else kind), None
        case _:
            if function is FUNCTIONS[COALESCE] and len(operands) == 1 and first.type.name == "List":
                return first.type.element or ANY, first.unit
            return _joined(operands)
