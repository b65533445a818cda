"""A small pack and a small patient on which each habit of the engine is tried on its own."""

import json
from datetime import date, datetime
from pathlib import Path

from backrec_cli.assessment.model import Assessment, Finding, StepResult
from backrec_cli.engine import assess
from backrec_cli.profile import Profile, read_profile
from backrec_cli.rulepack import load_pack
from backrec_cli.rulepack.model import RulePack

PACK = """
[pack]
id = "bench"
version = "1.0.0"
title = "Bench"
population = "adults"
intended_use = "tests"
limits = "tests only"
scope = "patient.age >= 18"
review_valid_for = "90 d"
[levels.elective]
absolute = "absolute"
absolute_elective = "absolute"
relative = "relative"
relative_elective = "relative"
caution = "caution"
information = "information"
[levels.time_sensitive]
absolute = "absolute"
absolute_elective = "relative"
relative = "relative"
relative_elective = "caution"
caution = "caution"
information = "information"
[levels.urgent]
absolute = "absolute"
absolute_elective = "caution"
relative = "caution"
relative_elective = "caution"
caution = "caution"
information = "information"
[levels.emergency]
absolute = "absolute"
absolute_elective = "caution"
relative = "caution"
relative_elective = "caution"
caution = "caution"
information = "information"
[[topic]]
id = "clinic"
title = "Clinic"
kind = "clinical"
[[topic]]
id = "paper"
title = "Paper"
kind = "process"
[contacts]
surgeon = "ext. 1"
"""

FACTS = """
[patient.age]
type = "integer"
label = "Age"
[patient.id]
type = "text"
label = "Identifier"
[patient.name]
type = "text"
label = "Name"
[patient.birth_date]
type = "date"
label = "Born"
[patient.sex_at_birth]
type = "choice"
label = "Sex"
choices = ["female", "male"]
[procedure.date]
type = "date"
label = "Date of surgery"
[procedure.urgency]
type = "choice"
label = "Urgency"
choices = ["elective", "time_sensitive", "urgent", "emergency"]
[procedure.technique]
type = "choices"
label = "Technique"
choices = ["spinal_fusion"]
[procedure.level]
type = "choice"
label = "Level"
choices = ["lumbar"]
[procedure.operation]
type = "text"
label = "Operation"
[procedure.side]
type = "text"
label = "Side"
[procedure.site]
type = "text"
label = "Site"
[allergies.status]
type = "choice"
label = "Allergies"
choices = ["known", "none_known", "not_recorded", "unavailable"]
[conditions.infection]
type = "boolean"
label = "Infection"
[conditions.plan]
type = "boolean"
label = "Plan"
protective = true
[labs.marker]
type = "quantity"
label = "Marker"
unit = "mg/L"
plausible = [0, 700]
valid_for = "30 d"
[labs.spot]
type = "quantity"
label = "Spot glucose"
unit = "mmol/L"
plausible = [1, 60]
valid_for = "0 d"
[medications.thinner]
type = "medication"
label = "Thinner"
[consent.signed]
type = "event"
label = "Consent signed"
protective = true
[theatre.eyes_free]
type = "boolean"
label = "Eyes free"
protective = true
day_of = true
"""

COMMON = """
topic = "clinic"
role = ["surgeon"]
mark = "LP"
action = "Treat first."
action_urgent = "Go on, and treat."
"""


def pack_of(folder: Path, rules: str) -> RulePack:
    """Write a pack with these rules (COMMON is inserted for `#common`) and load it."""
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    (folder / "parameters.toml").write_text("", encoding="utf-8")
    (folder / "sources.toml").write_text("", encoding="utf-8")
    (folder / "rules.toml").write_text(rules.replace("#common", COMMON), encoding="utf-8")
    return load_pack(folder)


class Bench:
    """A loaded pack and the patients written for it."""

    def __init__(self, folder: Path, rules: str) -> None:
        """Write and load a pack with these rules."""
        self.pack = pack_of(folder, rules)

    def assess(self, day: str = "2026-03-16", **sections: object) -> Assessment:
        """Assess an adult for elective surgery on 2026-03-16, with these sections laid over.

        `day` may carry a time of day.
        """
        as_of = datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
        return assess(self.patient(**sections), self.pack, as_of)

    def patient(self, **sections: object) -> Profile:
        """Return the patient; a section that is a mapping is merged into the default one."""
        document: dict[str, object] = {
            "patient": {"id": "p1", "age": 40},
            "procedure": {"date": "2026-03-16", "urgency": "elective"},
        }
        for section, content in sections.items():
            known = document.get(section)
            merge = isinstance(known, dict) and isinstance(content, dict)
            document[section] = {**known, **content} if merge else content  # type: ignore[dict-item]
        text = json.dumps(document)
        return read_profile(text.encode(), "patient.json", self.pack.dictionary)


def finding(result: Assessment, rule: str) -> Finding:
    """Return the finding of one rule."""
    return next(f for f in result.findings if f.rule == rule)


def step(result: Assessment, name: str) -> StepResult:
    """Return the result of one step."""
    return next(s for s in result.steps if s.step == name)
