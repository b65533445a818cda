"""A small sound pack as a table of files, and a way to break it at a marked place."""

from collections.abc import Mapping
from pathlib import Path

MARK = "§"
"""Stands in a broken text where the error is expected."""

_ROW = (
    'absolute = "absolute"\n'
    'absolute_elective = "relative"\n'
    'relative = "relative"\n'
    'relative_elective = "caution"\n'
    'caution = "caution"\n'
    'information = "information"\n'
)

PACK = (
    "[pack]\n"
    'id = "small"\n'
    'version = "1.2.3"\n'
    'title = "A small pack"\n'
    'population = "Adults"\n'
    'intended_use = "Tests"\n'
    'limits = "Everything"\n'
    'scope = "patient.age >= 18"\n'
    'review_valid_for = "90 d"\n'
    f"[levels.elective]\n{_ROW}"
    f"[levels.time_sensitive]\n{_ROW}"
    f"[levels.urgent]\n{_ROW}"
    f"[levels.emergency]\n{_ROW}"
    "[[topic]]\n"
    'id = "glucose"\n'
    'title = "Glucose"\n'
    'kind = "clinical"\n'
    "[contacts]\n"
    'surgeon = "consultant in charge"\n'
)

FACTS = """
[patient.age]
type = "integer"
label = "age"

[conditions.diabetes]
type = "boolean"
label = "diabetes"

[medications.insulin]
type = "boolean"
label = "insulin"

[labs.hba1c]
type = "quantity"
label = "HbA1c"
unit = "mmol/mol"
valid_for = "90 d"
"""

PARAMETERS = """
[hba1c_limit]
title = "HbA1c limit"
value = 64
unit = "mmol/mol"
mark = "V"
sources = ["ada"]

[older_age]
title = "Older age"
value = 65
mark = "LP"
"""

SOURCES = """
[ada]
citation = "A guideline"
year = 2024
mark = "V"
note = "read"
"""

GLUCOSE = """
[[define]]
name = "treated"
value = "medications.insulin"

[[rule]]
id = "dm-high"
topic = "glucose"
title = "HbA1c at or above the limit"
applies = "conditions.diabetes"
when = "labs.hba1c >= hba1c_limit"
level = "relative"
action = "Refer."
action_urgent = "Measure glucose every hour."
role = ["surgeon", "patient"]
sources = ["ada"]
mark = "V"

[[rule]]
id = "dm-grades"
topic = "glucose"
title = "HbA1c"
optional = ["labs.hba1c"]
action = "Look."
role = ["surgeon"]
mark = "LP"
[[rule.grade]]
level = "relative"
when = "labs.hba1c >= 100 'mmol/mol'"
action_urgent = "Look now."
[[rule.grade]]
level = "caution"
when = "labs.hba1c >= 80 'mmol/mol' and treated"
title = "Raised"

[[require]]
id = "dm-missing"
topic = "glucose"
title = "HbA1c is known"
applies = "conditions.diabetes"
facts = ["labs.hba1c"]
from = "-90 d"
level = "relative"
mark = "LP"

[[step]]
id = "dm-meter"
topic = "glucose"
title = "Meter at hand"
done = "conditions.diabetes"
window = { from = "-1 d", to = "-60 min" }
gate = "caution"
role = ["nurse"]
mark = "GK"
hold_if = ["dm-high"]
"""

FILES: Mapping[str, str] = {
    "pack.toml": PACK,
    "facts.toml": FACTS,
    "parameters.toml": PARAMETERS,
    "sources.toml": SOURCES,
    "glucose.toml": GLUCOSE,
}


def write_pack(folder: Path, changed: Mapping[str, str | None] | None = None) -> Path:
    """Write the small pack with some files changed, added, or (None) left out."""
    for name, text in {**FILES, **(changed or {})}.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def broken(file: str, was: str, now: str) -> tuple[str, str]:
    """Replace a piece of one file; return the text, and `file:line:column` of the mark in it."""
    text = FILES[file]
    assert text.count(was) == 1, f"{was!r} must stand once in {file}"
    text = text.replace(was, now)
    before, mark, after = text.partition(MARK)
    assert mark, "the broken text has no mark"
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return before + after, f"{file}:{line}:{column}"
