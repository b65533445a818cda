"""A record of a cohort before anything is judged, and one that cannot be judged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One record, as one JSON document of a profile whatever the cohort's format.

    number    its place among the records of the whole cohort, from 1.
    place     where it stands, for people: "cohort.ndjson:17", "cohort.csv:18", "folder/a.json".
    raw       the record as it stood in the cohort, for the file of rejects.
    document  the profile as a JSON document; None where the record does not give one.
    problem   why there is no document, and what to do about it; None where there is one.
    as_of     the day this record is to be assessed on, as it is written there; None where it has
              no day of its own.
    """

    number: int
    place: str
    raw: bytes
    document: bytes | None = None
    problem: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be assessed: where it stands, why, and the record itself."""

    number: int
    place: str
    reasons: tuple[str, ...]
    raw: bytes
