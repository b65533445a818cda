"""Records as lines of JSON -> recorded columns."""

import numpy as np

from backrec_cli.batch.columns.reading.columns import columns_of
from backrec_cli.batch.columns.reading.gathering import Texts
from backrec_cli.batch.columns.reading.identity import IDENTIFIER, identifiers
from backrec_cli.batch.columns.reading.lines import Decoded, LineDecoder
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.record_lines import RecordLines
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.reading.reviews import ReviewReader
from backrec_cli.batch.columns.reading.shapes import DocumentShape
from backrec_cli.batch.columns.reading.suspicion import count_of, suspicious
from backrec_cli.batch.columns.reading.written import Written


class JsonRecords:
    """Reads records that are lines of JSON."""

    def __init__(self, shape: DocumentShape, lookup: Lookup) -> None:
        self._lookup = lookup
        self._decoder = LineDecoder(shape, lookup)
        self._reviews = ReviewReader(shape, lookup.dates)

    def read(self, lines: RecordLines) -> RecordedColumns:
        """Return the columns of the records of a text."""
        self._lookup.forget()
        decoded = self._decoder.read(lines)
        reviews = self._reviews.read(decoded.reviewed)
        written = Written(decoded.count, reviews=reviews.sections)
        facts = [fact.finish(decoded.count) for fact in decoded.facts.values()]
        written.facts = [fact for fact in facts if fact is not None]
        written.dates = {name: on.finish(decoded.count) for name, on in decoded.dates.items()}
        refused = {*decoded.refused, *reviews.refused, *suspicious(lines)}
        keys = self._keys(decoded, lines) + reviews.written
        if _has_escaped_colon(lines.data) or keys != count_of(b":", lines.data):
            refused.update(self._with_a_key_twice(lines, refused))
        columns, doubt = columns_of(written, self._lookup)
        doubt[[*refused]] = True
        found = decoded.facts.get(IDENTIFIER)
        texts = found.whole(decoded.count) if isinstance(found, Texts) else [None] * decoded.count
        reference = tuple(np.flatnonzero(doubt).tolist())
        return RecordedColumns(identifiers(texts), columns, reference)

    def _keys(self, decoded: Decoded, lines: RecordLines) -> int:
        """Return how many colons there are, if no key stands twice: behind keys, and in texts."""
        written = decoded.written + sum(fact.written for fact in decoded.facts.values())
        written += sum(dates.written for dates in decoded.dates.values())
        return written + sum(lines[row].count(b":") for row in decoded.refused)

    def _with_a_key_twice(self, lines: RecordLines, refused: set[int]) -> list[int]:
        """Return the rows in which a key may stand twice, looked at one by one."""
        return [
            row
            for row in range(len(lines))
            if row not in refused and self._decoder.repeats_a_key(lines[row])
        ]


def _has_escaped_colon(data: bytes) -> bool:
    """Whether a colon may be written as an escape; a backslash alone is found much faster."""
    return b"\\" in data and b"\\u003" in data
