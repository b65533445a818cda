"""Phases and calendar days of a sheet in words: `14 to 7 days before`, `31-Mar to 07-Apr-2026`."""

from collections.abc import Sequence
from datetime import date, timedelta

from backrec_cli.assessment.model import StepResult, StepStatus
from backrec_cli.render.words import day_text
from backrec_cli.rulepack.model import Phase

PHASES: tuple[Phase, ...] = tuple(Phase)
FIRST_ON_THE_DAY = PHASES.index(Phase.DAY_OF_SURGERY)
FIRST_IN_THEATRE = PHASES.index(Phase.BEFORE_INDUCTION)

PHASE_TITLES = {
    Phase.WEEKS_BEFORE: "Weeks before",
    Phase.DAYS_14_TO_7: "14 to 7 days before",
    Phase.DAYS_7_TO_1: "7 days to 1 day before",
    Phase.EVENING_BEFORE: "The evening before",
    Phase.DAY_OF_SURGERY: "Day of surgery, on the ward",
    Phase.BEFORE_INDUCTION: "Before induction (sign-in)",
    Phase.POSITIONING: "Positioning",
    Phase.PREP_AND_DRAPE: "Skin preparation and draping",
    Phase.TIME_OUT: "Time-out, before incision",
    Phase.IN_THEATRE: "In theatre",
    Phase.HANDOVER: "Handover, after surgery",
}
_SPANS = {
    Phase.DAYS_14_TO_7: (-14, -7),
    Phase.DAYS_7_TO_1: (-7, -1),
    Phase.EVENING_BEFORE: (-1, -1),
}


def on_the_day(phase: Phase) -> bool:
    """Whether a phase belongs to the day of surgery or to what follows it."""
    return PHASES.index(phase) >= FIRST_ON_THE_DAY


def in_theatre(phase: Phase) -> bool:
    """Whether a phase is ticked in theatre, from sign-in on."""
    return PHASES.index(phase) >= FIRST_IN_THEATRE


def phase_days(phase: Phase, surgery: date | None) -> str:
    """Return the calendar days of a phase, or nothing without a date of surgery."""
    if surgery is None:
        return ""
    if phase is Phase.WEEKS_BEFORE:
        return f"until {day_text(surgery - timedelta(days=14))}"
    if phase is Phase.HANDOVER:
        return f"from {day_text(surgery)}"
    first, last = _SPANS.get(phase, (0, 0))
    return span_text(surgery + timedelta(days=first), surgery + timedelta(days=last))


def due_text(step: StepResult, today: date) -> str:
    """Return when a step is to be done: its last day once it has begun, else the days it has."""
    if step.opens is None or step.closes is None:
        return "date of surgery not recorded"
    if step.status is StepStatus.OVERDUE:
        return f"overdue since {day_text(step.closes)}"
    if step.opens < step.closes and step.opens <= today:
        return f"by {day_text(step.closes)}"
    # A drug's last dose may fall before its row opens; its day is what counts.
    return span_text(min(step.opens, step.closes), step.closes)


def span_text(first: date, last: date) -> str:
    """Write one day, or two with the year said once."""
    if first == last:
        return day_text(first)
    start = day_text(first)
    return f"{start[:6] if first.year == last.year else start} to {day_text(last)}"


def by_day_order(steps: Sequence[StepResult]) -> list[StepResult]:
    """Sort steps by the day they must be done, then by phase, then by id."""
    return sorted(
        steps,
        key=lambda s: (s.closes or date.max, PHASES.index(s.phase), s.opens or date.max, s.step),
    )
