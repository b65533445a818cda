"""What the records of a chunk say, as columns: facts in canonical units, before they are judged."""

from dataclasses import dataclass

import polars as pl

from backrec_cli.facts.reading import Absence

NOT_RECORDED = tuple(Absence).index(Absence.NOT_RECORDED)
NOT_KNOWN = tuple(Absence).index(Absence.NOT_KNOWN)

ID = "id"


@dataclass(frozen=True, slots=True)
class RecordedColumns:
    """One row for each record of the chunk, in order.

    frame      `id`, and for each fact that a record mentions:
                 {path}         the value in its canonical unit; null where it is unknown. A date
                                is a day. Choices have one column for each word, {path}={word}.
                 {path}@        the day of its date; no column where no record has one.
                 {path}!        why it is unknown, as the place in Absence; null where it is known.
               reviewed:{section} and reviewed:{section}@ for each section a record says reviewed.
               Days are counted from 1970-01-01.
    reference  the rows, from 0, that only the reference may judge; their values mean nothing.
    as_of      the day of each record, for chunks whose records have days of their own.
    """

    frame: pl.DataFrame
    reference: tuple[int, ...]
    as_of: pl.Series | None = None


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
