"""A small pack with tests beside it: written to a folder, read, and run."""

from collections.abc import Mapping
from pathlib import Path

from backrec_cli.packtest import SuiteRun, load_suite, run_suite
from backrec_cli.packtest.model import Suite
from backrec_cli.rulepack import load_pack
from backrec_cli.rulepack.document import read_documents
from backrec_cli.rulepack.model import RulePack
from tests.unit.pack_files import FILES, write_pack

FACTS = """
[patient.age]
type = "integer"
label = "age"

[procedure.date]
type = "date"
label = "date of surgery"

[procedure.urgency]
type = "choice"
label = "urgency"
choices = ["elective", "time_sensitive", "urgent", "emergency"]

[conditions.diabetes]
type = "boolean"
label = "diabetes"

[conditions.stroke]
type = "event"
label = "stroke"

[medications.insulin]
type = "boolean"
label = "insulin"

[labs.hba1c]
type = "quantity"
label = "HbA1c"
unit = "mmol/mol"
precision = 0
also = [{ unit = "%", scale = "10.93", offset = "-23.5", precision = 1 }]
plausible = [9, 195]
valid_for = "90 d"
"""

BASELINES = """
[baseline.adult]
title = "An adult with diabetes"
as_of = "T"
[baseline.adult.profile]
reviewed = ["conditions", "medications"]
patient = { age = 50 }
procedure = { date = "2026-03-16", urgency = "elective" }
conditions = { diabetes = true }
labs = { hba1c = { value = 40, unit = "mmol/mol", measured_on = "T-20" } }
"""

HEAD = 'baseline = "adult"\n\n[[test]]\nentry = "dm-high"\n'


def packed(folder: Path, rules: str | None = None) -> RulePack:
    """Write the small pack, with other rules where some are given, and load it."""
    folder.mkdir(exist_ok=True)
    files: dict[str, str | None] = {**FILES, "facts.toml": FACTS}
    if rules is not None:
        files["glucose.toml"] = rules
    return load_pack(write_pack(folder, files))


def write_tests(folder: Path, files: Mapping[str, str]) -> None:
    """Write files of tests beside the rules, the baselines among them."""
    tests = folder / "tests"
    tests.mkdir(exist_ok=True)
    for name, text in {"baselines.toml": BASELINES, **files}.items():
        (tests / name).write_text(text, encoding="utf-8")


def read_tests(folder: Path, files: Mapping[str, str], rules: str | None = None) -> Suite:
    """Write the pack and its tests, and read them."""
    pack = packed(folder, rules)
    write_tests(folder, files)
    return load_suite([folder], pack)


def run_one(folder: Path, text: str, rules: str | None = None) -> SuiteRun:
    """Run one file of tests over the small pack."""
    pack = packed(folder, rules)
    write_tests(folder, {"some.toml": text})
    suite = load_suite([folder], pack)
    return run_suite(suite, pack, read_documents(folder)[0], covering=True)


def cases(*rows: str) -> str:
    """Write a file of cases for the rule dm-high."""
    return HEAD + "cases = [\n" + "".join(f"  {row},\n" for row in rows) + "]\n"


def rule(when: str, *, applies: str = "", optional: str = "") -> str:
    """Write a pack of one rule, dm-high."""
    return (
        '[[rule]]\nid = "dm-high"\ntopic = "glucose"\ntitle = "HbA1c too high"\n'
        + (f'applies = """{applies}"""\n' if applies else "")
        + (f"optional = {optional}\n" if optional else "")
        + f'when = """{when}"""\nlevel = "caution"\naction = "Refer."\n'
        + 'role = ["surgeon"]\nmark = "LP"\n'
    )
