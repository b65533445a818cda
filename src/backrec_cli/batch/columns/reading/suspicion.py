"""What a decoder lets pass and the reference does not, found in the bytes of the lines."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backrec_cli.profile.reader import LARGEST

# A number of more digits than a float tells apart, or with an exponent; both stand behind one of
# these signs. In a text this may find more than numbers, which costs time and nothing else.
_NUMBER = re.compile(rb"[:\[,][ \t\r\n]*-?(?:[0-9.]{16}|[0-9.]+[eE])")
_LOWER = 0x20
_RUN = 16
_STRETCH = 1 << 17
_E, _ZERO, _NINE, _POINT = ord("e"), ord("0"), ord("9"), ord(".")


def suspicious(data: bytes, lines: Sequence[bytes]) -> list[int]:
    """Return the lines whose numbers may not be what they are decoded to, and those too large.

    The whole text is looked through first; only where it holds something odd, line by line.
    """
    found = [row for row, line in enumerate(lines) if len(line) > LARGEST]
    if _odd(data):
        found += [row for row, line in enumerate(lines) if _NUMBER.search(line)]
    return found


def _odd(data: bytes) -> bool:
    """Whether anything may be a long number, or one with an exponent."""
    codes = np.frombuffer(data, np.uint8)
    # Stretch by stretch, each small enough for the processor's cache, and overlapping.
    stretches = (codes[at : at + _STRETCH + _RUN] for at in range(0, len(codes), _STRETCH))
    return any(_has_long_number(each) or _has_exponent(each) for each in stretches)


def _has_long_number(codes: NDArray[np.uint8]) -> bool:
    """Whether sixteen digits stand in a row, a point among them (or the sign after it in ASCII)."""
    run = (codes - np.uint8(_POINT)) <= _NINE - _POINT
    for width in (1, 2, 4, 8):
        run = run[:-width] & run[width:]
    return bool(run.any())


def _has_exponent(codes: NDArray[np.uint8]) -> bool:
    """Whether an E stands behind a digit."""
    before = codes[np.flatnonzero((codes[1:] | _LOWER) == _E)]
    return bool(((before >= _ZERO) & (before <= _NINE)).any())
