"""A checked expression -> the column of its value, with the columns of all its parts.

Whatever columns cannot hold exactly as the evaluator does is refused with NotColumnarError; whoever
asked then evaluates patient by patient.
"""

from collections.abc import Collection

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import choices, days, numbers, terms, truths
from backrec_cli.expression.compiler.compiled import Compiled, Facts, NotColumnarError
from backrec_cli.expression.compiler.folding import folded, must_fit, reads_nothing
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term
from backrec_cli.expression.functions import COALESCE, TODAY
from backrec_cli.expression.scope import Expression
from backrec_cli.ternary import Truth

_CONNECTIVES = (
    nodes.And, nodes.Or, nodes.Xor, nodes.Implies, nodes.Not,
    nodes.If, nodes.Case, nodes.SelectedCase,
)  # fmt: skip
_LISTS = (nodes.ListSelector, nodes.IntervalSelector, nodes.TupleSelector)
_CALCULATIONS = (nodes.Add, nodes.Subtract, nodes.Multiply, nodes.Divide)
_TIMINGS = (
    nodes.SameAs, nodes.SameOrBefore, nodes.SameOrAfter, nodes.Before, nodes.After,
)  # fmt: skip


def compile_columns(
    expression: Expression, facts: Facts, *, assume_false: Collection[str] = ()
) -> Compiled:
    """Compile an expression against one view of the facts.

    assume_false  facts that, where they are not recorded, make the innermost comparison that reads
                  them false, as `evaluate` does it.

    Raises NotColumnarError for what columns cannot hold.
    """
    return must_fit(_Compiler(facts, assume_false).compiled(expression.node))


class _Compiler:
    """Walks one tree; holds what stays the same on the way."""

    def __init__(self, facts: Facts, assumed: Collection[str]) -> None:
        self.facts = facts
        self.assumed = assumed

    def compiled(self, node: nodes.Node, *, bare: bool = True) -> Compiled:
        """Compile a node with all its operands; `bare` where it stands as a condition itself."""
        if reads_nothing(node):
            return folded(node)
        match node:
            case nodes.FactRef():
                return self._fact(node, bare=bare)
            case nodes.ExpressionRef():
                inner = self.compiled(node.node, bare=bare)
                return _like(inner, node)
            case nodes.FunctionRef(name=name) if name == TODAY:
                return Compiled(node, self.facts.as_of, day=True)
            case nodes.Literal() | nodes.ParameterRef() | nodes.Name():
                msg = "a constant that is none"
                raise NotColumnarError(msg)
            case _:
                conditions = isinstance(node, _CONNECTIVES)
                inputs = tuple([self.compiled(each, bare=conditions) for each in node.operands])
                return self._combined(node, inputs)

    def _fact(self, node: nodes.FactRef, *, bare: bool) -> Compiled:
        fact = self.facts.fact(node.path)
        if node.attribute not in (None, "value") and fact.worked_out:
            msg = f"the date of {node.path}, which follows from other facts"
            raise NotColumnarError(msg)
        if node.attribute not in (None, "value"):
            holds = fact.known
            if fact.boolean:
                holds = terms.all_of((holds, terms.negated(terms.is_false(fact.value))))
            return Compiled(
                node, terms.chosen(holds, fact.on, NULL), day=True, reads=True, fact=fact
            )
        value = fact.value
        if fact.boolean and bare and fact.path in self.assumed:
            value = terms.chosen(fact.unrecorded, FALSE, value)
        return Compiled(
            node,
            value,
            low=fact.low,
            high=fact.high,
            unit=None if node.attribute else fact.unit,
            rounded=fact.rounded,
            whole=fact.whole,
            day=fact.day,
            text=fact.text,
            reads=True,
            fact=fact,
            words=fact.words,
        )

    def _combined(self, node: nodes.Branch, inputs: tuple[Compiled, ...]) -> Compiled:
        """Combine operands; a truth over an assumed fact is false instead of unknown."""
        if not isinstance(node, nodes.In | nodes.Contains):
            inputs = tuple(map(must_fit, inputs))
        truth = _truth(node, inputs)
        if truth is None:
            return _valued(node, inputs)
        if self.assumed and not isinstance(node, _CONNECTIVES):
            read = terms.any_of(map(self._assumed_in, inputs))
            truth = terms.chosen(terms.all_of((terms.is_null(truth), read)), FALSE, truth)
        return Compiled(node, truth, inputs, reads=_read(inputs))

    def _assumed_in(self, part: Compiled) -> Term:
        """Whether an unrecorded optional fact is read, other than inside another truth value."""
        if part.fact is not None and not part.inputs:
            return part.fact.unrecorded if part.fact.path in self.assumed else FALSE
        if _is_truth(part) and not isinstance(part.node, nodes.ExpressionRef):
            return FALSE
        return terms.any_of(map(self._assumed_in, part.inputs))


def _like(inner: Compiled, node: nodes.ExpressionRef) -> Compiled:
    """Return a definition's reference: its tree with one more node on top."""
    return Compiled(
        node,
        inner.value,
        (inner,),
        low=inner.low,
        high=inner.high,
        unit=inner.unit,
        rounded=inner.rounded,
        whole=inner.whole,
        day=inner.day,
        text=inner.text,
        reads=inner.reads,
        fact=inner.fact,
        words=inner.words,
        folded=inner.folded,
    )


def _read(inputs: tuple[Compiled, ...]) -> bool:
    return any(each.reads for each in inputs)


def _is_truth(part: Compiled) -> bool:
    """Whether a part's value is a truth, never null in another sense."""
    if isinstance(part.folded, Truth):
        return True
    return isinstance(part.node, _TRUTHS)


_TRUTHS = (
    nodes.And, nodes.Or, nodes.Xor, nodes.Implies, nodes.Not, nodes.IsNull, nodes.IsTrue,
    nodes.IsFalse, nodes.Less, nodes.LessOrEqual, nodes.Greater, nodes.GreaterOrEqual, nodes.Equal,
    nodes.NotEqual, nodes.Equivalent, nodes.Between, nodes.ProperlyBetween, nodes.In,
    nodes.Contains, nodes.Exists, *_TIMINGS,
)  # fmt: skip


def _truth(node: nodes.Branch, inputs: tuple[Compiled, ...]) -> Term | None:
    """Return the truth of an operator that has one, else None."""
    values = [each.value for each in inputs]
    match node:
        case nodes.And():
            return terms.all_of(values)
        case nodes.Or():
            return terms.any_of(values)
        case nodes.Not():
            return terms.negated(values[0])
        case nodes.Implies():
            return terms.any_of((terms.negated(values[0]), values[1]))
        case nodes.Xor():
            return _exclusive(*values)
        case nodes.IsNull():
            return terms.all_of((inputs[0].missing, terms.is_null(inputs[0].low)))
        case nodes.IsTrue():
            return terms.is_true(values[0])
        case nodes.IsFalse():
            return terms.is_false(values[0])
        case _:
            return _comparison(node, inputs)


def _comparison(node: nodes.Branch, inputs: tuple[Compiled, ...]) -> Term | None:
    """Return the truth of a comparison or membership, None for another operator."""
    match node:
        case nodes.Less() | nodes.LessOrEqual() | nodes.Greater() | nodes.GreaterOrEqual():
            return truths.ordered(node, inputs[0], inputs[1])
        case nodes.Equal() | nodes.NotEqual() | nodes.Equivalent():
            return truths.alike(node, inputs)
        case nodes.Between() | nodes.ProperlyBetween():
            return truths.between(node, inputs)
        case nodes.In() | nodes.Contains():
            return truths.membership(node, inputs)
        case nodes.Exists():
            return truths.exists(inputs[0])
        case (
            nodes.SameAs() | nodes.SameOrBefore() | nodes.SameOrAfter()
            | nodes.Before() | nodes.After()
        ):  # fmt: skip
            return _timed(node, inputs[0], inputs[1])
        case _:
            return None


def _exclusive(left: Term, right: Term) -> Term:
    """Return whether exactly one of two truths holds."""
    return terms.any_of(
        (
            terms.all_of((left, terms.negated(right))),
            terms.all_of((terms.negated(left), right)),
        )
    )


def _timed(node: nodes.Timing, left: Compiled, right: Compiled) -> Term:
    """Return how two days stand to each other."""
    if node.precision not in (None, "day"):
        msg = f"days compared to the {node.precision}"
        raise NotColumnarError(msg)
    match node:
        case nodes.SameAs():
            return numbers.is_equal(left, right)
        case nodes.SameOrBefore():
            return numbers.is_at_most(left, right)
        case nodes.SameOrAfter():
            return numbers.is_at_most(right, left)
        case nodes.Before():
            return numbers.is_less(left, right)
        case nodes.After():
            return numbers.is_less(right, left)


def _valued(node: nodes.Branch, inputs: tuple[Compiled, ...]) -> Compiled:
    """Return the value of an operator that is not a truth by itself."""
    match node:
        case nodes.DifferenceBetween() | nodes.DurationBetween():
            return days.distance(node, inputs[0], inputs[1])
        case nodes.Add() | nodes.Subtract() if inputs[0].day:
            return days.moved_by(node, inputs[0], inputs[1])
        case nodes.Add() if inputs[1].day:
            return days.moved_by(node, inputs[1], inputs[0])
        case nodes.Add() | nodes.Subtract() | nodes.Multiply() | nodes.Divide():
            return numbers.calculated(node, inputs[0], inputs[1])
        case nodes.If():
            return choices.choice(node, inputs)
        case nodes.FunctionRef(name="Abs"):
            return numbers.absolute(node, inputs[0])
        case nodes.FunctionRef(name=name) if name == COALESCE:
            return choices.first_of(node, inputs)
        case _:
            name = node.name if isinstance(node, nodes.FunctionRef) else type(node).__name__
            msg = f"{name} of columns"
            raise NotColumnarError(msg)
