"""The days that settling counts with, patient by patient: `profile.clock` in columns."""

from dataclasses import dataclass

from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.terms import Term


@dataclass(frozen=True, slots=True)
class ClockColumns:
    """Three days of every patient; `until` is what freshness counts to, null without a surgery."""

    today: Term
    surgery: Term
    until: Term

    @property
    def planned(self) -> Term:
        """Whether there is a day of surgery."""
        return terms.is_known(self.surgery)

    def is_ahead(self, day: Term) -> Term:
        """Whether a day lies after the assessment, or after the operation."""
        return terms.any_of((self.is_after_today(day), after(day, self.surgery)))

    def is_after_today(self, day: Term) -> Term:
        """Whether a day lies after the assessment."""
        return after(day, self.today)


def after(day: Term, other: Term) -> Term:
    """Whether a known day lies after another known day."""
    return terms.is_true(terms.compared("lt", other, day))


def is_early(today: Term, surgery: Term) -> Term:
    """Whether an assessment lies before the day of surgery."""
    return after(surgery, today)


def surgery_clock(today: Term, surgery: Term) -> ClockColumns:
    """Count to the surgery."""
    return ClockColumns(today, surgery, surgery)


def today_clock(today: Term, surgery: Term) -> ClockColumns:
    """Count to the assessment where that comes before the surgery."""
    return ClockColumns(today, surgery, terms.chosen(is_early(today, surgery), today, surgery))
