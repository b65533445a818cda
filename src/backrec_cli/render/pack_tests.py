"""The run of a pack's tests -> text for its author: what failed and why, and what to add."""

from collections.abc import Iterator

from backrec_cli.assessment.explanation import TracedPart
from backrec_cli.engine.explain import traced_parts
from backrec_cli.errors.show import harmless
from backrec_cli.packtest.days import relative_text
from backrec_cli.packtest.run import SuiteRun
from backrec_cli.packtest.runner import CaseResult, status_of
from backrec_cli.render.explanation import part_lines
from backrec_cli.render.parts import plural

_INDENT = "    "


def render_run(run: SuiteRun) -> str:
    """Return the run as plain text that ends in a line end."""
    return "".join(f"{line}\n" for line in _lines(run))


def render_brief_run(run: SuiteRun) -> str:
    """Return the last line alone."""
    return f"{_summary(run)}\n"


def _lines(run: SuiteRun) -> Iterator[str]:
    """Yield the failures, and the summary at the end, where a terminal shows it."""
    for result in run.failed:
        yield from _failure(result)
        yield ""
    yield _summary(run)


def _summary(run: SuiteRun) -> str:
    """Count the cases."""
    cases, entries = len(run.every), len(run.results)
    failed = len(run.failed)
    outcome = f"{failed} failed" if failed else "all passed"
    entries_text = "1 entry" if entries == 1 else f"{entries} entries"
    return f"{plural(cases, 'case')} of {entries_text}: {outcome}"


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
