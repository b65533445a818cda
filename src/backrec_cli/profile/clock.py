"""The days that settling counts with: of assessment, of surgery, and the one asked about."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from backrec_cli.profile.dates import calendar_day

At = Literal["surgery", "as_of"]


@dataclass(frozen=True, slots=True)
class Clock:
    """Three moments of one settling; `until` is what freshness counts to."""

    as_of: date | datetime
    surgery: date | datetime | None
    until: date | datetime | None

    @property
    def today(self) -> date:
        """The calendar day of the assessment."""
        return calendar_day(self.as_of)

    @property
    def surgery_day(self) -> date | None:
        """The calendar day of the operation."""
        return None if self.surgery is None else calendar_day(self.surgery)


def set_clock(as_of: date | datetime, surgery: date | datetime | None, at: At) -> Clock:
    """Count to the surgery, or, `at="as_of"`, to the assessment where that comes first."""
    if surgery is None:
        return Clock(as_of, None, None)
    early = calendar_day(as_of) < calendar_day(surgery)
    return Clock(as_of, surgery, as_of if at == "as_of" and early else surgery)
