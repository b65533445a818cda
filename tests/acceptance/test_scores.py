"""The counted scores of the shipped pack, item by item, against their published tables."""

import re
from datetime import date, timedelta

import pytest

from backrec_cli.facts.reading import FactReading
from backrec_cli.render.text import render_text
from tests.acceptance.baseline import outcome, reviewed_on, run
from tests.acceptance.program import CLEAN, DAY, Program
from tests.shipped import pack, settled_facts

SURGERY = date(2026, 3, 16)
Facts = dict[str, object]


def days_ago(days: int) -> str:
    """Return the date that many days before the surgery."""
    return (SURGERY - timedelta(days=days)).isoformat()


def amount(value: float, unit: str) -> dict[str, object]:
    """Return a quantity measured six days before the surgery."""
    return {"value": value, "unit": unit, "measured_on": days_ago(6)}


def score(name: str, facts: Facts) -> FactReading:
    """Count one score of a patient, operated on on the day."""
    return settled_facts({"procedure.date": SURGERY.isoformat(), **facts}, SURGERY).fact(
        f"scores.{name}"
    )


INDEPENDENT = {"value": "independent", "measured_on": days_ago(6)}
# Everything that each score asks, answered so that it counts nothing.
ZERO: dict[str, Facts] = {
    "rcri": {
        "procedure.cavity_opened": "none",
        "conditions.ihd": False,
        "conditions.mi": False,
        "conditions.pci": False,
        "conditions.angina": "none",
        "conditions.heart_failure": "none",
        "conditions.stroke_tia": False,
        "conditions.diabetes": "none",
        "labs.creatinine": amount(80, "umol/L"),
    },
    "ariscat": {
        "patient.age": 50,
        "vitals.spo2_room_air": amount(96, "%"),
        "conditions.resp_infection": False,
        "labs.haemoglobin": amount(101, "g/L"),
        "procedure.cavity_opened": "none",
        "procedure.expected_duration": {"value": 119, "unit": "min"},
        "procedure.urgency": "elective",
    },
    "stop_bang": {
        "conditions.snoring": False,
        "conditions.tired_daytime": False,
        "conditions.observed_apnoea": False,
        "conditions.hypertension": False,
        "vitals.bmi": amount(35.0, "kg/m2"),
        "patient.age": 50,
        "vitals.neck_circumference": amount(40.0, "cm"),
        "patient.sex_at_birth": "female",
    },
    "mfi5": {
        "conditions.hypertension": False,
        "conditions.diabetes": "none",
        "conditions.copd": False,
        "conditions.pneumonia": False,
        "conditions.heart_failure": "none",
        "patient.functional_dependence": INDEPENDENT,
    },
    "audit_c": {"habits.audit_q1": 1, "habits.audit_q2": 0, "habits.audit_q3": 0},
    "caprini_2005": {
        "patient.age": 40,
        "patient.sex_at_birth": "male",
        "procedure.expected_duration": {"value": 45, "unit": "min"},
        "conditions.major_surgery": False,
        "vitals.bmi": amount(25.0, "kg/m2"),
        "conditions.leg_swelling": False,
        "conditions.varicose_veins": False,
        "medications.oestrogen": False,
        "infection.sepsis": False,
        "conditions.sepsis_treated": False,
        "conditions.pneumonia": False,
        "conditions.copd": False,
        "conditions.mi": False,
        "conditions.heart_failure": "none",
        "conditions.inflammatory_bowel_disease": False,
        "conditions.bed_rest": "none",
        "conditions.cancer_active": False,
        "conditions.cancer_past": False,
        "conditions.leg_cast": False,
        "conditions.central_venous_line": False,
        "conditions.prior_vte": False,
        "conditions.recent_vte": False,
        "conditions.family_vte": False,
        "conditions.thrombophilia": False,
        "conditions.stroke_tia": False,
        "conditions.leg_fracture": False,
        "neuro.sci_onset": False,
        "conditions.multiple_trauma": False,
    },
}
# AUDIT-C counts 1 for drinking at all, Caprini 1 for a short operation.
LEAST = {"rcri": 0, "ariscat": 0, "stop_bang": 0, "mfi5": 0, "audit_c": 1, "caprini_2005": 1}
REACH = {
    "rcri": (0, 6),
    "ariscat": (0, 123),
    "stop_bang": (0, 8),
    "mfi5": (0, 5),
    "audit_c": (0, 12),
    "caprini_2005": (0, 73),
}
LONG: Facts = {"procedure.expected_duration": {"value": 46, "unit": "min"}}
WOMAN: Facts = {
    "patient.sex_at_birth": "female",
    "conditions.pregnant": False,
    "conditions.postpartum": False,
    "conditions.pregnancy_loss": False,
}

COMPENSATED: Facts = {"conditions.heart_failure": "compensated"}

RCRI: list[tuple[Facts, int]] = [
    ({"procedure.cavity_opened": "thorax"}, 1),
    ({"procedure.cavity_opened": "upper_abdomen"}, 1),
    ({"procedure.cavity_opened": "lower_abdomen"}, 1),
    ({"conditions.ihd": True}, 1),
    ({"conditions.mi": days_ago(4000)}, 1),
    ({"conditions.pci": days_ago(4000)}, 1),
    ({"conditions.angina": "stable"}, 1),
    ({"conditions.ihd": True, "conditions.mi": days_ago(4000)}, 1),
    ({"conditions.heart_failure": "compensated"}, 1),
    ({"conditions.stroke_tia": days_ago(4000)}, 1),
    ({"conditions.diabetes": "type1"}, 1),
    ({"conditions.diabetes": "type2", "conditions.insulin_treated": True}, 1),
    ({"conditions.diabetes": "type2", "conditions.insulin_treated": False}, 0),
    ({"labs.creatinine": amount(177, "umol/L")}, 0),
    ({"labs.creatinine": amount(178, "umol/L")}, 1),
    ({"labs.creatinine": amount(2.0, "mg/dL")}, 0),
    ({"labs.creatinine": amount(2.1, "mg/dL")}, 1),
]
ARISCAT: list[tuple[Facts, int]] = [
    ({"patient.age": 51}, 3),
    ({"patient.age": 80}, 3),
    ({"patient.age": 81}, 16),
    ({"vitals.spo2_room_air": amount(95, "%")}, 8),
    ({"vitals.spo2_room_air": amount(91, "%")}, 8),
    ({"vitals.spo2_room_air": amount(90, "%")}, 24),
    ({"conditions.resp_infection": days_ago(30)}, 17),
    ({"conditions.resp_infection": days_ago(31)}, 0),
    ({"labs.haemoglobin": amount(100, "g/L")}, 11),
    ({"labs.haemoglobin": amount(10.0, "g/dL")}, 11),
    ({"labs.haemoglobin": amount(10.1, "g/dL")}, 0),
    ({"procedure.cavity_opened": "lower_abdomen"}, 0),
    ({"procedure.cavity_opened": "upper_abdomen"}, 15),
    ({"procedure.cavity_opened": "thorax"}, 24),
    ({"procedure.expected_duration": {"value": 2, "unit": "h"}}, 16),
    ({"procedure.expected_duration": {"value": 3, "unit": "h"}}, 16),
    ({"procedure.expected_duration": {"value": 181, "unit": "min"}}, 23),
    ({"procedure.urgency": "urgent"}, 0),
    ({"procedure.urgency": "emergency"}, 8),
]
STOP_BANG: list[tuple[Facts, int]] = [
    ({"conditions.snoring": True}, 1),
    ({"conditions.tired_daytime": True}, 1),
    ({"conditions.observed_apnoea": True}, 1),
    ({"conditions.hypertension": True}, 1),
    ({"vitals.bmi": amount(35.1, "kg/m2")}, 1),
    ({"patient.age": 51}, 1),
    ({"vitals.neck_circumference": amount(40.1, "cm")}, 1),
    ({"patient.sex_at_birth": "male"}, 1),
]
MFI5: list[tuple[Facts, int]] = [
    ({"conditions.hypertension": True, "conditions.hypertension_treated": True}, 1),
    ({"conditions.hypertension": True, "conditions.hypertension_treated": False}, 0),
    ({"conditions.diabetes": "type2"}, 1),
    ({"conditions.copd": True}, 1),
    ({"conditions.pneumonia": days_ago(30)}, 1),
    ({"conditions.pneumonia": days_ago(31)}, 0),
    ({"conditions.heart_failure": "decompensated"}, 1),
    (COMPENSATED | {"conditions.heart_failure_worse": days_ago(30)}, 1),
    (COMPENSATED | {"conditions.heart_failure_worse": days_ago(31)}, 0),
    (COMPENSATED | {"conditions.heart_failure_worse": False}, 0),
    ({"patient.functional_dependence": {"value": "partial", "measured_on": days_ago(6)}}, 1),
    ({"patient.functional_dependence": {"value": "total", "measured_on": days_ago(6)}}, 1),
]  # fmt: skip
AUDIT_C: list[tuple[Facts, int]] = [
    ({"habits.audit_q1": 4}, 3),
    ({"habits.audit_q2": 4}, 4),
    ({"habits.audit_q3": 4}, 4),
    ({"habits.audit_q1": 4, "habits.audit_q2": 4, "habits.audit_q3": 4}, 11),
    ({"habits.audit_q1": 0}, -1),
]
CAPRINI: list[tuple[Facts, int]] = [
    ({"patient.age": 41}, 1),
    ({"patient.age": 60}, 1),
    ({"patient.age": 61}, 2),
    ({"patient.age": 74}, 2),
    ({"patient.age": 75}, 3),
    (LONG, 1),
    ({"conditions.major_surgery": days_ago(30)}, 1),
    ({"conditions.major_surgery": days_ago(31)}, 0),
    ({"vitals.bmi": amount(25.1, "kg/m2")}, 1),
    ({"conditions.leg_swelling": True}, 1),
    ({"conditions.varicose_veins": True}, 1),
    (WOMAN, 0),
    (WOMAN | {"conditions.pregnant": True}, 1),
    (WOMAN | {"conditions.postpartum": True}, 1),
    (WOMAN | {"conditions.pregnancy_loss": True}, 1),
    ({"medications.oestrogen": True}, 1),
    ({"infection.sepsis": True}, 1),
    ({"conditions.sepsis_treated": days_ago(30)}, 1),
    ({"conditions.pneumonia": days_ago(30)}, 1),
    ({"conditions.copd": True}, 1),
    ({"conditions.mi": days_ago(30)}, 1),
    ({"conditions.mi": days_ago(31)}, 0),
    ({"conditions.heart_failure": "decompensated"}, 1),
    ({"conditions.inflammatory_bowel_disease": True}, 1),
    ({"conditions.bed_rest": "under_72h"}, 1),
    ({"conditions.bed_rest": "over_72h"}, 2),
    ({"conditions.cancer_active": True}, 2),
    ({"conditions.cancer_past": True}, 2),
    ({"conditions.leg_cast": True}, 2),
    ({"conditions.central_venous_line": True}, 2),
    ({"conditions.prior_vte": True}, 3),
    ({"conditions.recent_vte": days_ago(20)}, 3),
    ({"conditions.family_vte": True}, 3),
    ({"conditions.thrombophilia": True, "conditions.thrombophilias": 1}, 3),
    ({"conditions.thrombophilia": True, "conditions.thrombophilias": 2}, 6),
    ({"conditions.stroke_tia": days_ago(30)}, 5),
    ({"conditions.leg_fracture": days_ago(30)}, 5),
    ({"neuro.sci_onset": days_ago(30)}, 5),
    ({"neuro.sci_onset": days_ago(31)}, 0),
    ({"conditions.multiple_trauma": days_ago(30)}, 5),
]
POINTS = [
    (name, facts, points)
    for name, rows in (
        ("rcri", RCRI),
        ("ariscat", ARISCAT),
        ("stop_bang", STOP_BANG),
        ("mfi5", MFI5),
        ("audit_c", AUDIT_C),
        ("caprini_2005", CAPRINI),
    )
    for facts, points in rows
]


@pytest.mark.parametrize("name", ZERO)
def test_score_with_every_item_answered_no_is_its_least(name: str) -> None:
    """Nothing that counts: the score is a number, not a range."""
    assert score(name, ZERO[name]).value == LEAST[name]


@pytest.mark.parametrize(("name", "facts", "points"), POINTS)
def test_item_alone_adds_its_published_points(name: str, facts: Facts, points: int) -> None:
    """Each item by itself, on both sides of its limit, in each unit."""
    assert score(name, ZERO[name] | facts).value == LEAST[name] + points


@pytest.mark.parametrize("name", ZERO)
def test_no_fact_of_a_score_is_taken_for_no_where_it_is_not_known(name: str) -> None:
    """Leaving out any one fact leaves a range, or a score that another fact has settled."""
    settled = {"conditions.mi", "conditions.pci", "conditions.angina"} if name == "rcri" else set()
    for path in ZERO[name].keys() - settled:
        facts = {other: value for other, value in ZERO[name].items() if other != path}
        found = score(name, facts)
        assert found.range is not None, path
        assert found.range[0] <= LEAST[name] < found.range[1], path
        assert path in {reading.path for reading in found.lacking}, path


@pytest.mark.parametrize("name", REACH)
def test_items_of_a_score_reach_from_its_least_to_its_most(name: str) -> None:
    """The published ends of every score; Caprini's own maximum is above what may be given."""
    definition = pack().dictionary.definitions[f"scores.{name}"]
    assert pack().knowledge.reach(definition) == REACH[name]


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("caprini_2005", {"conditions.thrombophilia": True}, (4, 22)),
        ("caprini_2005", {"patient.sex_at_birth": "unknown"}, (1, 3)),
        ("caprini_2005", {"patient.sex_at_birth": "female"}, (1, 3)),
        ("caprini_2005", {"conditions.heart_failure": "compensated"}, (1, 2)),
        ("mfi5", {"conditions.hypertension": True}, (0, 1)),
        ("mfi5", {"conditions.heart_failure": "compensated"}, (0, 1)),
        ("mfi5", {"conditions.pneumonia": True}, (0, 1)),
        ("stop_bang", {"patient.sex_at_birth": "unknown"}, (0, 1)),
        ("rcri", {"conditions.diabetes": "type2"}, (0, 1)),
        ("audit_c", {"habits.audit_q1": "unknown"}, (0, 4)),
    ],
)
def test_what_an_item_still_needs_is_asked(
    name: str, facts: Facts, expected: tuple[int, int]
) -> None:
    """A known condition opens the question that its item depends on."""
    assert score(name, ZERO[name] | facts).range == expected


def test_who_never_drinks_needs_no_further_question() -> None:
    """The first answer settles the other two, and contradicts any other."""
    assert score("audit_c", {"habits.audit_q1": 0}).value == 0
    assert score("audit_c", {"habits.audit_q1": 0, "habits.audit_q2": 2}).value is None


def test_review_does_not_say_that_hypertension_is_untreated() -> None:
    """A reviewed history without a word on treatment leaves the frailty index open."""
    facts = ZERO["mfi5"] | {"conditions.hypertension": True, "reviewed": ["conditions"]}
    assert score("mfi5", facts).range == (0, 1)


def test_explanation_shows_every_item_and_what_would_settle_it(backrec: Program) -> None:
    """Who asks why reads the sum, its items, and the one measurement that is missing."""
    out = backrec("explain", "cpr-osa", CLEAN, *DAY).out
    assert re.search(r"scores\.stop_bang += Interval\[0, 1\] +\(reported 0 to 1", out)
    neck = r"\n +Neck above 40 cm += 0 to 1\n +vitals\.neck_circumference += null"
    assert re.search(neck, out)
    assert re.search(r"\n +Male += 0\n", out)


def test_report_prints_the_range_what_gave_it_and_the_limit_it_crossed() -> None:
    """A nurse reads "2 to 3", from which facts, and from which number on it counts."""
    history: Facts = {"conditions.ihd": True, "conditions.stroke_tia": "2020-01-01"}
    text = render_text(run(history), verbose=False, width=200, ascii_only=False)
    (line,) = (line for line in text.splitlines() if "cpr-rcri" in line)
    behind = "Ischaemic heart disease, Stroke or TIA (01-Jan-2020, 2266 d before)"
    assert f"2 to 3 from {behind}, limit 2" in line.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("day", "tested", "expected"),
    [
        (28, 29, "caution"),
        (28, 75, "caution, relative open"),
        (40, 45, "caution"),
        (40, 75, "caution"),
        (40, None, "caution"),
    ],
)
def test_item_that_is_too_old_is_repeated_when_a_repeat_would_hold(
    day: int, tested: int | None, expected: str
) -> None:
    """Creatinine holds 30 d: too old at T-28 it can be repeated today, at T-40 not before T-30."""
    creatinine = None
    if tested is not None:
        creatinine = {**amount(80, "umol/L"), "measured_on": days_ago(tested)}
    facts: Facts = reviewed_on(days_ago(day)) | {
        "conditions.ihd": True,
        "conditions.stroke_tia": "2020-01-01",
        "procedure.cavity_opened": "none",
        "labs.creatinine": creatinine,
    }
    assert outcome(facts, "cpr-rcri", days_ago(day)) == expected


def test_item_that_nobody_recorded_does_not_hold_up_an_optional_score() -> None:
    """Only the old creatinine is in the way; whether the chest is opened was never asked."""
    old: Facts = {
        "conditions.ihd": True,
        "conditions.stroke_tia": "2020-01-01",
        "labs.creatinine": {**amount(80, "umol/L"), "measured_on": days_ago(75)},
    }
    early = reviewed_on(days_ago(40)) | old
    assert outcome(early, "cpr-rcri", days_ago(40)) == "caution"
    (finding,) = (f for f in run(old).findings if f.rule == "cpr-rcri")
    assert [lacking.fact for lacking in finding.missing] == ["labs.creatinine"]
    assert finding.undecided_level == "relative"
