"""Preparation steps -> one section: what is overdue, due, and still to come, with its day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from backrec_cli.assessment.model import Assessment, StepResult, StepStatus
from backrec_cli.render.parts import Item, Section, Tone, plural, with_id
from backrec_cli.render.words import calendar_day, day_text

# More steps of one status are named by their ids alone: the printed sheet has their titles.
_MOST_TITLED = 3


def preparation_sections(assessment: Assessment) -> Iterator[Section]:
    """Yield the preparation section, if any step applies."""
    steps = [s for s in assessment.steps if s.status is not StepStatus.NOT_APPLICABLE]
    done = sum(step.status is StepStatus.DONE for step in steps)
    if steps:
        items = tuple(_items(steps, calendar_day(assessment.as_of)))
        yield Section("PREPARATION", items, f"{done} of {plural(len(steps), 'step')} done")


def _items(steps: Sequence[StepResult], today: date) -> Iterator[Item]:
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
        titled = (f"{with_id(s.title, s.step)}{_day(' since', s.closes)}" for s in overdue)
        yield Item(" · ".join(titled), "✗", "overdue", tone=Tone.STOP)
    if due:
        yield Item(_by_day(due, "by", today), "·", "due", tone=Tone.OPEN)
    if open_:
        yield Item(_named(open_, titled=len(open_) <= _MOST_TITLED), "?", "may apply")
    if later:
        yield Item(_by_day(later, "from", today), "·", "later", tone=Tone.QUIET)


def _by_day(steps: Sequence[StepResult], word: str, today: date) -> str:
    """Name steps by the day that matters for them, the nearest first."""
    days: dict[date | None, list[StepResult]] = {}
    for step in steps:
        days.setdefault(step.opens if word == "from" else step.closes, []).append(step)
    titled = len(steps) <= _MOST_TITLED
    texts = []
    for day in sorted(days, key=lambda day: day or date.max):
        when = " today" if day == today else _day(f" {word}", day)
        texts.append(f"{_named(days[day], titled=titled)}{when}")
    return " · ".join(texts)


def _day(word: str, day: date | None) -> str:
    """Add a day to a name, where there is one."""
    return "" if day is None else f"{word} {day_text(day)}"


def _named(steps: Iterable[StepResult], *, titled: bool) -> str:
    """Name steps by title and id, or by their ids alone."""
    return ", ".join(with_id(step.title, step.step) if titled else step.step for step in steps)
