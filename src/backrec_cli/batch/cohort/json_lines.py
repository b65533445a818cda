"""NDJSON: every line that is not blank is one record, exactly as it is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort.bounds import LARGEST, too_large
from backrec_cli.batch.cohort.cutting import SIZE
from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.cohort.encoding import text_of
from backrec_cli.batch.cohort.line_grammar import JSON_SPACE, LineGrammar, is_record
from backrec_cli.batch.cohort.placing import placed
from backrec_cli.batch.cohort.source import Source
from backrec_cli.batch.cohort.stretch import Stretch
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError


@dataclass(frozen=True, slots=True)
class JsonLines:
    """Some lines of an NDJSON text.

    first_line  the number of the first of them in the whole text.
    count       how many records they hold.
    """

    name: str
    first: int
    first_line: int
    count: int
    extent: int
    stretch: Stretch

    def lines(self) -> bytes:
        """Return the lines as they are written, blank ones and line ends included."""
        return self.stretch.read()

    def records(self) -> Iterator[Record]:
        """Yield the records."""
        number = self.first
        for line, text in enumerate(self.lines().split(b"\n"), self.first_line):
            if is_record(text, JSON_SPACE):
                yield _record(number, f"{self.name}:{line}", text)
                number += 1


def _record(number: int, place: str, line: bytes) -> Record:
    """Return the record on a line."""
    if len(line) > LARGEST:
        return too_large(number, place, line)
    document = line.removesuffix(b"\r")
    return Record(number, place, document, document)


@dataclass(frozen=True, slots=True)
class JsonLinesCohort:
    """An NDJSON input; a plain file is cut by byte ranges, so that each worker reads its own."""

    source: Source
    chunk_size: int = SIZE

    @property
    def name(self) -> str:
        """The input, as it is shown."""
        return self.source.name

    @property
    def size(self) -> int | None:
        """The bytes of the file as it lies there."""
        return self.source.size

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks; raises UsageError for an input that holds no record at all."""
        empty = True
        with self.source.read() as opened:
            text = text_of(opened, self.name)
            for found in placed(
                self.source, opened, text, LineGrammar(JSON_SPACE), self.chunk_size
            ):
                empty = False
                if isinstance(found, Documents):
                    yield found
                    continue
                place = found.first, found.first_line
                yield JsonLines(self.name, *place, found.count, found.extent, found.stretch)
        if empty:
            msg = f"'{self.name}' is empty; give an input with at least one record"
            raise UsageError(msg)
