"""A JSON text: an array of profiles, each element one record, or one profile alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecoder

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort.bounds import LARGEST, too_large
from backrec_cli.batch.cohort.cutting import SIZE
from backrec_cli.batch.cohort.documents import Documents, gathered
from backrec_cli.batch.cohort.elements import Element, elements
from backrec_cli.batch.cohort.encoding import text_of
from backrec_cli.batch.cohort.source import Peeked, Source
from backrec_cli.batch.record import Record
from backrec_cli.errors import UsageError

_SPACE = b" \t\r\n"
_NOTHING = "nothing stands where a profile should; remove the comma"
_OPEN = "the array is not closed; the input may have been cut off, so write it again"
_BEHIND = "text behind the end of the array; put every profile inside it"
_ELEMENT_ADVICE = "look for a bracket or quote that is not closed"
_WHOLE_ADVICE = "give --input-format ndjson if it holds one profile on each line"


@dataclass(frozen=True, slots=True)
class JsonCohort:
    """A JSON input: an array of profiles, or one profile."""

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

    def check(self) -> None:
        """Raise UsageError where there is nothing, or several profiles and no array."""
        with self.source.look() as opened:
            head = text_of(opened, self.name).stream.peek(LARGEST + 1)
        if not head.strip(_SPACE):
            msg = f"'{self.name}' is empty; give an input with at least one record"
            raise UsageError(msg)
        if _holds_several(head):
            msg = f"'{self.name}' is several profiles and no array; give --input-format ndjson"
            raise UsageError(msg)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks; an array without elements is a cohort without records."""
        reported = 0
        with self.source.read() as opened:
            stream = text_of(opened, self.name).stream
            for group in gathered(self._records(stream), self.chunk_size):
                extent = opened.raw.position - reported
                yield Documents(self.name, group, extent)
                reported += extent

    def _records(self, stream: Peeked) -> Iterator[Record]:
        """Yield the records of the array, or the one profile."""
        if stream.peek(LARGEST + 1).lstrip(_SPACE).startswith(b"["):
            yield from _numbered(elements(stream, self.chunk_size), self.name)
        else:
            yield _whole(stream, self.name)


def _numbered(found: Iterator[Element], name: str) -> Iterator[Record]:
    """Yield a record for each element, and one for what is wrong with the array itself."""
    number, closed = 1, False
    for element in found:
        place = f"{name}:{element.line}"
        last = element.end != b","
        if element.text or element.too_large:
            yield _of_element(element, number, place, behind=closed)
            number += 1
        elif not last or (number > 1 and element.end):
            yield Record(number, place, b"", problem=_NOTHING)
            number += 1
        if not element.end and not closed:
            yield Record(number, place, b"", problem=_OPEN)
        closed = closed or element.end == b"]"


def _of_element(element: Element, number: int, place: str, *, behind: bool) -> Record:
    """Return the record of one element, or of the text behind the array."""
    if element.too_large:
        return too_large(number, place, element.text, _ELEMENT_ADVICE)
    if behind:
        return Record(number, place, element.text, problem=_BEHIND)
    return Record(number, place, element.text, element.text)


def _whole(stream: Peeked, name: str) -> Record:
    """Return the record of a text that is one document."""
    data = stream.peek(LARGEST + 1)
    if len(data) > LARGEST:
        return too_large(1, name, data, _WHOLE_ADVICE)
    return Record(1, name, data, data)


def _holds_several(head: bytes) -> bool:
    """Whether one profile follows another, as in NDJSON under another name."""
    text = head.decode("utf-8", errors="replace").lstrip()
    try:
        _, end = JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return text.startswith("{") and text[end:].lstrip().startswith("{")
