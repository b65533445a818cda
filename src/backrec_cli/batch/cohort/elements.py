"""A JSON array, streamed -> its elements as they are written, each with the line it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backrec_cli.batch.cohort.bounds import HEAD, LARGEST
from backrec_cli.batch.cohort.brackets import LOOK_BACK, WHOLE, Brackets
from backrec_cli.batch.cohort.source import ByteStream

_SPACE = re.compile(rb"[ \t\r\n]*+")
_BLOCK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Element:
    """What stands between two commas of an array, without the space around it.

    too_large  it is larger than a record can be, and `text` is its head.
    end        what stands behind it: ",", "]", or nothing where the input ends.
    """

    text: bytes
    line: int
    too_large: bool
    end: bytes


@dataclass(slots=True)
class _Window:
    """The part of a text that was read and is not left behind yet: `buffer` from `at` on."""

    stream: ByteStream
    block: int
    buffer: bytes = b""
    at: int = 0
    line: int = 1
    ended: bool = False
    brackets: Brackets = field(default_factory=Brackets)

    def more(self) -> None:
        """Read on."""
        block = self.stream.read(self.block)
        self.ended = not block
        self.buffer = self.buffer[self.at :] + block
        self.at = 0

    def leave(self, end: int) -> None:
        """Leave text behind, and count its lines."""
        self.line += self.buffer.count(b"\n", self.at, end)
        self.at = end

    def skip_space(self) -> None:
        """Leave space behind, up to the next character that is none."""
        while True:
            match = _SPACE.match(self.buffer, self.at)
            self.leave(self.at if match is None else match.end())
            if self.at < len(self.buffer) or self.ended:
                return
            self.more()

    def element(self) -> Element:
        """Return the element that starts here, and leave it and what ends it behind."""
        self.skip_space()
        line, head, followed = self.line, b"", 0
        whole = WHOLE.match(self.buffer, self.at)
        if whole is not None and len(whole[1]) <= LARGEST:
            self.leave(whole.end())
            return Element(whole[1], line, too_large=False, end=whole[2])
        while True:
            end, behind = self.brackets.next_end(self.buffer, self.at, self.at + followed)
            followed = end - self.at
            if behind:
                return self._taken(end, behind, line, head)
            if self.ended:
                return self._taken(len(self.buffer), 0, line, head)
            if followed > LARGEST:
                head = head or self.buffer[self.at : self.at + HEAD]
                self.leave(end - LOOK_BACK)
                followed = LOOK_BACK
            self.more()

    def _taken(self, end: int, behind: int, line: int, head: bytes) -> Element:
        """Return the element up to a place, of which the head may have been left behind."""
        text, mark = self.buffer[self.at : end], self.buffer[end : end + behind]
        self.leave(end + behind)
        more = mark.replace(b"\n", b",")
        if head or len(text) > LARGEST:
            return Element(head or text[:HEAD], line, too_large=True, end=more)
        return Element(text.rstrip(b" \t\r\n"), line, too_large=False, end=more)


def elements(stream: ByteStream, block: int | None = None) -> Iterator[Element]:
    """Yield the elements of the array that a text begins with, then what stands behind the array.

    What stands behind it is one element whose `end` is nothing. An array without an element gives
    one without text.
    """
    window = _Window(stream, max(min(block or _BLOCK, _BLOCK), 1))
    window.skip_space()
    window.leave(window.at + 1)
    end = b","
    while end == b",":
        element = window.element()
        end = element.end
        yield element
    if end:
        yield _behind(window)


def _behind(window: _Window) -> Element:
    """Return the head of what stands behind the array."""
    window.skip_space()
    line = window.line
    while len(window.buffer) - window.at < HEAD and not window.ended:
        window.more()
    text = window.buffer[window.at : window.at + HEAD]
    return Element(text.rstrip(b" \t\r\n"), line, too_large=False, end=b"")
