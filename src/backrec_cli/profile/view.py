"""One view of a patient's facts: what is recorded, and what follows from it, on demand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from backrec_cli.expression import Facts
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.facts.reading import FactReading, same
from backrec_cli.profile.derive import derive
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.profile.score import count_score

Lookup = Callable[[str], FactReading | None]


@dataclass(slots=True)
class View:
    """An environment for expressions: a recorded reading, else a derived one, else not recorded.

    What is recorded is never replaced by a derivation, even where it cannot be used: replacing a
    value by "unknown" must not make another value appear.
    """

    as_of: date | datetime
    knowledge: Knowledge
    lookup: Lookup
    beside: "View | None" = None
    facts: Facts = field(init=False)
    _asked: dict[str, FactReading] = field(default_factory=dict)
    _deriving: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Keep what expressions ask for, as values, beside the readings."""
        self.facts = Facts(self)

    def fact(self, path: str) -> FactReading:
        """Return the reading of a fact; NOT_RECORDED for one that nothing is known of.

        Whatever was asked once is answered with the same reading from then on.
        """
        known = self._asked.get(path)
        if known is not None:
            return known
        if path in self._deriving and self.lookup(path) is None:
            return FactReading(path)
        self._asked[path] = reading = self.lookup(path) or self._unrecorded(path)
        return reading

    def _unrecorded(self, path: str) -> FactReading:
        """Return what follows from other facts, where anything does."""
        definition = self.knowledge.dictionary.get(path)
        if definition is None or not definition.worked_out:
            return FactReading(path)
        if self.beside is not None and self._rests_on_the_same(definition, self.beside):
            return self.beside.fact(path)
        return self._work_out(definition)

    def _rests_on_the_same(self, definition: FactDefinition, beside: "View") -> bool:
        """Whether all that a fact is worked out from is the same beside, and so the fact itself."""
        if beside.lookup(definition.path) is not None:
            return False
        self._deriving.add(definition.path)
        try:
            reads = self.knowledge.reads(definition)
            return all(same(self.fact(path), beside.fact(path)) for path in reads)
        finally:
            self._deriving.discard(definition.path)

    def count(self, definition: FactDefinition) -> FactReading:
        """Count a score from its items, whatever is recorded of the score itself."""
        return self._work_out(definition)

    def _work_out(self, definition: FactDefinition) -> FactReading:
        """Derive or count a fact; one that rests on itself is not recorded.

        Nor is it while it is worked out, so the values read for that are not kept.
        """
        self._deriving.add(definition.path)
        try:
            if definition.derive is not None:
                return derive(definition, definition.derive, self.knowledge, Facts(self))
            return count_score(definition, self.knowledge, Facts(self))
        finally:
            self._deriving.discard(definition.path)
