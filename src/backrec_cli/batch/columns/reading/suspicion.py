"""What a decoder lets pass and the reference does not, found in the bytes of the lines."""

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from backrec_cli.batch.columns.reading.record_lines import RecordLines

# A number of more digits than a float tells apart, or with an exponent; both stand behind one of
# these signs. In a text this may find more than numbers, which costs time and nothing else.
_NUMBER = re.compile(rb"[:\[,][ \t\r\n]*-?(?:[0-9.]{16}|[0-9.]+[eE])")
_LONG = re.compile(rb"[0-9.]{16}")
_RUN = 16
STRETCH = 1 << 18
"""How much of a text is looked through at a time: what the processor's cache holds."""

# The lower of two bytes is a digit by its upper half, the higher an E, small or capital.
_UPPERS_OF_TWO, _DIGIT_AND_E = np.uint16(0xDFF0), np.uint16(0x4530)

# Four bytes in one number, of which first only the upper halves are looked at: those of digits,
# which a few other signs share.
_UPPER, _DIGITS = np.uint32(0xF0F0F0F0), np.uint32(0x30303030)
_WORD = 4

# Adding these carries into a byte's highest bit from the point on, or beyond the nine. Bytes that
# are no ASCII may disturb their neighbours, but there are none where all are digits.
_FROM_POINT, _BEYOND_NINE = np.uint32(0x52525252), np.uint32(0x46464646)
_HIGHEST = np.uint32(0x80808080)


def suspicious(lines: RecordLines) -> list[int]:
    """Return the lines whose numbers may not be what they are decoded to, and those too large.

    The whole text is looked through first; only where it holds something odd, line by line.
    """
    found = lines.too_large()
    if _has_exponent(lines.data) or has_long_number(lines.data):
        found += [row for row in range(len(lines)) if _NUMBER.search(lines[row])]
    return found


def count_of(sign: bytes, data: bytes) -> int:
    """Return how often an ASCII sign stands in a text; it may stand there very often."""
    stretches = _stretches(np.frombuffer(data, np.uint8))
    return sum(int(np.count_nonzero(each == ord(sign))) for each in stretches)


def _stretches(codes: NDArray[np.uint8], beyond: int = 0) -> Iterator[NDArray[np.uint8]]:
    """Yield a text in stretches small enough for the processor's cache, `beyond` overlapping."""
    for at in range(0, len(codes), STRETCH):
        yield codes[at : at + STRETCH + beyond]


def has_long_number(data: bytes) -> bool:
    """Whether sixteen digits stand in a row, a point among them.

    Wherever they stand, they fill three of the words that a text is looked through in, and two of
    the three without the point.
    """
    words = np.frombuffer(data, np.uint32, len(data) // _WORD)
    for at in range(0, len(words), STRETCH // _WORD):
        stretch = words[at : at + STRETCH // _WORD + 2]
        full = (stretch & _UPPER) == _DIGITS
        two = (full[:-2] & (full[1:-1] | full[2:])) | (full[1:-1] & full[2:])
        places = np.flatnonzero(two)
        for near in (0, 1, 2):
            places = places[_is_filled(stretch[places + near])]
        for place in places.tolist():
            start = (at + place) * _WORD
            if _LONG.search(data, max(start - _RUN, 0), start + 3 * _WORD + _RUN):
                return True
    return False


def _is_filled(words: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether words have nothing but digits and points (or the sign between them in ASCII)."""
    highest = (words + _FROM_POINT) & ~((words + _BEYOND_NINE) | words) & _HIGHEST
    filled: NDArray[np.bool_] = highest == _HIGHEST
    return filled


def _has_exponent(data: bytes) -> bool:
    """Whether an E stands behind a digit (or one of six signs that share its upper half).

    Two bytes are one number: once with the first of each pair at an even place, once at an odd one.
    """
    for odd in (0, 1):
        pairs = np.frombuffer(data, "<u2", max(len(data) - odd, 0) // 2, odd)
        for at in range(0, len(pairs), STRETCH // 2):
            if ((pairs[at : at + STRETCH // 2] & _UPPERS_OF_TWO) == _DIGIT_AND_E).any():
                return True
    return False
