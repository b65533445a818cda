"""One value as written -> what the reference makes of it, asked once and remembered.

Both ways of reading a record agree because there is only one: whatever stands in a column is read
by the reader of single profiles, each different value once. What is remembered are values, with
nothing that says whose they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from backrec_cli.errors import DiagnosticsError
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.profile.dates import parse_date
from backrec_cli.profile.json_text import parse_json
from backrec_cli.profile.parts import UNKNOWN, take_apart
from backrec_cli.profile.report import Report
from backrec_cli.profile.values import ValueReader
from backrec_cli.source import SourceText
from backrec_cli.units import Quantity

MOST_REMEMBERED = 100_000

# What a float tells apart without doubt (IEEE 754), and more decimals than anyone measures.
_MOST_DIGITS = 15
_MOST_DECIMALS = 8
_EPOCH = date(1970, 1, 1).toordinal()
_PLACES = {absence: place for place, absence in enumerate(Absence)}

Cell = bool | int | float | str | tuple[str, ...] | None
Written = bool | float | str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is said: `cell` as a column holds it, or null and why, as the place in Absence.

    on     the day it is from, where it says so.
    dated  it speaks of its date, if only to say that nobody knows it.
    """

    cell: Cell
    absence: int | None = None
    on: int | None = None
    dated: bool = False


class Meanings(dict[Written, Meaning | None]):
    """Values as written and what they say; None for what only the reference may judge.

    A value that is not known yet is looked into when it is asked for; of very many, all are
    forgotten and asked for anew.
    """

    def __init__(self, look: Callable[[Written], Meaning | None]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, written: Written) -> Meaning | None:
        """Look into a value, and remember what it says."""
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[written] = meaning = self._look(written)
        return meaning


def meaning_of(
    written: str, definition: FactDefinition, dictionary: FactDictionary, *, timeless: bool = False
) -> Meaning | None:
    """Return what a fact written as JSON says; None where it is refused or hard to tell apart.

    timeless  a date-time counts as its day.
    """
    source = SourceText("", written)
    report = Report(source)
    try:
        node, refused = parse_json(source)
    except DiagnosticsError:
        return None
    parts = take_apart(node, definition, report)
    reading = None if parts is None else ValueReader(dictionary, report).reading(parts)
    if reading is None or refused or report.shown:
        return None
    return as_meaning(reading, dated=parts is not None and parts.dated, timeless=timeless)


def day_of(text: str) -> Meaning | None:
    """Return the day that a date names; None for what is no date, and for a time of day."""
    if text == UNKNOWN:
        return Meaning(None)
    day = day_number(parse_date(text))
    return None if day is None else Meaning(day)


def day_as_written(text: str) -> Meaning | None:
    """Return the day that a date names, with or without a time; None for what is no date."""
    found = None if text == UNKNOWN else parse_date(text)
    return day_of(text) if found is None else Meaning(calendar_number(found))


def certain(number: float) -> bool:
    """Whether a float is without doubt the number that was written."""
    return _certain(Decimal(repr(number)))


def as_meaning(reading: FactReading, *, dated: bool, timeless: bool = False) -> Meaning | None:
    """Return a reading as columns hold it; `timeless`: a date-time as its day."""
    numbered = calendar_number if timeless else day_number
    on = None
    if reading.on is not None:
        on = numbered(reading.on)
        if on is None:
            return None
    if reading.absence is not None:
        return Meaning(None, _PLACES[reading.absence], on, dated)
    moment = reading.value
    cell = numbered(moment) if isinstance(moment, date) else _cell(moment)
    return None if cell is None else Meaning(cell, None, on, dated)


def _cell(value: FactValue | None) -> Cell:
    """Return a value as a column holds it; None where it does not fit there."""
    match value:
        case bool() | str() | tuple() | None:
            return value
        case Quantity():
            return _number(value.value)
        case Decimal():
            return _number(value)
        case int():
            return _number(Decimal(value))
        case date():
            return day_number(value)


def _number(value: Decimal) -> float | None:
    """Return a number as a float, where nothing that could decide a rule is lost."""
    return float(value) if _certain(value) else None


def _certain(value: Decimal) -> bool:
    """Whether a float holds a number's digits, and they are no more than anyone measures."""
    digits = "".join(map(str, value.as_tuple().digits)).rstrip("0")
    decimals = len(digits) - 1 - value.adjusted() if digits else 0
    fits = not digits or abs(value.adjusted()) < _MOST_DIGITS
    return fits and len(digits) <= _MOST_DIGITS and decimals <= _MOST_DECIMALS


def calendar_number(moment: date | datetime) -> int:
    """Return the calendar day of a moment, as it is written, as days since 1970."""
    return moment.toordinal() - _EPOCH


def day_number(moment: date | datetime | None) -> int | None:
    """Return a date as days since 1970; None for none, and for one with a time of day."""
    if moment is None or isinstance(moment, datetime):
        return None
    return calendar_number(moment)
