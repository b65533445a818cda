"""What was written in a chunk -> the columns of what it says, and the rows that are in doubt."""

import numpy as np

from backrec_cli.batch.columns.reading.arrays import NAN, NONE, Codes, Column, Flags, Floats, Places
from backrec_cli.batch.columns.reading.dates import UNDATED
from backrec_cli.batch.columns.reading.facts import Coded, Plain, Spread
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.number_meaning import Said, said_by
from backrec_cli.batch.columns.reading.recorded import (
    NOT_KNOWN,
    NOT_RECORDED,
    absence_of,
    date_of,
    review_of,
    word_of,
)
from backrec_cli.batch.columns.reading.reviews import Reviewed
from backrec_cli.batch.columns.reading.written import Written
from backrec_cli.facts.conversion import accepted_unit
from backrec_cli.facts.definition import FactDefinition, FactType

_MOST_UNITS = 16
_NEVER_BY_SECTION = (FactType.EVENT, FactType.MEDICATION, FactType.DATE)


def columns_of(written: Written, lookup: Lookup) -> tuple[dict[str, Column], Flags]:
    """Return the columns of what is said, and the rows that only the reference may judge."""
    builder = _Builder(written, lookup)
    for fact in written.facts:
        match fact:
            case Spread():
                builder.spread(fact)
            case Plain():
                builder.plain(fact)
            case Coded():
                builder.coded(fact)
    for section, reviewed in written.reviews.items():
        builder.review(section, reviewed)
    builder.compare()
    return builder.columns, builder.doubt


class _Builder:
    """Collects the columns of a chunk, and the rows in doubt."""

    def __init__(self, written: Written, lookup: Lookup) -> None:
        self._written = written
        self._lookup = lookup
        self._dates = lookup.dates.table()
        self._any_timed = bool(self._dates.timed.any())
        self._moments: dict[str, Places] = {}
        self.columns: dict[str, Column] = {}
        self.doubt: Flags = np.zeros(written.count, dtype=np.bool_)
        self._days = {section: self._cut(on) for section, on in written.dates.items()}

    def compare(self) -> None:
        """Leave rows to the reference in which a time of day decides between two dates.

        One of them has a time, they are not written alike, and they are of one day; or one has an
        offset, by which they might be.
        """
        dates = self._dates
        for pair in self._lookup.times.compared if self._any_timed else ():
            if self._moments.keys() >= {*pair}:
                one, other = (self._moments[path] for path in pair)
                differ = (one != other) & (one != UNDATED) & (other != UNDATED)
                timed = dates.timed[one] | dates.timed[other]
                close = dates.day[one] == dates.day[other]
                shifted = dates.offset[one] | dates.offset[other]
                self.doubt |= differ & timed & (close | shifted)

    def coded(self, coded: Coded) -> None:
        """Add the columns of a fact whose cells were looked up."""
        definition, table, places = coded.definition, coded.table, coded.places
        if table.cell is not None:
            self.columns[definition.path] = table.cell[places]
        for word, chosen in table.words.items():
            self.columns[word_of(definition.path, word)] = chosen[places]
        absence = table.absence[places]
        self.columns[absence_of(definition.path)] = absence
        if table.doubt is not None:
            self.doubt |= table.doubt[places]
        on = None if table.on is None else table.on[places]
        dated = absence == NOT_RECORDED
        if table.dated is not None:
            dated |= table.dated[places]
        if coded.on is not None:
            own = self._own(definition, coded.on)
            on = own if on is None else np.where(np.isnan(own), on, own)
        self._date(definition, on, dated, taken=~dated, written=coded.on)

    def plain(self, plain: Plain) -> None:
        """Add the columns of a truth that says itself."""
        said = plain.value != NONE
        self.columns[plain.definition.path] = plain.value
        self._absence(plain.definition, said)
        self._date(plain.definition, None, ~said, taken=said)

    def spread(self, spread: Spread) -> None:
        """Add the columns of a number."""
        definition = spread.definition
        self.doubt[spread.refused] = True
        number = self._quantity(spread) if spread.unit is not None else self._number(spread)
        self.columns[definition.path] = number.cell
        if number.doubt is not None:
            self.doubt |= number.doubt
        said = ~np.isnan(spread.value)
        absence = self._absence(definition, said)
        if number.absence is not None:
            unknown = number.absence != NONE
            absence[unknown] = number.absence[unknown]
        absence[spread.asked] = NOT_KNOWN
        said[spread.asked] = True
        if spread.on is None:
            self._date(definition, None, ~said, taken=said)
        else:
            own, dated = self._own(definition, spread.on), spread.on != UNDATED
            self._date(definition, own, dated | ~said, taken=said & ~dated, written=spread.on)

    def review(self, section: str, reviewed: Reviewed) -> None:
        """Add the columns of one section's reviews."""
        name = review_of(section)
        self.columns[name] = reviewed.there
        if reviewed.on.any():
            self.columns[date_of(name)] = self._cut(reviewed.on)

    def _number(self, spread: Spread) -> Said:
        """Return what the numbers of a fact say that has no unit."""
        return said_by(spread.value, spread.definition, "", self._lookup)

    def _quantity(self, spread: Spread) -> Said:
        """Return what the numbers of a fact say, unit by unit."""
        units = self._units(spread)
        if len(units) == 1:
            (unit,) = units.values()
            return said_by(spread.value, spread.definition, unit, self._lookup)
        found = Said(
            np.full(self._written.count, NAN),
            np.full(self._written.count, NONE, dtype=np.int8),
            ~np.isnan(spread.value),
        )
        for place, unit in units.items():
            here = np.flatnonzero(spread.unit == place)
            found.put(here, said_by(spread.value[here], spread.definition, unit, self._lookup))
        return found

    def _units(self, spread: Spread) -> dict[int, str]:
        """Return the units that numbers are written in, by place: the fact's, and a few others."""
        if spread.unit is None:
            return {}
        texts = self._lookup.units.texts
        used = np.bincount(spread.unit[~np.isnan(spread.value)]) if len(spread.unit) else ()
        units = {place: texts[place] for place in np.flatnonzero(used).tolist()}
        order = sorted(units, key=lambda place: _others_last(spread.definition, units[place]))
        return {place: units[place] for place in order[:_MOST_UNITS]}

    def _absence(self, definition: FactDefinition, said: Flags) -> Codes:
        """Add why a fact is unknown: it is not recorded, where nothing is said; and return it."""
        absence = np.where(said, np.int8(NONE), np.int8(NOT_RECORDED))
        self.columns[absence_of(definition.path)] = absence
        return absence

    def _date(
        self,
        definition: FactDefinition,
        own: Floats | None,
        dated: Flags,
        *,
        taken: Flags,
        written: Places | None = None,
    ) -> None:
        """Add the days of a fact: its own, or for a result without one that of its section.

        dated    where the section's does not count; `taken`: where it does.
        written  the places of its own dates.
        """
        section = self._days.get(definition.section)
        if definition.type in _NEVER_BY_SECTION:
            section = None
        if self._any_timed:
            self._keep_times(definition, taken, written, by_section=section is not None)
        if section is not None:
            blank = np.full(self._written.count, NAN) if own is None else own
            self.columns[date_of(definition.path)] = np.where(dated, blank, section)
        elif own is not None:
            self.columns[date_of(definition.path)] = own

    def _keep_times(
        self, definition: FactDefinition, taken: Flags, own: Places | None, *, by_section: bool
    ) -> None:
        """Leave rows in which a fact takes a time of day that may count; keep what is compared."""
        path, times = definition.path, self._lookup.times
        if not times.may_cut(path):
            if by_section:
                on = self._written.dates[definition.section]
                self.doubt |= self._dates.timed[on] & taken
        elif path not in times.timeless:
            moments = np.zeros(self._written.count, dtype=np.uint32) if own is None else own
            if by_section:
                moments = np.where(taken, self._written.dates[definition.section], moments)
            self._moments[path] = moments

    def _own(self, definition: FactDefinition, on: Places) -> Floats:
        """Return the days of a fact's own dates; one with a time only where that cannot count."""
        if self._any_timed and not self._lookup.times.may_cut(definition.path):
            self.doubt |= self._dates.timed[on]
        return self._cut(on)

    def _cut(self, on: Places) -> Floats:
        """Return dates as their days, whatever their times."""
        self.doubt |= self._dates.doubt[on]
        return self._dates.day[on]


def _others_last(definition: FactDefinition, unit: str) -> tuple[bool, str]:
    """Return the order in which a fact's units are looked at: those it takes, then the others."""
    return accepted_unit(definition, unit) is None, unit
