"""What the records of a chunk say, as columns: facts in canonical units, before they are judged."""

from dataclasses import dataclass

import polars as pl

from backrec_cli.batch.columns.reading.arrays import Column, Floats
from backrec_cli.facts.reading import Absence

NOT_RECORDED = tuple(Absence).index(Absence.NOT_RECORDED)
NOT_KNOWN = tuple(Absence).index(Absence.NOT_KNOWN)

ID = "id"


@dataclass(frozen=True, slots=True)
class RecordedColumns:
    """What the records of a chunk say, a row for each in their order.

    ids        the identifiers as they are shown.
    columns    for each fact that a record mentions:
                 {path}         the value in its canonical unit; none where it is unknown. A date
                                is a day, a word its place among the fact's choices. Choices have
                                one column for each word, {path}={word}.
                 {path}@        the day of its date; no column where no record has one.
                 {path}!        why it is unknown, as the place in Absence; none where it is known.
               reviewed:{section} and reviewed:{section}@ for each section a record says reviewed.
               Days are counted from 1970-01-01.
    reference  the rows, from 0, that only the reference may judge; their values mean nothing.
    as_of      the day of each record, for chunks whose records have days of their own.
    """

    ids: pl.Series
    columns: dict[str, Column]
    reference: tuple[int, ...]
    as_of: Floats | None = None

    @property
    def count(self) -> int:
        """How many records there are."""
        return len(self.ids)


def date_of(path: str) -> str:
    """Return the column that holds the day of a fact or a review."""
    return f"{path}@"


def absence_of(path: str) -> str:
    """Return the column that says why a fact is unknown."""
    return f"{path}!"


def word_of(path: str, word: str) -> str:
    """Return the column that says whether a word stands among a fact's choices."""
    return f"{path}={word}"


def review_of(section: str) -> str:
    """Return the column that says whether a section was reviewed."""
    return f"reviewed:{section}"
