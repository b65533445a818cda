"""Chunk -> recorded columns, for the kinds of chunks that can be read by columns."""

from typing import TYPE_CHECKING

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort import CsvRows, ParquetRows
from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.cohort.json_lines import JsonLines
from backrec_cli.batch.columns.reading.csv_texts import CsvTexts, FlatTexts
from backrec_cli.batch.columns.reading.flat import FlatRecords
from backrec_cli.batch.columns.reading.identity import is_shown_as_text
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.moments import ALL_COUNT, Times
from backrec_cli.batch.columns.reading.parquet_texts import parquet_texts
from backrec_cli.batch.columns.reading.record_lines import lines_of, one_behind_the_other
from backrec_cli.batch.columns.reading.recorded import RecordedColumns
from backrec_cli.batch.columns.reading.records import JsonRecords
from backrec_cli.batch.columns.reading.shapes import document_shape
from backrec_cli.facts.dictionary import FactDictionary

if TYPE_CHECKING:
    from backrec_cli.batch.cohort.columns import Column


class ColumnReader:
    """Reads chunks by one dictionary; it remembers what values say, from chunk to chunk."""

    def __init__(self, dictionary: FactDictionary, times: Times = ALL_COUNT) -> None:
        """Keep of which facts date-times count as their days; no other date-time is read."""
        lookup = Lookup(dictionary, times)
        shape = document_shape(dictionary) if is_shown_as_text(dictionary) else None
        self._dictionary = dictionary
        self._csv: dict[tuple[Column, ...], CsvTexts] = {}
        self._flat = FlatRecords(dictionary, lookup) if is_shown_as_text(dictionary) else None
        self._json = None if shape is None else JsonRecords(shape, lookup)

    def read(self, chunk: Chunk) -> RecordedColumns | None:
        """Return what the records of a chunk say; None where it is to be read one by one."""
        if self._json is not None and isinstance(chunk, JsonLines):
            lines = lines_of(chunk.lines(), chunk.count)
            return self._json.read(lines) if len(lines) == chunk.count else None
        if self._json is not None and isinstance(chunk, Documents):
            # A record without a document is an empty line, which is no JSON.
            documents = [record.document or b"" for record in chunk.held]
            return self._json.read(one_behind_the_other(documents))
        if self._flat is not None and isinstance(chunk, CsvRows | ParquetRows):
            texts = self._csv_texts(chunk) if isinstance(chunk, CsvRows) else parquet_texts(chunk)
            return None if texts is None else self._flat.read(chunk.columns, texts)
        return None

    def _csv_texts(self, rows: CsvRows) -> FlatTexts | None:
        """Return the cells of CSV rows."""
        found = self._csv.get(rows.columns)
        if found is None:
            found = self._csv[rows.columns] = CsvTexts(rows.columns, self._dictionary)
        return found.read(rows)
