"""Cells of one kind as they were decoded -> bytes of one width each -> an array.

MessagePack writes every float in nine bytes and every truth in one. What it has written of some
cells shows at once whether all of them were of the kind, and is an array once its marks are left
out; so no cell is looked at in Python.
"""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from backrec_cli.batch.columns.reading.arrays import NONE, Codes, Floats

_encode = msgspec.msgpack.Encoder().encode

# Behind how many bytes cells stand that say how many they are: fewer than this, and than this.
_FEW, _MANY = 1 << 4, 1 << 16
_FLOAT = b"\xcb"
_WIDTH = 9
_NIL, _FALSE, _TRUE = 0xC0, 0xC2, 0xC3
_TRUTHS = bytes((_NIL, _FALSE, _TRUE))
_MEANT = np.full(256, NONE, dtype=np.int8)
_MEANT[[_FALSE, _TRUE]] = 0, 1


def packed_numbers(cells: Sequence[object]) -> bytes | None:
    """Return floats packed, nine bytes each; None where one of the cells is anything else."""
    packed = _body(cells)
    uniform = len(packed) == _WIDTH * len(cells) and packed[::_WIDTH] == _FLOAT * len(cells)
    return packed if uniform else None


def packed_truths(cells: Sequence[object]) -> bytes | None:
    """Return truths and None packed, a byte each; None where one of the cells is anything else."""
    packed = _body(cells)
    return None if len(packed) != len(cells) or packed.translate(None, _TRUTHS) else packed


def no_numbers(count: int) -> bytes:
    """Return as many NaN, packed."""
    return _ONE_NAN * count


def no_truths(count: int) -> bytes:
    """Return as many None, packed."""
    return bytes((_NIL,)) * count


def numbers_in(packed: Iterable[bytes]) -> Floats:
    """Return packed floats as an array."""
    marked = np.frombuffer(b"".join(packed), dtype=np.dtype([("mark", "u1"), ("number", ">f8")]))
    return marked["number"].astype(np.float64)


def truths_in(packed: Iterable[bytes]) -> Codes:
    """Return packed truths as an array."""
    return _MEANT[np.frombuffer(b"".join(packed), dtype=np.uint8)]


def _body(cells: Sequence[object]) -> bytes:
    """Return what MessagePack writes of the cells, without what it writes of their number."""
    head = 1 if len(cells) < _FEW else 3 if len(cells) < _MANY else 5
    return _encode(cells)[head:]


_ONE_NAN = _body([float("nan")])
