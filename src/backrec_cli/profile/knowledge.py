"""What settling needs of a dictionary, compiled once and only when it is first used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backrec_cli.expression import Expression, Scope, compile_expression, evaluate, span
from backrec_cli.facts.definition import FactDefinition, FactType, ScoreItem
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import FactReading

_DENIABLE = frozenset({FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION})


@dataclass(frozen=True, slots=True)
class NothingKnown:
    """A record that is silent on everything: what an expression can be, whoever the patient is."""

    as_of: date = date.min

    def fact(self, path: str) -> FactReading:
        """Return that a fact is not recorded."""
        return FactReading(path)


NOTHING_KNOWN = NothingKnown()


def text_of(item: ScoreItem) -> str:
    """Return the expression that an item is counted by: its condition, or that of its points."""
    if isinstance(item.points, str) or item.when is None:
        return str(item.points)
    return item.when


class Knowledge:
    """A dictionary with the expressions in it; many profiles may be settled with one."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self.dictionary = dictionary
        self._scope = Scope(dictionary, {}, {})
        self._compiled: dict[str, Expression] = {}
        self._reads: dict[str, tuple[str, ...]] = {}
        self._reach: dict[str, tuple[int, int] | None] = {}
        self._denied: Mapping[str, tuple[FactDefinition, ...]] | None = None
        self.scores = tuple(fact for fact in dictionary.definitions.values() if fact.items)

    def compiled(self, text: str) -> Expression:
        """Return one of the dictionary's expressions; raises where the text is wrong."""
        known = self._compiled.get(text)
        if known is None:
            known = self._compiled[text] = compile_expression(text, self._scope)
        return known

    def reads(self, definition: FactDefinition) -> tuple[str, ...]:
        """Return the facts that a fact is worked out from."""
        known = self._reads.get(definition.path)
        if known is None:
            texts = [definition.derive] if definition.derive else map(text_of, definition.items)
            read = [path for text in texts for path in self.compiled(text).reads]
            known = self._reads[definition.path] = tuple(dict.fromkeys(read))
        return known

    def reach(self, score: FactDefinition) -> tuple[int, int] | None:
        """Return the least and most that a score's items can add up to; None without bounds."""
        if score.path not in self._reach:
            found = [self.item_reach(item) for item in score.items]
            known = [bounds for bounds in found if bounds is not None]
            ends = sum(low for low, _ in known), sum(high for _, high in known)
            self._reach[score.path] = ends if len(known) == len(found) else None
        return self._reach[score.path]

    def item_reach(self, item: ScoreItem) -> tuple[int, int] | None:
        """Return what one item can give where nothing is known."""
        if isinstance(item.points, int):
            return min(0, item.points), max(0, item.points)
        return span(evaluate(self.compiled(item.points), NOTHING_KNOWN), self.dictionary)

    def deniable(self, section: str) -> tuple[FactDefinition, ...]:
        """Return the facts of a section that a review answers with "no" where it is silent.

        Never a measurement, never a derived or a protective fact.
        """
        if self._denied is None:
            self._denied = _deniable_by_section(self.dictionary)
        return self._denied.get(section, ())


def _deniable_by_section(
    dictionary: FactDictionary,
) -> Mapping[str, tuple[FactDefinition, ...]]:
    """Sort the deniable facts by section."""
    sections: dict[str, list[FactDefinition]] = {}
    for definition in dictionary.definitions.values():
        if definition.protective or definition.worked_out:
            continue
        negative = definition.type is FactType.CHOICE and definition.negative_choice is not None
        if negative or definition.type in _DENIABLE:
            sections.setdefault(definition.section, []).append(definition)
    return {section: tuple(found) for section, found in sections.items()}
