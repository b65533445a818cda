"""Preparation steps -> the rows of a sheet: due now, later or finished, and how they read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backrec_cli.assessment.model import Assessment, Lacking, StepResult, StepStatus
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.render.checklist.days import (
    PHASE_TITLES,
    PHASES,
    by_day_order,
    due_text,
    in_theatre,
    on_the_day,
    phase_days,
)
from backrec_cli.render.checklist.model import Group, Row
from backrec_cli.render.words import calendar_day, day_text, last_dose_text, reason_text
from backrec_cli.rulepack.model import Entry, Phase, Role, RulePack, Step

_MEASURED = (FactType.QUANTITY, FactType.DECIMAL)
_MEASURED_SECTIONS = ("labs", "vitals")
_HOLD_PLAN = "_hold_plan"
_MOST_NAMED = 3
_ROLES = {
    Role.SURGEON: "Surgeon",
    Role.ANAESTHETIST: "Anaesthetist",
    Role.NURSE: "Nurse",
    Role.PATIENT: "Patient",
}


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Which steps a sheet prints: for one reader, or one part of the time line.

    `labels` are the names that people read for facts, `entries` the pack's: a pack makes them anew
    each time it is asked, and a sheet has a hundred questions.
    """

    assessment: Assessment
    pack: RulePack
    reader: Role | None
    phases: Collection[Phase]
    labels: Mapping[str, str]
    entries: Mapping[str, Entry]

    @property
    def today(self) -> date:
        """The day of assessment."""
        return calendar_day(self.assessment.as_of)

    @property
    def surgery(self) -> date | None:
        """The day of surgery."""
        day = self.assessment.procedure_date
        return None if day is None else calendar_day(day)

    def now(self) -> Group:
        """Return what is due today, overdue gates first; theatre rows keep their own groups."""
        due = [step for step in self._steps() if self._is_now(step)]
        return Group(None, "Due now", day_text(self.today), self._rows(by_day_order(due)))

    def later(self) -> tuple[Group, ...]:
        """Return the rows still to come and those of theatre, by phase in order of time."""
        steps = [
            step
            for step in self._steps()
            if not (self._is_now(step) or self._is_finished(step) or _hangs(step))
        ]
        groups = (
            Group(
                phase,
                PHASE_TITLES[phase],
                phase_days(phase, self.surgery),
                self._rows(by_day_order([s for s in steps if s.phase is phase])),
            )
            for phase in PHASES
        )
        return tuple(group for group in groups if group.rows)

    def finished(self) -> tuple[str, ...]:
        """Return what is done, with the day it was recorded, and reminders that are past."""
        return tuple(map(_finished_text, (s for s in self._steps() if self._is_finished(s))))

    def perhaps(self) -> tuple[str, ...]:
        """Return the rows before the day that hang on facts which are still to obtain."""
        return tuple(
            f"{step.title}: {_lacking(step.missing)}" for step in self._steps() if _hangs(step)
        )

    def _steps(self) -> Iterator[StepResult]:
        """Yield the steps that apply, or may, for this reader and this part of the time line."""
        urgent = self.assessment.cannot_wait
        for step in self.assessment.steps:
            if step.status is StepStatus.NOT_APPLICABLE or step.phase not in self.phases:
                continue
            if not self._concerns(step):
                continue
            if urgent and not on_the_day(step.phase) and step.gate is None:
                continue
            if self.reader is Role.PATIENT and not self._may_be_told(step):
                continue
            yield step

    def _concerns(self, step: StepResult) -> bool:
        """Whether a row is for this reader: the roles decide, but a drug is the patient's too."""
        if self.reader is None or self.reader in step.roles:
            return True
        return self.reader is Role.PATIENT and bool(step.last_dose_drugs)

    def _may_be_told(self, step: StepResult) -> bool:
        """Whether the patient may be told: to stop a drug, only once someone has planned it.

        Plain words are those of a planned operation: where another action holds in an emergency
        (a full stomach), the team says it and the sheet is silent.
        """
        entry = self.entries.get(step.step)
        if self.assessment.cannot_wait and isinstance(entry, Step) and entry.action_urgent:
            return False
        return _has_plan(step) if step.last_dose_drugs else step.status is not StepStatus.UNDECIDED

    def _is_now(self, step: StepResult) -> bool:
        """Whether a row stands under what is due now."""
        if in_theatre(step.phase) or self._is_finished(step):
            return False
        if self.reader is Role.PATIENT and step.status is StepStatus.DONE:
            return step.closes is not None and step.closes <= self.today
        return step.status in (StepStatus.DUE, StepStatus.OVERDUE)

    def _is_finished(self, step: StepResult) -> bool:
        """Whether a row is folded away: done, or a reminder that is past; never one of the day."""
        if self._is_of_the_day(step):
            return False
        if step.status is StepStatus.DONE:
            return self.reader is not Role.PATIENT or not step.last_dose_drugs
        return step.status is StepStatus.OVERDUE and step.gate is None

    def _is_of_the_day(self, step: StepResult) -> bool:
        """Whether a row is ticked on the day itself, whatever the profile says of it.

        What may be done weeks before and need only be done by then (a consent talk) is not.
        """
        if in_theatre(step.phase) or step.opens is None or self.surgery is None:
            return on_the_day(step.phase)
        return on_the_day(step.phase) and step.opens >= self.surgery

    def _rows(self, steps: Sequence[StepResult]) -> tuple[Row, ...]:
        """Write the rows."""
        return tuple(map(self._row, steps))

    def _row(self, step: StepResult) -> Row:
        """Write one row; the patient reads one plain sentence, and no word of the ward."""
        patient = self.reader is Role.PATIENT
        plain = step.patient_action if patient else None
        return Row(
            step=step.step,
            text=plain or step.title,
            action="" if plain else _action(step),
            who="" if patient else " / ".join(_ROLES[role] for role in step.roles),
            due=self._due(step),
            gate=step.gate is not None and not patient,
            recorded="" if patient or self._is_of_the_day(step) else _recorded(step),
            note=self._note(step),
            results=() if patient else tuple(self._results(step)),
            first_day=step.opens,
            last_day=step.closes,
            roles=tuple(role.value for role in step.roles),
        )

    def _due(self, step: StepResult) -> str:
        """Return when a row is due; a patient who is late is asked to call, not told off."""
        late = step.closes if step.status is StepStatus.OVERDUE else None
        if self.reader is Role.PATIENT and late is not None:
            return f"was due by {day_text(late)}: call if it is not done"
        return due_text(step, self.today)

    def _note(self, step: StepResult) -> str:
        """Return what must be heeded before the row is done; a drug held back has no day."""
        if step.held_by:
            return self._held_back(step)
        if step.status is StepStatus.UNDECIDED:
            return f"May apply: {_lacking(step.missing)}"
        day = last_dose_text(step.last_dose_by, step.last_dose_drugs, self.labels, title=step.title)
        return day[:1].upper() + day[1:]

    def _held_back(self, step: StepResult) -> str:
        """Say which drug must not be stopped yet, who decides, and why, in the rules' words."""
        rules = [self.entries[rule] for rule in step.held_by if rule in self.entries]
        roles = {role: None for rule in rules for role in rule.roles}
        who = " and ".join(role.value for role in roles) or "team"
        drugs = ", ".join(self.labels.get(path, path) for path in step.last_dose_drugs)
        why = "; ".join(rule.title for rule in rules)
        decides = "decide" if len(roles) > 1 else "decides"
        return f"Do not stop {drugs or 'the drug'} until the {who} {decides} in writing: {why}"

    def _results(self, step: StepResult) -> Iterator[str]:
        """Yield what to write in: the day that a plan has, measured values with their unit.

        The day printed beside a drug is the latest by the rules. A profile records that a plan
        exists and not which day it names, so that day is written by hand, for both to be seen.
        """
        plans = (f"{drug}{_HOLD_PLAN}" in self.labels for drug in step.last_dose_drugs)
        if not step.held_by and any(plans):
            yield "Last dose in the written plan ______ (date)"
        entry = self.entries.get(step.step)
        facts = sorted(entry.done.facts) if isinstance(entry, Step) else []
        for path in facts:
            definition = self.pack.dictionary.get(path)
            if definition is not None and _is_measured(definition):
                unit = f" {definition.unit}" if definition.unit else ""
                yield f"{definition.label} ______{unit}"


def _is_measured(definition: FactDefinition) -> bool:
    """Whether a fact is a result that someone writes down."""
    return definition.type in _MEASURED and definition.section in _MEASURED_SECTIONS


def _has_plan(step: StepResult) -> bool:
    """Whether a plan is recorded for each drug of a row: one says nothing of another."""
    planned = {e.fact for e in step.evidence if e.value is True}
    wanted = {f"{drug}{_HOLD_PLAN}" for drug in step.last_dose_drugs}
    return not step.held_by and wanted <= planned


def _recorded(step: StepResult) -> str:
    """Return what the profile records of a step that is not finished, with its latest date."""
    days = [calendar_day(e.on) for e in step.evidence if e.on is not None]
    known = [e for e in step.evidence if e.value not in (None, False)]
    if days:
        return f"recorded {day_text(max(days))}"
    return "recorded, undated" if known and step.status is StepStatus.DONE else ""


def _action(step: StepResult) -> str:
    """Return what to do; a bare title is not said twice."""
    return "" if step.action.rstrip(".") == step.title.rstrip(".") else step.action


def _hangs(step: StepResult) -> bool:
    """Whether it is not known yet if a row applies; theatre keeps its rows all the same."""
    return step.status is StepStatus.UNDECIDED and not in_theatre(step.phase)


def _lacking(missing: Sequence[Lacking]) -> str:
    """Name the facts that are not known, each with its reason; of many, the first few."""
    named = [f"{fact.label} {reason_text(fact.reason)}" for fact in missing[:_MOST_NAMED]]
    more = len(missing) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "") if named else "not known"


def _finished_text(step: StepResult) -> str:
    """Write a row that is folded away."""
    if step.status is StepStatus.DONE:
        return f"{step.title}: {_recorded(step) or 'recorded'}"
    closed = "" if step.closes is None else f" ({day_text(step.closes)})"
    return f"{step.title}: time is past{closed}, not recorded"
