"""The outcome of a run -> its summary: a document for programs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli import __version__
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.batch.duplicates import Duplicates
from backrec_cli.batch.piece import Job
from backrec_cli.batch.row import ERROR, SCHEMA
from backrec_cli.batch.tally import Tally, most_common

SUMMARY_SCHEMA = "backrec.batch-summary/1"
VERDICTS = (*Verdict, ERROR)
"""Every verdict that a row can have, worst first, and what stands for none."""

_LISTED = 20

Counts = list[dict[str, str | int]]
Document = dict[str, "str | int | list[str] | dict[str, str] | dict[str, int] | Counts | None"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a whole run came to.

    remarks  what its pieces say of how they were judged, each once.
    """

    source: str
    job: Job
    tally: Tally
    duplicates: Duplicates
    remarks: Collection[str]

    def document(self) -> Document:
        """Return the summary as one JSON document."""
        terms = self.job.terms
        pack = terms.pack
        return {
            "schema": SUMMARY_SCHEMA,
            "results_schema": SCHEMA,
            "backrec": __version__,
            "input": self.source,
            "engine": self.job.engine,
            "pack": {"id": pack.id, "version": pack.version, "digest": pack.digest},
            "as_of": _day(terms.as_of) or "procedure",
            "surgery_date": _day(terms.surgery),
            "select": list(terms.select),
            "ignore": list(terms.ignore),
            "records_in": self.tally.rows,
            "rows_out": self.tally.rows,
            "errors": self.tally.errors,
            "verdicts": {str(verdict): self.tally.verdicts[verdict] for verdict in VERDICTS},
            "flagged": _listed(most_common(self.tally.flagged, _LISTED)),
            "missing": _listed(most_common(self.tally.missing, _LISTED)),
            "repeated_ids": self.duplicates.again,
            "first_repeated_ids": list(self.duplicates.first_few),
            "exit_code": int(self.tally.code),
        }


def _listed(counts: list[tuple[str, int]]) -> Counts:
    """Return names with their counts, most frequent first."""
    return [{"id": name, "records": count} for name, count in counts]


def _day(moment: date | datetime | None) -> str | None:
    """Return a day or a moment as ISO 8601 writes it."""
    return None if moment is None else moment.isoformat()
