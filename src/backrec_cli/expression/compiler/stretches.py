"""A circuit -> the order in which its planes and numbers are computed, and the places they lie in.

All but a few steps join two planes by `&`, `|` or `^`. They stand in stretches, each up to the next
step that has to do with numbers, so that nothing has to be looked up between one and the other.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from backrec_cli.expression.compiler.circuit import Node, Question
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


class Arrangement:
    """The places of a circuit's nodes, and its steps; a place is used again.

    questions, columns  what has to be known of a frame before the first step, in this order.
    """

    def __init__(self, everywhere: Node, nowhere: Node, wanted: Iterable[Node]) -> None:
        """Arrange all that the wanted planes rest on; these are kept to the end."""
        wanted = tuple(wanted)
        order = in_order((everywhere, nowhere, *wanted))
        asked = [each for each in order if each.operation == "asked"]
        columns = [each for each in order if each.operation == "column"]
        constants = [each for each in order if each.operation == "number"]
        self.questions = [each.value for each in asked if isinstance(each.value, Question)]
        self.columns = [str(each.value) for each in columns]
        self._constants = [each.value for each in constants if isinstance(each.value, float)]
        self._place: dict[Node, int] = {}
        self._free: dict[bool, list[int]] = {True: [], False: []}
        self._width = {False: 0, True: 0}
        self._ends = _last_uses(order, {everywhere, *wanted})
        for leaf in (everywhere, nowhere, *asked, *columns, *constants):
            self._place[leaf] = self._taken(leaf)
        self.stretches = [Stretch()]
        for node in order:
            if node.arguments:
                self._arrange(node)

    def places(
        self, planes: Sequence[int], numbers: Sequence[Numbers | float], rows: Rows
    ) -> Places:
        """Lay what the frame answers in its places; the others are empty."""
        plane_places = [rows.every, 0, *planes]
        number_places = [*numbers, *self._constants]
        plane_places += [0] * (self._width[False] - len(plane_places))
        number_places += [0.0] * (self._width[True] - len(number_places))
        return Places(plane_places, number_places, rows)

    def place(self, node: Node) -> int:
        """Return where a wanted plane lies in the end."""
        return self._place[node]

    def _arrange(self, node: Node) -> None:
        """Add the step that computes a node."""
        operands = [self._place[each] for each in node.arguments]
        for each in self._ends.get(node, ()):
            self._free[each.operation in _NUMBERS].append(self._place[each])
        target = self._place[node] = self._taken(node)
        stretch = self.stretches[-1]
        if node.operation == "opposite":
            stretch.joins.append((operator.xor, target, _EVERYWHERE, operands[0]))
        elif node.operation in _JOINS:
            stretch.joins.append((_JOINS[node.operation], target, operands[0], operands[1]))
        else:
            stretch.end = _number_step(node.operation, target, operands)
            self.stretches.append(Stretch())

    def _taken(self, node: Node) -> int:
        """Return a free place for a node, among the planes or among the numbers."""
        number = node.operation in _NUMBERS
        if self._free[number]:
            return self._free[number].pop()
        self._width[number] += 1
        return self._width[number] - 1


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
