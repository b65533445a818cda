"""Terms -> a circuit of planes: Kleene's logic taken apart into where a truth holds and fails.

Most truths are only asked where they hold, so most of what they could come to is never made. A
comparison with a constant is asked of the columns themselves: of a choice between two numbers, each
of the two is compared, and no numbers have to be put together.
"""

import operator
from collections.abc import Callable, Collection, Iterable, Mapping

from backrec_cli.expression.compiler.circuit import Circuit, Node
from backrec_cli.expression.compiler.terms import NULL, Term

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "eq": operator.eq,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
CALCULATIONS = frozenset(
    {"add", "subtract", "multiply", "divide", "floor_divide", "absolute", "cut"}
)
_MIRRORED = {"eq": "eq", "lt": "gt", "le": "ge"}
_QUOTIENTS = frozenset({"divide", "floor_divide"})
_NAN = float("nan")

Truth = tuple[Node, Node]
"""Where it holds and where it fails; in neither it is unknown."""


class Wiring:
    """Makes the circuit of some terms."""

    def __init__(
        self, order: Iterable[Term], truths: Collection[str], texts: Mapping[str, float]
    ) -> None:
        """Wire terms that are in order, each behind what it rests on.

        truths  the columns that hold truths; all others hold numbers, days or texts.
        texts   the place of every text in the table of texts.
        """
        self.circuit = Circuit()
        self._columns = truths
        self._texts = texts
        self._unknown = self.circuit.nowhere, self.circuit.nowhere
        self._truths: dict[Term, Truth] = {}
        self._numbers: dict[Term, Node] = {}
        self._nulls: dict[Term, Node] = {}
        self._against: dict[tuple[Term, str, float], Node] = {}
        for term in order:
            self._wire(term)

    def holds(self, term: Term) -> Node:
        """Return where a truth holds; a term that is none holds nowhere."""
        return self._truths.get(term, self._unknown)[0]

    def _fails(self, term: Term) -> Node:
        """Return where a truth fails."""
        return self._truths.get(term, self._unknown)[1]

    def _null(self, term: Term) -> Node:
        """Return where there is no value."""
        if term in self._nulls:
            return self._nulls[term]
        return self.circuit.opposite(self.circuit.either(self.holds(term), self._fails(term)))

    def _number(self, term: Term) -> Node:
        """Return a term as numbers; null and truths are none."""
        return self._numbers.get(term) or self.circuit.number(_NAN)

    def _wire(self, term: Term) -> None:
        """Wire one term whose arguments are wired."""
        match term.operation:
            case "column" if term.value not in self._columns:
                self._numbers[term] = self.circuit.column(str(term.value))
                self._nulls[term] = self.circuit.asked(str(term.value), "null")
            case "constant" if not isinstance(term.value, bool | None):
                self._numbers[term] = self.circuit.number(self._value(term))
                self._nulls[term] = self.circuit.nowhere
            case "chosen" if not any(map(self._is_truth, term.arguments[1:])):
                self._choose(term, *term.arguments)
            case operation if operation in CALCULATIONS:
                self._calculate(term)
            case _:
                self._truths[term] = self._truth(term)

    def _is_truth(self, term: Term) -> bool:
        """Whether a term is a truth; null is whatever is asked for."""
        return term in self._truths and term is not NULL

    def _truth(self, term: Term) -> Truth:
        """Return where a truth holds and where it fails."""
        circuit, arguments = self.circuit, term.arguments
        match term.operation:
            case "column":
                name = str(term.value)
                return circuit.asked(name, "holds"), circuit.asked(name, "fails")
            case "constant":
                yes, no = (term.value is each for each in (True, False))
                return circuit.constant(holds=yes), circuit.constant(holds=no)
            case "not":
                return self._fails(arguments[0]), self.holds(arguments[0])
            case "is_true":
                return self._certain(self.holds(arguments[0]))
            case "is_null":
                return self._certain(self._null(arguments[0]))
            case "chosen":
                return self._chosen_truth(*arguments)
            case "and":
                holds = circuit.both(*map(self.holds, arguments))
                fails = circuit.either(*map(self._fails, arguments))
            case "or":
                holds = circuit.either(*map(self.holds, arguments))
                fails = circuit.both(*map(self._fails, arguments))
            case _:
                holds, fails = self._compared(term.operation, *arguments)
        return (holds, fails) if term.nullable else self._certain(holds)

    def _certain(self, holds: Node) -> Truth:
        """Return a truth that is unknown nowhere."""
        return holds, self.circuit.opposite(holds)

    def _chosen_truth(self, condition: Term, then: Term, otherwise: Term) -> Truth:
        """Return one truth where a condition holds and the other elsewhere."""
        where = self.holds(condition)
        return (
            self.circuit.chosen(where, self.holds(then), self.holds(otherwise)),
            self.circuit.chosen(where, self._fails(then), self._fails(otherwise)),
        )

    def _choose(self, term: Term, condition: Term, then: Term, otherwise: Term) -> None:
        """Wire one number where a condition holds and another elsewhere."""
        where = self.holds(condition)
        self._numbers[term] = self.circuit.picked(
            where, self._number(then), self._number(otherwise)
        )
        self._nulls[term] = self.circuit.chosen(where, self._null(then), self._null(otherwise))

    def _calculate(self, term: Term) -> None:
        """Wire a calculation; it has no value where an operand has none, or it divides by zero."""
        operands = [self._number(each) for each in term.arguments]
        nulls = [self._null(each) for each in term.arguments]
        if term.operation in _QUOTIENTS:
            nulls.append(self._compared_with(term.arguments[1], "eq", 0.0))
        self._numbers[term] = self.circuit.calculated(term.operation, *operands)
        self._nulls[term] = self.circuit.either(*nulls)

    def _compared(self, asks: str, left: Term, right: Term) -> Truth:
        """Compare two values of one kind; what has no value on either side is unknown."""
        circuit = self.circuit
        if self._is_truth(left) and self._is_truth(right):
            return self._same(left, right)
        if self._is_truth(left) or self._is_truth(right):
            return self._unknown
        if right.operation == "constant":
            holds = self._compared_with(left, asks, self._value(right))
        elif left.operation == "constant":
            holds = self._compared_with(right, _MIRRORED[asks], self._value(left))
        else:
            holds = circuit.compared(asks, self._number(left), self._number(right))
        decided = circuit.either(holds, self._null(left), self._null(right))
        return holds, circuit.opposite(decided)

    def _same(self, left: Term, right: Term) -> Truth:
        """Compare two truths."""
        circuit, ours, theirs = self.circuit, self._truths[left], self._truths[right]
        same = circuit.either(circuit.both(ours[0], theirs[0]), circuit.both(ours[1], theirs[1]))
        other = circuit.either(circuit.both(ours[0], theirs[1]), circuit.both(ours[1], theirs[0]))
        return same, other

    def _compared_with(self, term: Term, asks: str, value: float) -> Node:
        """Return where a number compares so with a constant."""
        key = term, asks, value
        found = self._against.get(key)
        if found is None:
            found = self._against[key] = self._newly_compared(term, asks, value)
        return found

    def _newly_compared(self, term: Term, asks: str, value: float) -> Node:
        """Ask a column, or each side of a choice; what is calculated has to be compared."""
        circuit = self.circuit
        match term.operation:
            case "column":
                return circuit.asked(str(term.value), asks, value)
            case "constant":
                return circuit.constant(holds=COMPARISONS[asks](self._value(term), value))
            case "chosen":
                condition, *sides = term.arguments
                then, otherwise = (self._compared_with(each, asks, value) for each in sides)
                return circuit.chosen(self.holds(condition), then, otherwise)
            case _:
                return circuit.compared(asks, self._number(term), circuit.number(value))

    def _value(self, constant: Term) -> float:
        """Return a constant as a number: null as NaN, and a text as its place in the table."""
        value = constant.value
        if isinstance(value, str):
            return self._texts.get(value, -1.0)
        return _NAN if value is None else float(value)
