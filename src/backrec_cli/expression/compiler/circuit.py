"""Planes and numbers, and the few operations that make further ones of them; equal ones are one.

A plane is one bit a row, without anything unknown. What is the same in every row is settled while
the circuit is made, so nothing is computed that cannot differ.
"""

from collections.abc import Iterable
from typing import NamedTuple

Operand = float | str | None


class Question(NamedTuple):
    """What is asked of a column, the same of every row; a plane answers it.

    asks   `holds`, `fails` or `null`; or how its numbers compare with the value.
    value  a number, or the place of a text in the table of texts.
    """

    column: str
    asks: str
    value: float = 0.0


class Node:
    """An operation on other planes and numbers.

    number  how many were made before it.
    value   of a question, the question; of a column of numbers its name; of a number itself.
    """

    __slots__ = ("arguments", "number", "operation", "value")

    def __init__(
        self,
        number: int,
        operation: str,
        arguments: tuple["Node", ...],
        value: Question | Operand,
    ) -> None:
        """Keep the parts; nodes are made by a circuit, never directly."""
        self.number = number
        self.operation = operation
        self.arguments = arguments
        self.value = value


class Circuit:
    """Makes nodes, each only once."""

    def __init__(self) -> None:
        """Start with what holds in every row and what holds in none."""
        self._made: dict[tuple[str, tuple[Node, ...], Question | Operand], Node] = {}
        self.everywhere = self._node("everywhere")
        self.nowhere = self._node("nowhere")

    def _node(self, operation: str, *arguments: Node, value: Question | Operand = None) -> Node:
        key = (operation, arguments, value)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = Node(len(self._made), operation, arguments, value)
        return found

    def constant(self, *, holds: bool) -> Node:
        """Return the plane that holds in every row, or in none."""
        return self.everywhere if holds else self.nowhere

    def asked(self, column: str, asks: str, value: float = 0.0) -> Node:
        """Return the plane that answers a question to a column."""
        return self._node("asked", value=Question(column, asks, value))

    def opposite(self, plane: Node) -> Node:
        """Return where a plane does not hold."""
        if plane is self.everywhere:
            return self.nowhere
        if plane is self.nowhere:
            return self.everywhere
        if plane.operation == "opposite":
            return plane.arguments[0]
        return self._node("opposite", plane)

    def both(self, *planes: Node) -> Node:
        """Return where all of the planes hold."""
        return self._joined("and", planes, neutral=self.everywhere, settling=self.nowhere)

    def either(self, *planes: Node) -> Node:
        """Return where one of the planes holds."""
        return self._joined("or", planes, neutral=self.nowhere, settling=self.everywhere)

    def chosen(self, condition: Node, then: Node, otherwise: Node) -> Node:
        """Return one plane where another holds, and a third elsewhere."""
        if then is otherwise:
            return then
        elsewhere = self.opposite(condition)
        return self.either(self.both(condition, then), self.both(elsewhere, otherwise))

    def _joined(
        self, operation: str, planes: Iterable[Node], *, neutral: Node, settling: Node
    ) -> Node:
        """Join planes two by two, those made first before others, so that beginnings are shared."""
        found = set(planes)
        found.discard(neutral)
        if settling in found or any(
            each.operation == "opposite" and each.arguments[0] in found for each in found
        ):
            return settling
        joined = neutral
        for plane in sorted(found, key=lambda each: each.number):
            joined = plane if joined is neutral else self._node(operation, joined, plane)
        return joined

    def compared(self, asks: str, left: Node, right: Node) -> Node:
        """Return where two numbers compare so; nowhere without either of them."""
        return self._node(asks, left, right)

    def number(self, value: float) -> Node:
        """Return the same number in every row."""
        return self._node("number", value=value)

    def column(self, name: str) -> Node:
        """Return the numbers of a column."""
        return self._node("column", value=name)

    def picked(self, condition: Node, then: Node, otherwise: Node) -> Node:
        """Return one number where a plane holds, and another elsewhere."""
        if condition is self.everywhere or then is otherwise:
            return then
        if condition is self.nowhere:
            return otherwise
        return self._node("picked", condition, then, otherwise)

    def calculated(self, operation: str, *operands: Node) -> Node:
        """Return the result of one operation of arithmetic."""
        return self._node(operation, *operands)
