"""What an entry says to do when the operation cannot wait."""

import re
from collections.abc import Iterator

from backrec_cli.errors import lint as say
from backrec_cli.lint.remark import Remark
from backrec_cli.rulepack.model import Entry, Level, Requirement, Rule, RulePack, Step
from backrec_cli.rulepack.places import Places, Spot
from backrec_cli.source import Span

_DELAY = re.compile(r"\b(?:refer(?:s|ral|red)?|rebook(?:s|ed|ing)?|weeks?)\b", re.IGNORECASE)
_CAN_STOP = frozenset(tuple(Level)[:4])
_KEY = "action_urgent"


def urgent_texts(pack: RulePack, places: Places) -> Iterator[Remark]:
    """Yield a warning for each stop that sends an urgent patient away, or says nothing of one."""
    for entry in pack.entries.values():
        spot = places.entry(entry.id)
        yield from _delays(entry, spot, _KEY)
        match entry:
            case Rule():
                for number in range(len(entry.grades)):
                    yield from _delays(entry, spot, "grade", number, _KEY)
            case Requirement():
                yield from _silent(entry, entry.level, spot, "level")
            case Step() if entry.gate is not None:
                yield from _silent(entry, entry.gate, spot, "gate")
            case Step():
                continue


def _delays(entry: Entry, spot: Spot, *keys: str | int) -> Iterator[Remark]:
    """Yield a warning for each word of delay in one text."""
    for word in _DELAY.finditer(spot.text(*keys)):
        warning = say.urgent_delay(word[0].lower(), Span(*word.span()))
        yield Remark(entry.id, spot.inside(warning, *keys))


def _silent(entry: Requirement | Step, level: Level, spot: Spot, key: str) -> Iterator[Remark]:
    if level in _CAN_STOP and not entry.action_urgent:
        warning = say.no_urgent_action(f"'{entry.id}'", level, Span(0, 0))
        yield Remark(entry.id, spot.at(warning, key))
