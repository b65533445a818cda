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


def load_suite(folders: Sequence[Path], pack: RulePack) -> Suite:
    """Read the tests beside the rules of each folder: a pack, and overlays over it.

    Raises DiagnosticsError with every error of every file, and where there is no test at all.
    """
    documents: list[Document] = []
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
    if not suite.cases:
        raise DiagnosticsError([say.no_tests((folders[0] / TESTS).as_posix())])
    return suite
