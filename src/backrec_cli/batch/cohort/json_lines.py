"""NDJSON: every line that is not blank is one record, exactly as it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort.bounds import LARGEST, too_large
from backrec_cli.batch.cohort.cutting import SIZE, Whole
from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.cohort.encoding import text_of
from backrec_cli.batch.cohort.placing import placed
from backrec_cli.batch.cohort.source import Source
from backrec_cli.batch.cohort.stretch import Stretch
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError

_SPACE = b" \t\r"
_SPACE_FIRST = re.compile(rb"\n[ \t\r\n]")


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
            if _is_record(text):
                yield _record(number, f"{self.name}:{line}", text)
                number += 1


def _record(number: int, place: str, line: bytes) -> Record:
    """Return the record on a line."""
    if len(line) > LARGEST:
        return too_large(number, place, line)
    document = line.removesuffix(b"\r")
    return Record(number, place, document, document)


def _is_record(line: bytes) -> bool:
    """Whether a line holds anything; one too large to be looked at is never passed over."""
    return len(line) > LARGEST or bool(line.strip(_SPACE))


class LineGrammar:
    """Every line end ends a record."""

    def whole(self, buffer: bytes, *, final: bool) -> Whole:
        """Return where the last whole line ends, and how many records there are up to there.

        Lines are looked at one by one only where one of them starts with space.
        """
        end = len(buffer) if final else buffer.rfind(b"\n") + 1
        lines = buffer.count(b"\n")
        if not end or buffer[:1] in b" \t\r\n" or _SPACE_FIRST.search(buffer):
            return Whole(end, sum(map(_is_record, buffer[:end].split(b"\n"))), lines)
        return Whole(end, lines + (not buffer.endswith(b"\n") and final), lines)


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
        with self.source.open() as opened:
            text = text_of(opened, self.name)
            for found in placed(self.source, opened, text, LineGrammar(), self.chunk_size):
                empty = False
                if isinstance(found, Documents):
                    yield found
                    continue
                place = found.first, found.first_line
                yield JsonLines(self.name, *place, found.count, found.extent, found.stretch)
        if empty:
            msg = f"'{self.name}' is empty; give an input with at least one record"
            raise UsageError(msg)
