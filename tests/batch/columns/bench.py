"""Columns held against the engine of `check`: frames are made of profiles read one by one.

Nothing here is read by columns, so that what differs is what the columns judge, not what they read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import polars as pl

from backrec_cli.batch.columns.evaluation import PlaneEvaluation
from backrec_cli.batch.columns.program import Selected, judgement_of
from backrec_cli.batch.columns.reading.arrays import Column
from backrec_cli.batch.columns.recorded import all_columns
from backrec_cli.batch.reference import row_of
from backrec_cli.batch.row import LISTS, Row
from backrec_cli.engine import assess
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import FactReading
from backrec_cli.profile import Profile
from backrec_cli.profile.model import Review
from backrec_cli.rulepack.model import RulePack
from tests.batch.columns.reading.likeness import KINDS, days, expected, missing

JUDGED = tuple(name for name in LISTS if name != "errors")
_SURGERY = "procedure.date"


@dataclass(frozen=True, slots=True)
class Patient:
    """A profile without a time of day, and the day on which it is judged."""

    name: str
    profile: Profile
    as_of: date


class Columns:
    """A pack's judgement in columns, compiled once, and the reference beside it."""

    def __init__(
        self,
        pack: RulePack,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        *,
        columns: Sequence[str] | None = None,
    ) -> None:
        """Compile for frames with some columns, or with all that a frame can have."""
        self.pack = pack
        self.select = select
        self.ignore = ignore
        self.columns = [*(all_columns(pack.dictionary) if columns is None else columns)]
        self.judgement = judgement_of(pack, self.columns, Selected(select, ignore))
        self.evaluation = PlaneEvaluation(self.judgement, pack.dictionary)

    def differences(self, patients: Sequence[Patient], surgery: date | None = None) -> list[str]:
        """Return what columns and reference say differently: patient, day, and both answers."""
        frame = frame_of(patients, self.pack.dictionary, self.columns, surgery)
        columns = arrays_of(frame, self.pack.dictionary)
        found = self.evaluation.judge(columns, frame.height, ()).frame.to_dicts()
        assert len(found) == len(patients)
        return [
            line
            for patient, row in zip(patients, found, strict=True)
            for line in _compared(patient, row, self._reference(patient, surgery))
        ]

    def hold(self, patients: Sequence[Patient], surgery: date | None = None) -> None:
        """Hold every row against the reference."""
        assert patients, "no patient to compare"
        differ = self.differences(patients, surgery)
        assert not differ, "\n".join([f"{len(differ)} differences", *differ[:20]])

    def _reference(self, patient: Patient, surgery: date | None) -> Row:
        assessment = assess(
            patient.profile,
            self.pack,
            patient.as_of,
            surgery=surgery,
            select=self.select,
            ignore=self.ignore,
        )
        return row_of(assessment, self.pack)


def _compared(patient: Patient, row: dict[str, object], reference: Row) -> list[str]:
    """Return one line for each cell that differs."""
    where = f"{patient.name} on {patient.as_of}"
    said: dict[str, object] = {"verdict": str(reference.verdict)}
    said |= {name: ";".join(getattr(reference, name)) for name in JUDGED}
    assert row.keys() == said.keys()
    return [
        f"{where}: {name}: {_between(str(row[name]), str(wanted))}"
        for name, wanted in said.items()
        if row[name] != wanted
    ]


def _between(found: str, wanted: str) -> str:
    """Return how two lists differ: ids only in the one or the other, else their order."""
    ours, theirs = found.split(";"), wanted.split(";")
    more, fewer = sorted({*ours} - {*theirs}), sorted({*theirs} - {*ours})
    if more or fewer:
        return f"columns only {more}, reference only {fewer}"
    return f"in another order: {found} for {wanted}"


def frame_of(
    patients: Sequence[Patient],
    dictionary: FactDictionary,
    columns: Sequence[str] = (),
    surgery: date | None = None,
) -> pl.DataFrame:
    """Return the frame of recorded facts that reading these patients should give.

    It has the columns that are asked for, and every other one in which anything stands.
    """
    rows = [_cells(each, dictionary, surgery) for each in patients]
    names = dict.fromkeys([*columns, *(name for row in rows for name in row)])
    data = [
        pl.Series(
            name, [row.get(name, missing(name)) for row in rows], dtype=_kind(name, dictionary)
        )
        for name in names
    ]
    return pl.DataFrame(data)


def arrays_of(frame: pl.DataFrame, dictionary: FactDictionary) -> dict[str, Column]:
    """Return a frame of recorded facts as the arrays that reading gives."""
    return {name: _array(frame[name], dictionary) for name in frame.columns}


def _array(series: pl.Series, dictionary: FactDictionary) -> Column:
    """Return one column as an array."""
    definition = dictionary.get(series.name)
    if definition is not None and definition.type is FactType.CHOICE:
        words = [-1 if word is None else definition.choices.index(word) for word in series]
        return np.array(words, dtype=np.int16)
    if series.dtype == pl.Boolean or series.name.endswith("!"):
        return np.array([-1 if each is None else each for each in series], dtype=np.int8)
    return series.cast(pl.Float64).to_numpy()


def _cells(patient: Patient, dictionary: FactDictionary, surgery: date | None) -> dict[str, object]:
    """Return one patient's row; what is not mentioned has no cell."""
    recorded = {path: fact.reading for path, fact in patient.profile.recorded.items()}
    if surgery is not None and dictionary.get(_SURGERY) is not None:
        recorded[_SURGERY] = FactReading(_SURGERY, surgery, absence=None)
    planned = surgery
    if planned is None and _SURGERY in recorded:
        value = recorded[_SURGERY].value
        planned = value if isinstance(value, date) else None
    cells: dict[str, object] = {"as_of": days(patient.as_of), "surgery": days(planned)}
    for path, reading in recorded.items():
        definition = dictionary.definitions[path]
        if definition.type is not FactType.TEXT:
            cells |= expected(definition, reading)
    for section, review in patient.profile.reviewed.items():
        cells[f"reviewed:{section}"] = True
        cells[f"reviewed:{section}@"] = days(review.on)
    return cells


def _kind(name: str, dictionary: FactDictionary) -> type[pl.DataType]:
    """Return the type of a column by its name."""
    definition = dictionary.get(name)
    if definition is not None:
        return KINDS.get(definition.type, pl.String)
    if name.endswith("!"):
        return pl.Int8
    if name.endswith("@") or name in {"as_of", "surgery"}:
        return pl.Int32
    return pl.Boolean


def without_times(profile: Profile) -> Profile:
    """Return a profile whose moments are days, without the overrides that columns leave aside."""
    recorded = {
        path: replace(fact, reading=_without_time(fact.reading))
        for path, fact in profile.recorded.items()
    }
    reviewed = {
        section: Review(None if review.on is None else day_of(review.on), review.by)
        for section, review in profile.reviewed.items()
    }
    return replace(profile, recorded=recorded, reviewed=reviewed, overrides=())


def _without_time(reading: FactReading) -> FactReading:
    value = day_of(reading.value) if isinstance(reading.value, date) else reading.value
    on = None if reading.on is None else day_of(reading.on)
    return replace(reading, value=value, on=on)


def day_of(moment: date | datetime) -> date:
    """Return the calendar day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment
