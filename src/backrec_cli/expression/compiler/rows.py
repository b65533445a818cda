"""The rows of a frame: flags, one a row, to planes, one bit a row, and back."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]

_BYTE = 8


class Rows:
    """How many rows a frame has, and how flags become the bits of whole numbers and bits flags."""

    def __init__(self, count: int) -> None:
        """Keep the number of rows."""
        self.count = count
        self.every = (1 << count) - 1
        self._width = (count + _BYTE - 1) // _BYTE

    def bits(self, flags: Flags) -> int:
        """Return flags as the bits of one number, the first row lowest."""
        return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")

    def planes(self, flags: Flags) -> Iterator[int]:
        """Yield the bits of many flags at once, a line of the table each."""
        data = np.packbits(flags, axis=1, bitorder="little").tobytes()
        for start in range(0, len(data), self._width):
            yield int.from_bytes(data[start : start + self._width], "little")

    def flags(self, bits: int) -> Flags:
        """Return the bits of a number as flags."""
        data = np.frombuffer(bits.to_bytes(self._width, "little"), np.uint8)
        return np.unpackbits(data, bitorder="little", count=self.count).view(np.bool_)
