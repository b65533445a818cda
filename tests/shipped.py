"""The shipped pack and the shipped examples, loaded once for all tests."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from backrec_cli.rulepack import load_pack, shipped_pack_folder
from backrec_cli.rulepack.model import RulePack

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(p.parent.name for p in (ROOT / "examples").glob("*/patient.json"))
_COMMAND = re.compile(r"`backrec check (?P<path>\S+) --as-of (?P<as_of>\S+)`")


@dataclass(frozen=True)
class Example:
    """One folder under examples: its patient and the day its story is told."""

    name: str
    path: str
    as_of: date | datetime
    document: dict[str, object]

    @property
    def overlay(self) -> Path | None:
        """The folder itself, where the example is one of an overlay."""
        folder = Path(self.path).parent
        return folder if (folder / "overlay.toml").is_file() else None


@cache
def pack() -> RulePack:
    """Return the pack that ships with the program."""
    return load_pack(shipped_pack_folder())


@cache
def examples() -> tuple[Example, ...]:
    """Return every example, with the day named in its README."""
    return tuple(_example(ROOT / "examples" / name) for name in EXAMPLES)


def _example(folder: Path) -> Example:
    """Read one example folder."""
    command = _COMMAND.search((folder / "README.md").read_text(encoding="utf-8"))
    assert command is not None, f"{folder.name}/README.md has no `backrec check ...` line"
    day = command["as_of"]
    as_of = datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    document = json.loads((folder / "patient.json").read_text(encoding="utf-8"))
    return Example(folder.name, str(folder / "patient.json"), as_of, document)
