"""A suite and its pack -> everything there is to report: cases, what lacks, what was covered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from backrec_cli.packtest.model import Case, Suite
from backrec_cli.packtest.runner import CaseResult, run_cases
from backrec_cli.rulepack.model import Entry, RulePack


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """The results of the cases that were asked for, entry by entry in the pack's order."""

    results: Mapping[str, tuple[CaseResult, ...]]

    @property
    def every(self) -> tuple[CaseResult, ...]:
        """Every result, in the order in which the cases stand in the files."""
        return tuple(result for results in self.results.values() for result in results)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that did not come out as expected."""
        return tuple(result for result in self.every if not result.passed)

    @property
    def passed(self) -> bool:
        """Whether nothing failed and nothing lacks."""
        return not self.failed


def run_suite(suite: Suite, pack: RulePack, wanted: re.Pattern[str] | None = None) -> SuiteRun:
    """Run the cases of every entry, or of those whose id a pattern is found in."""
    results: dict[str, tuple[CaseResult, ...]] = {}
    for entry in _entries(pack, wanted):
        results[entry.id] = tuple(run_cases(_cases_of(entry, suite), pack))
    return SuiteRun(results)


def _entries(pack: RulePack, wanted: re.Pattern[str] | None) -> list[Entry]:
    """Return the entries that are asked for."""
    return [e for e in pack.entries.values() if wanted is None or wanted.search(e.id)]


def _cases_of(entry: Entry, suite: Suite) -> list[Case]:
    return [case for case in suite.cases if case.entry == entry.id]
