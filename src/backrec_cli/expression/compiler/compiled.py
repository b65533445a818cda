"""What an expression reads, and what each part of it is compiled to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.terms import NULL, Term
from backrec_cli.expression.trace import is_open, lacks
from backrec_cli.expression.values import Value

Asked = tuple[str, str | None]
"""A fact to obtain, and the score it is asked for as an item of (None: for itself)."""


class NotColumnarError(Exception):
    """An expression that columns cannot hold; it has to be evaluated patient by patient."""


@dataclass(frozen=True, slots=True)
class FactColumns:
    """One fact of every patient in one view.

    value       truth, number (in the canonical unit), text or day; null where it is not known.
    known       whether it is known.
    unrecorded  whether it is unknown because nobody mentioned it.
    worked_out  whether it may follow from other facts, whose dates it then carries.
    boolean     whether its value is a truth; `whole`: a whole number; `day`: a date; `text`: a
                word or text; `rounded`: a number that was calculated, so that its last digits are
                not exact. Whole numbers and days have 64 bits, or a product of them would wrap.
    on          the day of its date; NULL for a fact without.
    unit        of a quantity.
    words       for a fact of several choices, whether each word is among them.
    low, high   for a score that is not known, the least and most it can be.
    asked       what to obtain where it is not known: itself, or the open items of a score.
    """

    path: str
    value: Term
    known: Term
    unrecorded: Term
    worked_out: bool = False
    boolean: bool = False
    whole: bool = False
    day: bool = False
    rounded: bool = False
    text: bool = False
    on: Term = NULL
    unit: str | None = None
    words: Mapping[str, Term] | None = None
    low: Term = NULL
    high: Term = NULL
    asked: Mapping[Asked, Term] = field(default_factory=dict)


class Facts(Protocol):
    """One view of the facts of every patient."""

    @property
    def as_of(self) -> Term:
        """The day of each assessment."""
        ...

    def fact(self, path: str) -> FactColumns:
        """Return a fact's columns; raises NotColumnarError for one that has none."""
        ...


@dataclass(frozen=True, slots=True)
class Compiled:
    """A part of an expression, and its parts, as `Traced` is for one patient.

    value      the column: truth, number, text or day; null where it is not known.
    low, high  for a whole number that is not known exactly, its bounds; NULL without.
    unit       of a quantity.
    rounded    whether the number was calculated, so that its last digits are not exact.
    whole      whether the number is a whole one.
    day        whether it is a date; `text`: a text.
    reads      whether any fact is read in it.
    fact       for a reference to a fact, its columns.
    words      for a list of a fact's choices, whether each word is in it.
    folded     for a part that reads nothing, its value.
    """

    node: nodes.Node
    value: Term
    inputs: tuple["Compiled", ...] = ()
    low: Term = NULL
    high: Term = NULL
    unit: str | None = None
    rounded: bool = False
    whole: bool = False
    day: bool = False
    text: bool = False
    reads: bool = False
    fact: FactColumns | None = None
    words: Mapping[str, Term] | None = None
    folded: Value = None

    @property
    def missing(self) -> Term:
        """Whether it is not known, or not exactly; a constant interval has no column, and is."""
        if self.folded is not None:
            return terms.of_truth(holds=lacks(self.folded) or is_open(self.folded))
        if self.words is not None and self.fact is not None:
            return terms.negated(self.fact.known)
        return terms.is_null(self.value)

    @property
    def is_nothing(self) -> bool:
        """Whether it is null for every patient, so that it fits beside values of any kind."""
        return self.value is NULL and not self.bounded and self.words is None

    @property
    def bounded(self) -> bool:
        """Whether it can be a number that is only known to lie between two."""
        return self.low is not NULL

    @property
    def least(self) -> Term:
        """The least it can be."""
        return terms.first_known(self.value, self.low) if self.bounded else self.value

    @property
    def most(self) -> Term:
        """The most it can be."""
        return terms.first_known(self.value, self.high) if self.bounded else self.value
