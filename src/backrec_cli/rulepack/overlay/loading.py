"""Folders of overlays on top of a pack -> the pack in force, or every error of an overlay at once.

Each overlay is judged against the pack below it, so a later one may change what an earlier one did.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors import overlay as say
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.files import OVERLAY
from backrec_cli.rulepack.loader import build_pack
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.overlay.additions import admitted
from backrec_cli.rulepack.overlay.amended import amended
from backrec_cli.rulepack.overlay.approval import Change
from backrec_cli.rulepack.overlay.folder import read_overlay
from backrec_cli.rulepack.overlay.header import read_header
from backrec_cli.source import Span

SOON = timedelta(days=30)


def put_on(documents: Sequence[Document], folders: Sequence[Path], today: date) -> RulePack:
    """Return the pack of some documents with overlays on top of it, the last one uppermost.

    Raises DiagnosticsError with everything that is wrong with the pack, or else with the first
    overlay that has an error.
    """
    pack = build_pack(documents)
    for layer, folder in enumerate(folders, start=1):
        documents, pack = _put_one_on(documents, pack, folder, layer, today)
    return pack


def expiring(pack: RulePack, today: date) -> Iterator[Diagnostic]:
    """Yield a warning for each loosening with less than a month left, at its place."""
    for overlay in pack.overlays:
        for each in overlay.loosened:
            if each.expires - today > SOON or each.source is None:
                continue
            change = Change(each.kind, each.name, each.was, each.now)
            span = each.span or Span(0, 0)
            yield say.expires_soon(str(change), each.expires.isoformat(), span).at(each.source)


def _put_one_on(
    documents: Sequence[Document], pack: RulePack, folder: Path, layer: int, today: date
) -> tuple[list[Document], RulePack]:
    """Put one overlay on top of a pack."""
    own, unread = read_overlay(folder, layer)
    checked = [admitted(document, pack) for document in own]
    problems = [problem for _, findings in checked for problem in findings.diagnostics]
    own = [document for document, _ in checked]
    head = next((document for document in own if document.file == OVERLAY), None)
    if head is None:
        raise DiagnosticsError([*unread, *problems])
    header = read_header(head, pack, today)
    problems += header.findings.diagnostics
    together = [*amended(documents, header.amendments), *own]
    try:
        above = build_pack(together, unread)
    except DiagnosticsError as error:
        problems += _blamed(error.diagnostics, [*unread, *problems], head, own)
        raise DiagnosticsError(dict.fromkeys([*unread, *problems])) from error
    if problems:
        raise DiagnosticsError(dict.fromkeys(problems))
    return together, replace(above, overlays=(*pack.overlays, header.overlay))


def _blamed(
    found: Iterable[Diagnostic],
    known: Sequence[Diagnostic],
    head: Document,
    own: Iterable[Document],
) -> Iterator[Diagnostic]:
    """Yield what is new of the errors of the whole, each placed in the overlay.

    The pack below is sound, so an error in one of its files comes of the overlay; where the overlay
    has errors of its own, it comes of those.
    """
    names = {document.source.name for document in own}
    said = {(problem.source, problem.span) for problem in known}
    for problem in found:
        ours = problem.source is not None and problem.source.name in names
        if ours and (problem.source, problem.span) not in said:
            yield problem
        elif not ours and not known:
            yield head.at(problem, head.locate(("overlay",)))
