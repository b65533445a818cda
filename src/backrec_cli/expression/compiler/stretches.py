"""A circuit -> the order in which its planes and numbers are computed, and the places they lie in.

All but a few steps join two planes by `&`, `|` or `^`. They stand in stretches, each up to the next
step that has to do with numbers, so that nothing has to be looked up between one and the other.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from backrec_cli.expression.compiler.circuit import Circuit, Node, Question
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.numerals import Numbers, calculated
from backrec_cli.expression.compiler.rows import Rows
from backrec_cli.expression.compiler.wiring import CALCULATIONS, COMPARISONS

ARRAYS: Mapping[str, np.ufunc] = {
    "eq": np.equal,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
}
_JOINS: Mapping[str, Callable[[int, int], int]] = {"and": operator.and_, "or": operator.or_}
_NUMBERS = frozenset({"number", "column", "picked", *CALCULATIONS})
_EVERYWHERE = 0
"""The place of the plane that holds in every row; the opposite of another is its `^` with it."""

Join = tuple[Callable[[int, int], int], int, int, int]
"""How two planes are joined, the place of what they come to, and the places of the two."""


@dataclass(frozen=True, slots=True)
class Places:
    """What lies in the places while a program runs."""

    planes: list[int]
    numbers: list[Numbers | float]
    rows: Rows


class NumberStep(Protocol):
    """A step that has to do with numbers."""

    def run(self, places: Places) -> None:
        """Put what it computes in its place."""
        ...


@dataclass(frozen=True, slots=True)
class Comparing:
    """Two numbers -> a plane."""

    asks: str
    target: int
    left: int
    right: int

    def run(self, places: Places) -> None:
        """Compare; what has no value on either side holds not."""
        left, right = places.numbers[self.left], places.numbers[self.right]
        if isinstance(left, float) and isinstance(right, float):
            found = places.rows.every if COMPARISONS[self.asks](left, right) else 0
        else:
            found = places.rows.bits(ARRAYS[self.asks](left, right))
        places.planes[self.target] = found


@dataclass(frozen=True, slots=True)
class Picking:
    """A plane and two numbers -> one number where the plane holds, and the other elsewhere."""

    target: int
    condition: int
    then: int
    otherwise: int

    def run(self, places: Places) -> None:
        """Pick; where there is nothing to pick from, nothing is copied."""
        holds = places.planes[self.condition]
        then, otherwise = places.numbers[self.then], places.numbers[self.otherwise]
        if not holds:
            found = otherwise
        elif holds == places.rows.every:
            found = then
        else:
            found = np.where(places.rows.flags(holds), then, otherwise)
        places.numbers[self.target] = found


@dataclass(frozen=True, slots=True)
class Calculating:
    """One or two numbers -> what a calculation makes of them."""

    operation: str
    target: int
    operands: tuple[int, ...]

    def run(self, places: Places) -> None:
        """Calculate; numbers that are the same in every row stay one number."""
        found = calculated(self.operation, [places.numbers[each] for each in self.operands])
        places.numbers[self.target] = found if found.ndim else float(found)


@dataclass(slots=True)
class Stretch:
    """Joins of planes one after the other, and the step on numbers that ends them."""

    joins: list[Join] = field(default_factory=list)
    end: NumberStep | None = None

    def run(self, places: Places) -> None:
        """Run all of its steps."""
        planes = places.planes
        for join, target, left, right in self.joins:
            planes[target] = join(planes[left], planes[right])
        if self.end is not None:
            self.end.run(places)


@dataclass(frozen=True, slots=True)
class Code:
    """The steps that compute a circuit.

    questions, columns  what has to be known of a frame before the first step, in this order.
    constants           the numbers that lie behind those of the columns.
    wanted              where the wanted planes lie in the end, in their order.
    widths              how many places there are for planes, and how many for numbers.
    """

    stretches: Sequence[Stretch]
    questions: Sequence[Question]
    columns: Sequence[str]
    constants: Sequence[float]
    wanted: Sequence[int]
    widths: tuple[int, int]

    def run(
        self, planes: Sequence[int], numbers: Sequence[Numbers | float], rows: Rows
    ) -> Sequence[int]:
        """Return the wanted planes, from what a frame answers."""
        laid: list[int] = [rows.every, 0, *planes]
        known = [*numbers, *self.constants]
        places = Places(
            laid + [0] * (self.widths[0] - len(laid)),
            known + [0.0] * (self.widths[1] - len(known)),
            rows,
        )
        for stretch in self.stretches:
            stretch.run(places)
        return [places.planes[place] for place in self.wanted]


def arranged(circuit: Circuit, wanted: Sequence[Node]) -> Code:
    """Put all that the wanted planes rest on in order, and give it places."""
    always = (circuit.everywhere, circuit.nowhere)
    order = in_order((*always, *wanted))
    asked = [each for each in order if each.operation == "asked"]
    columns = [each for each in order if each.operation == "column"]
    constants = [each for each in order if each.operation == "number"]
    arranging = _Arranging(_last_uses(order, {*always, *wanted}))
    for leaf in (*always, *asked, *columns, *constants):
        arranging.take(leaf)
    for node in order:
        if node.arguments:
            arranging.add(node)
    return Code(
        arranging.stretches,
        [each.value for each in asked if isinstance(each.value, Question)],
        [str(each.value) for each in columns],
        [each.value for each in constants if isinstance(each.value, float)],
        [arranging.place[each] for each in wanted],
        (arranging.width[False], arranging.width[True]),
    )


class _Arranging:
    """Gives nodes their places, each used again after the last use of what lies there."""

    def __init__(self, ends: Mapping[Node, Sequence[Node]]) -> None:
        """Start with all places free. `ends`: of which nodes a node is the last user."""
        self.stretches = [Stretch()]
        self.place: dict[Node, int] = {}
        self.width = {False: 0, True: 0}
        self._free: dict[bool, list[int]] = {False: [], True: []}
        self._ends = ends

    def add(self, node: Node) -> None:
        """Add the step that computes a node."""
        operands = [self.place[each] for each in node.arguments]
        for each in self._ends.get(node, ()):
            self._free[each.operation in _NUMBERS].append(self.place[each])
        target = self.take(node)
        stretch = self.stretches[-1]
        if node.operation == "opposite":
            stretch.joins.append((operator.xor, target, _EVERYWHERE, operands[0]))
        elif node.operation in _JOINS:
            stretch.joins.append((_JOINS[node.operation], target, operands[0], operands[1]))
        else:
            stretch.end = _number_step(node.operation, target, operands)
            self.stretches.append(Stretch())

    def take(self, node: Node) -> int:
        """Return a place for a node from now on, among the planes or among the numbers."""
        number = node.operation in _NUMBERS
        if not self._free[number]:
            self._free[number].append(self.width[number])
            self.width[number] += 1
        self.place[node] = self._free[number].pop()
        return self.place[node]


def _number_step(operation: str, target: int, operands: Sequence[int]) -> NumberStep:
    if operation in COMPARISONS:
        return Comparing(operation, target, operands[0], operands[1])
    if operation == "picked":
        return Picking(target, operands[0], operands[1], operands[2])
    return Calculating(operation, target, tuple(operands))


def _last_uses(order: Sequence[Node], kept: set[Node]) -> Mapping[Node, list[Node]]:
    """Return for each node those that nothing behind it uses."""
    last = {each: node for node in order for each in node.arguments}
    ends: dict[Node, list[Node]] = {}
    for each, user in last.items():
        if each not in kept:
            ends.setdefault(user, []).append(each)
    return ends
