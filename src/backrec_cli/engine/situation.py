"""The situation of one assessment: the day, the day of surgery, the urgency and two views of facts.

Freshness counts to the day of surgery. Before that day a second view counts it to today, so that a
result which holds now but not then can still flag (Decision 16: it can never clear anything).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from backrec_cli.assessment.model import Evidence
from backrec_cli.expression import Expression
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence, FactReading, same
from backrec_cli.profile import Readings
from backrec_cli.rulepack.model import Level, Offset, Urgency


def calendar_day(moment: date | datetime) -> date:
    """Return the calendar day of a moment as written, whatever its time zone."""
    return moment.date() if isinstance(moment, datetime) else moment


@dataclass(frozen=True)
class Situation:
    """Everything that judging one entry of the pack needs besides the entry itself.

    awaited: facts that a pending requirement will ask for, with the day on which it does.
    shown: the facts of the day of surgery as evidence, None for one that cannot be used.
    Every entry asks for the same days and facts, so they are worked out once.
    """

    as_of: date | datetime
    surgery: date | datetime | None
    urgency: Urgency | None
    dictionary: FactDictionary
    levels: Mapping[Level, Level]
    at_surgery: Readings
    today: Readings | None
    awaited: Mapping[str, date] = field(default_factory=dict)
    shown: dict[str, Evidence | None] = field(default_factory=dict)
    _alike: dict[str, bool] = field(default_factory=dict)
    _starts: dict[int, date] = field(default_factory=dict)

    @cached_property
    def day(self) -> date:
        """The calendar day of the assessment."""
        return calendar_day(self.as_of)

    @cached_property
    def surgery_day(self) -> date | None:
        """The calendar day of the operation, if there is one."""
        return None if self.surgery is None else calendar_day(self.surgery)

    @cached_property
    def cannot_wait(self) -> bool:
        """Whether the operation is urgent or an emergency."""
        return self.urgency in (Urgency.URGENT, Urgency.EMERGENCY)

    def holds_alike(self, path: str) -> bool:
        """Whether a fact is today what it will be on the day of surgery."""
        if self.today is None:
            return True
        known = self._alike.get(path)
        if known is None:
            known = self._alike[path] = same(self.today.fact(path), self.at_surgery.fact(path))
        return known

    def reads_alike(self, expression: Expression) -> bool:
        """Whether all that an expression reads is today what it will be on the day of surgery."""
        return all(map(self.holds_alike, expression.facts))

    def effective(self, level: Level) -> Level:
        """Return what a level counts as at this urgency."""
        return self.levels[level]

    def starts(self, offset: Offset | None) -> date | None:
        """Return the day an offset falls on, if both it and the surgery are known."""
        if offset is None or self.surgery_day is None:
            return None
        start = self._starts.get(offset.days)
        if start is None:
            start = self._starts[offset.days] = offset.day(self.surgery_day)
        return start

    def is_before(self, offset: Offset | None) -> bool:
        """Whether today lies before the day an offset falls on."""
        start = self.starts(offset)
        return start is not None and self.day < start

    def waits_until(self, reading: FactReading, optional: frozenset[str]) -> date | None:
        """Return the day on which a missing fact can be known, or None if it is missing now.

        A fact waits when it holds today but will be stale on the day of surgery, when a pending
        requirement will ask for it, or when it is an optional result that has gone stale but whose
        repeat would be too early today.
        """
        if self.today is None:
            return None
        repeat = self._repeat_from(reading)
        if self.today.fact(reading.path).known and repeat is not None:
            return repeat
        if reading.path in self.awaited:
            return self.awaited[reading.path]
        too_early = repeat is not None and self.day < repeat
        may_wait = reading.path in optional or reading.counted_in in optional
        return repeat if too_early and may_wait else None

    def _repeat_from(self, reading: FactReading) -> date | None:
        """Return the first day on which a repeat of a stale result would hold until surgery."""
        if reading.absence is not Absence.STALE or reading.stale_from is None:
            return None
        if reading.on is None or self.surgery_day is None:
            return None
        held = reading.stale_from - calendar_day(reading.on) - timedelta(days=1)
        return self.surgery_day - held
