"""Folders of rules -> what there is to test: the pack in force, its cases, what is demanded.

An overlay's cases may start from the baselines of the pack below it, and be of any entry, because
it may have changed any; cases are demanded only of the entries that it adds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from backrec_cli.packtest.folder import TESTS, load_suite
from backrec_cli.packtest.model import Suite
from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.document import Document, read_documents
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.opening import base_and_overlays

_ENTRIES = ("rule", "require", "step")
_BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class TestPlan:
    """A pack with the cases to run; `demanded` names the entries that must have them all."""

    __test__ = False

    pack: RulePack
    suite: Suite
    documents: tuple[Document, ...]
    demanded: frozenset[str]


def plan_tests(folders: Sequence[Path], as_of: date, *, needed: bool = True) -> TestPlan:
    """Read the rules and tests of a pack, or of overlays; without a folder, of the shipped pack.

    Raises DiagnosticsError with all that is wrong; having no test is, where tests are `needed`.
    """
    pack = open_pack(folders, as_of)
    base, overlays = base_and_overlays(folders)
    below, _ = read_documents(base)
    if not overlays:
        suite = load_suite([base], pack, needed=needed)
        return TestPlan(pack, suite, tuple(below), frozenset(pack.entries))
    own = [document for folder in overlays for document in read_documents(folder)[0]]
    suite = load_suite(overlays, pack, lent=list(_baselines(base)), needed=needed)
    return TestPlan(pack, suite, (*below, *own), frozenset(_ids(own)))


def _baselines(base: Path) -> Iterator[Document]:
    """Yield the named patients of a pack's tests, without its cases."""
    for document in read_documents(base / TESTS)[0]:
        named = document.content.get(_BASELINE)
        if isinstance(named, dict):
            yield replace(document, content={_BASELINE: named})


def _ids(documents: Sequence[Document]) -> Iterator[str]:
    """Yield the ids of the entries in documents that have been checked."""
    for document in documents:
        for kind in _ENTRIES:
            tables = document.content.get(kind)
            for table in tables if isinstance(tables, list) else ():
                yield str(table["id"])
