"""`codes.csv` of a pack -> the terminology codes of each fact; read only by what needs codes.

The codes stand beside the dictionary, not in it: there are hundreds, and `check` uses none.
Columns:
fact, system, code, display, status (how the code was checked), and meaning (what the code adds to
the fact: a choice, a unit, "severity unknown").
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from backrec_cli.facts.definition import Code

CODES_FILE = "codes.csv"
COLUMNS = ("fact", "system", "code", "display", "status", "meaning")


def read_codes(folder: Path) -> Mapping[str, tuple[Code, ...]]:
    """Return the codes of every fact that has any; an overlay without the file has none."""
    file = folder / CODES_FILE
    if not file.is_file():
        return {}
    found: dict[str, list[Code]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code = Code(
                system=row["system"],
                code=row["code"],
                display=row["display"],
                status=row["status"],
                meaning=row["meaning"] or None,
            )
            found.setdefault(row["fact"], []).append(code)
    return {path: tuple(codes) for path, codes in found.items()}
