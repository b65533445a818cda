"""Preparation steps -> one section: what is overdue, due, and still to come, with its day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backrec_cli.assessment.model import Assessment, StepResult, StepStatus
from backrec_cli.render.parts import Item, Section, Tone, plural, with_id
from backrec_cli.render.words import calendar_day, day_text, last_dose_text

# More steps of one status are named by their ids alone: the printed sheet has their titles.
_MOST_TITLED = 3


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
        overdue, due, open_, later = (
            [step for step in steps if step.status is status]
            for status in (
                StepStatus.OVERDUE,
                StepStatus.DUE,
                StepStatus.UNDECIDED,
                StepStatus.NOT_YET,
            )
        )
        if overdue:
            titled = (f"{self._name(s, titled=True)}{_day(' since', s.closes)}" for s in overdue)
            yield Item(" · ".join(titled), "✗", "overdue", tone=Tone.STOP)
        if due:
            yield Item(self._by_day(due, "by"), "·", "due", tone=Tone.OPEN)
        if open_:
            yield Item(_unsure(open_), "?", "may apply")
        if later:
            yield Item(self._by_day(later, "from"), "·", "later", tone=Tone.QUIET)

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
    titled = len(steps) <= _MOST_TITLED
    return ", ".join(with_id(step.title, step.step) if titled else step.step for step in steps)


def hold_text(step: StepResult, labels: Mapping[str, str]) -> str:
    """Say by which day the last dose of a drug is due, or what must be decided before it stops."""
    if step.held_by:
        return f"do not stop until decided in writing: {', '.join(step.held_by)}"
    return last_dose_text(step.last_dose_by, step.last_dose_drugs, labels, title=step.title)


def _day(word: str, day: date | None) -> str:
    """Add a day to a name, where there is one."""
    return "" if day is None else f"{word} {day_text(day)}"
