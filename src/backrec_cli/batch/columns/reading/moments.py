"""Dates with a time of day -> their days as they are written, many at once."""

from dataclasses import dataclass

import polars as pl

DAY = len("2026-03-16")
"""How long a date is that has no time."""

OFFSET = r"(Z|[+-][0-9]{2}:[0-9]{2})$"
"""What a date-time on a clock of its own ends with."""

# Never more than `parse_date` takes once the day itself is one.
_MOMENT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]"
    r"(:[0-5][0-9](\.([0-9]{3}|[0-9]{6}))?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?$"
)


@dataclass(frozen=True, slots=True)
class Times:
    """Of which facts a date, or a value that is one, may be cut to its day.

    timeless  those of which it may be cut in every record.
    compared  pairs of results that are numbers: where one has a time, it may be cut only if both
              dates are written alike, or are of different days whatever the clock.
    """

    timeless: frozenset[str] = frozenset()
    compared: frozenset[tuple[str, str]] = frozenset()

    def may_cut(self, path: str) -> bool:
        """Whether a fact's dates are cut, in the end or to be compared before."""
        return path in self.timeless or any(path in pair for pair in self.compared)


ALL_COUNT = Times()
"""Every time of day may count."""


def without_times(texts: pl.Series) -> tuple[pl.Series, bool]:
    """Return texts with those that are date-times cut to their day, and whether any is."""
    longest = texts.str.len_bytes().max()
    if not isinstance(longest, int) or longest <= DAY:
        return texts, False
    timed = texts.str.contains(_MOMENT).fill_null(value=False)
    if not timed.any():
        return texts, False
    return texts.str.head(DAY).zip_with(timed, texts), True
