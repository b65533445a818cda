"""Conditions of every patient: yes, no, open, or silent: `engine.outcome` in columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backrec_cli.batch.columns.view import ViewColumns
from backrec_cli.expression import Expression
from backrec_cli.expression.compiler import (
    Asked,
    Compiled,
    blocking,
    compile_columns,
    terms,
)
from backrec_cli.expression.compiler.terms import FALSE, TRUE, Term


@dataclass(frozen=True, slots=True)
class Condition:
    """An answer per patient, one of four; `lacking` says what keeps it open, where it is.

    compiled  the expression as it stands; None for a condition that is always a yes.
    """

    yes: Term
    no: Term = FALSE
    silent: Term = FALSE
    open: Term = FALSE
    lacking: Mapping[Asked, Term] = field(default_factory=dict)
    compiled: Compiled | None = None


_ALWAYS = Condition(TRUE)


class Conditions:
    """Judges conditions in one view, each of them once."""

    def __init__(self, view: ViewColumns) -> None:
        """Keep the view that all conditions are judged in."""
        self.view = view
        self._judged: dict[tuple[int, frozenset[str]], Condition] = {}

    def judge(self, expression: Expression | None, optional: frozenset[str]) -> Condition:
        """Return the answers to a condition; no expression is always a yes."""
        if expression is None:
            return _ALWAYS
        key = id(expression), optional & expression.facts
        if key not in self._judged:
            self._judged[key] = self._judge(expression, optional & expression.facts)
        return self._judged[key]

    def _judge(self, expression: Expression, optional: frozenset[str]) -> Condition:
        plain = compile_columns(expression, self.view)
        yes, no, unknown = _answers(plain.value)
        if not optional:
            return Condition(
                yes, no, open=unknown, lacking=_where(unknown, blocking(plain)), compiled=plain
            )
        assumed = compile_columns(expression, self.view, assume_false=optional)
        then, silent, still = (terms.all_of((unknown, each)) for each in _answers(assumed.value))
        return Condition(
            terms.any_of((yes, then)),
            no,
            silent,
            still,
            _where(still, self._in_the_way(assumed, optional)),
            plain,
        )

    def _in_the_way(self, assumed: Compiled, optional: frozenset[str]) -> Mapping[Asked, Term]:
        """Return what keeps a condition open: not the unrecorded items of an optional score."""
        return {
            (path, score): terms.all_of((holds, terms.negated(self.view.reading(path).unrecorded)))
            if score in optional
            else holds
            for (path, score), holds in asked_first(blocking(assumed)).items()
        }


def asked_first(lacking: Mapping[Asked, Term]) -> Mapping[Asked, Term]:
    """Return each fact only as it is asked for first: by itself, else as an item of one score.

    A fact may count in two scores, of which one is optional (`trace.to_obtain`).
    """
    taken = {path: [term] for (path, score), term in lacking.items() if score is None}
    found: dict[Asked, Term] = {}
    for (path, score), term in lacking.items():
        before = taken.setdefault(path, [])
        first = score is None or not before
        found[path, score] = term if first else _and_not(term, terms.any_of(before))
        before.append(term)
    return found


def _and_not(term: Term, other: Term) -> Term:
    return terms.all_of((term, terms.negated(other)))


def _answers(truth: Term) -> tuple[Term, Term, Term]:
    """Return whether a truth is true, false, or unknown."""
    return terms.is_true(truth), terms.is_false(truth), terms.is_null(truth)


def _where(holds: Term, lacking: Mapping[Asked, Term]) -> Mapping[Asked, Term]:
    """Return what is lacking only where it counts."""
    return {asked: terms.all_of((holds, term)) for asked, term in lacking.items()}
