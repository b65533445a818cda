"""Preparation steps -> one section: what is overdue, due, and still to come, with its day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backrec_cli.assessment.model import Assessment, StepResult, StepStatus
from backrec_cli.render.parts import Item, Section, Tone, plural, with_id
from backrec_cli.render.words import calendar_day, day_text, last_dose_text
from backrec_cli.rulepack.model import Phase

# More steps of one status are named by their ids alone: the printed sheet has their titles.
_MOST_TITLED = 3
# The screen has room for so many that depend on facts which are asked for above anyway.
_MOST_NAMED = 8
_PHASES = tuple(Phase)


def preparation_sections(assessment: Assessment) -> Iterator[Section]:
    """Yield the preparation section, if any step applies."""
    steps = [s for s in assessment.steps if s.status is not StepStatus.NOT_APPLICABLE]
    done = sum(step.status is StepStatus.DONE for step in steps)
    if steps:
        writer = StepWriter(dict(assessment.labels), calendar_day(assessment.as_of))
        items = tuple(writer.items(steps))
        yield Section("PREPARATION", items, f"{done} of {plural(len(steps), 'step')} done")


@dataclass(frozen=True, slots=True)
class StepWriter:
    """Writes steps by their status; `labels` name the drugs that a step holds."""

    labels: Mapping[str, str]
    today: date

    def items(self, steps: Sequence[StepResult]) -> Iterator[Item]:
        """Yield one entry for each status that is not done, the most pressing first."""
        theatre = [step for step in steps if _is_theatre(step)]
        overdue, due, open_, later = (
            [step for step in steps if step.status is status and step not in theatre]
            for status in (
                StepStatus.OVERDUE,
                StepStatus.DUE,
                StepStatus.UNDECIDED,
                StepStatus.NOT_YET,
            )
        )
        missed = [step for step in overdue if step.gate is None]
        if len(missed) < len(overdue):
            gates = (step for step in overdue if step.gate is not None)
            yield Item(self._since(gates), "✗", "overdue", tone=Tone.STOP)
        if missed:
            yield Item(self._since(missed), "·", "missed", tone=Tone.CAUTION)
        if due:
            yield Item(self._by_day(due, "by"), "·", "due", tone=Tone.OPEN)
        if open_:
            yield Item(_unsure(open_), "?", "may apply")
        if later:
            yield Item(self._by_day(later, "from"), "·", "later", tone=Tone.QUIET)
        if theatre:
            rows = f"{plural(len(theatre), 'step')} from sign-in to handover (--verbose lists them)"
            yield Item(rows, "·", "theatre", tone=Tone.QUIET)

    def _since(self, steps: Iterable[StepResult]) -> str:
        """Name steps whose time is over, each with the day it ended."""
        return " · ".join(
            f"{self._name(step, titled=True)}{_day(' since', step.closes)}" for step in steps
        )

    def _by_day(self, steps: Sequence[StepResult], word: str) -> str:
        """Name steps by the day that matters for them, the nearest first."""
        days: dict[date | None, list[StepResult]] = {}
        for step in steps:
            days.setdefault(step.opens if word == "from" else step.closes, []).append(step)
        titled = len(steps) <= _MOST_TITLED
        texts = []
        for day in sorted(days, key=lambda day: day or date.max):
            when = " today" if day == self.today else _day(f" {word}", day)
            texts.append(f"{self._names(days[day], titled=titled)}{when}")
        return " · ".join(texts)

    def _names(self, steps: Iterable[StepResult], *, titled: bool) -> str:
        """Name several steps."""
        return ", ".join(self._name(step, titled=titled) for step in steps)

    def _name(self, step: StepResult, *, titled: bool) -> str:
        """Name a step by title and id, or by its id alone; a drug is never named without its day.

        Nor without the word that it must not be stopped yet.
        """
        hold = hold_text(step, self.labels)
        name = with_id(step.title, step.step) if titled else step.step
        return f"{name} ({hold})" if hold else name


def _unsure(steps: Sequence[StepResult]) -> str:
    """Name steps that may not apply; a day for stopping a drug would be too much said."""
    if len(steps) > _MOST_NAMED:
        return f"{len(steps)} more steps, as the facts to obtain turn out (--verbose lists them)"
    titled = len(steps) <= _MOST_TITLED
    return ", ".join(with_id(step.title, step.step) if titled else step.step for step in steps)


def _is_theatre(step: StepResult) -> bool:
    """Whether an open step is one of theatre: it is ticked there, and here only counted."""
    waiting = step.status in (StepStatus.DUE, StepStatus.NOT_YET, StepStatus.UNDECIDED)
    return waiting and _PHASES.index(step.phase) >= _PHASES.index(Phase.BEFORE_INDUCTION)


def hold_text(step: StepResult, labels: Mapping[str, str]) -> str:
    """Say by which day the last dose of a drug is due, or what must be decided before it stops."""
    if step.held_by:
        return f"do not stop until decided in writing: {', '.join(step.held_by)}"
    return last_dose_text(step.last_dose_by, step.last_dose_drugs, labels, title=step.title)


def _day(word: str, day: date | None) -> str:
    """Add a day to a name, where there is one."""
    return "" if day is None else f"{word} {day_text(day)}"
