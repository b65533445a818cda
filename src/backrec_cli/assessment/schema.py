"""The JSON Schema of the document `backrec.assessment/1`, described once as pydantic models.

This module is imported only by `backrec schema` and by tests: an assessment is written without it.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backrec_cli.assessment.model import DriverStatus, Origin, Status, StepStatus
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.facts.reading import Absence
from backrec_cli.rulepack.model import Level, Mark, Phase, Role, Urgency
from backrec_cli.rulepack.overlay.model import Loosened

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Effective = Literal["absolute", "relative", "caution", "information"]
Moment = Annotated[date | datetime, Field(description="A date, or a date with time (ISO 8601).")]
Plain = bool | int | float | str | list[str]


class _Part(BaseModel):
    """A part of the document: exactly these keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PatientPart(_Part):
    """Who: the id alone, so that results can be passed on without a name."""

    id: str | None


class CountsPart(_Part):
    """How many rules have each status."""

    flagged: int
    undecided: int
    pending: int
    not_assessed: int
    clear: int
    not_applicable: int


class LooseningPart(_Part):
    """One thing that an overlay made less strict; `at` names the entries in which it shows."""

    kind: Loosened
    name: str
    grade: str | None
    was: str
    now: str
    at: list[str]
    reason: str
    approved_by: str
    expires: date


class OverlayPart(_Part):
    """An overlay in force, and what it loosened."""

    id: str
    version: str
    title: str
    loosened: list[LooseningPart]


class PackPart(_Part):
    """Which rules were in force; `digest` is SHA-256 over their content, overlays included."""

    id: str
    version: str
    digest: str
    overlays: list[OverlayPart]


class RangePart(_Part):
    """The least and most that a score can be while some of its items are unknown."""

    low: int
    high: int


class EvidencePart(_Part):
    """One fact a finding rests on; value and unit are canonical, `reported` is as written.

    A score some of whose items are unknown has a range and no value.
    """

    fact: str
    value: Plain | None
    range: RangePart | None
    unit: str | None
    reported: str | None
    measured_on: Moment | None
    age_days: int | None
    comparison: str | None
    limit: str | None
    source: Literal["profile", "review", "derived"]
    inputs: list[str]


class LackingPart(_Part):
    """A fact that keeps something open, and why it is not known."""

    fact: str
    reason: Absence


class OverridePart(_Part):
    """A clinician's acceptance of a finding; `void` says why it does not count."""

    by: str
    on: Moment
    reason: str
    void: str | None


class FindingPart(_Part):
    """What became of one rule, requirement or overdue gate.

    `last_dose_by` is the last day on which the drugs of `last_dose_drugs` may be taken; it is null
    where no drug is held, and while a step says that the drug must not be stopped yet.
    """

    rule: str
    origin: Origin
    topic: str
    title: str
    level: Level
    effective_level: Effective
    status: Status
    undecided_level: Effective | None
    action: str
    role: list[Role]
    evidence: list[EvidencePart]
    missing: list[LackingPart]
    sources: list[str]
    mark: Mark
    override: OverridePart | None
    last_dose_by: date | None
    last_dose_drugs: list[str]


class StepPart(_Part):
    """What became of one preparation step; `from` and `to` are calendar days.

    `held_by` names the rules for which a drug must not be stopped until someone decides in
    writing; while it names any, `last_dose_by` is null.
    """

    step: str
    topic: str
    title: str
    status: StepStatus
    from_: Annotated[date | None, Field(alias="from")]
    to: date | None
    phase: Phase
    role: list[Role]
    gate: Level | None
    action: str
    missing: list[LackingPart]
    last_dose_by: date | None
    last_dose_drugs: list[str]
    held_by: list[str]


class MissingPart(_Part):
    """A fact worth obtaining, what it would settle, and how much hangs on it."""

    fact: str
    reason: Absence
    settles: list[str]
    could_change_verdict: bool
    could_add_stop: bool


class RejectedPart(_Part):
    """A value that could not be used, as it was written."""

    fact: str
    value: str | None
    reason: Absence
    hint: str | None


class PendingPart(_Part):
    """A check that cannot be made yet, and the day from which it can."""

    rule: str
    from_: Annotated[date | None, Field(alias="from")]
    what: str


class DriverPart(_Part):
    """A condition that makes a complication likelier; `from`: the day it can be judged."""

    title: str
    status: DriverStatus
    evidence: list[EvidencePart]
    missing: list[LackingPart]
    from_: Annotated[date | None, Field(alias="from")]


class PreventionPart(_Part):
    """An entry against a complication that holds, is open, or is still to be done."""

    entry: str
    status: Status | StepStatus


class ComplicationPart(_Part):
    """What drives one complication in this patient; null `applies`: it may apply."""

    complication: str
    title: str
    applies: bool | None
    missing: list[LackingPart]
    drivers: list[DriverPart]
    prevent: list[PreventionPart]
    sources: list[str]
    mark: Mark


class GoodUntilPart(_Part):
    """The first day on which a fact in use goes stale, and which facts those are."""

    day: date
    facts: list[str]


class BasisPart(_Part):
    """What the advice may be used for."""

    intended_use: str
    population: str
    limits: str


class AssessmentDocument(_Part):
    """One patient on one day against one pack."""

    schema_: Annotated[Literal["backrec.assessment/1"], Field(alias="schema")]
    patient: PatientPart
    as_of: Moment
    procedure_date: Moment | None
    urgency: Urgency | None
    verdict: Verdict
    headline: str
    qualifiers: list[str]
    counts: CountsPart
    pack: PackPart
    flagged: list[str]
    undecided: list[str]
    findings: list[FindingPart]
    steps: list[StepPart]
    missing: list[MissingPart]
    rejected: list[RejectedPart]
    pending: list[PendingPart]
    complications: list[ComplicationPart]
    denied: list[str]
    good_until: GoodUntilPart | None
    banners: list[str]
    contacts: dict[str, str]
    partial: bool
    warnings: list[str]
    basis: BasisPart


def assessment_schema() -> dict[str, object]:
    """Return the JSON Schema of one assessment."""
    return {"$schema": DIALECT, **AssessmentDocument.model_json_schema(by_alias=True)}
