"""Cases -> what came out of each, and what the conditions of its entry were seen to be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backrec_cli.engine.single import Judged, informed_situation, judge_entry
from backrec_cli.engine.situation import Situation
from backrec_cli.packtest.model import Case
from backrec_cli.rulepack.model import Entry, RulePack

_NO_FINDING = "none"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case that was run; `differences` are empty where it came out as expected."""

    case: Case
    entry: Entry
    situation: Situation
    judged: Judged
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the entry said what was expected of it."""
        return not self.differences


def run_cases(cases: Iterable[Case], pack: RulePack) -> Iterator[CaseResult]:
    """Run cases one after the other, each against its entry alone."""
    entries = pack.entries
    for case in cases:
        entry = entries[case.entry]
        situation = informed_situation(case.profile, pack, case.as_of)
        judged = judge_entry(entry, situation, pack)
        yield CaseResult(case, entry, situation, judged, tuple(_differences(case, judged)))


def status_of(judged: Judged) -> str:
    """Return the status that `expect` speaks of: a step's own, else that of the finding."""
    if judged.step is not None:
        return judged.step.status.value
    return _NO_FINDING if judged.finding is None else judged.finding.status.value


def _differences(case: Case, judged: Judged) -> Iterator[str]:
    """Say what was expected and what came out instead, in the words of the file."""
    expected, finding = case.expected, judged.finding
    seen = status_of(judged)
    if seen != expected.status:
        yield f"expected {expected.status}, got {seen}"
    if expected.level is not None:
        level = _NO_FINDING if finding is None else finding.level.value
        if level != expected.level.value:
            yield f"expected level {expected.level.value}, got {level}"
    if expected.finding is not None:
        status = _NO_FINDING if finding is None else finding.status.value
        if status != expected.finding:
            yield f"expected finding {expected.finding}, got {status}"
