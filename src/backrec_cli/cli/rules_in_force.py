"""Which rules a run uses: `backrec.toml` < `BACKREC_RULES` < `--rules`; the highest counts."""

import gc
import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from backrec_cli.errors import Diagnostic, DiagnosticsError, UsageError
from backrec_cli.errors import pack as say
from backrec_cli.errors.show import harmless
from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.document import Document, parse_document
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.table import DocumentFindings, PackTable
from backrec_cli.source import SourceText

VARIABLE = "BACKREC_RULES"
SETTINGS = "backrec.toml"

_LARGEST = 100_000
_KEYS = frozenset({"rules"})


def pack_in_force(flags: Sequence[str], as_of: date | datetime) -> RulePack:
    """Return the pack that the flags ask for, else the environment, else the settings' file.

    Raises BackrecError for whatever is wrong with what was asked for.
    """
    # A pack is a few hundred thousand objects that all stay: looking for garbage among them while
    # they are made, or ever after, finds none.
    gc.disable()
    try:
        return open_pack(folders_in_force(flags), as_of)
    finally:
        gc.freeze()
        gc.enable()


def folders_in_force(flags: Sequence[str]) -> list[Path]:
    """Return the folders that are asked for, each of them there; none for the shipped pack."""
    return [folder_of_rules(name) for name in _named(flags)]


def _named(flags: Sequence[str]) -> Sequence[str]:
    """Return the folders as they were written; where nobody names one, none."""
    if flags:
        return flags
    named = [name for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    return named or _in_settings(Path(SETTINGS))


def folder_of_rules(name: str) -> Path:
    """Return a folder that is there."""
    folder = Path(name)
    try:
        there = folder.is_dir()
    except (OSError, ValueError):
        there = False
    if not there:
        msg = f"no folder '{harmless(name)}' to take rules from"
        raise UsageError(msg)
    return folder


def _in_settings(path: Path) -> Sequence[str]:
    """Return the folders that the settings of the working folder name, relative to it."""
    if not path.exists():
        return ()
    if not path.is_file():
        _refuse("it is not a plain file")
    with path.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        _refuse(f"it is larger than {_LARGEST // 1000} kB")
    document = parse_document(SETTINGS, data)
    if isinstance(document, Diagnostic):
        raise DiagnosticsError([document])
    # What could be read of a broken file is not what it asks for.
    if document.problems:
        raise DiagnosticsError(document.problems)
    return _read_settings(document)


def _read_settings(document: Document) -> Sequence[str]:
    """Read `rules = [...]`; anything else in the file is a mistake."""
    findings = DocumentFindings(document)
    top = PackTable(document.content, (), f"'{SETTINGS}'", findings)
    top.only(_KEYS)
    folders = top.texts("rules")
    if findings.diagnostics:
        raise DiagnosticsError(findings.diagnostics)
    return folders


def _refuse(why: str) -> NoReturn:
    """Say why the settings are not read."""
    raise DiagnosticsError([say.unreadable_file(why).at(SourceText(SETTINGS, ""))])
