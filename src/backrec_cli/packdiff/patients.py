"""One patient under two packs -> whether the verdict changes, which findings, and why."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from backrec_cli.assessment.model import Assessment, Finding, Status
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.engine import assess
from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Node
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.packdiff.compare import Change
from backrec_cli.packdiff.describe import JUDGES_ALL
from backrec_cli.profile import Profile, read_profile
from backrec_cli.rulepack.catalogue import conditions_of, facts_of, parameters_of
from backrec_cli.rulepack.model import Entry, RulePack


@dataclass(frozen=True, slots=True)
class FindingChange:
    """What one entry said of the patient before and after, and the changes that made it so."""

    rule: str
    title: str
    old: str
    new: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatientChange:
    """One patient's two verdicts, and every finding that is not the same."""

    patient: str
    old: Verdict
    new: Verdict
    findings: tuple[FindingChange, ...]

    @property
    def verdict_changes(self) -> bool:
        """Whether the answer is another one."""
        return self.old is not self.new


def read_for_both(
    data: bytes, name: str, packs: tuple[RulePack, RulePack]
) -> tuple[Profile, Profile]:
    """Read one patient's document for each pack; raises what reading a profile raises.

    A fact that only the other pack knows is left out of the one, as if nobody had asked.
    """
    old, new = packs
    return _read_for(data, name, old, new), _read_for(data, name, new, old)


def _read_for(data: bytes, name: str, pack: RulePack, other: RulePack) -> Profile:
    """Read a document for one pack, in which facts of another may stand."""
    own = pack.dictionary
    definitions = {**other.dictionary.definitions, **own.definitions}
    profile = read_profile(data, name, FactDictionary(definitions, own.checks))
    recorded = {path: fact for path, fact in profile.recorded.items() if own.get(path)}
    reviewed = {each: by for each, by in profile.reviewed.items() if each in own.sections}
    return replace(profile, recorded=recorded, reviewed=reviewed)


def compare_patient(
    patient: str,
    profiles: tuple[Profile, Profile],
    packs: tuple[RulePack, RulePack],
    changes: Collection[Change],
    as_of: date | datetime,
) -> PatientChange:
    """Assess one patient under the old and the new pack; each profile is read with its facts."""
    before, after = (
        assess(profile, pack, as_of) for profile, pack in zip(profiles, packs, strict=True)
    )
    findings = tuple(_findings(before, after, packs, changes))
    return PatientChange(patient, before.verdict, after.verdict, findings)


def _findings(
    before: Assessment,
    after: Assessment,
    packs: tuple[RulePack, RulePack],
    changes: Collection[Change],
) -> Iterator[FindingChange]:
    """Yield the findings and steps whose state differs."""
    old, new = _states(before), _states(after)
    entries: Mapping[str, Entry] = {**packs[0].entries, **packs[1].entries}
    for rule in dict.fromkeys((*new, *old)):
        if old.get(rule) != new.get(rule):
            entry = entries.get(rule)
            because = () if entry is None else tuple(_reasons(entry, changes))
            title = rule if entry is None else entry.title
            gone = "not in the pack"
            yield FindingChange(rule, title, old.get(rule, gone), new.get(rule, gone), because)


def _states(assessment: Assessment) -> dict[str, str]:
    """Return what each entry says, in a word or two."""
    states = {finding.rule: _state(finding) for finding in assessment.findings}
    for step in assessment.steps:
        states.setdefault(step.step, step.status.value)
    return states


def _state(finding: Finding) -> str:
    """Return a finding's status; what holds or is open comes with its effective level."""
    if finding.status is Status.FLAGGED:
        return f"flagged, {finding.effective_level.value}"
    if finding.undecided_level is not None:
        return f"{finding.status.value}, {finding.undecided_level.value}"
    return finding.status.value


def _reasons(entry: Entry, changes: Collection[Change]) -> Iterator[str]:
    """Name the changes that an entry feels: its own, and those of what it reads."""
    reads = {
        "entry": {entry.id},
        "parameter": set(parameters_of(entry)),
        "definition": set(_definitions_of(entry)),
        "fact": set(facts_of(entry)),
    }
    for change in changes:
        if _felt_by_all(change) or change.id in reads.get(change.part, set()):
            yield f"{change.part} {change.id}"


def _felt_by_all(change: Change) -> bool:
    """Whether a change of the pack as a whole can change what any entry says."""
    names = {field.name for field in change.fields}
    return change.part == "pack" and any(name.startswith(JUDGES_ALL) for name in names)


def _definitions_of(entry: Entry) -> Iterator[str]:
    """Yield the named conditions that an entry uses."""
    for _, condition in conditions_of(entry):
        yield from _definitions_in(condition.node)


def _definitions_in(node: Node) -> Iterator[str]:
    """Yield the named conditions in a tree."""
    if isinstance(node, nodes.ExpressionRef):
        yield node.name
        yield from _definitions_in(node.node)
    for each in nodes.children(node):
        yield from _definitions_in(each)
