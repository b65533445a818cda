"""A checked tree to what the evaluators run, made once for each expression.

A program answers with its value alone and stops as soon as that is decided. Most of what is asked
of a pack needs no more; the evaluator goes through the same programs for a trace of all operands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from backrec_cli.expression import nodes
from backrec_cli.expression.arithmetic import OutOfRangeError
from backrec_cli.expression.environment import Facts, value_of_clock, value_of_fact
from backrec_cli.expression.functions import NOW, TIME_OF_DAY, TODAY
from backrec_cli.expression.operations import Operation, operation_of
from backrec_cli.expression.values import Value
from backrec_cli.ternary import Truth

Evaluation = Callable[[Facts], Value]
CLOCK = frozenset({TODAY, NOW, TIME_OF_DAY})


@dataclass(frozen=True, slots=True)
class Program:
    """One node made ready to run.

    value      gives the value of the node; null where nothing can hold it.
    parts      the programs of its operands, and of what a reference stands for.
    operation  what it makes of the values of its parts; None for a leaf.
    """

    node: nodes.Node
    value: Evaluation
    parts: tuple["Program", ...] = ()
    operation: Operation | None = None


def program_of(node: nodes.Node) -> Program:
    """Make a checked tree ready to run."""
    match node:
        case nodes.FactRef():
            return Program(node, _fact(node))
        case nodes.Literal() | nodes.ParameterRef():
            constant = node.value
            return Program(node, lambda _: constant)
        case nodes.ExpressionRef():
            inner = program_of(node.node)
            return Program(node, inner.value, (inner,))
        case nodes.Name():
            msg = f"unchecked name {'.'.join(node.parts)}"
            raise TypeError(msg)
        case nodes.FunctionRef() if node.name in CLOCK:
            name = node.name
            return Program(node, lambda facts: value_of_clock(name, facts.environment.as_of))
        case _:
            parts = tuple(map(program_of, node.operands))
            operation = operation_of(node)
            return Program(node, _branch(node, parts, operation), parts, operation)


def paths_read(program: Program) -> Iterator[str]:
    """Yield the path of every fact that is read, in reading order."""
    if isinstance(program.node, nodes.FactRef):
        yield program.node.path
    for part in program.parts:
        yield from paths_read(part)


def _fact(node: nodes.FactRef) -> Evaluation:
    """Read a fact; as no other reads it, its value is kept under its name."""
    path = node.path
    # One fact is not read both as a boolean and as something else, but nothing depends on it.
    name = f"{path}{'?' if node.boolean else ''}"
    if node.attribute is not None:
        name = f"{path}.{node.attribute}"

    def fact(facts: Facts) -> Value:
        try:
            return facts.seen[name]
        except KeyError:
            value = facts.seen[name] = value_of_fact(node, facts.environment.fact(path))
            return value

    return fact


def _branch(node: nodes.Branch, parts: tuple[Program, ...], operation: Operation) -> Evaluation:
    """Combine operands; the connectives leave out those that cannot change the answer."""
    values = tuple(part.value for part in parts)
    match node:
        case nodes.And():
            return _until(Truth.FALSE, Truth.TRUE, values)
        case nodes.Or():
            return _until(Truth.TRUE, Truth.FALSE, values)
        case _ if len(values) == 1:
            return _of_one(values[0], operation)
        case _ if len(values) == 2:  # noqa: PLR2004 - Most operators stand between two operands.
            return _of_two(values[0], values[1], operation)
        case _:
            return _of_many(values, operation)


def _until(decisive: Truth, neutral: Truth, values: tuple[Evaluation, ...]) -> Evaluation:
    """Look for one decisive operand; without it all must be neutral, or the answer is unknown."""

    def connected(facts: Facts) -> Value:
        answer = neutral
        for value in values:
            found = value(facts)
            if found is decisive:
                return decisive
            if found is not neutral:
                answer = Truth.UNKNOWN
        return answer

    return connected


def _of_one(operand: Evaluation, operation: Operation) -> Evaluation:
    def applied(facts: Facts) -> Value:
        try:
            return operation(operand(facts))
        except OutOfRangeError:
            return None

    return applied


def _of_two(left: Evaluation, right: Evaluation, operation: Operation) -> Evaluation:
    def applied(facts: Facts) -> Value:
        try:
            return operation(left(facts), right(facts))
        except OutOfRangeError:
            return None

    return applied


def _of_many(operands: tuple[Evaluation, ...], operation: Operation) -> Evaluation:
    def applied(facts: Facts) -> Value:
        try:
            return operation(*[operand(facts) for operand in operands])
        except OutOfRangeError:
            return None

    return applied
