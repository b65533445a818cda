"""An overlay's folder -> its parsed files: plain, few and small, and none of them elsewhere."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.errors import overlay as say
from backrec_cli.rulepack.document import Document, parse_documents, read_folder
from backrec_cli.rulepack.files import PACK

MOST_FILES = 200
LARGEST = 4_000_000
TESTS = "tests"

_MOST_ENTRIES = 2_000


def read_overlay(folder: Path, layer: int) -> tuple[list[Document], list[Diagnostic]]:
    """Return the documents of an overlay, and the problems of files that are none.

    Raises DiagnosticsError for a folder that is a link or too large to be an overlay.
    """
    problem = _refusal(folder)
    if problem is not None:
        raise DiagnosticsError([problem])
    files, problems = read_folder(folder)
    documents, unread = parse_documents(files, layer)
    return documents, [*problems, *unread]


def _refusal(folder: Path) -> Diagnostic | None:
    """Return why a folder is not looked into, or None."""
    name = folder.as_posix()
    if folder.is_symlink():
        return say.unreadable_overlay(name, "it is a link")
    if (folder / TESTS).is_symlink():
        return say.unreadable_overlay(name, f"'{TESTS}' in it is a link")
    entries = list(islice(_entries(folder), _MOST_ENTRIES + 1))
    files = [path for path in entries if path.suffix == ".toml"]
    if len(entries) > _MOST_ENTRIES or len(files) > MOST_FILES:
        return say.overlay_too_large(name, f"{MOST_FILES} files of rules")
    if PACK in {path.name for path in files}:
        return say.unreadable_overlay(name, f"it holds a '{PACK}' too")
    size = sum(path.lstat().st_size for path in files if path.is_file())
    return say.overlay_too_large(name, f"{LARGEST // 1_000_000} MB") if size > LARGEST else None


def _entries(folder: Path) -> Iterator[Path]:
    """Yield what lies in the folder and in its folder of tests; deeper nothing is read."""
    yield from folder.iterdir()
    if (folder / TESTS).is_dir():
        yield from (folder / TESTS).iterdir()
