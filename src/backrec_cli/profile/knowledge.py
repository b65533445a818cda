"""What settling needs of a dictionary, compiled once and only when it is first used."""

from collections.abc import Mapping

from backrec_cli.expression import Expression, Scope, compile_expression
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

_DENIABLE = frozenset({FactType.BOOLEAN, FactType.EVENT, FactType.MEDICATION})


class Knowledge:
    """A dictionary with the expressions in it; many profiles may be settled with one."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self.dictionary = dictionary
        self._scope = Scope(dictionary, {}, {})
        self._compiled: dict[str, Expression] = {}
        self._denied: Mapping[str, tuple[FactDefinition, ...]] | None = None

    def compiled(self, text: str) -> Expression:
        """Return one of the dictionary's expressions; raises where the text is wrong."""
        known = self._compiled.get(text)
        if known is None:
            known = self._compiled[text] = compile_expression(text, self._scope)
        return known

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
        if definition.protective or definition.derive is not None:
            continue
        negative = definition.type is FactType.CHOICE and definition.negative_choice is not None
        if negative or definition.type in _DENIABLE:
            sections.setdefault(definition.section, []).append(definition)
    return {section: tuple(found) for section, found in sections.items()}
