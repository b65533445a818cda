"""Case results -> what the cases of one entry, taken together, have shown.

Everything is read off what happened (statuses and traces), never off what a case is called.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backrec_cli.assessment.model import Status, StepStatus
from backrec_cli.engine.outcome import judge
from backrec_cli.engine.situation import Situation
from backrec_cli.expression import Environment, Traced, evaluate, truth
from backrec_cli.expression.trace import as_truth, readings_below
from backrec_cli.facts.conversion import accepted_unit
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.packtest.leaves import APPLIES, DONE, Leaf
from backrec_cli.packtest.limits import reached
from backrec_cli.packtest.model import Demand
from backrec_cli.packtest.runner import CaseResult
from backrec_cli.rulepack.catalogue import conditions_of
from backrec_cli.rulepack.model import Entry, Requirement, Rule
from backrec_cli.ternary import Truth

_WITHOUT_ANSWER = (Status.UNDECIDED, Status.NOT_ASSESSED, Status.PENDING)
_OPEN_STEPS = (StepStatus.DUE, StepStatus.OVERDUE, StepStatus.NOT_YET)


@dataclass(slots=True)
class Observed:
    """What was seen so far.

    answers  for each leaf, by identity of its node, what it came out as.
    reached  the ends of limits that a value lay exactly on.
    shown    the demands that are met, with what they were asked of: a fact, a grade, nothing.
    """

    leaves: Mapping[int, Leaf]
    answers: dict[int, set[Truth]] = field(default_factory=dict)
    reached: set[tuple[int, str]] = field(default_factory=set)
    shown: set[tuple[Demand, str]] = field(default_factory=set)

    def add(self, result: CaseResult, dictionary: FactDictionary) -> None:
        """Take in what one case has shown."""
        situation, entry = result.situation, result.entry
        readings: list[FactReading] = []
        done = Truth.TRUE
        for view in _views(entry, situation):
            for title, trace in _asked(entry, view):
                self._walk(trace)
                readings += readings_below(trace)
                if title == DONE:
                    done = truth(trace)
        if isinstance(entry, Requirement):
            readings += [situation.at_surgery.fact(path) for path in entry.facts]
        for reading in readings:
            self._reading(reading, dictionary)
        lacks = any(not reading.known for reading in readings)
        self.shown.update(_shown(result, done, lacks=lacks))

    def _walk(self, trace: Traced) -> None:
        """Note what every leaf of a trace came out as."""
        key = id(trace.node)
        if key in self.leaves:
            self.answers.setdefault(key, set()).add(as_truth(trace.value))
            self.reached.update((key, end) for end in reached(trace))
        for each in trace.inputs:
            self._walk(each)

    def _reading(self, reading: FactReading, dictionary: FactDictionary) -> None:
        """Note a fact that was too old, or that came in another unit than its own."""
        definition = dictionary.get(reading.path)
        if reading.absence is Absence.STALE:
            self.shown.add((Demand.STALE, reading.path))
        if definition is None or not reading.known or reading.unit is None:
            return
        if accepted_unit(definition, reading.unit) != definition.unit:
            self.shown.add((Demand.UNIT, reading.path))


def _views(entry: Entry, situation: Situation) -> Iterator[Environment]:
    """Yield the views of the facts that judging an entry looks at."""
    yield situation.at_surgery
    if isinstance(entry, Rule) and situation.today and not situation.is_before(entry.from_):
        yield situation.today


def _asked(entry: Entry, view: Environment) -> Iterator[tuple[str, Traced]]:
    """Yield the traces of an entry's conditions; where it does not apply, no other is asked."""
    for title, expression in conditions_of(entry):
        trace = evaluate(expression, view)
        yield title, trace
        if title == APPLIES and truth(trace) is Truth.FALSE:
            return


def _shown(result: CaseResult, done: Truth, *, lacks: bool) -> Iterator[tuple[Demand, str]]:
    """Yield the demands that the outcome of one case meets."""
    step, finding = result.judged.step, result.judged.finding
    if step is not None:
        yield from _shown_by_step(step.status, done)
        return
    status = None if finding is None else finding.status
    if status is Status.CLEAR:
        yield Demand.CLEAR, ""
    elif status is Status.NOT_APPLICABLE:
        yield Demand.NOT_APPLICABLE, ""
    elif status in _WITHOUT_ANSWER and lacks:
        yield Demand.MISSING, ""
    elif status is Status.FLAGGED and isinstance(result.entry, Rule):
        yield Demand.FLAGGED, _grade_reached(result.entry, result)


def _shown_by_step(status: StepStatus, done: Truth) -> Iterator[tuple[Demand, str]]:
    """Yield what a step has shown; whether it is done counts where it may apply."""
    if status is StepStatus.NOT_APPLICABLE:
        yield Demand.NOT_APPLICABLE, ""
    elif status is StepStatus.DONE:
        yield Demand.DONE, ""
    elif done is Truth.UNKNOWN:
        yield Demand.MISSING, ""
    elif status in _OPEN_STEPS:
        yield Demand.NOT_DONE, ""


def grade_name(rule: Rule, number: int) -> str:
    """Return how one grade is called; a rule of one grade needs no name for it."""
    return "" if len(rule.grades) == 1 else f"grade {number + 1} ({rule.grades[number].level})"


def _grade_reached(rule: Rule, result: CaseResult) -> str:
    """Return the grade that made a rule flag, on the day of surgery or with today's facts."""
    finding = result.judged.finding
    for view in _views(rule, result.situation):
        grade = judge(rule, view).grade
        if grade is not None and finding is not None and grade.level is finding.level:
            return grade_name(rule, rule.grades.index(grade))
    return ""
