"""Records as lines of JSON -> recorded columns."""

from collections.abc import Sequence
from itertools import repeat

import polars as pl

from backrec_cli.batch.columns.reading.columns import Written, columns_of
from backrec_cli.batch.columns.reading.identity import IDENTIFIER, identifiers
from backrec_cli.batch.columns.reading.lines import Decoded, LineDecoder
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.reading.reviews import reviews_of
from backrec_cli.batch.columns.reading.shapes import DocumentShape
from backrec_cli.batch.columns.reading.spread import colons_in, spread
from backrec_cli.batch.columns.reading.suspicion import suspicious
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary


class JsonRecords:
    """Reads records that are lines of JSON."""

    def __init__(self, dictionary: FactDictionary, shape: DocumentShape, lookup: Lookup) -> None:
        self._dictionary = dictionary
        self._shape = shape
        self._lookup = lookup
        self._decoder = LineDecoder(shape)

    def read(self, lines: Sequence[bytes]) -> RecordedColumns:
        """Return the columns of the records, one record on each line."""
        decoded = self._decoder.read(lines)
        refused = set(decoded.refused)
        written = Written()
        keys, colons = self._spread(decoded, written)
        reviews = reviews_of(self._shape, decoded.reviewed)
        written.reviews = reviews.sections
        refused.update(reviews.refused, suspicious(lines))
        keys += decoded.keys + reviews.keys + _count(decoded.schemas)
        colons += reviews.colons + colons_in(decoded.schemas)
        if keys + colons != _colons(lines, decoded.refused) or _any_escape(lines):
            refused.update(self._with_a_key_twice(lines, refused))
        frame, doubtful = columns_of(written, self._lookup)
        named = identifiers(_padded(decoded.cells.get(IDENTIFIER, []), decoded.count))
        return RecordedColumns(
            pl.DataFrame([named, *frame.get_columns()]), tuple(sorted(refused | doubtful))
        )

    def _spread(self, decoded: Decoded, written: Written) -> tuple[int, int]:
        """Make series of the facts; return how many keys and how many colons in texts they hold."""
        keys = colons = 0
        for path, cells in decoded.cells.items():
            definition = self._dictionary.definitions[path]
            found = spread(definition, _padded(cells, decoded.count))
            keys += found.keys
            colons += found.colons
            if definition.type is not FactType.TEXT:
                written.spreads.append(found)
        for section, dates in decoded.dates.items():
            written.dates[section] = pl.Series(_padded(dates, decoded.count), dtype=pl.String)
            keys += _count(dates)
            colons += colons_in(dates)
        return keys, colons

    def _with_a_key_twice(self, lines: Sequence[bytes], refused: set[int]) -> list[int]:
        """Return the rows in which a key may stand twice, looked at one by one."""
        return [
            row
            for row, line in enumerate(lines)
            if row not in refused and self._decoder.repeats_a_key(line)
        ]


def _padded(cells: list[object], count: int) -> list[object]:
    """Return a column as long as the chunk."""
    cells.extend(repeat(None, count - len(cells)))
    return cells


def _count(cells: list[object]) -> int:
    """Return how many records say something."""
    return len(cells) - cells.count(None)


def _colons(lines: Sequence[bytes], refused: Sequence[int]) -> int:
    """Return how many colons stand in the lines that were decoded."""
    return sum(line.count(b":") for line in lines) - sum(lines[row].count(b":") for row in refused)


def _any_escape(lines: Sequence[bytes]) -> bool:
    """Whether a colon may be written as an escape somewhere."""
    return any(b"\\u003" in line for line in lines)
