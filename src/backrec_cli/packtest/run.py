"""A suite and its pack -> everything there is to report: cases, what lacks, what was covered."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from backrec_cli.packtest.coverage import Coverage, Unseen, cover, total
from backrec_cli.packtest.demands import Lack, lacks_of
from backrec_cli.packtest.leaves import leaves_of
from backrec_cli.packtest.model import Demand, Place, Suite, Waiver
from backrec_cli.packtest.observation import Observed
from backrec_cli.packtest.places import Places
from backrec_cli.packtest.runner import CaseResult, run_cases
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.model import Entry, RulePack


@dataclass(frozen=True, slots=True)
class EntryRun:
    """What the cases of one entry gave, and what they leave open.

    waivers  what an author has said cannot be shown; `idle` are those that waive nothing.
    """

    entry: Entry
    place: Place | None
    results: tuple[CaseResult, ...]
    lacks: tuple[Lack, ...]
    coverage: Coverage
    unwaived: tuple[Unseen, ...]
    waivers: tuple[Waiver, ...]
    idle: tuple[Waiver, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that did not come out as expected."""
        return tuple(result for result in self.results if not result.passed)


@dataclass(frozen=True, slots=True)
class SuiteRun:
    """The entries that were asked for, in the pack's order; `covering` asks for full coverage."""

    entries: tuple[EntryRun, ...]
    covering: bool = False

    @property
    def results(self) -> tuple[CaseResult, ...]:
        """Every result, entry by entry."""
        return tuple(result for each in self.entries for result in each.results)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that did not come out as expected."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def lacking(self) -> tuple[EntryRun, ...]:
        """The entries whose cases are not enough, or that waive what they need not."""
        return tuple(each for each in self.entries if each.lacks or each.idle)

    @property
    def uncovered(self) -> tuple[Unseen, ...]:
        """The answers that no case has shown and no author has waived."""
        return tuple(unseen for each in self.entries for unseen in each.unwaived)

    @property
    def coverage(self) -> Coverage:
        """The coverage of all entries together."""
        return total(each.coverage for each in self.entries)

    @property
    def passed(self) -> bool:
        """Whether every case came out as expected and nothing that is asked for lacks."""
        return not self.failed and not self.lacking and not (self.covering and self.uncovered)


def run_suite(
    suite: Suite,
    pack: RulePack,
    documents: Iterable[Document],
    *,
    wanted: re.Pattern[str] | None = None,
    demanded: Collection[str] | None = None,
    covering: bool = False,
) -> SuiteRun:
    """Run the cases of every entry, or of those whose id a pattern is found in.

    documents  the files of the pack itself, which say where things stand.
    demanded   the entries that must have all cases there are to have; None: every one. Of the
               others only the cases that there are are run.
    """
    places = Places(documents)
    tested = {case.entry for case in suite.cases}
    entries = [
        entry
        for entry in pack.entries.values()
        if (wanted is None or wanted.search(entry.id))
        and (demanded is None or entry.id in demanded or entry.id in tested)
    ]
    runs = (_run_entry(entry, suite, pack, places) for entry in entries)
    return SuiteRun(
        tuple(
            each if demanded is None or each.entry.id in demanded else _excused(each)
            for each in runs
        ),
        covering,
    )


def _excused(run: EntryRun) -> EntryRun:
    """Ask nothing more of an entry that is another pack's to test."""
    return replace(run, lacks=(), coverage=total(iter(())), unwaived=(), idle=())


def _run_entry(entry: Entry, suite: Suite, pack: RulePack, places: Places) -> EntryRun:
    """Run the cases of one entry and ask whether they are enough."""
    cases = [case for case in suite.cases if case.entry == entry.id]
    results = tuple(run_cases(cases, pack))
    observed = Observed(leaves_of(entry, pack.dictionary))
    for result in results:
        observed.add(result, pack.dictionary)
    lacks = tuple(lacks_of(entry, observed, pack.dictionary, places))
    coverage = cover(entry, observed, places)
    waivers = tuple(waiver for waiver in suite.waivers if waiver.entry == entry.id)
    return EntryRun(
        entry=entry,
        place=places.of_entry(entry),
        results=results,
        lacks=tuple(lack for lack in lacks if not _waived(lack.demand, lack.what, waivers)),
        coverage=coverage,
        unwaived=tuple(
            unseen
            for unseen in coverage.unseen
            if not _waived(Demand.COVERAGE, unseen.what, waivers)
        ),
        waivers=waivers,
        idle=tuple(waiver for waiver in waivers if _idles(waiver, lacks, coverage)),
    )


def _waived(demand: Demand, what: str, waivers: Iterable[Waiver]) -> bool:
    return any(waiver.covers(demand, what) for waiver in waivers)


def _idles(waiver: Waiver, lacks: Iterable[Lack], coverage: Coverage) -> bool:
    """Whether a waiver waives nothing that is lacking."""
    asked = [(lack.demand, lack.what) for lack in lacks]
    asked += [(Demand.COVERAGE, unseen.what) for unseen in coverage.unseen]
    return not any(waiver.covers(demand, what) for demand, what in asked)
