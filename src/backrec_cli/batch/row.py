"""What batch says of one record, and the table that many rows make."""

from dataclasses import dataclass
from datetime import date

SCHEMA = "backrec.batch/1"
"""Name and version of the table of results."""

ERROR = "error"
"""The verdict of a record that could not be assessed."""

SEPARATOR = ";"
"""Stands between the ids of a list while it is text; no id and no fact contains it."""

LISTS = ("flagged", "undecided", "pending", "missing", "rejected", "overdue", "errors")
"""The columns that hold lists, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the results; the lists stand in the pack's and the dictionary's order.

    id          the record's `patient.id`; None where it has none that can be read.
    verdict     an id of `Verdict`, or "error".
    flagged     rules, steps and the scope that are flagged.
    undecided   rules, requirements, steps and the scope that could not be decided.
    pending     what can only be known nearer the day.
    missing     the facts that would settle what is undecided, as `check` lists them.
    rejected    the facts that were recorded and had to be discarded.
    overdue     the steps whose window has closed.
    errors      why a record could not be assessed; empty for all others.
    as_of       the day of the assessment; None where that day itself could not be read.
    """

    id: str | None
    verdict: str
    pack_digest: str
    as_of: date | None
    flagged: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
