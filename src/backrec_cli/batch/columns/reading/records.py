"""Records as lines of JSON -> recorded columns."""

from collections.abc import Sequence

import polars as pl

from backrec_cli.batch.columns.reading.columns import Written, columns_of
from backrec_cli.batch.columns.reading.facts import Coded, Spread
from backrec_cli.batch.columns.reading.gathering import Gathered, Texts
from backrec_cli.batch.columns.reading.identity import IDENTIFIER, identifiers
from backrec_cli.batch.columns.reading.lines import Decoded, LineDecoder
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.moments import Times
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.reading.reviews import reviews_of
from backrec_cli.batch.columns.reading.shapes import DocumentShape
from backrec_cli.batch.columns.reading.suspicion import suspicious


class JsonRecords:
    """Reads records that are lines of JSON."""

    def __init__(self, shape: DocumentShape, lookup: Lookup) -> None:
        self._shape = shape
        self._lookup = lookup
        self._decoder = LineDecoder(shape, lookup)

    def read(self, data: bytes, lines: Sequence[bytes]) -> RecordedColumns:
        """Return the columns of records: a text, and those of its lines that are not blank."""
        decoded = self._decoder.read(lines)
        reviews = reviews_of(self._shape, decoded.reviewed)
        written = _finished(decoded, self._lookup.times)
        written.reviews = reviews.sections
        refused = {*decoded.refused, *reviews.refused, *suspicious(data, lines)}
        colons = decoded.written + reviews.written
        colons += sum(fact.written for fact in (*decoded.facts.values(), *decoded.dates.values()))
        colons += sum(lines[row].count(b":") for row in decoded.refused)
        if colons != data.count(b":") or b"\\u003" in data:
            refused.update(self._with_a_key_twice(lines, refused))
        frame, doubtful = columns_of(written, self._lookup)
        named = identifiers(_texts(decoded.facts.get(IDENTIFIER), decoded.count))
        return RecordedColumns(
            pl.DataFrame([named, *frame.get_columns()]), tuple(sorted(refused | doubtful))
        )

    def _with_a_key_twice(self, lines: Sequence[bytes], refused: set[int]) -> list[int]:
        """Return the rows in which a key may stand twice, looked at one by one."""
        return [
            row
            for row, line in enumerate(lines)
            if row not in refused and self._decoder.repeats_a_key(line)
        ]


def _finished(decoded: Decoded, times: Times) -> Written:
    """Return the columns that were gathered, without the times of day that cannot count."""
    written = Written()
    for fact in decoded.facts.values():
        found = fact.finish(decoded.count)
        if isinstance(found, Spread):
            if found.on is not None and times.may_cut(found.definition.path):
                found.on = written.cut(found.definition.path, found.on)
            written.spreads.append(found)
        elif isinstance(found, Coded):
            written.coded.append(found)
    for section, dates in decoded.dates.items():
        texts = pl.Series(_texts(dates, decoded.count), dtype=pl.String)
        written.dates[section] = written.cut(section, texts)
    return written


def _texts(gathered: Gathered | None, count: int) -> list[object]:
    """Return texts that were gathered, as many as there are records."""
    return gathered.cells.whole(count) if isinstance(gathered, Texts) else [None] * count
