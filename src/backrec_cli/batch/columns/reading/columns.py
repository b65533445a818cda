"""What was written in a chunk -> the columns of what it says: each different value once.

All series go through two queries: one for the different values that stand in each, one that puts
what they say in their place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from backrec_cli.batch.columns.reading.entries import ABSENCE, CELL, DATED, DOUBT, ON
from backrec_cli.batch.columns.reading.facts import Coded, Spread
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.moments import DAY, OFFSET, without_times
from backrec_cli.batch.columns.reading.recorded import (
    NOT_KNOWN,
    NOT_RECORDED,
    absence_of,
    date_of,
    review_of,
    word_of,
)
from backrec_cli.batch.columns.reading.translate import Pairs, absences, cells, doubtful
from backrec_cli.facts.conversion import accepted_unit
from backrec_cli.facts.definition import FactDefinition, FactType

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

_MOST_UNITS = 16
_SEVERAL = 2
_NEVER_BY_SECTION = (FactType.EVENT, FactType.MEDICATION, FactType.DATE)
_ON, _UNIT, _ASKED, _DATED, _DOUBT, _MOMENT = (
    "#on",
    "#unit",
    "#asked",
    "#dated",
    "#doubt",
    "#moment",
)


@dataclass(slots=True)
class Written:
    """All that a chunk says, as series of one length.

    dates    by section, its own date as it is written; `days`: where it is known as a day already.
    moments  by section or fact, the dates as they were before any time of day was cut off;
             `timed`: those of which one had a time.
    reviews  by section: whether it was reviewed, and where one has it the date as it is written,
             or its day.
    """

    spreads: list[Spread] = field(default_factory=list)
    coded: list[Coded] = field(default_factory=list)
    dates: dict[str, pl.Series] = field(default_factory=dict)
    days: dict[str, pl.Series] = field(default_factory=dict)
    moments: dict[str, pl.Series] = field(default_factory=dict)
    timed: set[str] = field(default_factory=set)
    reviews: dict[str, tuple[pl.Series, pl.Series | None]] = field(default_factory=dict)

    def cut(self, name: str, texts: pl.Series) -> pl.Series:
        """Return the dates of a section or a fact as days, and keep how they were written."""
        days, timed = without_times(texts)
        self.moments[name] = texts
        if timed:
            self.timed.add(name)
        return days

    def frame(self) -> pl.DataFrame:
        """Return the series that are still to be translated, as one frame."""
        series = []
        for spread in self.spreads:
            path = spread.definition.path
            parts = {"": spread.value, _ON: spread.on, _UNIT: spread.unit, _ASKED: spread.asked}
            series += [part.alias(path + end) for end, part in parts.items() if part is not None]
        for section, date in (*self.dates.items(), *self.days.items()):
            series.append(date.alias(section + _ON))
        for section, (reviewed, on) in self.reviews.items():
            series.append(reviewed.alias(review_of(section)))
            if on is not None:
                series.append(on.alias(review_of(section) + _ON))
        return pl.DataFrame(series)

    def answers(self) -> list[pl.Series]:
        """Return the columns that are as they will be, and what is needed beside them."""
        found = [series.alias(name + _MOMENT) for name, series in self.moments.items()]
        for coded in self.coded:
            path = coded.definition.path
            names = {CELL: path, ABSENCE: absence_of(path), ON: date_of(path), DATED: path + _DATED}
            names |= {f"={word}": word_of(path, word) for word in coded.definition.choices}
            names |= {DOUBT: path + _DOUBT}
            for series in coded.answers.get_columns():
                name = names.get(series.name)
                if name is not None:
                    found.append(series.alias(name))
        return found


def columns_of(written: Written, lookup: Lookup) -> tuple[pl.DataFrame, set[int]]:
    """Return the columns of what is said, and the rows that only the reference may judge."""
    frame = written.frame()
    builder = _Builder(frame, lookup, written)
    for spread in written.spreads:
        builder.spread(spread)
    for coded in written.coded:
        builder.coded(coded)
    for section in written.reviews:
        builder.review(section)
    builder.compare()
    rows = {row for spread in written.spreads for row in spread.refused}
    if not builder.columns and not builder.doubts:
        return frame, rows
    whole = pl.DataFrame([*frame.get_columns(), *written.answers()])
    found = whole.select(*builder.columns, *builder.masks())
    if builder.doubts:
        rows.update(found[_DOUBT].arg_true().to_list())
        found = found.drop(_DOUBT)
    return found, rows


class _Builder:
    """Collects the columns of a chunk, and where its values are in doubt, as expressions."""

    def __init__(self, frame: pl.DataFrame, lookup: Lookup, written: Written) -> None:
        self._frame = frame
        self._lookup = lookup
        self._written = written
        self._different = _different(frame)
        self._by_unit = self._numbers_by_unit(written.spreads)
        self._moments: dict[str, pl.Expr] = {}
        self.columns: list[pl.Expr] = []
        self.doubts: list[pl.Expr] = []
        dated = (*written.dates, *written.days)
        self._by_section = {section: self._day(section + _ON) for section in dated}

    def masks(self) -> list[pl.Expr]:
        """Return the column that says which rows are in doubt, where there are any."""
        return [pl.any_horizontal(self.doubts).alias(_DOUBT)] if self.doubts else []

    def compare(self) -> None:
        """Leave rows to the reference in which a time of day decides between two dates.

        One of them has a time, they are not written alike, and they are of one day; or one has an
        offset, by which they might be.
        """
        for pair in self._lookup.times.compared:
            sources = {source for path in pair for source in (path, path.partition(".")[0])}
            if sources & self._written.timed and self._moments.keys() >= {*pair}:
                one, other = (self._moments[path] for path in pair)
                timed = _is_timed(one) | _is_timed(other)
                close = one.str.head(DAY) == other.str.head(DAY)
                shifted = one.str.contains(OFFSET) | other.str.contains(OFFSET)
                self._doubt((one != other) & timed & (close | shifted))

    def coded(self, coded: Coded) -> None:
        """Add the columns of a fact whose cells were looked up."""
        definition, path = coded.definition, coded.definition.path
        if definition.type is FactType.CHOICES:
            self.columns += [pl.col(word_of(path, word)) for word in definition.choices]
        else:
            self.columns.append(pl.col(path))
        self.columns.append(pl.col(absence_of(path)))
        there = coded.answers.columns
        if DOUBT in there:
            self.doubts.append(pl.col(path + _DOUBT))
        found = pl.col(date_of(path)) if ON in there else None
        own = pl.col(absence_of(path)).eq_missing(NOT_RECORDED)
        own = own | pl.col(path + _DATED) if DATED in there else own
        self._doubt_times(definition, ~own)
        by_section = self._date_of_section(definition)
        if by_section is not None:
            found = _either(own, _null(pl.Int32) if found is None else found, by_section)
        if found is not None:
            self.columns.append(found.alias(date_of(path)))

    def spread(self, spread: Spread) -> None:
        """Add the columns of a number or a flag."""
        definition, path = spread.definition, spread.definition.path
        asked = None if spread.asked is None else pl.col(path + _ASKED)
        absence: pl.Expr | None = None
        if spread.value.dtype == pl.Boolean:
            self.columns.append(pl.col(path))
        elif spread.unit is not None:
            absence = self._quantity(definition)
        else:
            absence = self._number(definition, self._different[path])
        self._absence(path, absence, asked)
        known = pl.col(path).is_not_null()
        self._date(spread, known if asked is None else known | asked)

    def review(self, section: str) -> None:
        """Add the columns of one section's reviews."""
        name = review_of(section)
        self.columns.append(pl.col(name))
        if name + _ON in self._frame.columns:
            self.columns.append(self._day(name + _ON).alias(date_of(name)))

    def _number(
        self, definition: FactDefinition, different: list[object], unit: str = ""
    ) -> pl.Expr | None:
        """Add a fact's values; return why they are unknown, where some are."""
        column = pl.col(definition.path)
        pairs = self._look(definition, different, unit)
        self._doubt(doubtful(column, pairs))
        self.columns.append(cells(column, pairs, pl.Float64).alias(definition.path))
        return absences(column, pairs)

    def _quantity(self, definition: FactDefinition) -> pl.Expr | None:
        """Add the numbers of a fact, unit by unit; return why they are unknown, where some are."""
        path, unit_column = definition.path, pl.col(definition.path + _UNIT)
        units = self._units(definition)
        if len(units) < _SEVERAL:
            return self._number(definition, self._different[path], "".join(units))
        self._doubt(~unit_column.is_in(units))
        number: pl.Expr = _null(pl.Float64)
        absence: pl.Expr = _null(pl.Int8)
        for unit in units:
            pairs = self._look(definition, self._by_unit[f"{path}#{unit}"], unit)
            here = unit_column == unit
            self._doubt(_both(here, doubtful(pl.col(path), pairs)))
            number = _either(here, cells(pl.col(path), pairs, pl.Float64), number)
            why = absences(pl.col(path), pairs)
            absence = absence if why is None else _either(here, why, absence)
        self.columns.append(number.alias(path))
        return absence

    def _units(self, definition: FactDefinition) -> list[str]:
        """Return the units that a fact is written in: those it takes, and a few others."""
        different = map(str, self._different[definition.path + _UNIT])
        return sorted(different, key=_accepted_first(definition))[:_MOST_UNITS]

    def _numbers_by_unit(self, spreads: Iterable[Spread]) -> dict[str, list[object]]:
        """Return the different numbers in each unit, of all facts that are written in several."""
        asked: dict[str, pl.Expr] = {}
        for spread in spreads:
            path = spread.definition.path
            units = [] if spread.unit is None else self._units(spread.definition)
            for unit in units if len(units) >= _SEVERAL else ():
                asked[f"{path}#{unit}"] = pl.col(path).filter(pl.col(path + _UNIT) == unit)
        return _different_in(self._frame, asked)

    def _absence(self, path: str, why: pl.Expr | None, asked: pl.Expr | None) -> None:
        """Add why a fact is unknown."""
        known = _null(pl.Int8) if why is None else why
        found = _either(pl.col(path).is_null(), pl.lit(NOT_RECORDED, pl.Int8), known)
        if asked is not None:
            found = _either(asked, pl.lit(NOT_KNOWN, pl.Int8), found)
        self.columns.append(found.alias(absence_of(path)))

    def _date(self, spread: Spread, said: pl.Expr) -> None:
        """Add the day of a fact: its own, or for a result without one that of its section."""
        path = spread.definition.path
        by_section = self._date_of_section(spread.definition)
        found = None if by_section is None else _either(said, by_section, _null(pl.Int32))
        written = pl.lit(value=False)
        if spread.on is not None:
            own = self._day(path + _ON)
            written = pl.col(path + _ON).is_not_null()
            found = own if found is None else _either(written, own, found)
        self._doubt_times(spread.definition, said & ~written)
        if found is not None:
            self.columns.append(found.alias(date_of(path)))

    def _date_of_section(self, definition: FactDefinition) -> pl.Expr | None:
        """Return the days that a fact's section gives it; None where it gives it none."""
        if definition.type in _NEVER_BY_SECTION:
            return None
        return self._by_section.get(definition.section)

    def _doubt_times(self, definition: FactDefinition, taken: pl.Expr) -> None:
        """Leave rows to the reference in which a fact takes a time of day that may count."""
        path, section = definition.path, definition.section
        times = self._lookup.times
        by_section = self._date_of_section(definition) is not None
        if not times.may_cut(path):
            if by_section and section in self._written.timed:
                self._doubt(_is_timed(pl.col(section + _MOMENT)) & taken)
        elif path not in times.timeless:
            own = path in self._written.moments
            moment = pl.col(path + _MOMENT) if own else _null(pl.String)
            if by_section:
                moment = _either(taken, pl.col(section + _MOMENT), moment)
            self._moments[path] = moment

    def _day(self, column: str) -> pl.Expr:
        """Return a column of dates as days."""
        if column not in self._different:
            return pl.col(column)
        pairs = [(str(text), self._lookup.days[str(text)]) for text in self._different[column]]
        self._doubt(doubtful(pl.col(column), pairs))
        return cells(pl.col(column), pairs, pl.Int32) if pairs else _null(pl.Int32)

    def _look(self, definition: FactDefinition, different: Iterable[object], unit: str) -> Pairs:
        """Return what the different numbers of a fact say."""
        meanings = self._lookup.numbers(definition, unit)
        return [(number, meanings[number]) for number in different if isinstance(number, float)]

    def _doubt(self, where: pl.Expr | None) -> None:
        """Leave rows to the reference."""
        if where is not None:
            self.doubts.append(where)


def _different(frame: pl.DataFrame) -> dict[str, list[object]]:
    """Return the different texts and numbers of columns, null not among them."""
    kinds = (pl.String, pl.Float64)
    texts = {name: pl.col(name) for name, kind in frame.schema.items() if kind in kinds}
    return _different_in(frame, texts)


def _different_in(frame: pl.DataFrame, columns: dict[str, pl.Expr]) -> dict[str, list[object]]:
    """Return the different values that expressions give, null not among them."""
    if not columns:
        return {}
    asked = [column.drop_nulls().unique().implode().alias(key) for key, column in columns.items()]
    found = frame.select(asked).get_columns()
    return {series.name: series.item().to_list() for series in found}


def _accepted_first(definition: FactDefinition) -> "Callable[[str], tuple[bool, str]]":
    """Return the order in which a fact's units are looked at: those it takes, then the others."""
    return lambda unit: (accepted_unit(definition, unit) is None, unit)


def _is_timed(moment: pl.Expr) -> pl.Expr:
    """Whether a date as it is written has more than a day."""
    return moment.str.len_bytes() > DAY


def _null(kind: "PolarsDataType") -> pl.Expr:
    """Return a column that says nothing."""
    return pl.lit(None, kind)


def _either(here: pl.Expr, one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Return one column where something holds, and the other elsewhere."""
    return pl.when(here).then(one).otherwise(other)


def _both(here: pl.Expr, where: pl.Expr | None) -> pl.Expr | None:
    """Return where both hold; None where one never does."""
    return None if where is None else here & where
