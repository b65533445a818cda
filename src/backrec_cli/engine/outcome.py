"""One rule in one view of the facts: which grade holds, which stay open, and what keeps them open.

Expressions are evaluated as they are first. Only where the answer is unknown are the comparisons
of unrecorded optional facts taken as false: the rule may then fall silent, but is never clear.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from backrec_cli.assessment.model import Status
from backrec_cli.expression import (
    Environment,
    Expression,
    Facts,
    Trace,
    blocking,
    evaluate_alone,
    look_into,
    to_obtain,
)
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile import Readings
from backrec_cli.rulepack.model import Grade, Rule
from backrec_cli.ternary import Truth


class Answer(Enum):
    """What one condition says: yes, no, open, or silent for want of an optional result."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    SILENT = "silent"


class Evaluation(NamedTuple):
    """An expression as it was evaluated, from which one can still see why it is what it is.

    assumed  the optional facts that were taken as false where they are not recorded.
    """

    expression: Expression
    view: Environment
    assumed: frozenset[str] = frozenset()

    def trace(self) -> Trace:
        """Return what the answer came from, as far as one looks."""
        return look_into(self.expression, _facts_of(self.view).assuming(self.assumed))

    def readings(self) -> list[FactReading]:
        """Return every fact that it reads, in reading order."""
        return [self.view.fact(path) for path in self.expression.reads]

    def unknown(self) -> tuple[FactReading, ...]:
        """Return every fact that it reads and that is not known, in reading order."""
        return to_obtain(reading for reading in self.readings() if not reading.known)


class Condition(NamedTuple):
    """An answer, what it rests on (nothing where there is no condition), and what keeps it open."""

    answer: Answer
    basis: Evaluation | None
    lacking: tuple[FactReading, ...] = ()


class Outcome(NamedTuple):
    """The status of a rule in one view.

    grade and basis belong to the grade that holds; `open_grades` are grades that could not be
    decided (while flagged: only worse ones), `lacking` the facts that would decide them.
    """

    status: Status
    grade: Grade | None = None
    basis: Evaluation | None = None
    open_grades: tuple[Grade, ...] = ()
    lacking: tuple[FactReading, ...] = ()


_NONE: frozenset[str] = frozenset()
_ALWAYS = Condition(Answer.YES, None)


def judge_condition(
    expression: Expression | None, view: Environment, optional: frozenset[str]
) -> Condition:
    """Evaluate one condition; no expression is always a yes."""
    if expression is None:
        return _ALWAYS
    answer, assumed = _answered(expression, _facts_of(view), optional)
    basis = Evaluation(expression, view, assumed)
    if answer is not Answer.OPEN:
        return Condition(answer, basis)
    return Condition(answer, basis, _in_the_way(basis.trace(), assumed))


def answer_to(expression: Expression | None, view: Environment, optional: frozenset[str]) -> Answer:
    """Return the answer to a condition alone, where nobody asks what keeps it open."""
    if expression is None:
        return Answer.YES
    return _answered(expression, _facts_of(view), optional)[0]


def _answered(
    expression: Expression, facts: Facts, optional: frozenset[str]
) -> tuple[Answer, frozenset[str]]:
    """Return the answer, and the facts that had to be assumed for it."""
    plain = evaluate_alone(expression, facts)
    if plain is Truth.TRUE:
        return Answer.YES, _NONE
    if plain is Truth.FALSE:
        return Answer.NO, _NONE
    if optional.isdisjoint(expression.facts):
        return Answer.OPEN, _NONE
    assumed = evaluate_alone(expression, facts.assuming(optional))
    if assumed is Truth.TRUE:
        return Answer.YES, optional
    return (Answer.SILENT, _NONE) if assumed is Truth.FALSE else (Answer.OPEN, optional)


def _facts_of(view: Environment) -> Facts:
    """Return the facts of a view as values; readings keep those that were asked for before."""
    return view.facts if isinstance(view, Readings) else Facts(view)


def _in_the_way(trace: Trace, optional: frozenset[str]) -> tuple[FactReading, ...]:
    """Return what keeps a condition open: not the items of an optional score left unrecorded."""
    return tuple(
        reading
        for reading in blocking(trace)
        if reading.counted_in not in optional or reading.absence is not Absence.NOT_RECORDED
    )


def judge(rule: Rule, view: Environment) -> Outcome:
    """Return the outcome of a rule: the worst grade that holds, and every open worse grade."""
    applies = judge_condition(rule.applies, view, rule.optional)
    if applies.answer is Answer.NO:
        return Outcome(Status.NOT_APPLICABLE, basis=applies.basis)
    grades = [(g, judge_condition(g.when, view, rule.optional)) for g in rule.grades]
    if applies.answer is Answer.YES:
        return _graded(grades)
    return _perhaps(applies, grades)


def _graded(grades: list[tuple[Grade, Condition]]) -> Outcome:
    """Decide a rule that applies."""
    opened: list[tuple[Grade, Condition]] = []
    for grade, condition in grades:
        if condition.answer is Answer.YES:
            return Outcome(Status.FLAGGED, grade, condition.basis, *_still_open(opened))
        if condition.answer is Answer.OPEN:
            opened.append((grade, condition))
    if opened:
        return Outcome(Status.UNDECIDED, None, opened[0][1].basis, *_still_open(opened))
    silent = any(condition.answer is Answer.SILENT for _, condition in grades)
    return Outcome(Status.NOT_ASSESSED if silent else Status.CLEAR, basis=grades[0][1].basis)


def _still_open(
    opened: list[tuple[Grade, Condition]],
) -> tuple[tuple[Grade, ...], tuple[FactReading, ...]]:
    """Return the grades that could not be decided, and what would decide them."""
    lacking = unique(reading for _, condition in opened for reading in condition.lacking)
    return tuple(grade for grade, _ in opened), lacking


def _perhaps(applies: Condition, grades: list[tuple[Grade, Condition]]) -> Outcome:
    """Decide a rule that may or may not apply: only a `when` that is false settles it."""
    if all(c.answer is Answer.NO for _, c in grades):
        return Outcome(Status.NOT_APPLICABLE, basis=grades[0][1].basis)
    could = [(g, c) for g, c in grades if c.answer in (Answer.YES, Answer.OPEN)]
    if not could or applies.answer is Answer.SILENT:
        return Outcome(Status.NOT_ASSESSED, basis=grades[0][1].basis)
    lacking = unique([*applies.lacking, *(r for _, c in could for r in c.lacking)])
    open_grades = tuple(g for g, _ in could)
    return Outcome(Status.UNDECIDED, None, could[0][1].basis, open_grades, lacking)


def unique(readings: Iterable[FactReading]) -> tuple[FactReading, ...]:
    """Keep one reading of each fact: the first, or one that is asked for beside any score."""
    kept: dict[str, FactReading] = {}
    for reading in readings:
        known = kept.get(reading.path)
        if known is None or (known.counted_in is not None and reading.counted_in is None):
            kept[reading.path] = reading
    return tuple(kept.values())
