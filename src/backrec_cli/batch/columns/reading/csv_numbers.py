"""Which columns of CSV hold a number that is not written as numbers are.

A reader of floats takes more than a cell may hold: 007, +5, .5, 5. and more digits than it keeps.
Such numbers are found by their bytes, in rows that have no quotes.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from backrec_cli.batch.columns.reading.arrays import Flags

Codes = NDArray[np.uint8]

_STRETCH = 1 << 17
_BEFORE = 2
_ZERO, _NINE, _POINT, _PLUS, _MINUS, _SPACE, _E = map(ord, "09.+- e")
_LINE_FEED = ord("\n")
_LOWER = 0x20


def oddly_written(data: bytes, delimiter: str) -> set[int]:
    """Return the columns, from 0, in which such a number may stand."""
    codes = np.frombuffer(b"\n\n" + data + b"\n", np.uint8)
    odd = np.fromiter(_odd(codes, ord(delimiter)), np.int64)
    if not len(odd):
        return set()
    delimiters = np.flatnonzero(codes == ord(delimiter))
    line_feeds = np.flatnonzero(codes == _LINE_FEED)
    starts = line_feeds[np.searchsorted(line_feeds, odd) - 1]
    columns = np.searchsorted(delimiters, odd) - np.searchsorted(delimiters, starts)
    return {*np.unique(columns).tolist()}


def _odd(codes: Codes, delimiter: int) -> Iterator[int]:
    """Yield the places of signs that no plain number has there, stretch by stretch."""
    for at in range(_BEFORE, len(codes) - 1, _STRETCH):
        end = min(at + _STRETCH, len(codes) - 1)
        found = _odd_in(codes[at - _BEFORE : end + 1], delimiter)
        if found.any():
            yield from (np.flatnonzero(found) + at).tolist()


def _odd_in(codes: Codes, delimiter: int) -> Flags:
    """Return where such signs stand, of a stretch with two before it and one behind."""
    digits = (codes - np.uint8(_ZERO)) <= _NINE - _ZERO
    starts = (codes == delimiter) | (codes == _LINE_FEED) | (codes <= _SPACE)
    here, before, behind = codes[2:-1], digits[1:-2], digits[3:]
    signed = (codes[1:-2] == _MINUS) & starts[:-3]
    leading = (here == _ZERO) & behind & (starts[1:-2] | signed)
    point = (here == _POINT) & ~(before & behind)
    exponent = ((here | np.uint8(_LOWER)) == _E) & before
    odd: Flags = leading | point | exponent | (here == _PLUS)
    return odd
