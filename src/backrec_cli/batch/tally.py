"""A table of results -> how often each verdict, flag and missing fact stands in it."""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from backrec_cli.assessment.verdict import ExitCode, Verdict, exit_code, worst_exit_code
from backrec_cli.batch.row import ERROR, SEPARATOR


@dataclass(frozen=True, slots=True)
class Tally:
    """What the rows of a run, or of a stretch of it, come to."""

    verdicts: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "Tally":
        """Count a table whose lists are plain."""
        return cls(verdicts_of(frame), _entries(frame["flagged"]), _entries(frame["missing"]))

    def add(self, other: "Tally") -> None:
        """Count another stretch as well."""
        self.verdicts.update(other.verdicts)
        self.flagged.update(other.flagged)
        self.missing.update(other.missing)

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return self.verdicts.total()

    @property
    def errors(self) -> int:
        """How many of them stand for a record that could not be assessed."""
        return self.verdicts[ERROR]

    @property
    def code(self) -> ExitCode:
        """The exit code: the worst of 2 (a record that could not be assessed), 1, 3 and 0."""
        return worst_exit_code(
            ExitCode.COULD_NOT if verdict == ERROR else exit_code(Verdict(verdict))
            for verdict in self.verdicts
        )


def verdicts_of(frame: pl.DataFrame) -> Counter[str]:
    """Count the verdicts of a table."""
    return _counted(frame["verdict"])


def most_common(counts: Counter[str], limit: int) -> list[tuple[str, int]]:
    """Return the most frequent names, the more frequent first and equal ones by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _entries(lists: pl.Series) -> Counter[str]:
    """Count the entries of joined lists."""
    filled = lists.filter(lists != "")
    return _counted(filled.str.split(SEPARATOR).list.explode())


def _counted(texts: pl.Series) -> Counter[str]:
    """Count equal texts."""
    found = texts.value_counts(name="count")
    return Counter(dict(zip(found[texts.name], found["count"], strict=True)))
