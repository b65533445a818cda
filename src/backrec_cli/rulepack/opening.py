"""Folders named as rules -> the pack in force: the shipped one or another, overlays on top."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from backrec_cli.errors import DiagnosticsError
from backrec_cli.errors import overlay as say
from backrec_cli.rulepack.files import OVERLAY, PACK
from backrec_cli.rulepack.loader import build_pack, load_pack, read_pack
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.shipped import shipped_pack_folder


def open_pack(folders: Sequence[Path], as_of: date | datetime) -> RulePack:
    """Return the pack in force on a day.

    A folder with `pack.toml` takes the place of the shipped pack and comes first; folders with
    `overlay.toml` lie on top, the last one uppermost. Raises DiagnosticsError with everything that
    is wrong, an approval that has expired by `as_of` included.
    """
    if not folders:
        return load_pack(shipped_pack_folder())
    base, overlays = base_and_overlays(folders)
    documents, problems = read_pack(base)
    if problems or not overlays:
        return build_pack(documents, problems)
    # Nobody pays for overlays who has none.
    from backrec_cli.rulepack.overlay.loading import put_on  # noqa: PLC0415

    today = as_of.date() if isinstance(as_of, datetime) else as_of
    return put_on(documents, overlays, today)


def base_and_overlays(folders: Sequence[Path]) -> tuple[Path, list[Path]]:
    """Tell the pack from its overlays; without a pack among them, it is the shipped one."""
    base: Path | None = None
    overlays: list[Path] = []
    for folder in folders:
        if (folder / OVERLAY).exists() or (folder / OVERLAY).is_symlink():
            overlays.append(folder)
        elif not (folder / PACK).exists():
            raise DiagnosticsError([say.neither_pack_nor_overlay(folder.as_posix())])
        elif base is not None or overlays:
            raise DiagnosticsError([say.pack_not_first(folder.as_posix())])
        else:
            base = folder
    return base or shipped_pack_folder(), overlays
