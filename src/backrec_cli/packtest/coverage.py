"""What was observed -> three-valued coverage: each leaf seen true, seen false, seen unknown."""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.packtest.leaves import Leaf
from backrec_cli.packtest.model import Place
from backrec_cli.packtest.observation import Observed
from backrec_cli.packtest.places import Places
from backrec_cli.rulepack.model import Entry
from backrec_cli.ternary import Truth

_ORDER = (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Unseen:
    """An answer that a leaf can give and no case has shown."""

    leaf: Leaf
    answer: Truth
    place: Place | None

    @property
    def what(self) -> str:
        """How it is called, also by a waiver."""
        return f"{self.leaf.text} is {self.answer.value}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the answers that leaves can give were seen, and which were not."""

    seen: int
    possible: int
    unseen: tuple[Unseen, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every answer was seen."""
        return self.seen == self.possible

    @property
    def per_mille(self) -> int:
        """The share in tenths of a per cent, rounded down: 1000 only where nothing is left."""
        return 1000 if self.complete else self.seen * 1000 // self.possible


def cover(entry: Entry, observed: Observed, places: Places) -> Coverage:
    """Return the coverage of one entry."""
    unseen = tuple(_unseen(entry, observed, places))
    possible = sum(len(leaf.possible) for leaf in observed.leaves.values())
    return Coverage(possible - len(unseen), possible, unseen)


def total(parts: Iterator[Coverage]) -> Coverage:
    """Add the coverage of several entries; what was not seen is listed by each."""
    found = tuple(parts)
    return Coverage(sum(part.seen for part in found), sum(part.possible for part in found))


def _unseen(entry: Entry, observed: Observed, places: Places) -> Iterator[Unseen]:
    """Yield what no case has shown, leaf by leaf."""
    for key, leaf in observed.leaves.items():
        missed = leaf.possible - observed.answers.get(key, set())
        for answer in (each for each in _ORDER if each in missed):
            yield Unseen(leaf, answer, places.of_leaf(entry, leaf))
