"""What the dictionary knows about one fact: type, unit, range, freshness, choices, codes."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class FactType(StrEnum):
    """The nine types of DESIGN 3, and free text for identity, which is only ever shown."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    QUANTITY = "quantity"
    DECIMAL = "decimal"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    EVENT = "event"
    MEDICATION = "medication"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AlternativeUnit:
    """Another accepted unit: canonical = value * scale + offset, rounded unless `exact`."""

    unit: str
    scale: Fraction
    offset: Fraction
    exact: bool
    precision: int


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a value holds: whole calendar days, or hours where both times are known.

    `when` is an expression over facts (None: always); the first entry whose `when` is true holds.
    """

    when: str | None
    days: int
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a terminology for this fact, with how it was checked."""

    system: str
    code: str
    display: str
    status: str
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One item of a counted score.

    `points` count where `when` is true; without a `when` they are an Integer expression.
    """

    title: str
    points: int | str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One entry of the dictionary; `path` is `section.name`."""

    path: str
    type: FactType
    label: str
    unit: str | None = None
    precision: int = 0
    also: tuple[AlternativeUnit, ...] = ()
    plausible: tuple[Decimal, Decimal] | None = None
    valid_for: tuple[Validity, ...] = ()
    choices: tuple[str, ...] = ()
    unknown_values: tuple[str, ...] = ()
    negative_choice: str | None = None
    protective: bool = False
    day_of: bool = False
    derive: str | None = None
    items: tuple[ScoreItem, ...] = ()
    codes: tuple[Code, ...] = ()
    note: str | None = None

    @property
    def worked_out(self) -> bool:
        """Whether it follows from other facts where it is not given."""
        return self.derive is not None or bool(self.items)

    @property
    def section(self) -> str:
        """The part before the dot: the profile's object that holds the fact."""
        return self.path.partition(".")[0]

    @property
    def name(self) -> str:
        """The part after the dot."""
        return self.path.partition(".")[2]
