"""Text in any Unicode encoding that names itself -> UTF-8 whose lines end with a line feed.

UTF-8 with line feeds, with or without carriage returns before them, passes through untouched.
UTF-16 and UTF-32 are told by their byte order mark; lone carriage returns by their being the only
line ends in the first MiB.
"""

import codecs
from dataclasses import dataclass

from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.source import ByteStream, Opened, Peeked, Text
from backrec_cli.errors import UsageError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook; save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV UTF-8"),
    (b"PAR1", "Parquet; give --input-format parquet"),
    (b"ARROW1", "an Arrow file; write it as Parquet"),
    (b"%PDF", "a PDF; export the data as CSV or NDJSON"),
    (b"SQLite format 3\x00", "a database; export the data as CSV or NDJSON"),
    (b"\xfd7zXZ\x00", "xz; decompress it, or use gzip or zstd"),
    (b"BZh91AY&SY", "bzip2; decompress it, or use gzip or zstd"),
)
_UNMARKED = "UTF-16 without a byte order mark; save it as UTF-8"
_PROBE = 64
_UNREADABLE = "backrec.unreadable"
_SPOILT = "\udcff"


def text_of(opened: Opened, name: str) -> Text:
    """Return an input's text; raises UsageError for what is no text, or none that tells how."""
    if opened.text is None:
        opened.text = _found_text(opened, name)
    return opened.text


def _found_text(opened: Opened, name: str) -> Text:
    """Find out how a text is written."""
    stream = opened.stream
    head = stream.peek(LARGEST + 1)
    for magic, kind in _BINARY:
        if head.startswith(magic):
            msg = f"'{name}' is {kind}"
            raise UsageError(msg)
    start = None if opened.compressed else 0
    encoding = next(((mark, code) for mark, code in _MARKS if head.startswith(mark)), None)
    if encoding is not None:
        stream.skip(len(encoding[0]))
        stream, start = Peeked(Transcoded(stream, encoding[1])), None
    elif head.startswith(codecs.BOM_UTF8):
        stream.skip(len(codecs.BOM_UTF8))
        start = None if start is None else len(codecs.BOM_UTF8)
    elif _is_unmarked(head):
        msg = f"'{name}' is {_UNMARKED}"
        raise UsageError(msg)
    head = stream.peek(LARGEST + 1)
    if b"\r" in head and b"\n" not in head:
        stream, start = Peeked(LineFeeds(stream)), None
    return Text(stream, start)


def _is_unmarked(head: bytes) -> bool:
    """Whether every second byte of the beginning is zero, as in Latin text in UTF-16."""
    probe = head[:_PROBE]
    even, odd = probe[::2], probe[1::2]
    sides = ((even, odd), (odd, even))
    return len(probe) == _PROBE and any(not any(one) and all(other) for one, other in sides)


def _spoil(error: UnicodeError) -> tuple[str, int]:
    """Put in the place of what cannot be decoded what UTF-8 cannot hold: that line is refused."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _SPOILT, error.end


codecs.register_error(_UNREADABLE, _spoil)


class Transcoded:
    """Text in another encoding as UTF-8; what cannot be decoded stays unreadable there too."""

    def __init__(self, stream: ByteStream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors=_UNREADABLE)
        self._ended = False

    def read(self, size: int) -> bytes:
        """Return the next characters."""
        while not self._ended:
            block = self._stream.read(size)
            self._ended = not block
            text = self._decoder.decode(block, final=self._ended)
            if text:
                return text.encode("utf-8", "surrogatepass")
        return b""


@dataclass(slots=True)
class LineFeeds:
    """Text whose lines end with a carriage return alone, each made a line feed."""

    stream: ByteStream

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        return self.stream.read(size).replace(b"\r", b"\n")
