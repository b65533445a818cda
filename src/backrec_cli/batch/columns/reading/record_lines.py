"""The records of a text that stand on a line each, or one behind the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.line_grammar import JSON_SPACE, is_record

Offsets = NDArray[np.intp]

_LINE_FEED, _RETURN, _OPENING, _CLOSING = map(ord, "\n\r{}")
_STRETCH = 1 << 18


@dataclass(frozen=True, slots=True)
class RecordLines:
    """Where the records of a text are; none of them is copied before it is asked for.

    are_objects  every one starts with an opening brace and ends with a closing one, and there is no
                 line end within it. Then no value goes on over the end of a line: where it could,
                 no brace opens.
    """

    data: bytes
    starts: Offsets
    ends: Offsets
    are_objects: bool = False

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.starts)

    def __getitem__(self, row: int) -> bytes:
        """Return one record."""
        return self.data[self.starts[row] : self.ends[row]]

    def together(self, first: int, stop: int) -> memoryview:
        """Return some records that follow each other as one text."""
        return memoryview(self.data)[self.starts[first] : self.ends[stop - 1]]

    def too_large(self) -> list[int]:
        """Return the rows of records larger than any may be."""
        return np.flatnonzero(self.ends - self.starts > LARGEST).tolist()


def lines_of(data: bytes, count: int) -> RecordLines:
    """Return the lines of a text that are records; `count`: how many they should be."""
    codes = np.frombuffer(data, np.uint8)
    found = [
        np.flatnonzero(codes[at : at + _STRETCH] == _LINE_FEED) + at
        for at in range(0, len(codes), _STRETCH)
    ]
    if codes[-1:].tolist() != [_LINE_FEED]:
        found.append(np.array([len(codes)]))
    ends = np.concatenate(found)
    starts = np.concatenate([[0], ends[:-1] + 1])
    if len(ends) != count:
        lines = zip(starts.tolist(), ends.tolist(), strict=True)
        kept = [is_record(data[start:end], JSON_SPACE) for start, end in lines]
        starts, ends = starts[kept], ends[kept]
    return RecordLines(data, starts, ends, _are_objects(codes, starts, ends))


def one_behind_the_other(documents: Sequence[bytes]) -> RecordLines:
    """Return documents as the records of one text."""
    ends = np.cumsum([len(document) + 1 for document in documents], dtype=np.intp) - 1
    starts = np.concatenate([np.zeros(1, dtype=np.intp), ends[:-1] + 1])[: len(documents)]
    return RecordLines(b"\n".join(documents), starts, ends)


def _are_objects(codes: NDArray[np.uint8], starts: Offsets, ends: Offsets) -> bool:
    """Whether lines open with a brace and close with one."""
    if not len(starts) or int((ends - starts).min()) < len(b"{}"):
        return False
    last = codes[ends - 1]
    last = np.where(last == _RETURN, codes[ends - 2], last)
    return bool((codes[starts] == _OPENING).all() and (last == _CLOSING).all())
