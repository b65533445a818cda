"""What one patient's record says of one fact, once units, ranges and freshness are settled."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backrec_cli.units import Quantity

FactValue = bool | int | Decimal | str | tuple[str, ...] | date | datetime | Quantity


class Absence(StrEnum):
    """Why a fact is unknown (the `reason` of the assessment's JSON)."""

    NOT_RECORDED = "not_recorded"
    NOT_KNOWN = "not_known"
    STALE = "stale"
    UNDATED = "undated"
    NO_UNIT = "no_unit"
    UNKNOWN_UNIT = "unknown_unit"
    NOT_A_CHOICE = "not_a_choice"
    IMPLAUSIBLE = "implausible"
    FUTURE = "future"
    CONFLICTING = "conflicting"
    NO_SURGERY_DATE = "no_surgery_date"


REJECTIONS = frozenset(
    {
        Absence.NO_UNIT,
        Absence.UNKNOWN_UNIT,
        Absence.NOT_A_CHOICE,
        Absence.IMPLAUSIBLE,
        Absence.FUTURE,
        Absence.CONFLICTING,
    }
)


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One item of a score: its points lie from `low` to `high`; `lacking` facts would settle it."""

    title: str
    low: int
    high: int
    lacking: tuple["FactReading", ...] = ()


@dataclass(frozen=True, slots=True)
class FactReading:
    """A fact as the rules see it: a canonical value, or unknown and why.

    value        canonical unit; None when unknown.
    absence      why it is unknown; None when it is known.
    reported     as it was written, for people ("71 mmol/mol", "2026-03-02", "yes").
    unit         the unit it was written in (None where it has none).
    on           its date: measured_on, on, or last_dose_on.
    hint         for a rejected value, what was probably meant.
    by_review    it is a "no" because its section was reviewed and did not mention it.
    inputs       for a derived fact, the facts it came from.
    stale_from   first day on which it no longer holds (None: it does not go stale).
    range        for a score some of whose items are unknown, the least and most it can be.
    items        for a counted score, what each of its items gives.
    counted_in   where this fact is asked for as part of a score, that score.
    """

    path: str
    value: FactValue | None = None
    absence: Absence | None = Absence.NOT_RECORDED
    reported: str | None = None
    unit: str | None = None
    on: date | datetime | None = None
    hint: str | None = None
    by_review: bool = False
    inputs: tuple[str, ...] = ()
    stale_from: date | None = None
    source: str | None = None
    range: tuple[int, int] | None = None
    items: tuple[ItemReading, ...] = ()
    counted_in: str | None = None

    @property
    def known(self) -> bool:
        """Whether the rules may use the value."""
        return self.absence is None

    @property
    def usable(self) -> bool:
        """Whether anything can be decided by it: by its value, or by the range it lies in."""
        return self.known or self.range is not None

    @property
    def lacking(self) -> tuple["FactReading", ...]:
        """For a score that is not known, the facts of its items that are not; else nothing."""
        if not self.items:
            return ()
        found = {reading.path: reading for item in self.items for reading in item.lacking}
        return tuple(found.values())

    @property
    def rejected(self) -> bool:
        """Whether something was written but had to be discarded."""
        return self.absence in REJECTIONS


def same(left: FactReading, right: FactReading) -> bool:
    """Whether two readings say the same; most often they are one."""
    return left is right or left == right
