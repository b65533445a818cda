"""A checked tree to what the evaluators run, made once for each expression.

A program answers with its value alone and stops as soon as that is decided. Most of what is asked
of a pack needs no more; the evaluator goes through the same programs for a trace of all operands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from backrec_cli.expression import nodes
from backrec_cli.expression.arithmetic import OutOfRangeError
from backrec_cli.expression.environment import Facts, value_of_clock, value_of_fact
from backrec_cli.expression.functions import NOW, TIME_OF_DAY, TODAY
from backrec_cli.expression.operations import Operation, operation_of
from backrec_cli.expression.values import Value
from backrec_cli.facts.reading import FactReading
from backrec_cli.ternary import Truth

Evaluation = Callable[[Facts], Value]
CLOCK = frozenset({TODAY, NOW, TIME_OF_DAY})
_CONNECTIVES = (
    nodes.And,
    nodes.Or,
    nodes.Xor,
    nodes.Implies,
    nodes.Not,
    nodes.If,
    nodes.Case,
    nodes.SelectedCase,
)


class _Nobody:
    """The record of nobody, for what can be worked out without a patient."""

    as_of = date.min

    def fact(self, path: str) -> FactReading:
        """Return that a fact is not recorded."""
        return FactReading(path)


_NOBODY = Facts(_Nobody(), strict=True)


@dataclass(frozen=True, slots=True)
class Program:
    """One node made ready to run.

    value  gives the value of the node; null where nothing can hold it.
    parts  the programs of its operands, and of what a reference stands for.
    fixed  whether the value is the same for every patient.
    """

    node: nodes.Node
    value: Evaluation
    parts: tuple["Program", ...] = ()
    fixed: bool = False


def program_of(node: nodes.Node, *, bare: bool = True) -> Program:
    """Make a checked tree ready to run; `bare` where it stands as a condition itself."""
    match node:
        case nodes.FactRef():
            return Program(node, _fact(node, bare=bare))
        case nodes.Literal() | nodes.ParameterRef():
            constant = node.value
            return Program(node, lambda _: constant, fixed=True)
        case nodes.ExpressionRef():
            inner = program_of(node.node, bare=bare)
            return Program(node, _kept(inner, id(node.node)), (inner,), inner.fixed)
        case nodes.Name():
            msg = f"unchecked name {'.'.join(node.parts)}"
            raise TypeError(msg)
        case nodes.FunctionRef() if node.name in CLOCK:
            return Program(node, _clock(node.name))
        case _:
            return _branch(node)


def paths_read(program: Program) -> Iterator[str]:
    """Yield the path of every fact that is read, in reading order."""
    if isinstance(program.node, nodes.FactRef):
        yield program.node.path
    for part in program.parts:
        yield from paths_read(part)


def _kept(inner: Program, key: int) -> Evaluation:
    """Evaluate a definition once for one patient, however many conditions refer to it.

    It is known by the identity of its tree, which the program keeps alive. Where facts are assumed
    its value may be another one, and is not kept.
    """

    def kept(facts: Facts) -> Value:
        if facts.assumed:
            return inner.value(facts)
        try:
            return facts.seen[key]
        except KeyError:
            value = facts.seen[key] = inner.value(facts)
            return value

    return kept


def _clock(name: str) -> Evaluation:
    """Read the clock, which stands still while a patient is assessed."""

    def clock(facts: Facts) -> Value:
        try:
            return facts.seen[name]
        except KeyError:
            value = facts.seen[name] = value_of_clock(name, facts.environment.as_of)
            return value

    return clock


def _fact(node: nodes.FactRef, *, bare: bool) -> Evaluation:
    """Read a fact; its value is kept under the name that it is read under."""
    path = node.path
    name = path if node.attribute is None else f"{path}.{node.attribute}"

    def fact(facts: Facts) -> Value:
        try:
            return facts.seen[name]
        except KeyError:
            value = facts.seen[name] = value_of_fact(node, facts.environment.fact(path))
            return value

    def condition(facts: Facts) -> Value:
        value = fact(facts)
        assumed = facts.assumed and value is Truth.UNKNOWN and facts.may_be_assumed(path)
        return Truth.FALSE if assumed else value

    return condition if bare and node.boolean else fact


def _branch(node: nodes.Branch) -> Program:
    """Combine operands; `and` and `or` leave out those that cannot change the answer."""
    connective = isinstance(node, _CONNECTIVES)
    parts = tuple([program_of(each, bare=connective) for each in node.operands])
    operation = operation_of(node)
    values = tuple([part.value for part in parts])
    fixed = bool(parts) and all(part.fixed for part in parts)
    match node:
        case nodes.And():
            value = _until(Truth.FALSE, Truth.TRUE, values)
        case nodes.Or():
            value = _until(Truth.TRUE, Truth.FALSE, values)
        case _:
            value = _applied(operation, values, () if connective else parts)
    if fixed:
        value = _for_everybody(value)
    return Program(node, value, parts, fixed=fixed)


def _for_everybody(value: Evaluation) -> Evaluation:
    """Work out at once what depends on no patient, unless nothing can hold it."""
    try:
        constant = value(_NOBODY)
    except OutOfRangeError:
        return value
    return lambda _: constant


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


def _applied(
    operation: Operation, values: tuple[Evaluation, ...], reading: tuple[Program, ...]
) -> Evaluation:
    """Apply an operation to all operands.

    reading  the operands of a comparison, which is false where one of them may be assumed.
    """
    if len(values) == 2:  # noqa: PLR2004 - Most operators stand between two operands.
        return _applied_to_two(operation, values[0], values[1], reading)

    def applied(facts: Facts) -> Value:
        try:
            value = operation(*[each(facts) for each in values])
        except OutOfRangeError:
            if facts.strict:
                raise
            return None
        assumed = facts.assumed and value is Truth.UNKNOWN and _is_assumed(reading, facts)
        return Truth.FALSE if assumed else value

    return applied


def _applied_to_two(
    operation: Operation, left: Evaluation, right: Evaluation, reading: tuple[Program, ...]
) -> Evaluation:
    """Do the same without a list of operands, which takes longer than most operations."""

    def applied(facts: Facts) -> Value:
        try:
            value = operation(left(facts), right(facts))
        except OutOfRangeError:
            if facts.strict:
                raise
            return None
        assumed = facts.assumed and value is Truth.UNKNOWN and _is_assumed(reading, facts)
        return Truth.FALSE if assumed else value

    return applied


def _is_assumed(parts: tuple[Program, ...], facts: Facts) -> bool:
    """Whether a fact that may be assumed is read, other than inside another truth value."""
    return any(_reads_assumed(part, facts) for part in parts)


def _reads_assumed(program: Program, facts: Facts) -> bool:
    node = program.node
    if isinstance(node, nodes.FactRef):
        return facts.may_be_assumed(node.path)
    if not isinstance(node, nodes.ExpressionRef) and isinstance(program.value(facts), Truth):
        return False
    return _is_assumed(program.parts, facts)
