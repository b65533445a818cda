"""The tests of a pack: baselines, cases with what they expect, and what is waived."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from backrec_cli.profile import Profile
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.model import Level
from backrec_cli.source import Span


class Demand(StrEnum):
    """What the cases of an entry, taken together, must have shown."""

    FLAGGED = "flagged"
    CLEAR = "clear"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    THRESHOLD = "threshold"
    STALE = "stale"
    UNIT = "unit"
    DONE = "done"
    NOT_DONE = "not_done"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A named patient that cases start from.

    surgery  the day that "T" stands for.
    """

    name: str
    title: str
    profile: Profile
    surgery: date
    as_of: date | datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A span of one file."""

    document: Document
    span: Span

    def __str__(self) -> str:
        line, column = self.document.source.position(self.span.start)
        return f"{self.document.source.name}:{line}:{column}"

    @property
    def text(self) -> str:
        """What is written there, on one line."""
        return " ".join(self.document.source.text[self.span.start : self.span.end].split())


@dataclass(frozen=True, slots=True)
class Expected:
    """What a case expects: `status` of the entry, and where given its level and its gate."""

    status: str
    level: Level | None = None
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One patient and what the entry must say of it; `changes` is how it differs, as written."""

    entry: str
    number: int
    name: str | None
    place: Place
    baseline: Baseline
    profile: Profile
    as_of: date | datetime
    expected: Expected
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A demand that an author says cannot be met, and why; `what` narrows it to one item."""

    entry: str
    demand: Demand
    what: str | None
    why: str
    place: Place

    def covers(self, demand: Demand, what: str) -> bool:
        """Whether something demanded is waived."""
        return self.demand is demand and self.what in (None, what)


@dataclass(frozen=True, slots=True)
class Suite:
    """Everything in the tests of a pack, in the order of files and places."""

    cases: tuple[Case, ...]
    waivers: tuple[Waiver, ...]
