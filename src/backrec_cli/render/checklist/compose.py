"""Assessment -> the preparation sheet for one reader: who, what blocks, what is due, what waits."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backrec_cli import __version__
from backrec_cli.assessment.model import Assessment, Finding, Origin
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.render.checklist.days import PHASES
from backrec_cli.render.checklist.model import UNKNOWN_ID, Flag, Identity, Risk, Sheet
from backrec_cli.render.checklist.obtain import obtain_entries
from backrec_cli.render.checklist.rows import RowPlan
from backrec_cli.render.checklist.ward_units import in_ward_units
from backrec_cli.render.complications import driver_texts
from backrec_cli.render.findings import FindingWriter, group_flagged
from backrec_cli.render.report import allergy_text, born_text, contacts_text, operation_text
from backrec_cli.render.words import calendar_day, day_text
from backrec_cli.rulepack.model import Phase, Role, RulePack, Step

TITLE = "Pre-operative preparation checklist"
_PATIENT_TITLE = "Preparing for your operation"
_DIGEST_SHOWN = 12
_OVERRIDE = re.compile(r"^override of ([\w-]+)")
_SIGNS = {
    Verdict.OUT_OF_SCOPE: "✗",
    Verdict.NOT_ELIGIBLE: "✗",
    Verdict.DEFER: "✗",
    Verdict.UNDECIDED: "?",
    Verdict.ELIGIBLE_WITH_PRECAUTIONS: "!",
    Verdict.ELIGIBLE: "○",
}
_READERS = {
    None: "for the team",
    Role.SURGEON: "for the surgeon",
    Role.ANAESTHETIST: "for the anaesthetist",
    Role.NURSE: "for the nurse",
    Role.PATIENT: "for the patient",
}
_ADVICE = (
    "Do not stop or change any medicine unless your team has told you to, with a date.",
    "If your team gave you another date than this sheet, call before you do anything.",
    "If something on this sheet is not clear, or you fall ill before the day, call.",
)
_DISCLAIMER = "Decision support only, not a substitute for clinical judgement. Discard old copies."


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a sheet is for and what part of it is wanted."""

    reader: Role | None = None
    phases: Collection[Phase] = PHASES
    deidentified: bool = False

    @property
    def wants_part(self) -> bool:
        """Whether only a part of the time line is wanted."""
        return not set(PHASES) <= set(self.phases)


def compose_sheet(assessment: Assessment, pack: RulePack, audience: Audience) -> Sheet:
    """Return the sheet; what no reader of this kind may see is left out here, for every format.

    The rules do not speak about a patient out of their scope: that sheet says so and has no rows.
    """
    sheet = _whole_sheet(assessment, pack, audience)
    if assessment.verdict is Verdict.OUT_OF_SCOPE:
        sheet = replace(_without_surroundings(sheet), qualifiers="")
    if audience.wants_part:
        sheet = _without_surroundings(sheet)
    return in_ward_units(_in_patient_words(sheet) if sheet.for_patient else sheet)


def _whole_sheet(assessment: Assessment, pack: RulePack, audience: Audience) -> Sheet:
    """Return everything that the sheet could say to this reader."""
    outside = assessment.verdict is Verdict.OUT_OF_SCOPE
    patient = audience.reader is Role.PATIENT
    groups = group_flagged(assessment.flagged)
    writer = FindingWriter(dict(assessment.labels), before_surgery=True)
    flags = _Flags(writer, audience.reader)
    stops = groups.scope if outside else (*groups.scope, *groups.stops, *groups.fixes)
    plan = _row_plan(assessment, pack, audience)
    return Sheet(
        title=_PATIENT_TITLE if patient else TITLE,
        reader=_READERS[audience.reader],
        for_patient=patient,
        deidentified=audience.deidentified,
        identity=_identity(assessment, deidentified=audience.deidentified),
        allergies=allergy_text(assessment.patient),
        allergies_known=assessment.patient.allergies == "known",
        sign=_SIGNS[assessment.verdict],
        verdict=assessment.headline,
        qualifiers=" · ".join(assessment.qualifiers),
        banners=tuple(map(flags.banner, groups.banners)),
        blocks=flags.all(stops, "BLOCKS"),
        review=flags.all(groups.precautions, "REVIEW"),
        accepted=tuple(map(flags.accepted, groups.accepted)),
        obtain=tuple(obtain_entries(assessment, pack)),
        awaited=tuple(_awaited(assessment, audience.reader)),
        now=plan.now(),
        later=plan.later(),
        perhaps=plan.perhaps(),
        finished=plan.finished(),
        risks=tuple(_risks(assessment, pack)),
        contacts=_contacts(assessment, audience.reader),
        void=_void(assessment),
        as_of=f"As of {day_text(assessment.as_of)}",
        basis=_basis(assessment),
        disclaimer=_DISCLAIMER,
        advice=_ADVICE if patient else (),
        warnings=tuple(_in_titles(warning, pack) for warning in assessment.warnings),
    )


def _without_surroundings(sheet: Sheet) -> Sheet:
    """Leave identity, allergies, the answer, what blocks, and the rows."""
    return replace(sheet, review=(), accepted=(), obtain=(), awaited=(), risks=(), warnings=())


def _in_patient_words(sheet: Sheet) -> Sheet:
    """Leave out what is said among the team: the answer, its reasons, and what is not known."""
    sheet = replace(_without_surroundings(sheet), sign="", verdict="", qualifiers="")
    return replace(sheet, banners=(), blocks=(), perhaps=(), finished=())


def _row_plan(assessment: Assessment, pack: RulePack, audience: Audience) -> RowPlan:
    """Say which rows are wanted; none for a patient whom the rules do not speak about."""
    outside = assessment.verdict is Verdict.OUT_OF_SCOPE
    return RowPlan(
        assessment,
        pack,
        audience.reader,
        phases=() if outside else audience.phases,
        labels={path: fact.label for path, fact in pack.dictionary.definitions.items()},
        entries=pack.entries,
    )


@dataclass(frozen=True, slots=True)
class _Flags:
    """Writes findings for a sheet; a reader sees those that name the role, the team sees all."""

    writer: FindingWriter
    reader: Role | None

    def all(self, findings: Iterable[Finding], word: str) -> tuple[Flag, ...]:
        """Write the findings that concern the reader."""
        return tuple(self.flag(f, word) for f in findings if self._concerns(f))

    def flag(self, finding: Finding, word: str) -> Flag:
        """Write one finding; someone must be told of what blocks."""
        return Flag(
            rule=finding.rule,
            word=word,
            text=self.writer.summary(finding),
            action=finding.action,
            who=", ".join(role.value for role in finding.roles),
            told=word == "BLOCKS",
        )

    def banner(self, finding: Finding) -> str:
        """Write a reason to operate now."""
        return f"{self.writer.summary(finding)}. {finding.action}"

    def accepted(self, finding: Finding) -> str:
        """Write a finding that a named clinician accepted."""
        override = finding.override
        said = "" if override is None else f"{override.by}, {day_text(override.on)}"
        return f"{self.writer.summary(finding)}: accepted by {said}"

    def _concerns(self, finding: Finding) -> bool:
        """Whether the reader must see a finding: the scope concerns everyone."""
        if self.reader is None or finding.origin is Origin.SCOPE or not finding.roles:
            return True
        return self.reader in finding.roles


def _identity(assessment: Assessment, *, deidentified: bool) -> Identity:
    """Return who the sheet is for; what is not recorded is said, never guessed."""
    patient = assessment.patient
    day = assessment.procedure_date
    surgery = "date of surgery not recorded" if day is None else f"Surgery {day_text(day)}"
    if deidentified:
        return Identity(None, None, None, None, operation_text(assessment), surgery)
    return Identity(
        name=patient.name or "Name not recorded",
        born=born_text(patient),
        identifier=f"ID {patient.id}" if patient.id else UNKNOWN_ID,
        sex=(patient.sex or "sex not recorded").replace("_", " "),
        operation=operation_text(assessment),
        surgery=surgery,
    )


def _in_titles(warning: str, pack: RulePack) -> str:
    """Name the rule of a void override by its title, as it stands elsewhere on the sheet."""

    def titled(found: re.Match[str]) -> str:
        entry = pack.entries.get(found[1])
        return found[0] if entry is None else f"override of '{entry.title}'"

    return _OVERRIDE.sub(titled, warning)


def _awaited(assessment: Assessment, reader: Role | None) -> Iterator[str]:
    """Yield what cannot be known yet, by the day from which it can."""
    days: dict[date | None, list[str]] = {}
    for finding in assessment.pending:
        if reader is None or reader in finding.roles or not finding.roles:
            days.setdefault(finding.pending_from, []).append(finding.title)
    for day in sorted(days, key=lambda day: day or date.max):
        when = "later" if day is None else f"from {day_text(day)}"
        yield f"{when}: {'; '.join(days[day])}"


def _risks(assessment: Assessment, pack: RulePack) -> Iterator[Risk]:
    """Yield the complications that this patient's facts drive, and the rows against them."""
    known = pack.entries
    for risk in assessment.complications:
        drivers = driver_texts(risk)
        if risk.applies is not False and drivers:
            entries = (known.get(prevention.entry) for prevention in risk.prevent)
            prevent = "; ".join(entry.title for entry in entries if isinstance(entry, Step))
            yield Risk(risk.title, "; ".join(drivers), prevent)


def _contacts(assessment: Assessment, reader: Role | None) -> tuple[str, ...]:
    """Return whom to call: the patient's own contact, or everybody's."""
    own = tuple(whom for role, whom in assessment.contacts if role == Role.PATIENT.value)
    if reader is Role.PATIENT and own:
        return own
    return (contacts_text(assessment),) if assessment.contacts else ()


def _void(assessment: Assessment) -> str:
    """Say until when the sheet holds: a fact goes stale, or the day of surgery is over."""
    ends = []
    if assessment.good_until is not None:
        ends.append(assessment.good_until.day - timedelta(days=1))
    if assessment.procedure_date is not None:
        ends.append(calendar_day(assessment.procedure_date))
    return f"VOID after {day_text(min(ends))}: reprint" if ends else ""


def _basis(assessment: Assessment) -> str:
    """Write what the sheet rests on, so that two copies can be told apart."""
    pack = assessment.pack
    return (
        f"Pack {pack.id} {pack.version} sha256 {pack.digest[:_DIGEST_SHOWN]} · "
        f"profile sha256 {assessment.profile_digest[:_DIGEST_SHOWN]} · backrec {__version__}"
    )
