"""The shipped pack and the shipped examples, loaded once for all tests."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from backrec_cli.profile import Readings, read_profile, settle
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


def by_section(facts: Mapping[str, object]) -> dict[str, object]:
    """Return facts written by path as a profile holds them; a key without a dot stays as it is."""
    document: dict[str, object] = {}
    for path, value in facts.items():
        section, dot, name = path.partition(".")
        if not dot:
            document[path] = value
            continue
        content = document.setdefault(section, {})
        assert isinstance(content, dict)
        content[name] = value
    return document


def settled_facts(facts: Mapping[str, object], day: date) -> Readings:
    """Settle facts of the shipped dictionary, written by path, for the day of surgery."""
    data = json.dumps(by_section(facts)).encode()
    profile = read_profile(data, "facts.json", pack().dictionary)
    return settle(profile, pack().knowledge, day, review_days=pack().review_days)


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
