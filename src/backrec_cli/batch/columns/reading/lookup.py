"""Where what values say is looked up: one memory for each fact and unit, and one for dates."""

import json

from backrec_cli.batch.columns.reading.meaning import (
    Meaning,
    Meanings,
    Written,
    certain,
    day_of,
    meaning_of,
)
from backrec_cli.batch.columns.reading.spread import WORDS
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

_MOST_UNITS = 1000


class Lookup:
    """What values say by one dictionary; kept from chunk to chunk."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary
        self._facts: dict[tuple[str, str], Meanings] = {}
        self.days = Meanings(lambda text: day_of(str(text)))

    def of(self, definition: FactDefinition, unit: str = "") -> Meanings:
        """Return what values of a fact say, for a quantity in one unit as it is written."""
        place = definition.path, unit
        found = self._facts.get(place)
        if found is None:
            if len(self._facts) >= _MOST_UNITS + len(self._dictionary.definitions):
                self._facts.clear()
            found = Meanings(lambda written: self._look(definition, written, unit))
            self._facts[place] = found
        return found

    def _look(self, definition: FactDefinition, written: Written, unit: str) -> Meaning | None:
        """Read one value as the reference does."""
        if isinstance(written, float) and not certain(written):
            return None
        content: object = written
        if definition.type is FactType.QUANTITY:
            content = {"value": written, "unit": unit}
        elif isinstance(written, str) and definition.type is FactType.CHOICES:
            first, *words = written.split(WORDS)
            content = first or words
        return meaning_of(json.dumps(content), definition, self._dictionary)
