"""The preparation sheet, composed and worded: what every format prints, in the order it prints it.

All texts are final. A renderer adds boxes, lines and page breaks and nothing else, so that no row
can stand in one format and be missing from another.
"""

from dataclasses import dataclass
from datetime import date

from backrec_cli.rulepack.model import Phase

UNKNOWN_ID = "ID not recorded"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the sheet is for; with a label box only, every text but the label is None."""

    name: str | None
    born: str | None
    identifier: str | None
    sex: str | None
    operation: str
    surgery: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding that needs action before surgery; `word` is BLOCKS or REVIEW.

    `told` is True where a person must be told and the sheet leaves a line for name and time.
    """

    rule: str
    word: str
    text: str
    action: str
    who: str
    told: bool


@dataclass(frozen=True, slots=True)
class Obtain:
    """A fact that is not known, why, and whether it could still stop the operation.

    `text` says in words what it settles; `settles` has the ids of all those rules, for a program.
    """

    text: str
    could_stop: bool
    settles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: an empty box, N/A, initials and time stand beside it on paper.

    `due` is its calendar day or days; `recorded` what the profile says of it ("recorded 10-Mar");
    `note` what must be heeded first (a drug that must not be stopped yet, a row that may not
    apply); `results` are the values to write in, with their units.
    """

    step: str
    text: str
    action: str
    who: str
    due: str
    gate: bool
    recorded: str = ""
    note: str = ""
    results: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    roles: tuple[str, ...] = ()

    @property
    def when_and_who(self) -> str:
        """When the row is due and who does it; on the patient's own sheet nobody is named."""
        return f"{self.due} · {self.who}" if self.who else self.due


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one part of the time line; `phase` None holds what is due now."""

    phase: Phase | None
    title: str
    days: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A complication with the facts of this patient that drive it, and the rows that prevent it."""

    complication: str
    drivers: str
    prevent: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One patient's preparation sheet for one reader; `for_patient` has no verdict.

    `sign` and `verdict` say the answer by shape and word; `now` and what stands above it belong on
    the first page; `perhaps` are rows that hang on a fact still to obtain, `finished` those done or
    past, each in one short list; `advice` is said to the patient alone.
    """

    title: str
    reader: str
    for_patient: bool
    deidentified: bool
    identity: Identity
    allergies: str
    allergies_known: bool
    sign: str
    verdict: str
    qualifiers: str
    banners: tuple[str, ...]
    blocks: tuple[Flag, ...]
    review: tuple[Flag, ...]
    accepted: tuple[str, ...]
    obtain: tuple[Obtain, ...]
    awaited: tuple[str, ...]
    now: Group
    later: tuple[Group, ...]
    perhaps: tuple[str, ...]
    finished: tuple[str, ...]
    risks: tuple[Risk, ...]
    contacts: tuple[str, ...]
    void: str
    as_of: str
    basis: str
    disclaimer: str
    advice: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group that has rows, what is due now first."""
        return tuple(group for group in (self.now, *self.later) if group.rows)
