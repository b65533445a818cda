"""What a sheet says to whom: each row once, flags first, and nothing that a reader must not see."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from backrec_cli.assessment.model import Assessment, StepResult, StepStatus
from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from backrec_cli.render.checklist.compose import Audience, compose_sheet
from backrec_cli.render.checklist.model import Row, Sheet
from backrec_cli.render.checklist.text import render_text
from backrec_cli.rulepack.model import Phase, Role, Step
from tests.shipped import Example, examples, pack

SURGERY = date(2026, 3, 16)
EARLY, LATE = 60, -2
SCOPED = tuple(e for e in examples() if e.overlay is None and e.name != "out-of-scope-child")
WAITING = tuple(e for e in SCOPED if e.name != "emergency-cauda-equina")
THEATRE = tuple(Phase)[tuple(Phase).index(Phase.BEFORE_INDUCTION) :]


@cache
def assessed(document: str, day: date) -> Assessment:
    """Assess a document, written as JSON, on a day."""
    profile = read_profile(document.encode(), "patient.json", pack().dictionary)
    return assess(profile, pack(), day)


def on(example: Example, day: date) -> Assessment:
    """Assess an example on another day than its own."""
    return assessed(json.dumps(example.document), day)


def example(name: str) -> Example:
    """Return the example of a name."""
    return next(each for each in examples() if each.name == name)


def sheet(assessment: Assessment, reader: Role | None = None, *phases: Phase) -> Sheet:
    """Compose the sheet for a reader, of some parts or of all."""
    return compose_sheet(assessment, pack(), Audience(reader, phases or tuple(Phase)))


def rows(of: Sheet) -> tuple[Row, ...]:
    """Return every row of a sheet in order."""
    return tuple(row for group in of.groups for row in group.rows)


def row(of: Sheet, step: str) -> Row:
    """Return the one row of a step."""
    (found,) = (each for each in rows(of) if each.step == step)
    return found


def applying(assessment: Assessment) -> list[StepResult]:
    """Return the steps that apply, or may."""
    return [s for s in assessment.steps if s.status is not StepStatus.NOT_APPLICABLE]


def folded(of: Sheet) -> list[str]:
    """Return the titles of the rows that stand in a short list."""
    return [text.split(": ")[0] for text in (*of.perhaps, *of.finished)]


def medicated(**medications: object) -> str:
    """Return the healthy patient, on some medicines, as JSON."""
    document = json.loads(json.dumps(example("clean-elective").document))
    document["medications"] = medications
    return json.dumps(document)


@pytest.mark.parametrize("days", [EARLY, 14, 1, 0, LATE])
@pytest.mark.parametrize("each", WAITING, ids=lambda e: e.name)
def test_every_step_that_applies_stands_on_the_sheet_exactly_once(each: Example, days: int) -> None:
    """No row is lost and none is printed twice: in a group, or in a short list."""
    found = on(each, SURGERY - timedelta(days=days))
    printed = sheet(found)
    wanted = applying(found)
    titles = {s.step: s.title for s in wanted}
    by_row = Counter(titles[r.step].split(": ")[0] for r in rows(printed))
    assert by_row + Counter(folded(printed)) == Counter(s.title.split(": ")[0] for s in wanted)


@pytest.mark.parametrize("days", [28, 6, 0])
def test_each_part_of_the_time_line_makes_up_the_whole(days: int) -> None:
    """The rows of all parts, printed one by one, are the rows of the whole sheet."""
    found = on(example("half-filled"), SURGERY - timedelta(days=days))
    parts = Counter(r.step for phase in Phase for r in rows(sheet(found, None, phase)))
    assert parts == Counter(r.step for r in rows(sheet(found)))


def test_an_emergency_prints_the_rows_of_the_day_and_open_gates_alone() -> None:
    """Nothing of the weeks before stands on the sheet of a patient who cannot wait."""
    each = example("emergency-cauda-equina")
    found = on(each, SURGERY)
    steps = {s.step: s for s in found.steps}
    printed = rows(sheet(found))
    earlier = (Phase.WEEKS_BEFORE, Phase.DAYS_14_TO_7, Phase.DAYS_7_TO_1, Phase.EVENING_BEFORE)
    assert printed
    assert not [r for r in printed if steps[r.step].phase in earlier and not r.gate]
    dropped = [s for s in applying(found) if s.phase in earlier and s.gate is None]
    assert dropped


@pytest.mark.parametrize("role", [Role.NURSE, Role.SURGEON, Role.ANAESTHETIST])
def test_a_reader_gets_the_rows_of_the_role_and_no_others(role: Role) -> None:
    """The roles of a step decide whose sheet it is on, in the order of the team's sheet."""
    found = on(example("complex-three-weeks-ahead"), date(2026, 3, 24))
    everybody = [r.step for r in rows(sheet(found)) if role.value in r.roles]
    assert [r.step for r in rows(sheet(found, role))] == everybody


@pytest.mark.parametrize("days", [6, 0])
@pytest.mark.parametrize("each", SCOPED, ids=lambda e: e.name)
def test_rows_of_the_day_never_say_what_is_recorded(each: Example, days: int) -> None:
    """What is ticked on the day is ticked from nothing, whatever the profile says."""
    found = on(each, SURGERY - timedelta(days=days))
    steps = {s.step: s for s in found.steps}
    for printed in rows(sheet(found)):
        step = steps[printed.step]
        if step.phase in THEATRE or step.opens == SURGERY:
            assert printed.recorded == "", printed.step


def test_what_is_recorded_stands_beside_the_row_with_its_day() -> None:
    """An old result that is not good enough is shown beside the empty box."""
    found = on(example("complex-three-weeks-ahead"), date(2026, 3, 10))
    assert row(sheet(found), "dm-optimise").recorded == "recorded 02-Mar-2026"


def test_a_consent_talk_of_last_week_is_folded_with_what_is_done() -> None:
    """A row that may be done long before the day is not printed empty again on the day."""
    found = on(example("clean-elective"), date(2026, 3, 12))
    printed = sheet(found)
    (title,) = (s.title for s in found.steps if s.step == "con-complications")
    assert [text for text in printed.finished if text.startswith(f"{title}: recorded")]
    assert "con-complications" not in {r.step for r in rows(printed)}


def test_an_overdue_gate_blocks_and_is_due_now() -> None:
    """A missed gate stands at the top and keeps its box; a missed reminder is folded."""
    document = json.loads(json.dumps(example("clean-elective").document))
    document["consent"]["signed"] = False
    found = assessed(json.dumps(document), SURGERY)
    printed = sheet(found)
    assert "con-signed" in {flag.rule for flag in printed.blocks}
    assert row(printed, "con-signed").due == "overdue since 15-Mar-2026"
    assert printed.groups[0].phase is None
    late = [s for s in applying(found) if s.status is StepStatus.OVERDUE and s.gate is None]
    before = [s for s in late if s.opens is not None and s.opens < SURGERY]
    assert all(
        any(t.startswith(f"{s.title}: time is past") for t in printed.finished) for s in before
    )


def test_a_drug_held_back_names_who_decides_and_why_and_no_day() -> None:
    """The words are those of the rules, never their ids, and no date tempts to stop."""
    document = json.loads(medicated(clopidogrel=True))
    document["conditions"] = {"pci": {"on": "2026-02-01"}, "pci_type": "des", "pci_reason": "acs"}
    found = assessed(json.dumps(document), date(2026, 2, 20))
    (held,) = (s for s in found.steps if s.step == "hold-clopidogrel")
    assert held.held_by
    note = row(sheet(found), "hold-clopidogrel").note
    titles = [pack().entries[rule].title for rule in held.held_by]
    assert note == (
        f"Do not stop Clopidogrel until the anaesthetist decides in writing: {'; '.join(titles)}"
    )


@pytest.mark.parametrize(("clearance", "day"), [(90, "13-Mar-2026"), (29, "11-Mar-2026")])
def test_a_drug_that_is_to_stop_prints_the_day_of_its_last_dose(clearance: int, day: str) -> None:
    """Apixaban before a spinal operation: the calendar day of this kidney, not a number of days."""
    document = json.loads(medicated(apixaban=True))
    crcl = {"value": clearance, "unit": "mL/min", "measured_on": "2026-03-01"}
    document["labs"]["crcl"] = crcl
    found = assessed(json.dumps(document), date(2026, 3, 2))
    assert row(sheet(found), "hold-xa").note == f"Last dose of Apixaban by {day}"


def test_the_day_of_a_plan_is_written_beside_the_latest_day_of_the_rules() -> None:
    """A recorded plan names no day, so there is a line for it.

    A drug held back has none, nor has one that stops without a plan.
    """
    blank = "Last dose in the written plan ______ (date)"
    printed = sheet(assessed(medicated(apixaban=True, herbal=True), date(2026, 2, 25)))
    assert blank in row(printed, "hold-xa").results
    assert row(printed, "hold-herbal").results == ()
    document = json.loads(medicated(clopidogrel=True))
    document["conditions"] = {"pci": {"on": "2026-02-01"}, "pci_type": "des", "pci_reason": "acs"}
    held = row(sheet(assessed(json.dumps(document), date(2026, 2, 20))), "hold-clopidogrel")
    assert (held.results, held.note[:11]) == ((), "Do not stop")


@pytest.mark.parametrize(
    ("medications", "told"),
    [
        ({"apixaban": True}, False),
        ({"apixaban": True, "apixaban_hold_plan": False}, False),
        ({"apixaban": True, "apixaban_hold_plan": True}, True),
        ({"apixaban": "unknown", "apixaban_hold_plan": True}, False),
        ({"apixaban": True, "rivaroxaban": True, "apixaban_hold_plan": True}, False),
        ({"empagliflozin": True}, False),
        ({"herbal": True}, False),
    ],
)
def test_the_patient_is_told_to_stop_only_what_someone_planned(
    medications: dict[str, object], *, told: bool
) -> None:
    """Without a recorded plan no hold stands on the patient's sheet, for whichever drug."""
    found = assessed(medicated(**medications), date(2026, 3, 2))
    holds = [s.step for s in applying(found) if s.last_dose_drugs]
    printed = {r.step for r in rows(sheet(found, Role.PATIENT))}
    assert holds
    assert printed.intersection(holds) == ({"hold-xa"} if told else set())


@pytest.mark.parametrize("each", examples(), ids=lambda e: e.name)
def test_the_patient_reads_no_answer_no_ids_and_no_words_of_the_ward(each: Example) -> None:
    """No verdict, no findings, no results to fill in; whom to call is said."""
    printed = sheet(on(each, date(2026, 3, 9)), Role.PATIENT)
    assert (printed.sign, printed.verdict, printed.qualifiers) == ("", "", "")
    assert [printed.blocks, printed.review, printed.obtain, printed.awaited] == [(), (), (), ()]
    assert [printed.banners, printed.risks, printed.warnings, printed.accepted] == [(), (), (), ()]
    assert printed.contacts == ("pre-assessment clinic",)
    assert all((r.who, r.results, r.recorded, r.gate) == ("", (), "", False) for r in rows(printed))


def test_a_patient_out_of_scope_gets_no_rows_and_the_reason() -> None:
    """The rules do not speak about a child: nothing to tick, and who must be told."""
    printed = sheet(on(example("out-of-scope-child"), date(2026, 3, 10)))
    assert (printed.verdict, printed.groups, printed.finished) == ("Out of scope", (), ())
    assert [flag.word for flag in printed.blocks] == ["BLOCKS"]
    assert [printed.review, printed.obtain, printed.awaited, printed.perhaps] == [(), (), (), ()]


def test_a_part_of_the_time_line_prints_its_rows_and_nothing_around_them() -> None:
    """The evening before: identity, allergies, the answer, what blocks, three rows."""
    whole = on(example("complex-three-weeks-ahead"), date(2026, 3, 24))
    part = sheet(whole, None, Phase.EVENING_BEFORE)
    assert {g.phase for g in part.groups} == {Phase.EVENING_BEFORE}
    assert (part.blocks, part.verdict) == (sheet(whole).blocks, sheet(whole).verdict)
    assert [part.review, part.obtain, part.awaited, part.risks, part.warnings] == [
        (),
        (),
        (),
        (),
        (),
    ]


def test_the_sheet_is_void_once_a_fact_goes_stale_or_the_operation_is_over() -> None:
    """The last day on which the sheet holds, the earlier of the two."""
    found = on(example("clean-elective"), date(2026, 3, 10))
    assert sheet(found).void == "VOID after 16-Mar-2026: reprint"


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ({"status": "none_known"}, "No known allergies"),
        ({"status": "known", "latex": True}, "Known allergies: Latex"),
        ({}, "Allergies not recorded"),
        ({"status": "unavailable"}, "Allergies unavailable"),
    ],
)
def test_missing_allergies_are_never_none(recorded: object, said: str) -> None:
    """One of four states, and none of them by default."""
    document = json.loads(json.dumps(example("clean-elective").document))
    document["allergies"] = recorded
    assert sheet(assessed(json.dumps(document), date(2026, 3, 10))).allergies == said


def test_every_row_of_the_patient_is_written_in_plain_words() -> None:
    """A step for the patient, or a drug that a plan may stop, says itself what the patient does."""
    steps = [entry for entry in pack().entries.values() if isinstance(entry, Step)]
    facts = pack().dictionary.definitions
    for step in steps:
        dose = step.last_dose
        planned = dose is not None and any(f"{drug}_hold_plan" in facts for drug in dose.drugs)
        if Role.PATIENT in step.roles or planned:
            assert step.patient_action, step.id


def test_a_patient_who_is_late_is_asked_to_call() -> None:
    """No word of the ward: what was due, and what to do about it."""
    document = json.loads(json.dumps(example("clean-elective").document))
    document["consent"]["signed"] = False
    printed = sheet(assessed(json.dumps(document), SURGERY), Role.PATIENT)
    assert row(printed, "con-signed").due == "was due by 15-Mar-2026: call if it is not done"


def test_the_patient_of_an_emergency_is_not_told_the_rules_of_a_planned_operation() -> None:
    """A full stomach is the team's business: no sheet says that a drink is still allowed."""
    found = on(example("emergency-cauda-equina"), date(2026, 3, 16))
    printed = {r.step for r in rows(sheet(found, Role.PATIENT))}
    assert printed.isdisjoint({"prep-fast-clear", "prep-fast-solids", "con-signed"})


def test_what_prevents_a_complication_is_named_and_not_numbered() -> None:
    """The panel on paper has titles that a nurse finds again among the rows."""
    printed = sheet(on(example("complex-three-weeks-ahead"), date(2026, 3, 24)))
    titles = {
        step.title for step in on(example("complex-three-weeks-ahead"), date(2026, 3, 24)).steps
    }
    named = [title for risk in printed.risks for title in risk.prevent.split("; ") if title]
    assert named
    assert set(named) <= titles


@pytest.mark.parametrize("days", [28, 6, 0])
@pytest.mark.parametrize("each", examples(), ids=lambda e: e.name)
def test_no_rule_is_named_by_its_id_on_paper(each: Example, days: int) -> None:
    """A ward nurse reads titles; ids are for programs, and stand in the JSON."""
    printed = render_text(sheet(on(each, SURGERY - timedelta(days=days))))
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", printed))
    assert words.intersection(pack().entries) == set()


def test_what_to_obtain_says_why_how_much_hangs_on_it_and_what_it_settles() -> None:
    """The titles of the first two rules, the number of the others, and all ids for a program."""
    printed = sheet(on(example("half-filled"), date(2026, 3, 2)))
    (pci,) = (each for each in printed.obtain if each.text.startswith("Coronary intervention"))
    assert pci.could_stop
    assert pci.text == (
        "Coronary intervention (PCI): not recorded, could add a stop. Settles: "
        "Drug-eluting stent for an acute syndrome, under a year; "
        "Drug-eluting stent for chronic disease, under 6 months; and 3 more"
    )
    assert pci.settles[:2] == ("cpr-des-acs", "cpr-des-chronic")
    assert len(pci.settles) == 5
    (latex,) = (each for each in printed.obtain if each.text.startswith("Latex allergy"))
    assert (latex.could_stop, latex.settles) == (False, ("all-latex",))
    assert latex.text.endswith(": not recorded. Settles: Latex allergy, or spina bifida")


def test_an_override_without_effect_is_noted_under_the_title_of_its_rule() -> None:
    """The note has the words of the sheet."""
    printed = sheet(on(example("complex-three-weeks-ahead"), date(2026, 3, 10)))
    note = "override of 'Obesity class 3': undecided rules cannot be overridden"
    assert printed.warnings == (note,)
