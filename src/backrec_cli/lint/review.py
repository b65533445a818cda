"""A folder of rules -> every error in it or, where there is none, every warning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors import lint as say
from backrec_cli.lint.alike import alike
from backrec_cli.lint.citations import old_citations
from backrec_cli.lint.decided import decided
from backrec_cli.lint.owners import ownerless
from backrec_cli.lint.remark import Remark
from backrec_cli.lint.texts import urgent_texts
from backrec_cli.lint.thresholds import bare_thresholds
from backrec_cli.lint.usage import unused
from backrec_cli.packtest.folder import TESTS
from backrec_cli.packtest.plan import plan_tests
from backrec_cli.packtest.reader import read_suite
from backrec_cli.rulepack.document import Document, read_documents
from backrec_cli.rulepack.files import OVERLAY, PACK
from backrec_cli.rulepack.loader import build_pack, read_pack
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.overlay.loading import expiring
from backrec_cli.rulepack.places import Places
from backrec_cli.source import Span

# Each takes the pack and its places.
_IDEAS = (unused, decided, alike, bare_thresholds, old_citations, urgent_texts, ownerless)


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in one folder, in the order of files and places."""

    files: int
    diagnostics: Sequence[Diagnostic]


def review(folder: Path, today: date) -> Review:
    """Read and check the pack, or the overlay, in a folder, and the tests beside its rules.

    Warnings are looked for once there is no error. An overlay is judged on top of the shipped pack;
    `today` decides which of its approvals have expired, or soon will.
    """
    if (folder / OVERLAY).exists():
        return _overlay(folder, today)
    documents, unread = read_pack(folder)
    tests, untested = read_documents(folder / TESTS)
    read = {document.source.name for document in (*documents, *tests)}
    files = len(read | _files_of([*unread, *untested]))
    try:
        pack = build_pack(documents, unread)
    except DiagnosticsError as error:
        return Review(files, DiagnosticsError([*error.diagnostics, *untested]).diagnostics)
    try:
        read_suite(tests, pack, untested)
    except DiagnosticsError as error:
        return Review(files, error.diagnostics)
    return Review(files, warnings(pack, documents))


def _overlay(folder: Path, today: date) -> Review:
    """Check an overlay and its tests; of what is likely wrong, only what stands in its files."""
    own = [*folder.glob("*.toml"), *(folder / TESTS).glob("*.toml")]
    try:
        plan = plan_tests([folder], today, needed=False)
    except DiagnosticsError as error:
        return Review(len(own), _with_broken_tests(folder, error.diagnostics))
    names = {path.as_posix() for path in own}
    found = [
        warning
        for warning in warnings(plan.pack, plan.documents)
        if warning.source is not None and warning.source.name in names
    ]
    return Review(len(own), DiagnosticsError([*found, *expiring(plan.pack, today)]).diagnostics)


def _with_broken_tests(folder: Path, found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Add the files of tests that are no TOML to the errors of rules, which come first."""
    if (folder / TESTS).is_symlink():
        return found
    _, untested = read_documents(folder / TESTS)
    return DiagnosticsError(dict.fromkeys([*found, *untested])).diagnostics


def warnings(pack: RulePack, documents: Sequence[Document]) -> Sequence[Diagnostic]:
    """Return the warnings about a checked pack but for the exceptions that it makes itself."""
    places = Places(documents)
    remarks = [remark for idea in _IDEAS for remark in idea(pack, places)]
    found = {(remark.diagnostic.code, remark.subject) for remark in remarks}
    allowed = {(each.code, name) for each in pack.lint.allowed for name in each.names}
    shown = [
        remark.diagnostic
        for remark in remarks
        if (remark.diagnostic.code, remark.subject) not in allowed
    ]
    return DiagnosticsError([*shown, *_needless(pack, places, found)]).diagnostics


def _needless(pack: RulePack, places: Places, found: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    """Yield a warning for each exception that excuses nothing."""
    for number, each in enumerate(pack.lint.allowed):
        for place, name in enumerate(each.names):
            if (each.code, name) not in found:
                warning = say.needless_exception(each.code, name, Span(0, 0))
                spot = places.file(PACK)
                yield spot.at(warning, "lint", "allow", number, "names", place)


def _files_of(problems: Sequence[Diagnostic]) -> set[str]:
    return {problem.source.name for problem in problems if problem.source and problem.source.text}


__all__ = ["Remark", "Review", "review", "warnings"]
