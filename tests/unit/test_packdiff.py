"""Two packs compared: every change is found with its field, and none is made up."""

import json
from datetime import date
from pathlib import Path

import pytest

from backrec_cli.errors import DiagnosticsError
from backrec_cli.packdiff import Change, compare_packs, compare_patient, read_for_both
from backrec_cli.profile import read_profile
from backrec_cli.rulepack import load_pack
from backrec_cli.rulepack.model import RulePack
from tests.unit.pack_files import FILES, write_pack

AS_OF = date(2026, 3, 16)
PATIENT = {
    "patient": {"age": 50},
    "procedure": {"date": "2026-03-16", "urgency": "elective"},
    "conditions": {"diabetes": True},
    "medications": {"insulin": False},
    "labs": {"hba1c": {"value": 66, "unit": "mmol/mol", "measured_on": "2026-03-01"}},
}
# The small pack counts freshness to the day of surgery like every pack.
_DATE = '\n[procedure.date]\ntype = "date"\nlabel = "date of surgery"\n'
_DRUG = '\n[medications.warfarin]\ntype = "medication"\nlabel = "warfarin"\n'
_URGENCY = (
    '\n[procedure.urgency]\ntype = "choice"\nlabel = "urgency"\n'
    'choices = ["elective", "time_sensitive", "urgent", "emergency"]\n'
)
LAST_DOSE = 'last_dose = { drugs = ["medications.warfarin"], days = "older_age" }\n'
FACTS = FILES["facts.toml"] + _DATE + _URGENCY + _DRUG
GLUCOSE = (
    FILES["glucose.toml"]
    + """
[[complication]]
id = "slow-healing"
title = "Slow healing"
prevent = ["dm-high"]
mark = "GK"
[[complication.driver]]
title = "Diabetes"
when = "conditions.diabetes"
"""
)


def small(folder: Path, **changed: tuple[str, str]) -> RulePack:
    """Write the small pack with one piece of some files replaced, and load it."""
    folder.mkdir()
    files = {**FILES, "facts.toml": FACTS, "glucose.toml": GLUCOSE}
    for name, (was, now) in changed.items():
        file = f"{name}.toml"
        assert files[file].count(was) == 1, was
        files[file] = files[file].replace(was, now)
    return load_pack(write_pack(folder, files))


def written(changes: tuple[Change, ...]) -> list[str]:
    """Write changes as lines that a table can hold."""
    lines = []
    for change in changes:
        head = f"{change.what} {change.part} {change.id}"
        fields = [f"{head}: {field.name}: {field.old} -> {field.new}" for field in change.fields]
        lines += fields if change.what == "changed" else [head]
    return lines


# file, what stood there, what stands there now, the changes that are told
ROWS = [
    (
        "glucose",
        'hold_if = ["dm-high"]\n',
        'hold_if = ["dm-high"]\n' + LAST_DOSE,
        ["changed entry dm-meter: last_dose:  -> medications.warfarin by older_age"],
    ),
    (
        "pack",
        "[contacts]",
        '[[topic]]\nid = "home"\ntitle = "Home"\nkind = "process"\n[contacts]',
        ["added topic home"],
    ),
    (
        "parameters",
        "value = 64",
        "value = 69",
        ["changed parameter hba1c_limit: value: 64 mmol/mol -> 69 mmol/mol"],
    ),
    (
        "glucose",
        'title = "HbA1c at or above the limit"\napplies = "conditions.diabetes"',
        'title = "HbA1c too high"',
        [
            "changed entry dm-high: title: HbA1c at or above the limit -> HbA1c too high",
            "changed entry dm-high: applies: conditions.diabetes -> ",
        ],
    ),
    (
        "glucose",
        "when = \"labs.hba1c >= 100 'mmol/mol'\"",
        "when = \"(labs.hba1c   >= 100 'mmol/mol')\"",
        [],
    ),
    (
        "glucose",
        "when = \"labs.hba1c >= 100 'mmol/mol'\"",
        "when = \"labs.hba1c > 100 'mmol/mol'\"",
        [
            (
                "changed entry dm-grades: grade 1 when: labs.hba1c >= 100 'mmol/mol'"
                " -> labs.hba1c > 100 'mmol/mol'"
            )
        ],
    ),
    (
        "glucose",
        'from = "-1 d", to = "-60 min"',
        'from = "-2 d", to = "-60 min"',
        ["changed entry dm-meter: window: -1 d to -60 min -> -2 d to -60 min"],
    ),
    (
        "glucose",
        'gate = "caution"\n',
        'gate = "caution"\nphase = "time_out"\n',
        ["changed entry dm-meter: phase: day_of_surgery -> time_out"],
    ),
    ("glucose", 'gate = "caution"\n', "", ["changed entry dm-meter: gate: caution -> "]),
    (
        "glucose",
        'value = "medications.insulin"',
        'value = "not medications.insulin"',
        [
            "changed definition treated: value: medications.insulin -> not medications.insulin",
        ],
    ),
    (
        "facts",
        'valid_for = "90 d"',
        'valid_for = "60 d"',
        ["changed fact labs.hba1c: valid_for: 90 d -> 60 d"],
    ),
    ("sources", 'mark = "V"', 'mark = "V2"', ["changed source ada: mark: V -> V2"]),
    (
        "pack",
        "consultant in charge",
        "ward 5",
        ["changed pack small: contact surgeon: consultant in charge -> ward 5"],
    ),
    (
        "glucose",
        'title = "Diabetes"\nwhen = "conditions.diabetes"',
        'title = "Insulin"\nwhen = "treated"',
        [
            "changed complication slow-healing: driver Insulin:  -> treated",
            "changed complication slow-healing: driver Diabetes: conditions.diabetes -> ",
        ],
    ),
    (
        "glucose",
        'prevent = ["dm-high"]',
        'prevent = ["dm-high", "dm-meter"]',
        ["changed complication slow-healing: prevent: dm-high -> dm-high, dm-meter"],
    ),
    ("glucose", 'id = "dm-missing"', 'id = "dm-lacking"', None),
]


@pytest.mark.parametrize(("file", "was", "now", "expected"), ROWS)
def test_change_is_told_by_part_and_field(
    tmp_path: Path, file: str, was: str, now: str, expected: list[str] | None
) -> None:
    """Each change of the table is told as written there; blanks and parentheses are none."""
    told = written(
        compare_packs(small(tmp_path / "a"), small(tmp_path / "b", **{file: (was, now)}))
    )
    assert told == (
        expected if expected is not None else ["added entry dm-lacking", "removed entry dm-missing"]
    )


def test_pack_does_not_differ_from_itself(tmp_path: Path) -> None:
    """Law: a pack compared with itself has no difference."""
    pack = small(tmp_path / "a")
    assert compare_packs(pack, pack) == ()


def test_patient_is_told_with_the_change_that_did_it(tmp_path: Path) -> None:
    """A limit raised over a patient's value: the verdict changes, and the limit is named."""
    packs = (
        small(tmp_path / "a"),
        small(tmp_path / "b", parameters=("value = 64", "value = 69")),
    )
    changes = compare_packs(*packs)
    data = json.dumps(PATIENT).encode()
    before, after = (read_profile(data, "p.json", pack.dictionary) for pack in packs)
    told = compare_patient("p.json", (before, after), packs, changes, AS_OF)
    assert (told.old.value, told.new.value, told.verdict_changes) == ("defer", "eligible", True)
    (finding,) = told.findings
    assert (finding.rule, finding.old, finding.new) == ("dm-high", "flagged, relative", "clear")
    assert finding.because == ("parameter hba1c_limit",)


def test_patient_with_a_fact_of_only_one_pack_is_compared(tmp_path: Path) -> None:
    """A new fact is left out of the old rules, which did not ask for it, and kept for the new."""
    new = '[labs.lactate]\ntype = "decimal"\nlabel = "Lactate"\nvalid_for = "1 d"\n[labs.hba1c]'
    packs = (
        small(tmp_path / "a"),
        small(tmp_path / "b", facts=("[labs.hba1c]", new)),
    )
    record = {**PATIENT, "labs": {"lactate": {"value": 2, "measured_on": "2026-03-01"}}}
    data = json.dumps(record).encode()
    before, after = read_for_both(data, "p.json", packs)
    assert set(after.recorded) - set(before.recorded) == {"labs.lactate"}
    back = read_for_both(data, "p.json", (packs[1], packs[0]))
    assert set(back[0].recorded) - set(back[1].recorded) == {"labs.lactate"}


def test_fact_that_neither_pack_knows_is_still_refused(tmp_path: Path) -> None:
    """A mistyped fact is no fact of the other pack."""
    packs = (small(tmp_path / "a"), small(tmp_path / "b"))
    data = json.dumps({**PATIENT, "labs": {"hba1": 5}}).encode()
    with pytest.raises(DiagnosticsError) as caught:
        read_for_both(data, "p.json", packs)
    assert [each.code for each in caught.value.diagnostics] == ["E421"]
