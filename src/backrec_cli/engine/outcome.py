"""One rule in one view of the facts: which grade holds, which stay open, and what keeps them open.

Expressions are evaluated as they are first. Only where the answer is unknown are the comparisons
of unrecorded optional facts taken as false: the rule may then fall silent, but is never clear.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from backrec_cli.assessment.model import Status
from backrec_cli.expression import (
    Environment,
    Expression,
    Traced,
    blocking,
    evaluate,
    truth,
)
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.rulepack.model import Grade, Rule
from backrec_cli.ternary import Truth


class Answer(Enum):
    """What one condition says: yes, no, open, or silent for want of an optional result."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Condition:
    """An evaluated condition with its trace and the facts that keep it open."""

    answer: Answer
    trace: Traced | None
    lacking: tuple[FactReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of a rule in one view.

    grade and trace belong to the grade that holds; `open_grades` are grades that could not be
    decided (while flagged: only worse ones), `lacking` the facts that would decide them.
    """

    status: Status
    grade: Grade | None = None
    trace: Traced | None = None
    open_grades: tuple[Grade, ...] = ()
    lacking: tuple[FactReading, ...] = ()


_ALWAYS = Condition(Answer.YES, None)


def judge_condition(
    expression: Expression | None, view: Environment, optional: frozenset[str]
) -> Condition:
    """Evaluate one condition; no expression is always a yes."""
    if expression is None:
        return _ALWAYS
    plain = evaluate(expression, view)
    if truth(plain) is not Truth.UNKNOWN:
        return Condition(Answer.YES if truth(plain) is Truth.TRUE else Answer.NO, plain)
    if not optional & expression.facts:
        return Condition(Answer.OPEN, plain, blocking(plain))
    assumed = evaluate(expression, view, assume_false=optional)
    match truth(assumed):
        case Truth.TRUE:
            return Condition(Answer.YES, assumed)
        case Truth.FALSE:
            return Condition(Answer.SILENT, plain)
        case Truth.UNKNOWN:
            return Condition(Answer.OPEN, assumed, _in_the_way(assumed, optional))


def _in_the_way(trace: Traced, optional: frozenset[str]) -> tuple[FactReading, ...]:
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
        return Outcome(Status.NOT_APPLICABLE, trace=applies.trace)
    grades = [(g, judge_condition(g.when, view, rule.optional)) for g in rule.grades]
    if applies.answer is Answer.YES:
        return _graded(grades)
    return _perhaps(applies, grades)


def _graded(grades: list[tuple[Grade, Condition]]) -> Outcome:
    """Decide a rule that applies."""
    holding = next((i for i, (_, c) in enumerate(grades) if c.answer is Answer.YES), None)
    considered = grades[:holding] if holding is not None else grades
    opened = [(g, c) for g, c in considered if c.answer is Answer.OPEN]
    open_grades = tuple(g for g, _ in opened)
    lacking = unique(r for _, c in opened for r in c.lacking)
    if holding is not None:
        grade, condition = grades[holding]
        return Outcome(Status.FLAGGED, grade, condition.trace, open_grades, lacking)
    trace = grades[0][1].trace
    if opened:
        return Outcome(Status.UNDECIDED, None, opened[0][1].trace, open_grades, lacking)
    silent = any(c.answer is Answer.SILENT for _, c in grades)
    return Outcome(Status.NOT_ASSESSED if silent else Status.CLEAR, trace=trace)


def _perhaps(applies: Condition, grades: list[tuple[Grade, Condition]]) -> Outcome:
    """Decide a rule that may or may not apply: only a `when` that is false settles it."""
    if all(c.answer is Answer.NO for _, c in grades):
        return Outcome(Status.NOT_APPLICABLE, trace=grades[0][1].trace)
    could = [(g, c) for g, c in grades if c.answer in (Answer.YES, Answer.OPEN)]
    if not could or applies.answer is Answer.SILENT:
        return Outcome(Status.NOT_ASSESSED, trace=grades[0][1].trace)
    lacking = unique([*applies.lacking, *(r for _, c in could for r in c.lacking)])
    open_grades = tuple(g for g, _ in could)
    return Outcome(Status.UNDECIDED, None, could[0][1].trace, open_grades, lacking)


def unique(readings: Iterable[FactReading]) -> tuple[FactReading, ...]:
    """Keep one reading of each fact: the first, or one that is asked for beside any score."""
    kept: dict[str, FactReading] = {}
    for reading in readings:
        known = kept.get(reading.path)
        if known is None or (known.counted_in is not None and reading.counted_in is None):
            kept[reading.path] = reading
    return tuple(kept.values())
