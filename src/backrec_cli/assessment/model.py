"""The result types: what one assessment found, in the order people read it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from backrec_cli.assessment.verdict import Verdict
from backrec_cli.facts.reading import Absence, FactReading, FactValue
from backrec_cli.rulepack.model import Kind, Level, Mark, Phase, Role, Urgency
from backrec_cli.rulepack.overlay.model import Overlay


class Status(StrEnum):
    """The status of a rule or a requirement."""

    FLAGGED = "flagged"
    UNDECIDED = "undecided"
    PENDING = "pending"
    NOT_ASSESSED = "not_assessed"
    CLEAR = "clear"
    NOT_APPLICABLE = "not_applicable"


class StepStatus(StrEnum):
    """The status of a preparation step."""

    OVERDUE = "overdue"
    DUE = "due"
    UNDECIDED = "undecided"
    NOT_YET = "not_yet"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class DriverStatus(StrEnum):
    """Whether something that drives a complication is present in this patient."""

    PRESENT = "present"
    UNKNOWN = "unknown"
    PENDING = "pending"
    NOT_ASSESSED = "not_assessed"
    ABSENT = "absent"


class Origin(StrEnum):
    """What kind of entry of the pack a finding comes from."""

    RULE = "rule"
    REQUIREMENT = "requirement"
    STEP = "step"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact a finding rests on, as it was reported and as it was used.

    value and unit are canonical; `reported` is as written; `limit` is the limit it was compared
    with, in the unit that was reported, with its comparison ("limit 64 mmol/mol" shows as
    `comparison=">="`, `limit="64 mmol/mol"`). `age_days` counts from its date to the surgery.
    `range` is the least and most of a score some of whose items are unknown; it has no value.
    """

    fact: str
    label: str
    value: FactValue | None
    unit: str | None
    reported: str | None
    on: date | datetime | None
    age_days: int | None
    comparison: str | None = None
    limit: str | None = None
    by_review: bool = False
    inputs: tuple[str, ...] = ()
    range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """A fact that keeps a finding open, and why it is not known."""

    fact: str
    label: str
    reason: Absence


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A clinician's override of a finding; void ones stay listed with the reason."""

    by: str
    on: date
    reason: str
    void: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one rule, requirement, overdue gate, or the scope.

    `level` is the grade reached (for anything not flagged: the worst the entry can reach),
    `effective_level` what it counts as at this urgency, after an override.
    `undecided_level` is set when something stayed open: the effective level it would have; a
    flagged finding may carry it too, for a worse grade that could not be decided.
    `last_dose_by` is the last day on which `last_dose_drugs` (taken, or maybe taken) may be taken.
    """

    rule: str
    origin: Origin
    topic: str
    topic_title: str
    kind: Kind
    title: str
    status: Status
    level: Level
    effective_level: Level
    action: str
    roles: tuple[Role, ...]
    sources: tuple[str, ...]
    mark: Mark
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Lacking, ...] = ()
    undecided_level: Level | None = None
    pending_from: date | None = None
    banner: bool = False
    override: Acceptance | None = None
    note: str | None = None
    last_dose_by: date | None = None
    last_dose_drugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of one preparation step; `opens` and `closes` are calendar days.

    `held_by` names the rules for which a drug must not be stopped until someone decides in
    writing; `last_dose_by` is empty as long as they do.
    """

    step: str
    topic: str
    topic_title: str
    title: str
    status: StepStatus
    opens: date | None
    closes: date | None
    phase: Phase
    roles: tuple[Role, ...]
    gate: Level | None
    action: str
    sources: tuple[str, ...]
    mark: Mark
    missing: tuple[Lacking, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    last_dose_by: date | None = None
    last_dose_drugs: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()
    patient_action: str | None = None


@dataclass(frozen=True, slots=True)
class DriverResult:
    """One driver of a complication in this patient, and what it rests on or lacks."""

    title: str
    status: DriverStatus
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Lacking, ...] = ()
    pending_from: date | None = None


@dataclass(frozen=True, slots=True)
class Prevention:
    """A rule or requirement that holds or is open, or a step not done, against a complication."""

    entry: str
    status: Status | StepStatus


@dataclass(frozen=True, slots=True)
class ComplicationRisk:
    """What drives one complication in this patient; it has no part in the verdict.

    `applies` is None where that is not known, for want of `missing`; of a complication that does
    not apply neither drivers nor preventions are listed.
    """

    complication: str
    title: str
    applies: bool | None
    drivers: tuple[DriverResult, ...]
    prevent: tuple[Prevention, ...]
    sources: tuple[str, ...]
    mark: Mark
    missing: tuple[Lacking, ...] = ()
    note: str | None = None

    def with_status(self, status: DriverStatus) -> tuple[DriverResult, ...]:
        """Return the drivers of one status, in the pack's order."""
        return tuple(driver for driver in self.drivers if driver.status is status)


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact worth obtaining: what it would settle, and whether it could change the verdict."""

    fact: str
    label: str
    reason: Absence
    reported: str | None
    on: date | datetime | None
    settles: tuple[str, ...]
    could_change_verdict: bool
    could_add_stop: bool
    worst_level: Level


@dataclass(frozen=True, slots=True)
class GoodUntil:
    """The first day on which a fact in use goes stale, and which facts those are."""

    day: date
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patient:
    """Identity, shown and never used to decide; every text is harmless to print."""

    id: str | None
    name: str | None
    birth_date: str | None
    age: int | None
    sex: str | None
    allergies: str
    allergy_list: tuple[str, ...]
    operation: str | None
    techniques: tuple[str, ...]
    level: str | None
    side: str | None
    site: str | None


@dataclass(frozen=True, slots=True)
class PackIdentity:
    """Which rules were in force."""

    id: str
    version: str
    digest: str
    title: str
    overlays: tuple[Overlay, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the advice may be used for."""

    intended_use: str
    population: str
    limits: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One patient on one day against one pack. Findings stand in printing order."""

    patient: Patient
    profile_digest: str
    as_of: date | datetime
    procedure_date: date | datetime | None
    urgency: Urgency | None
    verdict: Verdict
    headline: str
    qualifiers: tuple[str, ...]
    findings: tuple[Finding, ...]
    steps: tuple[StepResult, ...]
    missing: tuple[MissingFact, ...]
    rejected: tuple[FactReading, ...]
    denied: tuple[str, ...]
    good_until: GoodUntil | None
    contacts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    pack: PackIdentity
    basis: Basis
    partial: bool = False
    labels: tuple[tuple[str, str], ...] = ()
    complications: tuple[ComplicationRisk, ...] = ()

    def with_status(self, status: Status) -> tuple[Finding, ...]:
        """Return the findings of one status, in printing order."""
        return tuple(f for f in self.findings if f.status is status)

    @property
    def flagged(self) -> tuple[Finding, ...]:
        """The findings that hold, accepted ones included."""
        return self.with_status(Status.FLAGGED)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The findings that stay open, wholly or for a worse grade."""
        return tuple(f for f in self.findings if f.undecided_level is not None)

    @property
    def pending(self) -> tuple[Finding, ...]:
        """The findings that cannot be known yet."""
        return self.with_status(Status.PENDING)

    @property
    def cannot_wait(self) -> bool:
        """Whether the operation is urgent or an emergency."""
        return self.urgency in (Urgency.URGENT, Urgency.EMERGENCY)

    @property
    def banners(self) -> tuple[Finding, ...]:
        """The reasons to operate now."""
        return tuple(f for f in self.flagged if f.banner)

    @property
    def open_gates(self) -> tuple[StepResult, ...]:
        """Gates still to be passed before or in theatre."""
        waiting = {StepStatus.DUE, StepStatus.NOT_YET, StepStatus.UNDECIDED, StepStatus.OVERDUE}
        return tuple(s for s in self.steps if s.gate is not None and s.status in waiting)
