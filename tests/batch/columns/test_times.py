"""Whose times of day can change an answer, in small packs in which one thing reads a date."""

from pathlib import Path

import pytest

from backrec_cli.batch.columns.reading.moments import Times
from backrec_cli.batch.columns.times import timeless_facts, times_of
from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.model import RulePack
from tests.batch.columns.small_pack import DAY
from tests.shipped import pack
from tests.unit.engine_bench import PACK

FACTS = """
[patient.birth_date]
type = "date"
label = "Born"
[patient.age]
type = "integer"
label = "Age"
plausible = [0, 120]
[procedure.date]
type = "date"
label = "Date of surgery"
[procedure.urgency]
type = "choice"
label = "Urgency"
choices = ["elective", "time_sensitive", "urgent", "emergency"]
[labs.glucose]
type = "decimal"
label = "Glucose"
valid_for = "4 h"
[labs.wbc]
type = "decimal"
label = "White cells"
[labs.share]
type = "decimal"
label = "Share"
[labs.ratio]
type = "decimal"
label = "Ratio"
derive = "labs.glucose / labs.wbc"
[conditions.mi]
type = "event"
label = "Heart attack"
[conditions.clot]
type = "event"
label = "Clot"
[plan.until]
type = "date"
label = "Treated until"
[medications.heparin]
type = "medication"
label = "Heparin"
"""
RULE = """
[[rule]]
id = "{name}"
topic = "clinic"
title = "{name}"
role = ["surgeon"]
mark = "LP"
action = "Look."
level = "caution"
when = """
STEP = """
[[step]]
id = "s"
topic = "clinic"
title = "S"
role = ["nurse"]
mark = "LP"
action = "Do."
window = { from = "-7 d", to = "-1 d" }
"""
NEED = """
[[require]]
id = "n"
topic = "clinic"
title = "N"
role = ["nurse"]
mark = "LP"
action = "Ask."
level = "caution"
facts = ["labs.wbc"]
"""
EVERY = {
    *("patient.birth_date", "patient.age", "procedure.urgency", "labs.glucose", "labs.wbc"),
    *("labs.share", "labs.ratio", "conditions.mi", "conditions.clot", "plan.until"),
    "medications.heparin",
}
"""All but the date of surgery."""


def opened(folder: Path, when: str, *, facts: str = "", more: str = "") -> RulePack:
    """Write a pack with one rule, and open it."""
    rules = f'{rule("r")}"""{when}"""\n{more}'
    files = {"pack.toml": PACK, "facts.toml": FACTS + facts, "rules.toml": rules}
    for name, text in (files | {"sources.toml": "", "parameters.toml": ""}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return open_pack([folder], DAY)


def rule(name: str) -> str:
    """Return a rule up to its condition."""
    return RULE.format(name=name)


BY_DAY = (
    "conditions.mi",
    "difference in days between conditions.mi.on and procedure.date < 60",
    "difference in weeks between conditions.mi.on and conditions.clot.on < 60",
    "difference in months between plan.until and procedure.date < 2",
    "difference in years between patient.birth_date and Today() > 90",
    "plan.until same day or before procedure.date",
    "conditions.mi.on after day of @2026-03-01",
    "conditions.mi.on before day of Today()",
    """difference in days between
    (if conditions.clot then conditions.clot.on else plan.until) and procedure.date < 2""",
    "labs.glucose > 3 and labs.ratio > 3",
)
"""Conditions that use no more of a date than its day, as it is written."""


BY_DAY_IN_CHECKS = (
    "conditions.mi.on is null",
    "difference in days between Coalesce(conditions.mi.on, plan.until) and procedure.date < 2",
)
"""More of them, which no rule may have."""


@pytest.mark.parametrize("when", BY_DAY)
def test_what_is_used_by_its_day_is_timeless(when: str, tmp_path: Path) -> None:
    """Only the date of surgery keeps its time, whatever is valid for hours."""
    assert timeless_facts(opened(tmp_path, when)) == EVERY


@pytest.mark.parametrize("holds", BY_DAY_IN_CHECKS)
def test_what_checks_use_by_its_day_is_timeless(holds: str, tmp_path: Path) -> None:
    """Whether there is a date, and the first of two that there is."""
    check = f'[[check]]\nid = "c"\nfacts = ["plan.until"]\nmessage = "m"\nholds = "{holds}"\n'
    assert timeless_facts(opened(tmp_path, "conditions.mi", facts=check)) == EVERY


TIMED = (
    (
        "hours between medications.heparin.last_dose_on and procedure.date < 4",
        "medications.heparin",
    ),
    ("difference in minutes between conditions.mi.on and procedure.date < 4", "conditions.mi"),
    ("difference in hours between conditions.mi.on and procedure.date < 4", "conditions.mi"),
    ("days between conditions.mi.on and procedure.date < 60", "conditions.mi"),
    ("years between patient.birth_date and procedure.date > 90", "patient.birth_date"),
    ("conditions.mi.on < procedure.date", "conditions.mi"),
    ("procedure.date = conditions.mi.on", "conditions.mi"),
    ("plan.until before procedure.date", "plan.until"),
    ("plan.until in Interval[@2026-01-01, @2026-03-01]", "plan.until"),
    (
        "difference in days between conditions.mi.on + 12 'h' and procedure.date < 2",
        "conditions.mi",
    ),
    ("conditions.mi.on same day as conditions.clot.on", "conditions.mi conditions.clot"),
    (
        """difference in days between
        (if conditions.clot.on < Today() then plan.until else conditions.mi.on)
        and procedure.date < 2""",
        "conditions.clot",
    ),
    ("labs.ratio.measured_on < procedure.date", "labs.ratio labs.glucose labs.wbc"),
    ("labs.wbc.measured_on = conditions.mi.on", "labs.wbc conditions.mi"),
    ("labs.wbc.measured_on = labs.ratio.measured_on", "labs.ratio labs.wbc labs.glucose"),
)
"""Conditions that may turn on a time of day, and the facts whose."""


@pytest.mark.parametrize(("when", "facts"), TIMED)
def test_what_may_turn_on_a_time_of_day_is_not_timeless(
    when: str, facts: str, tmp_path: Path
) -> None:
    """Hours, whole periods, and comparisons that go as far as both sides do."""
    assert times_of(opened(tmp_path, when)) == Times(frozenset(EVERY - {*facts.split()}))


LATE = "'conditions.clot.on < procedure.date'"
OVER = "'plan.until < procedure.date'"
ENTRIES = {
    "a rule's scope": f"{rule('q')}'conditions.mi'\napplies = {LATE}",
    "a grade": f"{rule('q')}{LATE}",
    "a requirement's scope": f"{NEED}\napplies = {LATE}",
    "a step's scope": f"{STEP}\ndone = 'conditions.mi'\napplies = {LATE}",
    "a step's end": f"{STEP}\ndone = {LATE}",
    "a definition": f"[[define]]\nname = 'late'\nvalue = {LATE}\n{rule('q')}'late'",
    "a hold": f"""{STEP}
done = "conditions.mi"
[step.last_dose]
drugs = ["medications.heparin"]
days = "if conditions.clot.on < procedure.date then 3 else 2"
""",
}
FACTS_OVER = {
    "a derived fact": f"[labs.late]\ntype = 'boolean'\nlabel = 'Late'\nderive = {OVER}",
    "an item of a score": f"""
[labs.score]
type = "integer"
label = "Score"
plausible = [0, 1]
[[labs.score.item]]
title = "Late"
points = 1
when = {OVER}
""",
    "points of a score": f"""
[labs.score]
type = "integer"
label = "Score"
plausible = [0, 2]
[[labs.score.item]]
title = "Late"
points = {OVER[:-1].replace("'", "'if ")} then 2 else 0'
""",
    "a check": f"""
[[check]]
id = "c"
facts = ["plan.until"]
message = "late"
holds = {OVER}
""",
    "the condition of a validity": f"""
[labs.crp]
type = "decimal"
label = "CRP"
valid_for = [{{ when = {OVER}, valid_for = "3 d" }}, {{ valid_for = "9 d" }}]
""",
}


@pytest.mark.parametrize("place", ENTRIES)
def test_every_expression_of_an_entry_is_looked_at(place: str, tmp_path: Path) -> None:
    """Wherever a date is compared with its time, its fact is not timeless."""
    found = timeless_facts(opened(tmp_path, "conditions.mi", more=ENTRIES[place]))
    assert EVERY - found == {"conditions.clot"}


@pytest.mark.parametrize("place", FACTS_OVER)
def test_every_expression_of_a_fact_is_looked_at(place: str, tmp_path: Path) -> None:
    """The dictionary compares dates, too."""
    found = timeless_facts(opened(tmp_path, "conditions.mi", facts=FACTS_OVER[place]))
    assert EVERY - found == {"plan.until"}


def test_expression_of_the_scope_is_looked_at(tmp_path: Path) -> None:
    """Who is out of scope may turn on a time as well."""
    opened(tmp_path, "conditions.mi")
    scope = "patient.age >= 18"
    assert scope in PACK
    text = PACK.replace(scope, f"{scope} and conditions.clot.on < procedure.date")
    (tmp_path / "pack.toml").write_text(text, encoding="utf-8")
    assert EVERY - timeless_facts(open_pack([tmp_path], DAY)) == {"conditions.clot"}


def test_two_results_may_be_compared_by_their_dates(tmp_path: Path) -> None:
    """Their times count only where they are not the same; another use of one is as ever."""
    same = "labs.wbc.measured_on = labs.share.measured_on"
    pair = ("labs.share", "labs.wbc")
    found = times_of(opened(tmp_path, same))
    assert found == Times(frozenset(EVERY - {*pair}), frozenset({pair}))
    both = f"{same} and labs.wbc.measured_on < procedure.date"
    assert times_of(opened(tmp_path, both)) == Times(frozenset(EVERY - {*pair}))


def test_most_of_the_shipped_facts_are_timeless() -> None:
    """What is read to the hour are some last doses, the order of consent, and the theatre."""
    found = times_of(pack())
    assert found.compared == {("labs.neutrophils", "labs.wbc")}
    timed = pack().dictionary.definitions.keys() - found.timeless
    assert {"labs.glucose", "labs.inr", "conditions.mi", "medications.warfarin"} < found.timeless
    assert {path.partition(".")[0] for path in timed} == {
        *("patient", "procedure", "labs", "habits", "consent", "medications", "prep")
    }
    assert len(timed) < len(found.timeless) / 15
