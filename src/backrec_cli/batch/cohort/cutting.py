"""A stream of text -> pieces that end where a record ends, none much larger than asked for.

A line that is larger than any record is passed over without being held; its head remains.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from backrec_cli.batch.cohort.bounds import HEAD, LARGEST
from backrec_cli.batch.cohort.source import ByteStream

SIZE = 8 * 1024 * 1024
"""How many bytes of text make a chunk, unless asked otherwise."""

# Some of the work is done once a chunk, however many records it holds. So where records are larger
# than this, a chunk may be larger too, but not by more than this.
_USUAL = 1024
_LARGER = 2

# Read and counted while it is still in the processor's cache.
_BLOCK = 256 * 1024


class Whole(NamedTuple):
    """Where the whole records of a buffer end, how many they are, how many line ends they have."""

    end: int
    records: int
    lines: int


class Grammar(Protocol):
    """How records follow each other in a text."""

    def whole(self, buffer: bytes, *, final: bool) -> Whole:
        """Return what a buffer that starts where a record starts holds of whole records.

        `final`: it ends where the text ends, so all of it is whole records.
        """
        ...


@dataclass(slots=True)
class Piece:
    """Whole records: where they start in the text, how long they are, how many records and lines.

    parts  their bytes; empty where only their place is asked for.
    """

    start: int
    length: int = 0
    records: int = 0
    lines: int = 0
    parts: list[bytes] = field(default_factory=list)

    def is_full(self, size: int) -> bool:
        """Whether it is as large as asked for, and its records are not few."""
        enough = self.records >= size // _USUAL or self.length >= _LARGER * size
        return self.length >= size and enough

    def add(self, whole: Whole, buffer: bytes, *, keep: bool) -> None:
        """Take in the whole records at the front of a buffer."""
        self.length += whole.end
        self.records += whole.records
        self.lines += whole.lines
        if keep:
            self.parts.append(buffer[: whole.end])


@dataclass(frozen=True, slots=True)
class Overlong:
    """A line that is larger than any record: its head, the only thing kept of it."""

    head: bytes


def cut(
    stream: ByteStream, grammar: Grammar, size: int, *, keep: bool
) -> Iterator[Piece | Overlong]:
    """Yield the text in pieces; one without a record is yielded too, for its lines."""
    buffer, piece, final = b"", Piece(0), False
    block_size = max(min(size, _BLOCK), 1)
    while not final:
        block = stream.read(block_size)
        final = not block
        buffer += block
        whole = grammar.whole(buffer, final=final)
        if whole.end:
            piece.add(whole, buffer, keep=keep)
            buffer = buffer[whole.end :]
        overlong = not whole.end and len(buffer) > LARGEST and b"\n" not in buffer
        if piece.length and (piece.is_full(size) or final or overlong):
            yield piece
            piece = Piece(piece.start + piece.length)
        if overlong:
            yield Overlong(buffer[:HEAD])
            length, buffer = _skip_line(stream, len(buffer))
            piece = Piece(piece.start + length)


def _skip_line(stream: ByteStream, seen: int) -> tuple[int, bytes]:
    """Read up to the end of a line; return how long it was, end included, and what is behind."""
    while True:
        block = stream.read(_BLOCK)
        if not block:
            return seen, b""
        end = block.find(b"\n") + 1
        if end:
            return seen + end, block[end:]
        seen += len(block)
