"""The parts of a fact to its reading: canonical value, or unknown with the reason.

A wrong JSON type goes into the report and the whole document is refused; a right one with content
that cannot be used (unit, range, choice) becomes a rejected reading, and the rest goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from backrec_cli.errors import profile as errors
from backrec_cli.facts.conversion import accepted_units
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.hints import likely_slip, plausible_range
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.profile.json_text import Node
from backrec_cli.profile.parts import UNKNOWN, Parts, expect, read_date
from backrec_cli.profile.report import Report
from backrec_cli.profile.text import harmless, shortened
from backrec_cli.units import Quantity

_RESULTS = frozenset(
    {
        FactType.BOOLEAN,
        FactType.INTEGER,
        FactType.DECIMAL,
        FactType.QUANTITY,
        FactType.CHOICE,
        FactType.CHOICES,
    }
)
_LONGEST_TEXT = 400


@dataclass(slots=True)
class ValueReader:
    """Reads the values of one document against one dictionary; `on` is the date of the next."""

    dictionary: FactDictionary
    report: Report
    section_date: date | None = None
    results_on: date | None = None
    on: date | datetime | None = None

    def reading(self, parts: Parts) -> FactReading | None:
        """Return what a fact says, or None where the report says why it cannot be read."""
        self.on = parts.on if parts.dated else self._day_of(parts.definition)
        if parts.value is not None and parts.value.value == UNKNOWN:
            return self._unknown(parts.definition, Absence.NOT_KNOWN, UNKNOWN)
        return _READERS[parts.definition.type](self, parts)

    def _day_of(self, definition: FactDefinition) -> date | None:
        """Return the date of a result without one: its section's.

        Where that gives none, `results_on` dates what can go stale.
        """
        if definition.type not in _RESULTS:
            return None
        if self.section_date is None and definition.valid_for:
            return self.results_on
        return self.section_date

    def boolean(self, parts: Parts) -> FactReading | None:
        """Boolean = true | false."""
        value = _value(parts)
        if not isinstance(value.value, bool):
            return self._wrong(parts, "true or false", 'write true, false or "unknown"')
        return self._known(parts.definition, value.value, _yes_no(said=value.value))

    def integer(self, parts: Parts) -> FactReading | None:
        """Integer = number without a fraction (3 and 3.0 are one number in JSON)."""
        value = _value(parts).value
        if not isinstance(value, Decimal):
            return self._wrong(parts, "a whole number", "write the number without quotes")
        if value != value.to_integral_value():
            return self._wrong(parts, "a whole number", "round it, or look for a stray point")
        reading = self._known(parts.definition, int(value), self._written(parts))
        return self._plausible(parts.definition, reading, value, value, None)

    def decimal(self, parts: Parts) -> FactReading | None:
        """Decimal = number that has no unit."""
        value = _value(parts).value
        if not isinstance(value, Decimal):
            return self._wrong(parts, "a number", "write the number without quotes")
        reading = self._known(parts.definition, value, self._written(parts))
        return self._plausible(parts.definition, reading, value, value, None)

    def quantity(self, parts: Parts) -> FactReading | None:
        """Quantity = number with one of the fact's units; without a unit it is never guessed."""
        value = _value(parts).value
        if not isinstance(value, Decimal):
            first = accepted_units(parts.definition)[0]
            hint = f'write {{"value": 1, "unit": "{first}"}} with the measured value'
            return self._wrong(parts, "a number with its unit", hint)
        if parts.unit is not None and not isinstance(parts.unit.value, str):
            owner = f"{parts.path}.unit"
            expect(parts.unit, owner, "text", "write the unit in quotes", self.report)
            return None
        unit = "" if parts.unit is None else str(parts.unit.value)
        return self._with_unit(parts, value, unit)

    def _with_unit(self, parts: Parts, value: Decimal, unit: str) -> FactReading:
        """Convert to the canonical unit, or reject what has no unit or one that is not taken."""
        definition = parts.definition
        if not unit.strip():
            reported = self._written(parts)
            hint = likely_slip(definition, value, None)
            return replace(self._unknown(definition, Absence.NO_UNIT, reported), hint=hint)
        shown = shortened(unit)
        reported = f"{self._written(parts)} {shown}"
        canonical = self.dictionary.to_canonical(parts.path, Quantity(value, unit))
        if canonical is None:
            hint = likely_slip(definition, value, unit)
            rejected = self._unknown(definition, Absence.UNKNOWN_UNIT, reported)
            return replace(rejected, unit=shown, hint=hint)
        reading = self._known(definition, canonical, reported, unit)
        return self._plausible(definition, reading, canonical.value, value, unit)

    def choice(self, parts: Parts) -> FactReading | None:
        """Choice = one of the dictionary's words; those that mean "not known" are unknown."""
        value = _value(parts).value
        if not isinstance(value, str):
            return self._wrong(parts, "a choice in quotes", self._choices_hint(parts.definition))
        return self._chosen(parts.definition, (value,), value)

    def choices(self, parts: Parts) -> FactReading | None:
        """Choices = array of the dictionary's words."""
        value = _value(parts).value
        if not isinstance(value, tuple):
            hint = self._choices_hint(parts.definition)
            return self._wrong(parts, "an array of choices", hint)
        wrong = [item for item in value if not isinstance(item.value, str)]
        for item in wrong:
            hint = self._choices_hint(parts.definition)
            expect(item, parts.path, "an array of texts", hint, self.report)
        if wrong:
            return None
        words = tuple(dict.fromkeys(str(item.value) for item in value))
        return self._chosen(parts.definition, words, words)

    def _chosen(
        self, definition: FactDefinition, words: tuple[str, ...], value: FactValue
    ) -> FactReading:
        """Accept words that are all choices, or say which one is not."""
        reported = shortened(", ".join(words), _LONGEST_TEXT) or "none"
        stray = next((word for word in words if word not in definition.choices), None)
        if stray is not None:
            near = self.report.closest(stray, definition.choices)
            hint = f"did you mean '{near}'?" if near else self._choices_hint(definition)
            return replace(self._unknown(definition, Absence.NOT_A_CHOICE, reported), hint=hint)
        if any(word in definition.unknown_values for word in words):
            return self._unknown(definition, Absence.NOT_KNOWN, reported)
        return self._known(definition, value, reported)

    def day(self, parts: Parts) -> FactReading | None:
        """Date = date, or date-time with or without offset."""
        value = _value(parts)
        found = read_date(value, parts.path, self.report)
        return None if found is None else self._known(parts.definition, found, str(value.value))

    def event(self, parts: Parts) -> FactReading | None:
        """Event = false | true | date | {"value", "on"}; a date alone says that it happened."""
        if isinstance(parts.node.value, str):
            found = read_date(parts.node, parts.path, self.report)
            if found is None:
                return None
            self.on = found
            yes: FactValue = True
            return self._known(parts.definition, yes, parts.node.value)
        return self._happened(parts, 'write false, true, "unknown", or the date in quotes')

    def medication(self, parts: Parts) -> FactReading | None:
        """Medication = false | true | {"value", "last_dose_on"}; a last dose says it is taken."""
        return self._happened(parts, 'write false, true, or {"last_dose_on": "2026-03-13"}')

    def _happened(self, parts: Parts, hint: str) -> FactReading | None:
        """Read a yes that may carry a date; a "no" with a date contradicts itself."""
        value = True if parts.value is None else parts.value.value
        if not isinstance(value, bool):
            return self._wrong(parts, "true or false", hint)
        if value is False and parts.dated:
            advice = "write the date alone: rules count the days from it"
            self.report.add(errors.dated_no(parts.path, advice, parts.node.span))
            return None
        return self._known(parts.definition, value, _said_when(parts, said=value))

    def identity(self, parts: Parts) -> FactReading | None:
        """Text = text, shown only; one of spaces says nothing."""
        value = _value(parts).value
        if not isinstance(value, str):
            return self._wrong(parts, "text", "write it in quotes")
        said = harmless(value.strip())
        if not said:
            return self._unknown(parts.definition, Absence.NOT_KNOWN, UNKNOWN)
        return self._known(parts.definition, said, said)

    def _known(
        self,
        definition: FactDefinition,
        value: FactValue,
        reported: str,
        unit: str | None = None,
    ) -> FactReading:
        """Return a usable reading."""
        return FactReading(definition.path, value, None, reported, unit, self.on)

    def _unknown(self, definition: FactDefinition, absence: Absence, reported: str) -> FactReading:
        """Return a reading that rules cannot use, and why."""
        return FactReading(definition.path, None, absence, reported, None, self.on)

    def _wrong(self, parts: Parts, expected: str, hint: str) -> FactReading | None:
        """Say that the value has the wrong JSON type; there is no reading of it."""
        expect(_value(parts), parts.path, expected, hint, self.report)
        return None

    def _written(self, parts: Parts) -> str:
        """Return a number with the digits of the document."""
        span = _value(parts).span
        return self.report.source.text[span.start : span.end]

    def _choices_hint(self, definition: FactDefinition) -> str:
        """Name the words a choice has."""
        return "one of " + ", ".join(f"'{word}'" for word in definition.choices)

    def _plausible(
        self,
        definition: FactDefinition,
        reading: FactReading,
        canonical: Decimal,
        written: Decimal,
        unit: str | None,
    ) -> FactReading:
        """Reject a number that no patient can have, with the slip that was likely made."""
        if definition.plausible is None:
            return reading
        lowest, highest = definition.plausible
        if lowest <= canonical <= highest:
            return reading
        hint = likely_slip(definition, written, unit)
        if hint is None:
            hint = f"possible are {plausible_range(definition, unit)}"
        return replace(reading, value=None, absence=Absence.IMPLAUSIBLE, hint=hint)


_READERS: dict[FactType, Callable[[ValueReader, Parts], FactReading | None]] = {
    FactType.BOOLEAN: ValueReader.boolean,
    FactType.INTEGER: ValueReader.integer,
    FactType.QUANTITY: ValueReader.quantity,
    FactType.DECIMAL: ValueReader.decimal,
    FactType.CHOICE: ValueReader.choice,
    FactType.CHOICES: ValueReader.choices,
    FactType.DATE: ValueReader.day,
    FactType.EVENT: ValueReader.event,
    FactType.MEDICATION: ValueReader.medication,
    FactType.TEXT: ValueReader.identity,
}


def _value(parts: Parts) -> Node:
    """Return the place of the value, or of the whole where it is not written apart."""
    return parts.node if parts.value is None else parts.value


def _yes_no(*, said: bool) -> str:
    """Return a truth value as people say it."""
    return "yes" if said else "no"


def _said_when(parts: Parts, *, said: bool) -> str:
    """Return "no", "yes", or the date in the words of the fact's type."""
    if parts.on is None:
        return _yes_no(said=said)
    when = parts.on.isoformat()
    return f"last dose {when}" if parts.definition.type is FactType.MEDICATION else when
