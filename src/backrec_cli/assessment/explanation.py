"""The whole trace of one entry of the pack on one patient, as lines to print."""

from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli.assessment.model import Finding
from backrec_cli.facts.reading import Absence


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One operand: its expression and value as CQL and, for a fact, where the value came from.

    Below a counted score stand its items, each with its title and its points.
    """

    depth: int
    expression: str
    value: str
    fact: str | None = None
    reported: str | None = None
    on: date | datetime | None = None
    absence: Absence | None = None
    by_review: bool = False
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class TracedPart:
    """One condition of an entry ("applies", "when (relative)", "done") with its trace."""

    title: str
    lines: tuple[TraceLine, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one entry came out as it did; `today` tells the view in which results still hold."""

    entry: str
    title: str
    outcome: str
    finding: Finding | None
    parts: tuple[TracedPart, ...]
    sources: tuple[str, ...]
    mark: str
    note: str | None
    as_of: date | datetime
    procedure_date: date | datetime | None
    before_surgery: bool
