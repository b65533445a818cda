"""The yardstick's 80 facts and rules -> a pack of ours, to measure `backrec batch` with.

    python benchmarks/batch/yardstick_pack.py OUT_DIR --yardstick FOLDER [--rules 20|80|320]

`backrec rules validate OUT_DIR` loads the result without an error.
"""

import argparse
import json
from pathlib import Path
from types import ModuleType

from yardstick import Entry, as_expression, load_specification, read_entries

URGENCIES = ("elective", "time_sensitive", "urgent", "emergency")
LEVELS = (
    "absolute",
    "absolute_elective",
    "relative",
    "relative_elective",
    "caution",
    "information",
)
TYPES = {
    "bool": "boolean",
    "dec": "decimal",
    "int": "integer",
    "choice": "choice",
    "date": "date",
}
SHIFTED = 2
"""A limit may be shifted past the range of its fact: the ranges reach this many times as far."""

HEAD = """\
[pack]
id = "yardstick"
version = "1"
title = "The yardstick's rules"
population = "Made-up patients."
intended_use = "Measurement; not for patients."
limits = "The limits are made up."
scope = "procedure.urgency in {{ {urgencies} }}"
review_valid_for = "90 d"
"""

TOPIC = """\
[[topic]]
id = "all"
title = "All"
kind = "clinical"

[contacts]
surgeon = "nobody"
"""

CASE = """\
[patient.id]
type = "text"
label = "Identifier"

[procedure.date]
type = "date"
label = "Date of surgery"

[procedure.urgency]
type = "choice"
label = "Urgency"
choices = {urgencies}
"""

SOURCES = """\
[yardstick]
citation = "The yardstick's specification, 2026"
year = 2026
mark = "LP"
note = "Made up for measurement."
"""


def main() -> None:
    """Write the pack."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--yardstick", type=Path, required=True)
    parser.add_argument("--rules", type=int, default=80)
    options = parser.parse_args()
    write_pack(options.folder, load_specification(options.yardstick), options.rules)
    print(f"{options.rules} entries in {options.folder}")


def write_pack(folder: Path, specification: ModuleType, count: int) -> None:
    """Write the files of a pack with so many of the yardstick's rules."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = read_entries(specification, count)
    files = {
        "pack.toml": _settings(),
        "facts.toml": _facts(specification),
        "sources.toml": SOURCES,
        "rules.toml": "\n".join(map(_entry, entries)),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _settings() -> str:
    """Return pack.toml: everyone is in scope, and every level counts as it is named."""
    same = "".join(f'{level} = "{level.removesuffix("_elective")}"\n' for level in LEVELS)
    rows = "\n".join(f"[levels.{urgency}]\n{same}" for urgency in URGENCIES)
    urgencies = ", ".join(f"'{urgency}'" for urgency in URGENCIES)
    return f"{HEAD.format(urgencies=urgencies)}\n{rows}\n{TOPIC}"


def _facts(specification: ModuleType) -> str:
    """Return facts.toml: what every profile states, and the yardstick's facts."""
    tables = [CASE.format(urgencies=json.dumps(URGENCIES))]
    for name, (kind, *details) in specification.FACTS.items():
        lines = [f"[{name}]", f'type = "{TYPES[kind]}"', f'label = "{name}"']
        if kind in {"dec", "int"}:
            lines.append(f"plausible = [0, {details[1] * SHIFTED}]")
        if kind == "choice":
            lines.append(f"choices = {json.dumps(list(dict.fromkeys(details[0])))}")
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def _entry(entry: Entry) -> str:
    """Return one rule or requirement."""
    condition = None if entry.when is None else as_expression(entry.when)
    lines = [
        "[[require]]" if entry.facts else "[[rule]]",
        f'id = "{entry.name}"',
        'topic = "all"',
        f'title = "{entry.name}"',
        f'level = "{entry.level}"',
        'role = ["surgeon"]',
        'sources = ["yardstick"]',
        'mark = "LP"',
    ]
    if not entry.facts:
        lines += ['action = "Look."', 'action_urgent = "Look now."']
    if condition is not None:
        lines.append(f'{"applies" if entry.facts else "when"} = "{condition}"')
    if entry.facts:
        lines.append(f"{'facts' if len(entry.facts) == 1 else 'any'} = {json.dumps(entry.facts)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
