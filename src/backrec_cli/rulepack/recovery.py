"""A text that is not TOML -> what is wrong with it, and the tables of it that can still be read.

One missing quote must not hide the mistakes in the rest of a file: the table with the slip in it is
blanked, and the rest is parsed again, until all of it can be read.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backrec_cli.errors import Diagnostic
from backrec_cli.source import SourceText

MOST_SLIPS = 20

_HEADER = re.compile(
    r"^[ \t]*(?P<open>\[\[?)[ \t]*(?P<first>[\w\"'-]+)[ \t]*(?P<more>\.)?", re.MULTILINE
)

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Slip:
    """What stopped the parser, and the offset at which it stopped."""

    problem: Diagnostic
    at: int


@dataclass(frozen=True, slots=True)
class Salvage:
    """The content that could be read, the text it came from, and what had to be left out.

    text   as long as the original, with blanks in place of the tables in `lost`.
    """

    content: Content
    text: str
    lost: str
    problems: tuple[Diagnostic, ...]


def salvage(source: SourceText, parse: Callable[[str], Content | Slip]) -> Salvage | Diagnostic:
    """Return what is readable, or the first problem where no table left out makes it so."""
    text, lost = source.text, ""
    problems: list[Diagnostic] = []
    found = parse(text)
    while isinstance(found, Slip):
        problems.append(found.problem)
        blanked = _furthest(text, found.at, parse)
        if blanked is None or len(problems) > MOST_SLIPS:
            return problems[0]
        start, end = blanked
        lost += text[start:end]
        text = _blanked(text, start, end)
        found = parse(text)
    return Salvage(found, text, lost, tuple(problems))


def _furthest(text: str, at: int, parse: Callable[[str], Content | Slip]) -> tuple[int, int] | None:
    """Return the table to leave out: the one the parser stopped in, or the one before it.

    A list that is not closed is noticed at the header of the next table, which is innocent.
    """
    blocks = _blocks(text)
    number = max(n for n, (start, _) in enumerate(blocks) if start <= at)
    best, furthest = None, at
    for start, end in (blocks[number], *blocks[max(number - 1, 0) : number]):
        after = parse(_blanked(text, start, end))
        reached = after.at if isinstance(after, Slip) else len(text) + 1
        if text[start:end].strip() and reached > furthest:
            best, furthest = (start, end), reached
    return best


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return where the tables of a text begin and end; `[[rule.grade]]` is a part of its rule."""
    arrays: set[str] = set()
    starts = [0]
    for header in _HEADER.finditer(text):
        first = header["first"]
        if header["open"] == "[[" and not header["more"]:
            arrays.add(first)
        if not (header["more"] and first in arrays):
            starts.append(header.start())
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _blanked(text: str, start: int, end: int) -> str:
    """Return a text with blanks in a range of it, its lines and offsets unchanged."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
