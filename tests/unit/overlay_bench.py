"""A small overlay on the small pack: written, opened, and broken at a marked place."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.model import RulePack
from tests.unit.pack_files import MARK, write_pack

TODAY = date(2026, 3, 16)
APPROVED = 'reason = "r"\napproved_by = "a"\nexpires = "2027-03-31"\n'
HEAD = '[overlay]\nid = "north"\nversion = "1"\ntitle = "Northern hospital"\nbase = "small"\n'


def write_overlay(folder: Path, files: Mapping[str, str]) -> Path:
    """Write an overlay; `overlay.toml` has the ordinary head in front unless it brings its own."""
    folder.mkdir()
    for name, text in files.items():
        own = name != "overlay.toml" or "[overlay]" in text
        (folder / name).write_text(text if own else HEAD + text, encoding="utf-8")
    return folder


def opened(folder: Path, *overlays: Mapping[str, str] | str, today: date = TODAY) -> RulePack:
    """Open overlays on the small pack; a text is an overlay.toml."""
    base = folder / "base"
    if not base.exists():
        base.mkdir()
        write_pack(base)
    folders = [base]
    for number, files in enumerate(overlays):
        table = {"overlay.toml": files} if isinstance(files, str) else files
        folders.append(write_overlay(folder / f"overlay{number}", table))
    return open_pack(folders, today)


def refused(
    folder: Path, *overlays: Mapping[str, str] | str, today: date = TODAY
) -> list[Diagnostic]:
    """Open overlays that have errors and return what is said of them."""
    with pytest.raises(DiagnosticsError) as raised:
        opened(folder, *overlays, today=today)
    return list(raised.value.diagnostics)


def marked(text: str, head: str = HEAD) -> tuple[str, str]:
    """Return an overlay.toml without its mark, and `line:column` of the mark."""
    before, _, after = (head + text).partition(MARK)
    line = before.count("\n") + 1
    return before + after, f"{line}:{len(before) - before.rfind(chr(10))}"
