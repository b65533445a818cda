"""Pieces of a text -> the numbers of their records, the lines they stand on, where their bytes lie.

What is the same for every text that is cut at line ends, whatever its records look like.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.batch.cohort.bounds import too_large
from backrec_cli.batch.cohort.cutting import Grammar, Overlong, Piece, cut
from backrec_cli.batch.cohort.documents import Documents
from backrec_cli.batch.cohort.source import Opened, Source, Text
from backrec_cli.batch.cohort.stretch import Held, Range, Stretch


@dataclass(frozen=True, slots=True)
class Placed:
    """Whole records of a text.

    first       the number of the first one; `first_line`: the line it stands on, or one that is
                blank before it.
    count       how many they are; at least one.
    extent      how many bytes of the input as it lies there were read for them.
    """

    first: int
    first_line: int
    count: int
    extent: int
    stretch: Stretch


def placed(
    source: Source, opened: Opened, text: Text, grammar: Grammar, size: int, first_line: int = 1
) -> Iterator[Placed | Documents]:
    """Yield the records of a text in their order; one that is too large comes alone."""
    number, line, reported = 1, first_line, 0
    keep = source.path is None or text.start is None
    for piece in cut(text.stream, grammar, size, keep=keep):
        extent = opened.raw.position - reported
        if isinstance(piece, Overlong):
            record = too_large(number, f"{source.name}:{line}", piece.head)
            yield Documents(source.name, (record,), extent)
            number, line, reported = number + 1, line + 1, reported + extent
            continue
        if piece.records:
            stretch = _stretch(source, text, piece)
            yield Placed(number, line, piece.records, extent, stretch)
            number, reported = number + piece.records, reported + extent
        line += piece.lines


def _stretch(source: Source, text: Text, piece: Piece) -> Stretch:
    """Return where the bytes of a piece are: in the file where they lie there as they are."""
    if source.path is None or text.start is None:
        return Held(b"".join(piece.parts))
    start = text.start + piece.start
    return Range(source.path, source.name, start, start + piece.length)
