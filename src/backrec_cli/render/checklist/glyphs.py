"""Texts -> texts that the sheet's fonts can print: never an empty box in the place of a letter."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from backrec_cli.render.json_text import JsonValue

LACKING = "[?]"
NAME_LACKS = "Name: see the label (letters that this print lacks)"
NOTE = "Letters that this print lacks are shown as [?]; read the record."
_COVERAGE = Path(__file__).parent / "fonts" / "coverage.txt"


def printable(value: JsonValue) -> tuple[JsonValue, bool]:
    """Return a value with every text printable, and whether any letter had to be replaced."""
    if isinstance(value, str):
        text = _printable_text(value)
        return text, text != value
    if isinstance(value, dict):
        pairs = {key: printable(item) for key, item in value.items()}
        return {key: item for key, (item, _) in pairs.items()}, any(c for _, c in pairs.values())
    if isinstance(value, list):
        items = [printable(item) for item in value]
        return [item for item, _ in items], any(changed for _, changed in items)
    return value, False


def can_print(text: str) -> bool:
    """Whether the fonts have every character of a text."""
    return all(_covered(ord(character)) for character in set(text))


def _printable_text(text: str) -> str:
    """Replace each run of characters that the fonts lack."""
    if can_print(text):
        return text
    shown: list[str] = []
    for character in text:
        if _covered(ord(character)):
            shown.append(character)
        elif not shown or shown[-1] != LACKING:
            shown.append(LACKING)
    return "".join(shown)


@cache
def _covered(point: int) -> bool:
    """Whether the fonts have a character; a ward list asks for the same few a million times."""
    firsts, lasts = _ranges()
    place = bisect_right(firsts, point) - 1
    return place >= 0 and point <= lasts[place]


@cache
def _ranges() -> tuple[Sequence[int], Sequence[int]]:
    """Return the first and last code points of what the fonts cover, and the line end."""
    pairs = [line.split("-") for line in _COVERAGE.read_text(encoding="ascii").split()]
    firsts = [int(first, 16) for first, _ in pairs]
    return firsts, [int(last, 16) for _, last in pairs]
