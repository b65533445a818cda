"""The terms that expressions are compiled to: what to compute for every row of a table.

A term stands for a column. Equal terms are one object, so that what two rules share is computed
once, and constants are folded while terms are made. Truths are nullable booleans and combine as
Kleene says; days are whole numbers since 1970; null is null everywhere else.
"""

from collections.abc import Iterable
from functools import cache

Constant = bool | int | float | str | None


class Term:
    """An operation on other terms; `value` is a column's name or a constant.

    nullable  False where no row can be null.
    """

    __slots__ = ("arguments", "nullable", "operation", "value")

    def __init__(
        self, operation: str, arguments: tuple["Term", ...], value: Constant, *, nullable: bool
    ) -> None:
        """Keep the parts; terms are made by the functions below, never directly."""
        self.operation = operation
        self.arguments = arguments
        self.value = value
        self.nullable = nullable

    def __repr__(self) -> str:
        parts = [repr(self.value)] if self.operation in _LEAVES else []
        return f"{self.operation}({', '.join([*parts, *map(repr, self.arguments)])})"


_LEAVES = frozenset({"column", "constant", "in"})


@cache
def _made(
    operation: str,
    arguments: tuple[Term, ...],
    value: Constant,
    _kind: str,
    nullable: bool,  # noqa: FBT001 - `cache` tells keyword arguments apart by their order.
) -> Term:
    return Term(operation, arguments, value, nullable=nullable)


def _term(operation: str, *arguments: Term, nullable: bool | None = None) -> Term:
    """Return the one term of these parts; it is null where an argument is, unless told."""
    if nullable is None:
        nullable = any(each.nullable for each in arguments)
    return _made(operation, arguments, None, "", nullable)


def column(name: str, *, nullable: bool = True) -> Term:
    """Return a column of the table."""
    return _made("column", (), name, "", nullable)


def constant(value: Constant) -> Term:
    """Return the same value in every row."""
    return _made("constant", (), value, type(value).__name__, value is None)


NULL = constant(None)
TRUE = constant(value=True)
FALSE = constant(value=False)


def of_truth(*, holds: bool) -> Term:
    """Return true or false in every row."""
    return TRUE if holds else FALSE


def all_of(terms: Iterable[Term]) -> Term:
    """Return Kleene's `and` of any number of truths; of none, true."""
    return _joined("and", terms, neutral=TRUE, settling=FALSE)


def any_of(terms: Iterable[Term]) -> Term:
    """Return Kleene's `or` of any number of truths; of none, false."""
    return _joined("or", terms, neutral=FALSE, settling=TRUE)


def _joined(operation: str, terms: Iterable[Term], *, neutral: Term, settling: Term) -> Term:
    """Join truths, nested ones of the same kind taken apart, each only once."""
    found: dict[Term, None] = {}
    for term in terms:
        parts = term.arguments if term.operation == operation else (term,)
        found.update(dict.fromkeys(parts))
    found.pop(neutral, None)
    if settling in found or any(
        each.operation == "not" and each.arguments[0] in found and not each.nullable
        for each in found
    ):
        return settling
    if len(found) < 2:  # noqa: PLR2004 - one truth is itself, and none the neutral one.
        return next(iter(found), neutral)
    return _term(operation, *found)


def negated(term: Term) -> Term:
    """Return the opposite truth."""
    if term.operation == "not":
        return term.arguments[0]
    if term.operation == "constant":
        return term if term.value is None else of_truth(holds=not term.value)
    return _term("not", term)


def is_null(term: Term) -> Term:
    """Whether there is no value."""
    if not term.nullable:
        return FALSE
    if term is NULL:
        return TRUE
    return _term("is_null", term, nullable=False)


def is_known(term: Term) -> Term:
    """Whether there is a value."""
    return negated(is_null(term))


def is_true(term: Term) -> Term:
    """Whether a truth is known and true."""
    if not term.nullable:
        return term
    if term is NULL:
        return FALSE
    return _term("is_true", term, nullable=False)


def is_false(term: Term) -> Term:
    """Whether a truth is known and false."""
    return is_true(negated(term))


def compared(operation: str, left: Term, right: Term) -> Term:
    """Return `eq`, `lt` or `le` of two values of one kind, null where either is."""
    if NULL in (left, right):
        return NULL
    return _term(operation, left, right)


def is_in(term: Term, values: Iterable[Constant]) -> Term:
    """Whether a value is one of several, none of them null."""
    return any_of(compared("eq", term, constant(value)) for value in values)


def computed(operation: str, left: Term, right: Term) -> Term:
    """Return `add`, `subtract`, `multiply`, `divide` or `floor_divide` of two numbers.

    A division by zero is null.
    """
    if NULL in (left, right):
        return NULL
    nullable = None if operation in ("add", "subtract", "multiply") else True
    if right.operation == "constant" and right.value != 0:
        nullable = None
    return _term(operation, left, right, nullable=nullable)


def cut(term: Term) -> Term:
    """Return a number rounded to eight decimals, a half going away from zero."""
    return NULL if term is NULL else _term("cut", term)


def absolute(term: Term) -> Term:
    """Return a number without its sign."""
    return NULL if term is NULL else _term("absolute", term)


def chosen(condition: Term, then: Term, otherwise: Term) -> Term:
    """Return `then` where the condition is known and true, else `otherwise`."""
    holds = is_true(condition)
    if holds is TRUE or then is otherwise:
        return then
    if holds is FALSE:
        return otherwise
    if (then, otherwise) == (TRUE, FALSE):
        return holds
    if (then, otherwise) == (FALSE, TRUE):
        return negated(holds)
    return _term("chosen", holds, then, otherwise, nullable=then.nullable or otherwise.nullable)


def first_known(*terms: Term) -> Term:
    """Return the first value that is not null."""
    found = NULL
    for term in reversed(terms):
        last = not term.nullable or found is NULL
        found = term if last else chosen(is_known(term), term, found)
    return found


def least(left: Term, right: Term) -> Term:
    """Return the smaller of two numbers that are null in the same rows."""
    return left if left is right else chosen(compared("le", left, right), left, right)


def greatest(left: Term, right: Term) -> Term:
    """Return the larger of two numbers that are null in the same rows."""
    return left if left is right else chosen(compared("le", left, right), right, left)
