"""The cells of a flat record that speak of one fact -> what they say.

They are put together by what puts whole records together, and read by what reads whole profiles.
"""

from collections.abc import Hashable, Mapping, Sequence

from backrec_cli.batch.cohort.assembly import assembled
from backrec_cli.batch.cohort.columns import Column, Role
from backrec_cli.batch.columns.reading.entries import UNMENTIONED, Entries, Entry
from backrec_cli.batch.columns.reading.meaning import as_meaning
from backrec_cli.errors import DiagnosticsError
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile import Profile, Review, read_profile

SEPARATOR = "\x1f"
"""Stands between cells that are looked up together."""


class FlatCells:
    """Looks into the cells of one fact, which stand in some columns.

    timeless  its date-times count as their days.
    """

    def __init__(
        self, columns: Sequence[Column], dictionary: FactDictionary, *, timeless: bool = False
    ) -> None:
        self._columns = columns
        self._dictionary = dictionary
        self._path = columns[0].path
        self._timeless = timeless

    def look(self, _entries: Entries, cell: Hashable) -> Entry:
        """Return what cells say, SEPARATOR between them."""
        texts = str(cell).split(SEPARATOR)
        profile = profile_of(self._columns, texts, self._dictionary)
        if profile is None:
            return Entry(None)
        fact = profile.recorded.get(self._path)
        if fact is None:
            return Entry(UNMENTIONED)
        dated = any(
            text.strip() and column.role is Role.DATE
            for column, text in zip(self._columns, texts, strict=True)
        )
        return Entry(as_meaning(fact.reading, dated=dated, timeless=self._timeless))


def profile_of(
    columns: Sequence[Column], texts: Sequence[str], dictionary: FactDictionary
) -> Profile | None:
    """Return the profile that some cells make; None where they cannot be read."""
    if len(texts) != len(columns):
        return None
    record = assembled(columns, texts, 1, "", b"")
    if record.document is None:
        return None
    try:
        return read_profile(record.document, "", dictionary)
    except DiagnosticsError:
        return None


def reviews_in(
    column: Column, text: str, dictionary: FactDictionary
) -> Mapping[str, Review] | None:
    """Return the reviews that a cell names; None where only the reference may judge them."""
    profile = profile_of((column,), (text,), dictionary)
    return None if profile is None else profile.reviewed
