"""The run of a pack's tests -> text for its author: what failed and why, and what to add."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from backrec_cli.assessment.explanation import TracedPart
from backrec_cli.engine.explain import traced_parts
from backrec_cli.errors.show import harmless
from backrec_cli.packtest.coverage import Coverage, Unseen
from backrec_cli.packtest.days import relative_text
from backrec_cli.packtest.demands import Lack
from backrec_cli.packtest.model import Case, Waiver
from backrec_cli.packtest.run import EntryRun, SuiteRun
from backrec_cli.packtest.runner import CaseResult, status_of
from backrec_cli.render.explanation import part_lines
from backrec_cli.render.parts import plural

_INDENT = "    "
_COLUMN = 15


def render_run(run: SuiteRun) -> str:
    """Return the run as plain text that ends in a line end."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(run))


def render_brief_run(run: SuiteRun) -> str:
    """Return the last line alone."""
    return f"{_summary(run)}\n"


def share_text(coverage: Coverage) -> str:
    """Write a share of answers seen: "817 of 820 (99.6 %)", 100 % only where all were."""
    whole, tenth = divmod(coverage.per_mille, 10)
    share = f"{whole}" if coverage.complete else f"{whole}.{tenth}"
    return f"{coverage.seen} of {coverage.possible} ({share} %)"


def _lines(run: SuiteRun) -> Iterator[str]:
    """Yield what failed, what lacks, what was covered, and the summary, which a terminal shows."""
    for result in run.failed:
        yield from _failure(result)
        yield ""
    for each in run.lacking:
        yield from _lacking(each)
        yield ""
    if run.covering:
        for each in run.entries:
            yield from _coverage(each)
        yield ""
    waivers = [waiver for each in run.entries for waiver in each.waivers]
    yield from map(_waiver, waivers)
    yield _summary(run)


def _summary(run: SuiteRun) -> str:
    """Count cases, failures, entries that lack something, and answers seen."""
    cases, entries = len(run.results), _entries(len(run.entries))
    failed = len(run.failed)
    parts = [
        f"{plural(cases, 'case')} of {entries}: {f'{failed} failed' if failed else 'no failure'}"
    ]
    if run.lacking:
        parts.append(f"cases lack for {_entries(len(run.lacking))}")
    if run.covering:
        parts.append(f"coverage {share_text(run.coverage)}")
    return ", ".join(parts)


def case_lines(cases: Iterable[Case]) -> Iterator[str]:
    """Yield one line a case: what it expects, and what is told of its patient."""
    for case in cases:
        told = harmless(case.name) if case.name else "; ".join(map(harmless, case.changes))
        level = "" if case.expected.level is None else f" {case.expected.level.value}"
        yield f"{case.expected.status}{level}: {told or case.baseline.title}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _failure(result: CaseResult) -> Iterator[str]:
    """Yield where a case stands, what it expected, how its patient differs, and the trace."""
    case = result.case
    name = f' "{harmless(case.name)}"' if case.name else ""
    said = "; ".join(result.differences)
    yield f"{case.place}: {case.entry}, case {case.number}{name}: {said}"
    day = relative_text(case.as_of, case.baseline.surgery)
    yield f"{_INDENT}baseline {case.baseline.name}, as of {day}"
    for change in case.changes:
        yield f"{_INDENT}{harmless(change)}"
    for part in _relevant(result):
        yield from (f"{_INDENT}{line}" for line in part_lines(part))


def _relevant(result: CaseResult) -> Iterator[TracedPart]:
    """Yield the conditions that can explain a difference.

    `applies` explains what is, or should be, not applicable; the others explain the rest.
    """
    parts = tuple(traced_parts(result.entry, result.situation))
    statuses = {status_of(result.judged), result.case.expected.status}
    about_applies = "not_applicable" in statuses
    for part in parts:
        if part.title.startswith("applies") is about_applies or len(parts) == 1:
            yield part


def _lacking(each: EntryRun) -> Iterator[str]:
    """Yield what an author has to add for one entry."""
    place = f"{each.place}: " if each.place else ""
    yield f"{place}{each.entry.id}: still to show, beside {plural(len(each.results), 'case')}"
    for lack in each.lacks:
        yield from _lack(lack)
    for waiver in each.idle:
        needless = f"{waiver.demand} is waived at {waiver.place} and need not be"
        yield f"{_INDENT}{'waive'.ljust(_COLUMN)}{needless}"


def _lack(lack: Lack) -> Iterator[str]:
    """Yield one thing to show and, below it, a case that would."""
    yield f"{_INDENT}{lack.demand.ljust(_COLUMN)}{harmless(lack.sentence)}"
    if lack.example:
        yield f"{_INDENT}{' ' * _COLUMN}{{ {harmless(lack.example)} }}"


def _coverage(each: EntryRun) -> Iterator[str]:
    """Yield the share of one entry, and what of it was not seen."""
    yield f"{each.entry.id}: {share_text(each.coverage)}"
    for _, unseen in groupby(each.coverage.unseen, key=lambda unseen: id(unseen.leaf)):
        yield _unseen(tuple(unseen))


def _unseen(unseen: tuple[Unseen, ...]) -> str:
    """Say where a leaf stands, what it says, and which of its answers were not seen."""
    first = unseen[0]
    place = f"{first.place}: " if first.place else ""
    answers = ", never ".join(each.answer.value for each in unseen)
    return f"{_INDENT}{place}{harmless(first.leaf.text)}: never {answers}"


def _waiver(waiver: Waiver) -> str:
    what = f" ({harmless(waiver.what)})" if waiver.what else ""
    return f"{waiver.place}: {waiver.entry}: {waiver.demand}{what} waived: {harmless(waiver.why)}"
