"""What a decoder lets pass and the reference does not, found in the bytes of the lines."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from backrec_cli.profile.reader import LARGEST

# A number of more digits than a float tells apart, or with an exponent; both stand behind one of
# these signs. In a text this may find more than numbers, which costs time and nothing else.
_NUMBER = re.compile(rb"[:\[,][ \t\r\n]*-?(?:[0-9.]{16}|[0-9.]+[eE])")
_LONG = re.compile(rb"[0-9.]{16}")
_RUN = 16
_STRETCH = 1 << 17
_COLON, _E, _ZERO = ord(":"), ord("e"), ord("0")
_LOWER = 0x20

# Eight bytes in one number: adding these carries into a byte's highest bit from the point on, or
# beyond the nine. Bytes that are no ASCII may disturb their neighbours, but none that are digits.
_FROM_POINT = np.uint64(0x5252525252525252)
_BEYOND_NINE = np.uint64(0x4646464646464646)
_HIGHEST = np.uint64(0x8080808080808080)
_WORD = 8


def suspicious(data: bytes, lines: Sequence[bytes | memoryview]) -> list[int]:
    """Return the lines whose numbers may not be what they are decoded to, and those too large.

    The whole text is looked through first; only where it holds something odd, line by line.
    """
    found = [row for row, line in enumerate(lines) if len(line) > LARGEST]
    codes = np.frombuffer(data, np.uint8)
    if _has_exponent(codes) or _has_long_number(data):
        found += [row for row, line in enumerate(lines) if _NUMBER.search(line)]
    return found


def colons_of(data: bytes) -> int:
    """Return how many colons a text has."""
    stretches = _stretches(np.frombuffer(data, np.uint8))
    return sum(int(np.count_nonzero(each == _COLON)) for each in stretches)


def _stretches(codes: NDArray[np.uint8], beyond: int = 0) -> Iterator[NDArray[np.uint8]]:
    """Yield a text in stretches small enough for the processor's cache, `beyond` overlapping."""
    for at in range(0, len(codes), _STRETCH):
        yield codes[at : at + _STRETCH + beyond]


def _has_long_number(data: bytes) -> bool:
    """Whether sixteen digits stand in a row, a point among them (or the sign after it in ASCII).

    Wherever they stand, eight of them fill one of the words that a text is looked through in.
    """
    words = np.frombuffer(data, np.uint64, len(data) // _WORD)
    for at in range(0, len(words), _STRETCH // _WORD):
        word = words[at : at + _STRETCH // _WORD]
        filled = (word + _FROM_POINT) & ~((word + _BEYOND_NINE) | word) & _HIGHEST
        for place in np.flatnonzero(filled == _HIGHEST).tolist():
            start = (at + place) * _WORD
            if _LONG.search(data, max(start - _RUN, 0), start + _WORD + _RUN):
                return True
    return False


def _has_exponent(codes: NDArray[np.uint8]) -> bool:
    """Whether an E stands behind a digit."""
    for stretch in _stretches(codes, beyond=1):
        digit = (stretch[:-1] - np.uint8(_ZERO)) <= np.uint8(9)
        if (digit & ((stretch[1:] | np.uint8(_LOWER)) == _E)).any():
            return True
    return False
