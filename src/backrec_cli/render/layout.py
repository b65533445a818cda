"""A report in parts -> lines of a given width, with hanging indents and nothing cut off."""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from backrec_cli.render.parts import NO_BREAK, Item, Report, Section, Tone

NARROWEST = 40

_INDENT = 2
_LEAST_TEXT = 24

# What stands in for a glyph that the output's encoding lacks.
_ASCII = {
    "✗": "x",
    "✓": "+",
    "·": "-",
    "–": "-",
    "—": "-",
    "≥": ">=",
    "≤": "<=",
    "→": "->",
    "×": "x",
    "…": "...",
    "’": "'",
    "“": '"',
    "”": '"',
    "°": " deg ",
    "µ": "u",
    "μ": "u",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: what stands in front, the text, and what both mean."""

    lead: str
    text: str
    tone: Tone = Tone.PLAIN
    heading: bool = False

    def __str__(self) -> str:
        return (self.lead + self.text).replace(NO_BREAK, " ").rstrip()


def lay_out(report: Report, width: int, *, ascii_only: bool) -> Iterator[Line]:
    """Yield the lines of a report, each at most `width` wide where words allow it."""
    setting = _Setting(max(width, NARROWEST), ascii_only)
    for text in report.identity:
        yield from setting.lines(text, "", Tone.PLAIN)
    yield from _headline(report, setting)
    for section in report.sections:
        yield from _section(section, setting)
    for item in report.closing:
        yield from _item(item, setting, 0)


@dataclass(frozen=True, slots=True)
class _Setting:
    """The width and the repertoire of the output."""

    width: int
    ascii_only: bool

    def lines(self, text: str, lead: str, tone: Tone) -> Iterator[Line]:
        """Break a text; the first line stands behind `lead`, the others below its end."""
        shown, front = self.spell(text), self.spell(lead)
        room = max(self.width - len(front), _LEAST_TEXT)
        broken = wrap(shown, room, break_long_words=False, break_on_hyphens=False)
        for number, line in enumerate(broken or [""]):
            yield Line(front if number == 0 else " " * len(front), line, tone)

    def spell(self, text: str) -> str:
        """Write a text with the glyphs that the output has."""
        if not self.ascii_only or text.isascii():
            return text
        return "".join(_ASCII.get(character, character) for character in text)


def _headline(report: Report, setting: _Setting) -> Iterator[Line]:
    """Yield the answer in capitals, and what belongs to it, on one line where it fits."""
    answer = setting.spell(report.headline.upper())
    beside = " · ".join(report.qualifiers)
    yield Line("", "")
    if not beside:
        yield Line(answer, "", report.tone, heading=True)
        return
    lead = f"{answer}   "
    if len(lead) + len(setting.spell(beside)) > setting.width:
        yield Line(answer, "", report.tone, heading=True)
        yield from setting.lines(beside, " " * _INDENT, Tone.PLAIN)
    else:
        yield Line(lead, setting.spell(beside), report.tone, heading=True)


def _section(section: Section, setting: _Setting) -> Iterator[Line]:
    """Yield a heading and its items, their texts aligned below each other."""
    if section.title:
        note = f"  {section.note}" if section.note else ""
        yield Line(setting.spell(section.title), setting.spell(note), heading=True)
    column = max((len(_lead(item, 0)) for item in section.items), default=0)
    for item in section.items:
        yield from _item(item, setting, column)


def _item(item: Item, setting: _Setting, column: int) -> Iterator[Line]:
    """Yield one item and the details below it."""
    lead = _lead(item, column) if column else ""
    yield from setting.lines(item.text, lead, item.tone)
    for detail in item.details:
        yield from setting.lines(detail, " " * len(setting.spell(lead)), Tone.PLAIN)


def _lead(item: Item, column: int) -> str:
    """Return what stands in front of an item, filled up to the column where texts begin."""
    words = [part for part in (item.sign, item.label) if part]
    lead = " " * _INDENT + "".join(f"{word} " for word in words)
    if item.label:
        lead += " "
    return lead.ljust(column)
