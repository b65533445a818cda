"""Reviewed sections: what was asked about and not mentioned is a "no", while the review counts."""

from datetime import date, timedelta

from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.clock import Clock
from backrec_cli.profile.dates import calendar_day
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.profile.model import Profile, Review


def deny_unmentioned(
    profile: Profile, knowledge: Knowledge, clock: Clock, days: int
) -> dict[str, FactReading]:
    """Return the "no" of every fact that a review denies.

    A fact that was mentioned, even if only to be rejected, is never denied.
    """
    denied: dict[str, FactReading] = {}
    for section, review in profile.reviewed.items():
        if why_void(review, clock, days) is not None:
            continue
        stale_from, when = None, "undated"
        if review.on is not None:
            day = calendar_day(review.on)
            stale_from, when = day + timedelta(days=days + 1), day.isoformat()
        source = f"review, {when}" + (f", {review.by}" if review.by else "")
        for definition in knowledge.deniable(section):
            if definition.path not in profile.recorded:
                denied[definition.path] = _denied(definition, source, stale_from)
    return denied


def why_void(review: Review, clock: Clock, days: int) -> Absence | None:
    """Return why a review does not count: dated ahead, or too long before the day asked about."""
    if review.on is None:
        return None
    day = calendar_day(review.on)
    if clock.until is None or clock.surgery_day is None:
        return Absence.NO_SURGERY_DATE
    if day > clock.today or day > clock.surgery_day:
        return Absence.FUTURE
    return Absence.STALE if (calendar_day(clock.until) - day).days > days else None


def _denied(definition: FactDefinition, source: str, stale_from: date | None) -> FactReading:
    """Return "no", or the choice that means it."""
    choice = definition.negative_choice if definition.type is FactType.CHOICE else None
    return FactReading(
        definition.path,
        False if choice is None else choice,
        absence=None,
        reported=choice or "no",
        by_review=True,
        stale_from=stale_from,
        source=source,
    )
