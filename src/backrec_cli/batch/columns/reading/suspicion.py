"""What a decoder lets pass and the reference does not, found in the bytes of the lines."""

import re
from collections.abc import Sequence

from backrec_cli.profile.reader import LARGEST

# A number of more digits than a float tells apart, or with an exponent; both stand behind one of
# these signs. In a text this may find more than numbers, which costs time and nothing else.
_NUMBER = re.compile(rb"[:\[,][ \t\r\n]*-?(?:[0-9.]{16}|[0-9.]+[eE])")
_DIGITS = b"0123456789."
_ALIKE = bytes(
    ord("0") if code in _DIGITS else ord("e") if code in b"eE" else code for code in range(256)
)
_LONG = b"0" * 16
_EXPONENT = b"0e"


def suspicious(data: bytes, lines: Sequence[bytes]) -> list[int]:
    """Return the lines whose numbers may not be what they are decoded to, and those too large.

    The whole text is looked through first; only where it holds something odd, line by line.
    """
    found = [row for row, line in enumerate(lines) if len(line) > LARGEST]
    if _odd(data):
        found += [row for row, line in enumerate(lines) if _odd(line) and _NUMBER.search(line)]
    return found


def _odd(data: bytes) -> bool:
    """Whether anything may be a long number, or one with an exponent."""
    alike = data.translate(_ALIKE)
    return _LONG in alike or _EXPONENT in alike
