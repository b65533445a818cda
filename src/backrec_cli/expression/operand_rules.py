"""Which operands comparisons, memberships, arithmetic and date operators take, and what they give.

Every rule returns the operands, some of them fitted to a fact, with the type of the result. An
operand of type Any is a null, or a part with an error of its own, and fits everywhere.
"""

from collections.abc import Collection, Sequence

from backrec_cli.errors import Diagnostic, names
from backrec_cli.expression import nodes
from backrec_cli.expression.arithmetic import DURATIONS
from backrec_cli.expression.checked import Checked, described
from backrec_cli.expression.limits import fit
from backrec_cli.expression.nodes import Node, rebuilt
from backrec_cli.expression.operators import BY_NODE
from backrec_cli.expression.quantities import comparable
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    NUMERIC,
    QUANTITY,
    STRING,
    TEMPORAL,
    TIME,
    Type,
    common,
)
from backrec_cli.expression.ways_out import way_out
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.source import Span

_ORDERED = NUMERIC | TEMPORAL | {QUANTITY, STRING}
_CHOICES = (FactType.CHOICE, FactType.CHOICES)
_DAY_PARTS = frozenset({"year", "month", "week", "day"})


class OperandRules:
    """The rules, with the list that their complaints go to."""

    def __init__(self, dictionary: FactDictionary | None, problems: list[Diagnostic]) -> None:
        self.dictionary = dictionary
        self.problems = problems

    # Comparison.

    def equality(
        self, node: nodes.Equal | nodes.NotEqual | nodes.Equivalent, left: Checked, right: Checked
    ) -> Checked:
        """Operands of `=`, `!=` and `~`: of one type, quantities of one kind."""
        spelling = BY_NODE[type(node)].spelling
        self._same_type(spelling, left, right, node.span)
        operands = fit(self.dictionary, self.problems, left, right, "=")
        return Checked(rebuilt(node, operands), BOOLEAN)

    def ordering(self, node: nodes.Ordering, left: Checked, right: Checked) -> Checked:
        """Operands of `<` and its like: of one type that has an order."""
        spelling = BY_NODE[type(node)].spelling
        sound = [self._has_order(spelling, each) for each in (left, right)]
        if all(sound):
            self._same_type(spelling, left, right, node.span)
        operands = fit(self.dictionary, self.problems, left, right, spelling)
        return Checked(rebuilt(node, operands), BOOLEAN)

    def between(
        self, node: nodes.Betweenness, value: Checked, low: Checked, high: Checked
    ) -> Checked:
        """Operands of `between`: three of one type that has an order."""
        for each in (value, low, high):
            self._has_order("between", each)
        self._same_type("between", value, low, node.span)
        self._same_type("between", value, high, node.span)
        _, least = fit(self.dictionary, self.problems, value, low, ">=")
        _, most = fit(self.dictionary, self.problems, value, high, "<=")
        return Checked(rebuilt(node, (value.node, least, most)), BOOLEAN)

    def _has_order(self, spelling: str, operand: Checked) -> bool:
        """Whether an operand can be more or less than another; complain where it cannot."""
        if operand.fact is not None and operand.fact.type in _CHOICES:
            problem = names.choice_has_no_order(operand.fact.path, operand.node.span)
            self.problems.append(problem)
            return False
        if operand.type is not ANY and operand.type not in _ORDERED:
            wanted = "numbers, quantities, dates or texts"
            self._wrong(spelling, wanted, operand)
            return False
        return True

    def _same_type(self, spelling: str, left: Checked, right: Checked, span: Span) -> None:
        """Report two types without a common one, and two units without a common dimension."""
        if left.type is QUANTITY and right.type is QUANTITY:
            self._same_dimension(left, right, span)
            return
        if common(left.type, right.type) is not None:
            return
        if left.type.name == "Tuple" == right.type.name:
            self.problems.append(names.unlike_tuples(span))
            return
        number = self._bare_number(left, right)
        if number is None:
            hint = way_out(left, right)
            problem = names.not_comparable(spelling, left.words, right.words, span, hint)
            self.problems.append(problem)

    def _bare_number(self, left: Checked, right: Checked) -> Checked | None:
        """Return the number that stands against a quantity, after reporting it."""
        for quantity, number in ((left, right), (right, left)):
            if quantity.type is QUANTITY and number.type in NUMERIC:
                if quantity.unit == "1":
                    return number
                if number.fact is not None and isinstance(quantity.node, nodes.Literal):
                    path, unit = number.fact.path, quantity.unit or ""
                    refused = names.unit_not_accepted(path, unit, (), quantity.node.span)
                    self.problems.append(refused)
                    return number
                constant = isinstance(number.node, nodes.Literal | nodes.ParameterRef)
                if quantity.fact is None or not constant:
                    # Constants against a fact are reported where they are fitted to it.
                    example = f"5 '{quantity.unit or 'mg'}'"
                    problem = names.threshold_without_unit(
                        quantity.words, example, number.node.span
                    )
                    self.problems.append(problem)
                return number
        return None

    def _same_dimension(self, left: Checked, right: Checked, span: Span) -> None:
        if left.unit is None or right.unit is None or comparable(left.unit, right.unit):
            return
        constant = right.node if left.fact is not None else left.node
        fact = left.fact or right.fact
        if fact is not None and not _is_computed(constant):
            # A constant against a fact is converted, or reported, where it is fitted.
            return
        self.problems.append(names.other_dimension(left.unit, right.unit, span))

    # Membership.

    def membership(self, node: nodes.Membership, left: Checked, right: Checked) -> Checked:
        """Operands of `in` and `contains`: a value and a list or interval of its type."""
        spelling = BY_NODE[type(node)].spelling
        element, collection = (left, right) if isinstance(node, nodes.In) else (right, left)
        inner = collection.type.element
        if collection.type is not ANY and inner is None:
            self._wrong(spelling, "a list or an interval", collection)
            return Checked(node, BOOLEAN)
        member = Checked(collection.node, inner or ANY, collection.unit, collection.fact)
        self._same_type(spelling, element, member, node.span)
        if collection.type.name == "Interval":
            self._has_order(spelling, element)
        operands = fit(self.dictionary, self.problems, left, right, "=")
        return Checked(rebuilt(node, operands), BOOLEAN)

    # Arithmetic.

    def arithmetic(self, node: nodes.Arithmetic, left: Checked, right: Checked) -> Checked:
        """Operands of `+`, `-`, `*`, `/`, `div`, `mod`, `^` and `&`."""
        unchanged = rebuilt(node, (left.node, right.node))
        match node:
            case nodes.Concatenate():
                self._only("&", "texts", (left, right), {STRING})
                return Checked(unchanged, STRING)
            case nodes.Add() | nodes.Subtract():
                return self._sum(node, left, right)
            case nodes.Power():
                self._only("^", "numbers", (left, right), NUMERIC)
                return Checked(unchanged, common(left.type, right.type) or ANY)
            case _:
                return self._product(node, left, right)

    def _product(
        self,
        node: nodes.Multiply | nodes.Divide | nodes.TruncatedDivide | nodes.Modulo,
        left: Checked,
        right: Checked,
    ) -> Checked:
        unchanged = rebuilt(node, (left.node, right.node))
        spelling = BY_NODE[type(node)].spelling
        self._only(spelling, "numbers or quantities", (left, right), NUMERIC | {QUANTITY})
        if isinstance(node, nodes.Multiply | nodes.Divide):
            return Checked(
                unchanged, _product_type(node, left.type, right.type), _unit(left, right)
            )
        self._same_type(spelling, left, right, node.span)
        return Checked(unchanged, common(left.type, right.type) or ANY, left.unit)

    def _sum(self, node: nodes.Add | nodes.Subtract, left: Checked, right: Checked) -> Checked:
        spelling = BY_NODE[type(node)].spelling
        unchanged = rebuilt(node, (left.node, right.node))
        swapped = isinstance(node, nodes.Add) and right.type in TEMPORAL
        moment, amount = (right, left) if swapped else (left, right)
        if moment.type in TEMPORAL and amount.type in (ANY, QUANTITY):
            self._duration(moment, amount)
            return Checked(unchanged, moment.type)
        if left.type in TEMPORAL or right.type in TEMPORAL:
            hint = "use 'difference in days between … and …'" if right.type in TEMPORAL else None
            hint = hint or "add a duration such as '3 days'"
            problem = names.not_comparable(spelling, left.words, right.words, node.span, hint)
            self.problems.append(problem)
            return Checked(unchanged, ANY)
        allowed = NUMERIC | {QUANTITY} | ({STRING} if isinstance(node, nodes.Add) else set())
        self._only(spelling, "numbers, quantities or dates", (left, right), allowed)
        self._same_type(spelling, left, right, node.span)
        return Checked(unchanged, common(left.type, right.type) or ANY, left.unit or right.unit)

    def _duration(self, moment: Checked, amount: Checked) -> None:
        """Report what a date cannot be moved by: grams, or days where only a time is known."""
        if amount.unit is None:
            return
        if amount.unit not in DURATIONS:
            self.problems.append(names.not_a_duration(amount.unit, amount.node.span))
        elif moment.type is TIME and amount.unit in _DAY_PARTS:
            problem = names.no_such_precision(amount.unit, "a Time", amount.node.span)
            self.problems.append(problem)

    def negation(self, node: nodes.Negate, operand: Checked) -> Checked:
        """Operand of a minus sign."""
        self._only("-", "a number or quantity", (operand,), NUMERIC | {QUANTITY})
        return Checked(rebuilt(node, (operand.node,)), operand.type, operand.unit)

    # Dates and times.

    def timing(self, node: nodes.Timing, left: Checked, right: Checked) -> Checked:
        """Operands of `before`, `after` and `same …`: two dates or two times."""
        spelling = BY_NODE[type(node)].spelling
        self._two_moments(spelling, node, left, right)
        return Checked(rebuilt(node, (left.node, right.node)), BOOLEAN)

    def distance(self, node: nodes.Distance, left: Checked, right: Checked) -> Checked:
        """Operands of `days between` and `difference in days between`."""
        self._two_moments(f"{node.precision}s between", node, left, right)
        return Checked(rebuilt(node, (left.node, right.node)), INTEGER)

    def _two_moments(
        self, spelling: str, node: nodes.Timing | nodes.Distance, left: Checked, right: Checked
    ) -> None:
        if not self._only(spelling, "dates or times", (left, right), TEMPORAL):
            return
        if common(left.type, right.type) is None:
            problem = names.not_comparable(spelling, left.words, right.words, node.span)
            self.problems.append(problem)
        for each in (left, right):
            self.precision(node.precision, each)

    def precision(self, name: str | None, operand: Checked) -> None:
        """Report a part that a value of this type cannot have: the hour of a Date."""
        wrong_date = operand.type is DATE and name in {"hour", "minute", "second", "millisecond"}
        if wrong_date or (operand.type is TIME and name in _DAY_PARTS):
            problem = names.no_such_precision(
                name or "", described(operand.type), operand.node.span
            )
            self.problems.append(problem)

    def component(self, node: nodes.DateTimeComponentFrom, operand: Checked) -> Checked:
        """Operand of `year from` and its like."""
        fits = self._only(f"{node.precision} from", "a date or time", (operand,), TEMPORAL)
        if fits and node.precision not in {"date", "time", "timezoneoffset"}:
            self.precision(node.precision, operand)
        whole = {"date": DATE, "time": TIME, "timezoneoffset": DECIMAL}
        kind = whole.get(node.precision or "", INTEGER)
        return Checked(rebuilt(node, (operand.node,)), kind)

    # Reports.

    def _only(
        self, spelling: str, wanted: str, operands: Sequence[Checked], allowed: Collection[Type]
    ) -> bool:
        """Report each operand that is neither of an allowed type nor null."""
        wrong = [each for each in operands if each.type is not ANY and each.type not in allowed]
        for each in wrong:
            self._wrong(spelling, wanted, each)
        return not wrong

    def _wrong(self, spelling: str, wanted: str, operand: Checked) -> None:
        problem = names.wrong_operand(spelling, wanted, operand.words, operand.node.span)
        self.problems.append(problem)


def _is_computed(node: Node) -> bool:
    """Whether the unit of a node comes out of a fact or a calculation, not off the page."""
    constant = (nodes.Literal, nodes.ParameterRef, nodes.ListSelector, nodes.IntervalSelector)
    return not isinstance(node, (*constant, nodes.If, nodes.ExpressionRef))


def _product_type(node: nodes.Multiply | nodes.Divide, left: Type, right: Type) -> Type:
    if QUANTITY in (left, right):
        return QUANTITY
    if isinstance(node, nodes.Divide):
        return DECIMAL
    return common(left, right) or ANY


def _unit(left: Checked, right: Checked) -> str | None:
    """Return the unit of a product with a number; of two quantities it is not tracked."""
    if left.type is QUANTITY and right.type is QUANTITY:
        return None
    return left.unit or right.unit
