"""The checked pack: rules, requirements, steps, complications and everything they refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from backrec_cli.expression import Expression, ParameterValue
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.rulepack.digest import Content
from backrec_cli.rulepack.overlay.model import Loosened, Overlay


class Level(StrEnum):
    """How strongly a finding counts, as a pack writes it."""

    ABSOLUTE = "absolute"
    ABSOLUTE_ELECTIVE = "absolute_elective"
    RELATIVE = "relative"
    RELATIVE_ELECTIVE = "relative_elective"
    CAUTION = "caution"
    INFORMATION = "information"


class Urgency(StrEnum):
    """The four urgencies (2024 AHA/ACC wording; source mark V2)."""

    ELECTIVE = "elective"
    TIME_SENSITIVE = "time_sensitive"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class Mark(StrEnum):
    """How a figure was verified: read, read second hand, general knowledge, local policy."""

    V = "V"
    V2 = "V2"
    GK = "GK"
    LP = "LP"


class Role(StrEnum):
    """Who acts."""

    SURGEON = "surgeon"
    ANAESTHETIST = "anaesthetist"
    NURSE = "nurse"
    PATIENT = "patient"


class Kind(StrEnum):
    """What a topic is about: clinical stops print before process fixes, then theatre."""

    CLINICAL = "clinical"
    PROCESS = "process"
    THEATRE = "theatre"


class Phase(StrEnum):
    """When a step is done, as the groups of the nurse's sheet; they stand in order of time."""

    WEEKS_BEFORE = "weeks_before"
    DAYS_14_TO_7 = "days_14_to_7"
    DAYS_7_TO_1 = "days_7_to_1"
    EVENING_BEFORE = "evening_before"
    DAY_OF_SURGERY = "day_of_surgery"
    BEFORE_INDUCTION = "before_induction"
    POSITIONING = "positioning"
    PREP_AND_DRAPE = "prep_and_drape"
    TIME_OUT = "time_out"
    IN_THEATRE = "in_theatre"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Offset:
    """A moment relative to the day of surgery: whole days ("-28 d") or minutes ("-60 min")."""

    days: int = 0
    minutes: int | None = None

    def day(self, surgery: date) -> date:
        """Return the calendar day of this offset; minutes stay on the day of surgery."""
        day = surgery.date() if isinstance(surgery, datetime) else surgery
        return day + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading; topics print in the pack's order."""

    id: str
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Source:
    """A citation, and how it was checked."""

    id: str
    citation: str
    year: int | None
    mark: Mark
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold that a hospital may set; with a unit its value is a `Quantity`."""

    id: str
    title: str
    value: ParameterValue
    unit: str | None
    mark: Mark
    sources: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class LastDose:
    """A hold: the drugs, and the calendar days from their last permitted dose to surgery."""

    drugs: tuple[str, ...]
    days: Expression


@dataclass(frozen=True, slots=True)
class Grade:
    """One level of a rule and the condition that reaches it."""

    level: Level
    when: Expression
    action: str
    action_urgent: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Flags on what is known. `grades` stand worst first; most rules have one.

    A rule with `last_dose` and without `from` begins on the first day without a dose, except that
    a dose taken too late flags at once.
    `layer` is 0 for a rule of the pack itself, and counts the overlays on top of it.
    """

    id: str
    topic: str
    title: str
    applies: Expression | None
    grades: tuple[Grade, ...]
    roles: tuple[Role, ...]
    sources: tuple[str, ...]
    mark: Mark
    optional: frozenset[str] = frozenset()
    from_: Offset | None = None
    banner: bool = False
    note: str | None = None
    last_dose: LastDose | None = None
    layer: int = 0

    @property
    def level(self) -> Level:
        """The worst level the rule can reach."""
        return self.grades[0].level


@dataclass(frozen=True, slots=True)
class Requirement:
    """Says what must be known; never flags. `any_of`: one of the facts is enough."""

    id: str
    topic: str
    title: str
    applies: Expression | None
    facts: tuple[str, ...]
    any_of: bool
    level: Level
    action: str
    roles: tuple[Role, ...]
    sources: tuple[str, ...]
    mark: Mark
    from_: Offset | None = None
    action_urgent: str | None = None
    note: str | None = None
    layer: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do by a date; `gate` is what it counts as once overdue.

    `phase` is the group it prints in: as the pack writes it, else that of the window's end;
    `patient_action` says what to do in a patient's words.
    """

    id: str
    topic: str
    title: str
    applies: Expression | None
    done: Expression
    opens: Offset
    closes: Offset
    phase: Phase
    gate: Level | None
    action: str
    roles: tuple[Role, ...]
    sources: tuple[str, ...]
    mark: Mark
    action_urgent: str | None = None
    patient_action: str | None = None
    hold_if: tuple[str, ...] = ()
    note: str | None = None
    last_dose: LastDose | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """A condition that makes a complication likelier in the patients it holds for."""

    title: str
    when: Expression
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Complication:
    """What may go wrong, what drives it, and the entries that prevent it; it judges nobody."""

    id: str
    title: str
    applies: Expression | None
    drivers: tuple[Driver, ...]
    prevent: tuple[str, ...]
    sources: tuple[str, ...]
    mark: Mark
    note: str | None = None


@dataclass(frozen=True, slots=True)
class AcceptedWarning:
    """Warnings of one code that a pack has looked at and accepts, by name, with the reason."""

    code: str
    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LintSettings:
    """What a pack tells the linter; it changes no answer about any patient."""

    oldest_citation: int | None = None
    allowed: tuple[AcceptedWarning, ...] = ()


Entry = Rule | Requirement | Step


@dataclass(frozen=True, slots=True)
class RulePack:
    """Everything the engine needs, checked."""

    id: str
    version: str
    title: str
    population: str
    intended_use: str
    limits: str
    scope: Expression
    dictionary: FactDictionary
    topics: Mapping[str, Topic]
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    rules: tuple[Rule, ...]
    requirements: tuple[Requirement, ...]
    steps: tuple[Step, ...]
    levels: Mapping[Urgency, Mapping[Level, Level]]
    contacts: Mapping[str, str]
    content: Content
    review_days: int
    knowledge: Knowledge
    overlays: tuple[Overlay, ...] = ()
    complications: tuple[Complication, ...] = ()
    definitions: Mapping[str, Expression] = field(default_factory=dict)
    lint: LintSettings = LintSettings()

    @property
    def digest(self) -> str:
        """SHA-256 over the effective content."""
        return self.content.digest

    @property
    def disabled(self) -> frozenset[str]:
        """The ids of what overlays have switched off."""
        loosened = (each for overlay in self.overlays for each in overlay.loosened)
        return frozenset(each.name for each in loosened if each.kind is Loosened.DISABLED)

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every rule, requirement and step by its id."""
        every: tuple[Entry, ...] = (*self.rules, *self.requirements, *self.steps)
        return {entry.id: entry for entry in every}
