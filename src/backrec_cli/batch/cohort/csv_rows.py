"""CSV: a header that names facts, and one record in every row that is not blank."""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort.assembly import assembled
from backrec_cli.batch.cohort.bounds import LARGEST, too_large
from backrec_cli.batch.cohort.columns import Column, read_header
from backrec_cli.batch.cohort.csv_syntax import DELIMITERS, RowGrammar, cells_of, rows_of
from backrec_cli.batch.cohort.cutting import SIZE
from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.cohort.encoding import text_of
from backrec_cli.batch.cohort.line_grammar import CSV_SPACE, is_record
from backrec_cli.batch.cohort.placing import Placed, placed
from backrec_cli.batch.cohort.source import Source, Text
from backrec_cli.batch.cohort.stretch import Stretch
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError
from backrec_cli.facts.dictionary import FactDictionary

_QUOTES = 'a quoted cell does not end; write a quote inside it twice ("")'
_NUL = "a null character; write the row again"


@dataclass(frozen=True, slots=True)
class CsvRows:
    """Some rows of a CSV text, without its header.

    first_line  the number of the line the first row starts on, or of a blank one before it.
    count       how many records they hold.
    """

    name: str
    first: int
    first_line: int
    count: int
    extent: int
    stretch: Stretch
    columns: tuple[Column, ...]
    delimiter: str

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def lines(self) -> bytes:
        """Return the rows as they are written, blank lines and line ends included."""
        return self.stretch.read()

    def records(self) -> Iterator[Record]:
        """Yield the records."""
        number, line = self.first, self.first_line
        for row in rows_of(self.lines(), self.delimiter):
            text = row.text.removesuffix(b"\n")
            if is_record(text, CSV_SPACE):
                yield self._record(number, f"{self.name}:{line}", text, sound=row.sound)
                number += 1
            line += row.text.count(b"\n")

    def _record(self, number: int, place: str, text: bytes, *, sound: bool) -> Record:
        """Return the record of one row."""
        if len(text) > LARGEST:
            return too_large(number, place, text)
        raw = text.removesuffix(b"\r")
        problem = None if sound else _QUOTES
        if b"\0" in raw:
            problem = f"the row holds {_NUL}"
        if problem is None:
            try:
                cells = cells_of(raw.decode("utf-8"), self.delimiter)
            except UnicodeDecodeError as error:
                problem = f"byte {error.start + 1} of the row is not UTF-8; save the file as UTF-8"
            else:
                if len(cells) == len(self.columns):
                    return assembled(self.columns, cells, number, place, raw)
                problem = _ragged(len(cells), len(self.columns))
        return Record(number, place, raw, problem=problem)


def _ragged(cells: int, columns: int) -> str:
    """Say that a row does not fit its header."""
    noun = "cell" if cells == 1 else "cells"
    return f"{cells} {noun} under {columns} columns; put quotes around a cell with a delimiter"


@dataclass(frozen=True, slots=True)
class Header:
    """The first row of a CSV text.

    length  how many bytes it takes, line end and blank lines before it included; `lines` likewise.
    """

    columns: tuple[Column, ...]
    delimiter: str
    length: int
    lines: int


def read_csv_header(text: Text, name: str, dictionary: FactDictionary) -> Header:
    """Return what the header of a text says; raises UsageError where it cannot be made out."""
    head = text.stream.peek(LARGEST + 1)
    start = len(head) - len(head.lstrip())
    if start == len(head):
        msg = f"'{name}' is empty; give an input with at least one record"
        raise UsageError(msg)
    end = head.find(b"\n", start) + 1 or len(head)
    blank = head.count(b"\n", 0, start)
    place = f"{name}:{blank + 1}"
    line = _header_line(head[start:end], place)
    delimiter = _delimiter(line)
    if len(line) >= LARGEST or not next(rows_of(line.encode(), delimiter)).sound:
        msg = f"{place}: the first row is no header; write the names of the columns there"
        raise UsageError(msg)
    columns = read_header(cells_of(line, delimiter), dictionary, name, place)
    return Header(columns, delimiter, end, blank + 1)


def _header_line(data: bytes, place: str) -> str:
    """Return the text of the first line that holds anything, without its line end."""
    try:
        return data.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        msg = f"{place}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        raise UsageError(msg) from error


def _delimiter(line: str) -> str:
    """Return the delimiter that the header has most of; a comma where it has none."""
    return max(DELIMITERS, key=line.count)


@dataclass(frozen=True, slots=True)
class CsvCohort:
    """A CSV input; its header was found to be in order."""

    source: Source
    dictionary: FactDictionary
    chunk_size: int = SIZE

    @property
    def name(self) -> str:
        """The input, as it is shown."""
        return self.source.name

    @property
    def size(self) -> int | None:
        """The bytes of the file as it lies there."""
        return self.source.size

    def check(self) -> None:
        """Read the header; raises UsageError where it is not in order."""
        with self.source.look() as opened:
            read_csv_header(text_of(opened, self.name), self.name, self.dictionary)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks; a header without rows is a cohort without records."""
        with self.source.read() as opened:
            text = text_of(opened, self.name)
            header = read_csv_header(text, self.name, self.dictionary)
            text.stream.skip(header.length)
            start = None if text.start is None else text.start + header.length
            text = Text(text.stream, start)
            grammar, line = RowGrammar(header.delimiter), header.lines + 1
            for found in placed(self.source, opened, text, grammar, self.chunk_size, line):
                if isinstance(found, Documents):
                    yield found
                else:
                    yield _chunk(self.name, found, header)


def _chunk(name: str, found: Placed, header: Header) -> CsvRows:
    """Return the chunk of some rows."""
    return CsvRows(
        name=name,
        first=found.first,
        first_line=found.first_line,
        count=found.count,
        extent=found.extent,
        stretch=found.stretch,
        columns=header.columns,
        delimiter=header.delimiter,
    )
