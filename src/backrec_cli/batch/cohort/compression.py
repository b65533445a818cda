"""gzip and zstd, known by their first bytes -> what they hold, block by block.

Neither lets a small file become a large piece of memory: gzip is asked for no more than is
wanted, and zstd is fed so little at a time that even its densest blocks stay small.
"""

import zlib
from dataclasses import dataclass, field
from typing import Protocol

import zstandard

from backrec_cli.errors import UsageError

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
# A frame that is skipped; parallel writers put one in front (RFC 8878, 3.1.2).
_ZSTD_SKIPPED, _SKIPPED_KINDS = b"\x2a\x4d\x18", range(0x50, 0x60)
_MAGIC = 4
_IN_GZIP, _IN_ZSTD = "gzip", "zstd"
_GZIP_WINDOW = 31  # zlib's number for the largest window in a gzip wrapping.
_FEED = 64 * 1024
_SMALL_FEED = 1024  # At the most 256 blocks of 128 KiB.


class _Peeking(Protocol):
    """A stream that can be looked at in advance."""

    def peek(self, size: int) -> bytes:
        """Return the next bytes and leave them there."""
        ...

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        ...


def decompressed(stream: _Peeking, name: str) -> "Gunzipped | Unzstd | None":
    """Return a stream of what a compressed one holds; None where it is not compressed."""
    magic = stream.peek(_MAGIC)
    if magic.startswith(_GZIP):
        return Gunzipped(stream, name)
    if magic == _ZSTD or (magic[1:] == _ZSTD_SKIPPED and magic[0] in _SKIPPED_KINDS):
        return Unzstd(stream, name)
    return None


def _damaged(kind: str, name: str) -> UsageError:
    """Say that compressed data cannot be trusted to the end."""
    return UsageError(f"cannot read '{name}': its {kind} data is damaged or cut off; copy it again")


@dataclass(slots=True)
class Gunzipped:
    """The content of a gzip stream of one or several members."""

    stream: _Peeking
    name: str
    _waiting: bytes = b""
    _member: "zlib._Decompress | None" = None
    _padded: bool = False

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; raises UsageError where the data is damaged or cut off."""
        while True:
            waiting = self._waiting or self.stream.read(_FEED)
            if self._member is None:
                waiting = self._next_member(waiting)
            if self._member is None:
                if not waiting:
                    return b""
                continue
            try:
                block = self._member.decompress(waiting, size)
            except zlib.error as error:
                raise _damaged(_IN_GZIP, self.name) from error
            if self._member.eof:
                self._waiting, self._member = self._member.unused_data, None
            else:
                self._waiting = self._member.unconsumed_tail
            if block:
                return block
            if not waiting and self._member is not None:
                raise _damaged(_IN_GZIP, self.name)

    def _next_member(self, waiting: bytes) -> bytes:
        """Begin a member; zeros behind the last one are padding, as gzip itself has it."""
        self._waiting = b""
        content = waiting.lstrip(b"\0") if self._padded else waiting
        if content:
            self._member = zlib.decompressobj(_GZIP_WINDOW)
            self._padded = True
        return content or waiting


@dataclass(slots=True)
class Unzstd:
    """The content of a zstd stream of one or several frames."""

    stream: _Peeking
    name: str
    _frame: "zstandard.ZstdDecompressionObj | None" = None
    _waiting: bytes = b""
    _ready: list[bytes] = field(default_factory=list)

    def read(self, size: int) -> bytes:
        """Return some bytes, about `size`; raises UsageError where the data is damaged."""
        have = 0
        while have < size:
            block = self._next()
            if block is None:
                break
            self._ready.append(block)
            have += len(block)
        found = b"".join(self._ready)
        self._ready.clear()
        return found

    def _next(self) -> bytes | None:
        """Return what the next few compressed bytes hold; None at the end."""
        waiting = self._waiting or self.stream.read(_SMALL_FEED)
        self._waiting = b""
        if not waiting:
            if self._frame is not None:
                raise _damaged(_IN_ZSTD, self.name)
            return None
        if self._frame is None:
            self._frame = zstandard.ZstdDecompressor().decompressobj()
        try:
            block = self._frame.decompress(waiting)
        except zstandard.ZstdError as error:
            raise _damaged(_IN_ZSTD, self.name) from error
        if self._frame.eof:
            self._waiting, self._frame = self._frame.unused_data, None
        return block
