"""One patient's document, read: the facts it records, the sections reviewed, the overrides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli.facts.reading import FactReading
from backrec_cli.source import SourceText, Span


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """A fact as the document has it, in its canonical unit, before freshness is judged.

    `reading` is unknown here only for what the document itself says: "unknown", or rejected for
    its unit, its choice or its range.
    """

    reading: FactReading
    span: Span


@dataclass(frozen=True, slots=True)
class Review:
    """A section was asked about; an undated review is accepted and printed as undated."""

    on: date | datetime | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A clinician accepts a finding; `span` is the place of the rule's name."""

    rule: str
    by: str
    on: date
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Profile:
    """A well-formed profile.

    `source` is the document, for messages that point into it; `digest` is the SHA-256 of its
    compact, key-sorted JSON. All its texts are harmless to show.
    """

    source: SourceText
    recorded: Mapping[str, RecordedFact]
    reviewed: Mapping[str, Review]
    overrides: tuple[Override, ...]
    digest: str

    @property
    def name(self) -> str:
        """The name of the document, as people know it."""
        return self.source.name

    @property
    def id(self) -> str | None:
        """The patient's identifier, where it is recorded."""
        return self.text("patient.id")

    def text(self, path: str) -> str | None:
        """Return a fact as it was written, for display only; None where it is not recorded."""
        fact = self.recorded.get(path)
        if fact is None or not fact.reading.known:
            return None
        return fact.reading.reported
