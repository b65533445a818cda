"""The rows of a frame: flags, one a row, to planes, one bit a row, and back."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]

BYTE = 8
# How far apart two bits are that change places, and the lower of the two, for a square of 8 by 8.
_SWAPS = ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0))


class Rows:
    """How many rows a frame has, and how flags become the bits of whole numbers and bits flags."""

    def __init__(self, count: int) -> None:
        """Keep the number of rows."""
        self.count = count
        self.every = (1 << count) - 1
        self._width = (count + BYTE - 1) // BYTE

    def bits(self, flags: Flags) -> int:
        """Return flags as the bits of one number, the first row lowest."""
        return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")

    def plane(self, rows: Sequence[int]) -> int:
        """Return the plane that holds in some rows."""
        flags = np.zeros(self.count, dtype=np.bool_)
        flags[list(rows)] = True
        return self.bits(flags)

    def planes(self, flags: Flags) -> Iterator[int]:
        """Yield the bits of many flags at once, a line of the table each."""
        data = np.packbits(flags, axis=1, bitorder="little").tobytes()
        for line in range(len(flags)):
            yield int.from_bytes(data[line * self._width : (line + 1) * self._width], "little")

    def flags(self, bits: int) -> Flags:
        """Return the bits of a number as flags."""
        flags: Flags = self.table([bits])[0].view(np.bool_)
        return flags

    def table(self, planes: Sequence[int]) -> NDArray[np.uint8]:
        """Return the bits of many numbers, a line each."""
        return np.unpackbits(self._bytes(planes), axis=1, bitorder="little", count=self.count)

    def octets(self, planes: Sequence[int]) -> NDArray[np.uint8]:
        """Return for every eight planes what they come to in each row, the first plane lowest.

        Eight rows of eight planes are one number, a square of bits that is turned over.
        """
        lines = self._bytes(planes).reshape(len(planes) // BYTE, BYTE, self._width)
        squares = np.ascontiguousarray(lines.transpose(0, 2, 1)).view("<u8")
        for apart, lower in _SWAPS:
            far, mask = np.uint64(apart), np.uint64(lower)
            different = (squares ^ (squares >> far)) & mask
            squares = squares ^ different ^ (different << far)
        return squares.view(np.uint8).reshape(len(lines), self._width * BYTE)[:, : self.count]

    def _bytes(self, planes: Sequence[int]) -> NDArray[np.uint8]:
        """Return the bytes of planes, a line each."""
        data = b"".join([plane.to_bytes(self._width, "little") for plane in planes])
        return np.frombuffer(data, np.uint8).reshape(len(planes), self._width)
