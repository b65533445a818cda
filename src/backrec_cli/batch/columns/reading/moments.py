"""Of which facts the time of day of a date may be left out."""

from dataclasses import dataclass


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
