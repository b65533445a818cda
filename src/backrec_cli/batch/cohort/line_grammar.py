"""Text in which every line end ends a record, and a blank line is none."""

import re
from dataclasses import dataclass

from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.cutting import Whole

_SPACE_FIRST = re.compile(rb"\n[ \t\r\n]")

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
        lines = buffer.count(b"\n")
        if not end or buffer[:1] in b" \t\r\n" or _SPACE_FIRST.search(buffer):
            whole = buffer[:end].split(b"\n")
            return Whole(end, sum(is_record(line, self.space) for line in whole), lines)
        return Whole(end, lines + (final and not buffer.endswith(b"\n")), lines)
