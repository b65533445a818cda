"""The `tests` folder beside a pack's rules -> a `Suite`."""

from collections.abc import Sequence
from pathlib import Path

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors import pack as say_pack
from backrec_cli.errors import packtest as say
from backrec_cli.packtest.model import Suite
from backrec_cli.packtest.reader import read_suite
from backrec_cli.rulepack.document import Document, read_documents
from backrec_cli.rulepack.model import RulePack
from backrec_cli.source import SourceText

TESTS = "tests"


def load_suite(
    folders: Sequence[Path], pack: RulePack, *, lent: Sequence[Document] = (), needed: bool = True
) -> Suite:
    """Read the tests beside the rules of each folder: a pack, or overlays over it.

    `lent` are the baselines of the pack that overlays lie on.
    Raises DiagnosticsError with every error of every file, and, where one is
    needed, for there being no test at all.
    """
    documents = list(lent)
    problems: list[Diagnostic] = []
    for folder in folders:
        tests = folder / TESTS
        if tests.is_symlink():
            named = SourceText(tests.as_posix(), "")
            problems.append(say_pack.unreadable_file("it is a link").at(named))
            continue
        found, wrong = read_documents(tests)
        documents += found
        problems += wrong
    suite = read_suite(documents, pack, problems)
    if needed and not suite.cases:
        raise DiagnosticsError([say.no_tests((folders[0] / TESTS).as_posix())])
    return suite
