"""What is flagged -> sections: banners, scope, stops, process fixes, accepted, precautions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backrec_cli.assessment.model import Assessment, Evidence, Finding, Origin
from backrec_cli.assessment.verdict import is_stop
from backrec_cli.render.parts import Item, Section, Tone, with_id
from backrec_cli.render.words import (
    day_text,
    evidence_text,
    last_dose_text,
    reason_text,
    tells_something,
)
from backrec_cli.rulepack.model import Kind, Level

_MOST_EVIDENCE = 3


@dataclass(frozen=True, slots=True)
class FlaggedGroups:
    """The flagged findings, each in exactly one group; all keep the order of the assessment."""

    banners: tuple[Finding, ...]
    scope: tuple[Finding, ...]
    stops: tuple[Finding, ...]
    fixes: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    precautions: tuple[Finding, ...]
    information: tuple[Finding, ...]


def group_flagged(flagged: Iterable[Finding]) -> FlaggedGroups:
    """Sort the flagged findings into their groups."""
    groups: dict[str, list[Finding]] = {name: [] for name in FlaggedGroups.__slots__}
    for finding in flagged:
        groups[_group_of(finding)].append(finding)
    return FlaggedGroups(**{name: tuple(members) for name, members in groups.items()})


def _group_of(finding: Finding) -> str:
    """Return the group a flagged finding is printed in."""
    if finding.banner:
        return "banners"
    if finding.origin is Origin.SCOPE:
        return "scope"
    if is_accepted(finding):
        return "accepted"
    if is_stop(finding.effective_level):
        return "stops" if finding.kind is Kind.CLINICAL else "fixes"
    return "precautions" if finding.effective_level is Level.CAUTION else "information"


def is_accepted(finding: Finding) -> bool:
    """Whether a named clinician accepted the finding, in force and not void."""
    return finding.override is not None and finding.override.void is None


def flagged_sections(assessment: Assessment) -> Iterator[Section]:
    """Yield the sections of what is flagged, from the reasons to operate now down to cautions."""
    groups = group_flagged(assessment.flagged)
    labels = dict(assessment.labels)
    dated = assessment.procedure_date is not None
    writer = FindingWriter(labels, before_surgery=dated)
    titled = (
        ("TIME-CRITICAL", groups.banners, writer.stop),
        ("OUT OF SCOPE", groups.scope, writer.stop),
        ("NEEDS TIME OR A DECISION", groups.stops, writer.stop),
        ("FIX BEFORE THEATRE", groups.fixes, writer.stop),
        ("ACCEPTED BY A CLINICIAN", groups.accepted, writer.stop),
        ("PRECAUTIONS", groups.precautions, writer.precaution),
    )
    for title, findings, write in titled:
        if findings:
            note = f"({len(findings)})" if len(findings) > 1 else ""
            yield Section(title, tuple(write(finding) for finding in findings), note)


@dataclass(frozen=True, slots=True)
class FindingWriter:
    """Writes findings as items; `labels` name the facts that derived ones came from."""

    labels: Mapping[str, str]
    before_surgery: bool

    def stop(self, finding: Finding) -> Item:
        """Write a finding that needs its own lines: what and why, then what to do and by whom."""
        return Item(
            text=with_id(self.summary(finding), finding.rule),
            sign="!" if finding.banner else "✗",
            label=_weight(finding),
            details=tuple(self.details(finding)),
            tone=_tone(finding),
        )

    def precaution(self, finding: Finding) -> Item:
        """Write a precaution as one entry: what, why, what to do."""
        text = _sentence(self.summary(finding)) + finding.action
        details = tuple(detail for detail in self.details(finding) if detail != _action(finding))
        return Item(with_id(text.rstrip(), finding.rule), "!", "", details, Tone.CAUTION)

    def summary(self, finding: Finding) -> str:
        """Write the title and what it rests on: facts with a limit or a date, else the others."""
        told = [e for e in finding.evidence if tells_something(e)]
        telling = [e for e in told if e.limit is not None or e.on is not None]
        told = sorted(telling or told, key=_decisiveness)
        facts = [self.evidence(e, finding.title) for e in told[:_MOST_EVIDENCE]]
        if len(told) > _MOST_EVIDENCE:
            facts.append(f"and {len(told) - _MOST_EVIDENCE} more")
        title = finding.title.rstrip(".")
        return f"{title}: {'; '.join(facts)}" if facts else title

    def evidence(self, evidence: Evidence, title: str = "") -> str:
        """Write one fact a finding rests on, behind a title."""
        return evidence_text(evidence, self.labels, before_surgery=self.before_surgery, title=title)

    def details(self, finding: Finding) -> Iterator[str]:
        """Yield what to do, the day of the last dose, what is open, and who accepted it."""
        if finding.action and not is_accepted(finding):
            yield _action(finding)
        dose = last_dose_text(
            finding.last_dose_by, finding.last_dose_drugs, self.labels, title=finding.title
        )
        if dose:
            yield f"{dose[0].upper()}{dose[1:]}."
        yield from _open_or_accepted(finding)


def _weight(finding: Finding) -> str:
    """Return what a finding counts as here; of an accepted one, what it would count as.

    A reason to operate now is no hindrance of any weight.
    """
    if finding.banner:
        return ""
    level = finding.level if is_accepted(finding) else finding.effective_level
    return level.value.removesuffix("_elective")


def _decisiveness(evidence: Evidence) -> tuple[bool, bool]:
    """Sort key: facts with a limit come before facts with only a date."""
    return evidence.limit is None, evidence.on is None


def _open_or_accepted(finding: Finding) -> Iterator[str]:
    """Yield what is still open about a finding, and who accepted it."""
    if finding.undecided_level is not None:
        lacking = ", ".join(f"{m.label} {reason_text(m.reason)}" for m in finding.missing)
        yield f"Could be {finding.undecided_level.value}: {lacking}."
    accepted = finding.override
    if accepted is not None:
        said = f'{accepted.by}, {day_text(accepted.on)}: "{accepted.reason}"'
        yield f"Accepted: {said}" if accepted.void is None else f"Void: {accepted.void}; {said}"


def _action(finding: Finding) -> str:
    """Write what to do and who does it."""
    roles = ", ".join(role.value for role in finding.roles)
    return f"{finding.action} ({roles})" if roles else finding.action


def _sentence(text: str) -> str:
    """End a text with a full stop and a space, ready for the next sentence."""
    return text + " " if text.endswith((".", "!", "?")) else text + ". "


def _tone(finding: Finding) -> Tone:
    """Return the colour of a finding's weight."""
    if is_stop(finding.effective_level) or finding.banner:
        return Tone.STOP
    return Tone.CAUTION
