"""Records as lines of JSON -> recorded columns."""

from collections.abc import Sequence
from itertools import repeat
from types import NoneType

import polars as pl

from backrec_cli.batch.columns.reading.coded import Coded, code
from backrec_cli.batch.columns.reading.columns import Written, columns_of
from backrec_cli.batch.columns.reading.identity import IDENTIFIER, identifiers
from backrec_cli.batch.columns.reading.lines import Decoded, LineDecoder
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.reading.reviews import reviews_of
from backrec_cli.batch.columns.reading.shapes import DocumentShape
from backrec_cli.batch.columns.reading.spread import (
    Spread,
    colons_in,
    spread_flags,
    spread_numbers,
)
from backrec_cli.batch.columns.reading.suspicion import suspicious
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

_NUMBERS = (FactType.INTEGER, FactType.DECIMAL, FactType.QUANTITY)
_FLAGS = (FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION)
_PLAIN = {bool, NoneType}


class JsonRecords:
    """Reads records that are lines of JSON."""

    def __init__(self, dictionary: FactDictionary, shape: DocumentShape, lookup: Lookup) -> None:
        self._dictionary = dictionary
        self._shape = shape
        self._lookup = lookup
        self._decoder = LineDecoder(shape)

    def read(self, data: bytes, lines: Sequence[bytes]) -> RecordedColumns:
        """Return the columns of records: a text, and those of its lines that are not blank."""
        decoded = self._decoder.read(lines)
        refused = set(decoded.refused)
        written = Written()
        keys, colons = self._spread(decoded, written)
        reviews = reviews_of(self._shape, decoded.reviewed)
        written.reviews = reviews.sections
        refused.update(reviews.refused, suspicious(data, lines))
        keys += decoded.keys + reviews.keys + _count(decoded.schemas)
        colons += reviews.colons + colons_in(decoded.schemas)
        unread = sum(lines[row].count(b":") for row in decoded.refused)
        if keys + colons + unread != data.count(b":") or b"\\u003" in data:
            refused.update(self._with_a_key_twice(lines, refused))
        frame, doubtful = columns_of(written, self._lookup)
        named = identifiers(_padded(decoded.cells.get(IDENTIFIER, []), decoded.count))
        return RecordedColumns(
            pl.DataFrame([named, *frame.get_columns()]), tuple(sorted(refused | doubtful))
        )

    def _spread(self, decoded: Decoded, written: Written) -> tuple[int, int]:
        """Make series of the facts; return how many keys and how many colons in texts they hold."""
        keys = colons = 0
        for path, sparse in decoded.cells.items():
            definition = self._dictionary.definitions[path]
            cells = _padded(sparse, decoded.count)
            found = self._fact(definition, cells)
            if isinstance(found, Spread):
                written.spreads.append(found)
                keys += found.keys
                colons += found.colons
            elif isinstance(found, Coded):
                written.coded.append(found)
                colons += found.colons
            else:
                keys += _count(cells)
                colons += colons_in(cells)
        for section, dates in decoded.dates.items():
            written.dates[section] = pl.Series(_padded(dates, decoded.count), dtype=pl.String)
            keys += _count(dates)
            colons += colons_in(dates)
        return keys, colons

    def _fact(self, definition: FactDefinition, cells: list[object]) -> Spread | Coded | None:
        """Take in what the records say of one fact; None for a text, which is only shown."""
        if definition.type is FactType.TEXT:
            return None
        if definition.type in _NUMBERS:
            return spread_numbers(definition, cells)
        if definition.type in _FLAGS and set(map(type, cells)) <= _PLAIN:
            return spread_flags(definition, cells)
        return code(definition, cells, self._lookup.entries(definition))

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
