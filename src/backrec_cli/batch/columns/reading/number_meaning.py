"""Numbers as they are written in one unit -> what they say.

Numbers without a unit, or in the fact's own, say themselves wherever they are possible; that is
seen for thousands at once. All others are read by the reader of single profiles, each different
one once.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from backrec_cli.batch.columns.reading.arrays import NAN, NONE, Codes, Flags, Floats
from backrec_cli.batch.columns.reading.lookup import Lookup
from backrec_cli.batch.columns.reading.meaning import Meaning, certain
from backrec_cli.facts.conversion import accepted_unit
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.reading import Absence

# Up to here a number of eight decimals is told apart from its neighbours (IEEE 754), so that a
# float which is the nearest to one is the number that was written.
_DECIMALS = 1e8
_LARGEST = 1e15
_IMPLAUSIBLE = tuple(Absence).index(Absence.IMPLAUSIBLE)


@dataclass(frozen=True, slots=True)
class Said:
    """What numbers say: canonical values, NaN where unknown.

    absence  why, NONE where known; None where all that is mentioned is known.
    doubt    where only the reference may judge; None where it need not.
    """

    cell: Floats
    absence: Codes | None = None
    doubt: Flags | None = None

    def put(self, rows: NDArray[np.intp], part: "Said") -> None:
        """Put what some rows say, or what each of them says, in their place."""
        self.cell[rows] = part.cell
        if self.absence is not None:
            self.absence[rows] = NONE if part.absence is None else part.absence
        if self.doubt is not None:
            self.doubt[rows] = False if part.doubt is None else part.doubt


_IMPOSSIBLE = Said(np.array([NAN]), np.array([_IMPLAUSIBLE], dtype=np.int8))


def said_by(values: Floats, definition: FactDefinition, unit: str, lookup: Lookup) -> Said:
    """Return what numbers say of a fact, NaN among them nothing."""
    bounds = _bounds(definition)
    if bounds is None or (definition.unit is not None and not _is_own(definition, unit)):
        return _one_by_one(values, definition, unit, lookup)
    lowest, highest = bounds
    with np.errstate(over="ignore"):
        scaled = np.rint(values * _DECIMALS)
    sure = (scaled / _DECIMALS == values) & (np.abs(scaled) < _LARGEST)
    if definition.type is FactType.INTEGER:
        sure &= np.rint(values) == values
    known = sure & (values >= lowest) & (values <= highest)
    others = np.flatnonzero(~known & ~np.isnan(values))
    if not len(others):
        return Said(values)
    said = Said(
        np.where(known, values, NAN),
        np.full(len(values), NONE, dtype=np.int8),
        np.zeros(len(values), dtype=np.bool_),
    )
    said.put(others[sure[others]], _IMPOSSIBLE)
    unsure = others[~sure[others]]
    said.put(unsure, _one_by_one(values[unsure], definition, unit, lookup))
    return said


def _bounds(definition: FactDefinition) -> tuple[float, float] | None:
    """Return the least and the most that is possible; None where floats do not hold them."""
    if definition.plausible is None:
        return -np.inf, np.inf
    lowest, highest = map(float, definition.plausible)
    written = Decimal(repr(lowest)), Decimal(repr(highest))
    exact = written == definition.plausible and certain(lowest) and certain(highest)
    return (lowest, highest) if exact else None


def _is_own(definition: FactDefinition, unit: str) -> bool:
    """Whether a unit as it is written is the fact's canonical one."""
    return bool(unit.strip()) and accepted_unit(definition, unit) == definition.unit


def _one_by_one(values: Floats, definition: FactDefinition, unit: str, lookup: Lookup) -> Said:
    """Return what numbers say, each different one looked up."""
    different, places = np.unique(values, return_inverse=True)
    meanings = lookup.numbers(definition, unit)
    nothing = Meaning(None)
    found = [nothing if number != number else meanings[number] for number in different.tolist()]  # noqa: PLR0124 - only NaN is not itself.
    known = [meaning or nothing for meaning in found]
    cells = [NAN if each.cell is None else each.cell for each in known]
    absences = [NONE if each.absence is None else each.absence for each in known]
    return Said(
        np.array(cells, dtype=np.float64)[places],
        np.array(absences, dtype=np.int8)[places],
        np.array([meaning is None for meaning in found], dtype=np.bool_)[places],
    )
