"""A report in parts: what every format of prose says, before it is laid out or coloured.

The plain text, the coloured terminal and Markdown all show these parts, so that no finding can be
in one of them and absent from another.
"""

from dataclasses import dataclass, field
from enum import Enum

# Holds a number and its unit together when lines are broken; printed as an ordinary space.
NO_BREAK = "\u00a0"


class Tone(Enum):
    """What a part means, for the renderers that have colour."""

    PLAIN = "plain"
    STOP = "stop"
    CAUTION = "caution"
    OPEN = "open"
    GOOD = "good"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: a sign and a short label in front, a text, and further lines below it."""

    text: str
    sign: str = ""
    label: str = ""
    details: tuple[str, ...] = ()
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its items; without a title the items follow on what stands above."""

    title: str
    items: tuple[Item, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One patient's report: who, the answer, its sections, and what it rests on."""

    identity: tuple[str, ...]
    headline: str
    qualifiers: tuple[str, ...]
    tone: Tone
    sections: tuple[Section, ...]
    closing: tuple[Item, ...] = field(default=())


def with_id(text: str, entry: str) -> str:
    """Add the id of a rule or step to a text, in the way all reports show ids."""
    return f"{text} [{entry}]" if text else f"[{entry}]"


def plural(count: int, noun: str) -> str:
    """Return `1 rule`, `2 rules`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
