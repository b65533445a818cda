"""Text in which every line end ends a record, and a blank line is none."""

from dataclasses import dataclass

import numpy as np

from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.cutting import Whole

_LINE_FEED = ord("\n")
_SPACES = b" \t\r\n"
_IS_SPACE = np.isin(np.arange(256), list(_SPACES))

JSON_SPACE = b" \t\r"
"""What a blank line of NDJSON may hold."""

CSV_SPACE = b" \r"
"""What a blank line of CSV may hold; tabs may be delimiters, and then they make a row."""


def is_record(line: bytes, space: bytes) -> bool:
    """Whether a line holds anything; one too large to be looked at is never passed over."""
    return len(line) > LARGEST or bool(line.strip(space))


@dataclass(frozen=True, slots=True)
class LineGrammar:
    """Counts the lines that are not blank; `space` is what a blank one may hold."""

    space: bytes

    def whole(self, buffer: bytes, *, final: bool) -> Whole:
        """Return where the last whole line ends, and how many records there are up to there.

        Lines are looked at one by one only where one of them starts with space.
        """
        end = len(buffer) if final else buffer.rfind(b"\n") + 1
        codes = np.frombuffer(buffer, np.uint8)
        ends = np.flatnonzero(codes == _LINE_FEED)
        lines = len(ends)
        followed = ends[:-1] if lines and ends[-1] == len(buffer) - 1 else ends
        if not end or buffer[:1] in _SPACES or _IS_SPACE[codes[followed + 1]].any():
            whole = buffer[:end].split(b"\n")
            return Whole(end, sum(is_record(line, self.space) for line in whole), lines)
        return Whole(end, lines + (final and not buffer.endswith(b"\n")), lines)
