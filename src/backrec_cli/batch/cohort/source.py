"""An input of any kind -> a stream of its bytes, decompressed, that can be looked at in advance.

A file is opened again for each pass; standard input and pipes can be read only once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from backrec_cli.batch.cohort.compression import decompressed
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

STDIN = "-"
_STDIN_NAME = "<stdin>"


class ByteStream(Protocol):
    """Bytes in their order; `read` returns none only at the end."""

    def read(self, size: int) -> bytes:
        """Return at least one and at most about `size` bytes, or none at the end."""
        ...


class _Waiting(Protocol):
    """What may have nothing to give yet: standard input that does not wait gives None."""

    def read(self, size: int, /) -> bytes | None:
        """Return the next bytes."""
        ...


@dataclass(slots=True)
class Raw:
    """The bytes as they lie there; `position` counts those that were taken."""

    stream: _Waiting
    name: str
    position: int = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes; raises UsageError where they cannot be read."""
        try:
            block = self.stream.read(size)
        except (OSError, ValueError) as error:
            raise unreadable(self.name, error) from error
        if block is None:
            msg = f"cannot read '{self.name}': nothing there yet, and it does not wait"
            raise UsageError(msg)
        self.position += len(block)
        return block


@dataclass(slots=True)
class Peeked:
    """A stream whose beginning can be looked at before it is read."""

    stream: ByteStream
    ahead: bytes = b""

    def peek(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end, and leave them there."""
        parts = [self.ahead]
        have = len(self.ahead)
        while have < size:
            block = self.stream.read(size - have)
            if not block:
                break
            parts.append(block)
            have += len(block)
        self.ahead = b"".join(parts)
        return self.ahead[:size]

    def skip(self, size: int) -> None:
        """Drop bytes that were looked at."""
        self.ahead = self.ahead[size:]

    def read(self, size: int) -> bytes:
        """Return the next bytes, those looked at first."""
        if not self.ahead:
            return self.stream.read(size)
        block, self.ahead = self.ahead[:size], self.ahead[size:]
        return block


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an input.

    start  where it starts in the file, if its bytes there are the bytes of the text; else None.
    """

    stream: Peeked
    start: int | None


@dataclass(slots=True)
class Opened:
    """An open input: its bytes without compression, and how far the compressed ones are read.

    text  its text, once that was asked for; looking at it takes bytes from the stream.
    """

    raw: Raw
    stream: Peeked
    compressed: bool
    text: Text | None = None


@dataclass(slots=True)
class Source:
    """An input by its name; `path` is None where it can be read only once.

    pipe  a pipe with a name, to be closed; standard input is not ours to close.
    """

    name: str
    path: Path | None
    size: int | None
    once: BinaryIO | None = None
    pipe: bool = False
    _opened: Opened | None = field(default=None, repr=False)

    @contextmanager
    def look(self) -> Iterator[Opened]:
        """Give the input to be looked at in advance; it is closed only if that fails."""
        try:
            with self._open() as opened:
                yield opened
        except BaseException:
            self._close()
            raise

    @contextmanager
    def read(self) -> Iterator[Opened]:
        """Give the input to be read to its end; of one that is read once, what is left."""
        try:
            with self._open() as opened:
                yield opened
        finally:
            self._close()

    @contextmanager
    def _open(self) -> Iterator[Opened]:
        """Open a file again, or go on with what can be read only once."""
        if self.path is None:
            yield self._opened_once()
            return
        with open_file(self.path, self.name) as stream:
            yield _opened(Raw(stream, self.name))

    def _close(self) -> None:
        """Close what was opened here."""
        if self.pipe and self.once is not None:
            self.once.close()

    def _opened_once(self) -> Opened:
        """Return the one stream there is."""
        if self.once is None:
            msg = "standard input is closed"
            raise UsageError(msg)
        if self._opened is None:
            self._opened = _opened(Raw(self.once, self.name))
        return self._opened


def find_source(path: str, stdin: BinaryIO | None) -> Source:
    """Return the input that a PATH of the command line names; it is not a folder."""
    if path == STDIN:
        return Source(_STDIN_NAME, None, None, stdin)
    place, name = Path(path), harmless(path)
    try:
        if place.is_file():
            return Source(name, place.absolute(), place.stat().st_size)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error
    return Source(name, None, None, open_file(place, name), pipe=True)


def open_file(path: Path, name: str) -> BinaryIO:
    """Open a file for reading; raises UsageError where it cannot be."""
    try:
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error


def unreadable(name: str, error: Exception) -> UsageError:
    """Say why an input cannot be read; Python itself refuses a name with a null character."""
    reason = error.strerror if isinstance(error, OSError) else "no such name can exist"
    return UsageError(f"cannot read '{name}': {reason}")


def _opened(raw: Raw) -> Opened:
    """Take off the compression that the first bytes tell of."""
    peeked = Peeked(raw)
    inner = decompressed(peeked, raw.name)
    if inner is None:
        return Opened(raw, peeked, compressed=False)
    return Opened(raw, Peeked(inner), compressed=True)
