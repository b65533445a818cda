"""Heart, lungs, brain and reserve: absolute for active conditions and short intervals alone."""

import pytest

from tests.acceptance.baseline import DAY, amount, before, outcome, reviewed_on, run, unreviewed

Changes = dict[str, object]
Row = tuple[Changes, str, str]
URGENT: Changes = {"procedure.urgency": "urgent"}
EMERGENCY: Changes = {"procedure.urgency": "emergency"}
SOON: Changes = {"procedure.urgency": "time_sensitive"}

FIBRILLATING: Changes = {"conditions.atrial_fibrillation": True}
ACTIVE: list[Row] = [
    ({}, "cpr-active-cardiac", "clear"),
    ({"conditions.angina": "unstable"}, "cpr-active-cardiac", "absolute"),
    ({"conditions.angina": "stable"}, "cpr-active-cardiac", "clear"),
    ({"conditions.angina": "unstable"} | SOON, "cpr-active-cardiac", "absolute"),
    ({"conditions.angina": "unstable"} | EMERGENCY, "cpr-active-cardiac", "absolute"),
    ({"conditions.heart_failure": "decompensated"}, "cpr-active-cardiac", "absolute"),
    ({"conditions.heart_failure": "compensated"}, "cpr-active-cardiac", "clear"),
    ({"conditions.arrhythmia_uncontrolled": True}, "cpr-active-cardiac", "absolute"),
    (FIBRILLATING | {"vitals.heart_rate": amount(101, "/min", DAY)}, "cpr-active-cardiac", "absolute"),
    (FIBRILLATING | {"vitals.heart_rate": amount(100, "/min", DAY)}, "cpr-active-cardiac", "clear"),
    (FIBRILLATING | {"vitals.heart_rate": amount(130, "/min", before(1))}, "cpr-active-cardiac", "undecided absolute"),
    ({"vitals.heart_rate": amount(130, "/min", DAY)}, "cpr-active-cardiac", "clear"),
    ({"conditions.valve_as_severe": True, "conditions.valve_as_symptomatic": True}, "cpr-active-cardiac", "absolute"),
    ({"conditions.angina": "unknown"}, "cpr-active-cardiac", "undecided absolute"),
    (unreviewed("conditions"), "cpr-active-cardiac", "undecided absolute"),
]  # fmt: skip

NARROW: Changes = {"conditions.valve_as_severe": True}
VALVE: list[Row] = [
    ({}, "cpr-as-severe", "not_assessed"),
    (NARROW, "cpr-as-severe", "caution"),
    (NARROW | {"conditions.valve_as_symptomatic": True}, "cpr-as-severe", "absolute"),
    (NARROW | {"conditions.valve_as_symptomatic": True} | URGENT, "cpr-as-severe", "absolute"),
    (NARROW | {"conditions.valve_as_symptomatic": "unknown"}, "cpr-as-severe", "caution, absolute open"),
    (NARROW | {"conditions.lvef": amount(49, "%")}, "cpr-as-severe", "relative"),
    (NARROW | {"conditions.lvef": amount(49, "%")} | URGENT, "cpr-as-severe", "caution"),
    (NARROW | {"conditions.lvef": amount(50, "%")}, "cpr-as-severe", "caution"),
    ({"conditions.valve_as_area": amount(1.0, "cm2")}, "cpr-as-severe", "caution"),
    ({"conditions.valve_as_area": amount(1.1, "cm2")}, "cpr-as-severe", "not_assessed"),
    ({"conditions.valve_as_gradient": amount(40, "mm[Hg]")}, "cpr-as-severe", "caution"),
    ({"conditions.valve_as_gradient": amount(39, "mm[Hg]")}, "cpr-as-severe", "not_assessed"),
    ({"conditions.valve_as_vmax": amount(4.0, "m/s")}, "cpr-as-severe", "caution"),
    ({"conditions.valve_as_vmax": amount(3.9, "m/s")}, "cpr-as-severe", "not_assessed"),
    ({"conditions.valve_as_area": amount(1.1, "cm2"), "conditions.valve_as_gradient": amount(39, "mm[Hg]"), "conditions.valve_as_vmax": amount(3.9, "m/s"), "conditions.lvef": amount(60, "%")}, "cpr-as-severe", "clear"),
    (unreviewed("conditions"), "cpr-as-severe", "undecided absolute"),
]  # fmt: skip


def stent(days: int, kind: str | None, reason: str | None = None) -> Changes:
    """Return a coronary intervention that many days before."""
    return {"conditions.pci": before(days), "conditions.pci_type": kind, "conditions.pci_reason": reason}  # fmt: skip


INTERVALS: list[Row] = [
    ({"conditions.mi": before(59)}, "cpr-mi-60d", "absolute"),
    ({"conditions.mi": before(59)} | SOON, "cpr-mi-60d", "absolute"),
    ({"conditions.mi": before(59)} | EMERGENCY, "cpr-mi-60d", "absolute"),
    ({"conditions.mi": before(60)}, "cpr-mi-60d", "caution"),
    ({"conditions.mi": before(90)}, "cpr-mi-60d", "caution"),
    ({"conditions.mi": before(91)}, "cpr-mi-60d", "clear"),
    ({"conditions.mi": {"value": True}}, "cpr-mi-60d", "undecided absolute"),
    ({"conditions.mi": "unknown"}, "cpr-mi-60d", "undecided absolute"),
    (unreviewed("conditions"), "cpr-mi-60d", "undecided absolute"),
    ({}, "cpr-mi-60d", "clear"),
    (stent(14, "balloon"), "cpr-pci-30d", "absolute"),
    (stent(15, "balloon"), "cpr-pci-30d", "clear"),
    (stent(30, "bms"), "cpr-pci-30d", "absolute"),
    (stent(31, "bms"), "cpr-pci-30d", "clear"),
    (stent(30, "des"), "cpr-pci-30d", "absolute"),
    (stent(30, "des") | URGENT, "cpr-pci-30d", "absolute"),
    (stent(14, None), "cpr-pci-30d", "absolute"),
    (stent(20, None), "cpr-pci-30d", "undecided absolute"),
    (stent(31, None), "cpr-pci-30d", "clear"),
    ({}, "cpr-pci-30d", "clear"),
    (stent(89, "des", "acs"), "cpr-des-acs", "absolute"),
    (stent(90, "des", "acs"), "cpr-des-acs", "relative"),
    (stent(364, "des", "acs"), "cpr-des-acs", "relative"),
    (stent(365, "des", "acs"), "cpr-des-acs", "clear"),
    (stent(200, "des", "acs") | SOON, "cpr-des-acs", "relative"),
    (stent(200, "des", "acs") | URGENT, "cpr-des-acs", "caution"),
    (stent(200, "bms", "acs"), "cpr-des-acs", "clear"),
    (stent(200, "des", "chronic"), "cpr-des-acs", "clear"),
    (stent(200, "des"), "cpr-des-acs", "undecided relative"),
    (stent(400, "des"), "cpr-des-acs", "clear"),
    (stent(89, "des", "chronic"), "cpr-des-chronic", "absolute"),
    (stent(90, "des", "chronic"), "cpr-des-chronic", "relative"),
    (stent(182, "des", "chronic"), "cpr-des-chronic", "relative"),
    (stent(183, "des", "chronic"), "cpr-des-chronic", "clear"),
    (stent(100, "des"), "cpr-des-chronic", "undecided relative"),
    ({"conditions.stroke_tia": before(89)}, "cpr-stroke-90d", "absolute"),
    ({"conditions.stroke_tia": before(89)} | SOON, "cpr-stroke-90d", "relative"),
    ({"conditions.stroke_tia": before(89)} | URGENT, "cpr-stroke-90d", "caution"),
    ({"conditions.stroke_tia": before(90)}, "cpr-stroke-90d", "clear"),
    ({"conditions.stroke_tia": before(89)}, "cpr-stroke-270d", "not_applicable"),
    ({"conditions.stroke_tia": before(90)}, "cpr-stroke-270d", "caution"),
    ({"conditions.stroke_tia": before(270)}, "cpr-stroke-270d", "caution"),
    ({"conditions.stroke_tia": before(271)}, "cpr-stroke-270d", "clear"),
    ({"conditions.stroke_tia": {"value": True}}, "cpr-stroke-270d", "undecided caution"),
    ({}, "cpr-stroke-270d", "clear"),
    (unreviewed("conditions"), "cpr-stroke-90d", "undecided absolute"),
    ({"conditions.copd_exacerbation": before(30)}, "cpr-copd-exac", "relative"),
    ({"conditions.copd_exacerbation": before(31)}, "cpr-copd-exac", "clear"),
    ({"conditions.copd_exacerbation": before(10)} | URGENT, "cpr-copd-exac", "caution"),
]  # fmt: skip


def pressure(systolic: float, diastolic: float, unit: str = "mm[Hg]", days: int = 6) -> Changes:
    """Return a blood pressure taken that many days before."""
    return {
        "vitals.systolic_bp": amount(systolic, unit, before(days)),
        "vitals.diastolic_bp": amount(diastolic, unit, before(days)),
    }


PRESSURE: list[Row] = [
    (pressure(179, 109), "cpr-bp-180", "clear"),
    (pressure(180, 80), "cpr-bp-180", "relative"),
    (pressure(120, 110), "cpr-bp-180", "relative"),
    (pressure(180, 80) | SOON, "cpr-bp-180", "relative"),
    (pressure(180, 80) | URGENT, "cpr-bp-180", "caution"),
    (pressure(24.0, 10, "kPa"), "cpr-bp-180", "relative"),
    (pressure(23.9, 10, "kPa"), "cpr-bp-180", "clear"),
    (pressure(16, 14.7, "kPa"), "cpr-bp-180", "relative"),
    (pressure(16, 14.5, "kPa"), "cpr-bp-180", "clear"),
    (pressure(159, 99), "cpr-bp-160", "clear"),
    (pressure(160, 80), "cpr-bp-160", "caution"),
    (pressure(179, 80), "cpr-bp-160", "caution"),
    (pressure(120, 100), "cpr-bp-160", "caution"),
    (pressure(120, 109), "cpr-bp-160", "caution"),
    (pressure(180, 80), "cpr-bp-160", "not_applicable"),
    (pressure(165, 110), "cpr-bp-160", "not_applicable"),
    (pressure(21.4, 10, "kPa"), "cpr-bp-160", "caution"),
    (pressure(21.2, 10, "kPa"), "cpr-bp-160", "clear"),
    (pressure(190, 80, days=31), "cpr-bp-180", "undecided relative"),
    (pressure(120, 80, days=31), "cpr-bp-missing", "undecided relative"),
    (pressure(120, 80, days=30), "cpr-bp-missing", "clear"),
    (pressure(80, 120), "cpr-bp-180", "undecided relative"),
    ({"vitals.diastolic_bp": None}, "cpr-bp-missing", "undecided relative"),
    ({"vitals.diastolic_bp": None} | EMERGENCY, "cpr-bp-missing", "undecided caution"),
    ({"vitals.diastolic_bp": None, "vitals.systolic_bp": amount(190, "mm[Hg]")}, "cpr-bp-180", "relative"),
]  # fmt: skip

# A given score is held against its items: these leave enough of them open for any score.
OPEN_HISTORY: Changes = unreviewed("conditions") | {"conditions.osa": "none"}
OPEN_LUNGS: Changes = {"vitals.spo2_room_air": None, "procedure.expected_duration": None}

RESERVE: list[Row] = [
    ({}, "cpr-lvef", "not_assessed"),
    ({"conditions.lvef": amount(29, "%")}, "cpr-lvef", "relative"),
    ({"conditions.lvef": amount(29, "%")} | SOON, "cpr-lvef", "relative"),
    ({"conditions.lvef": amount(29, "%")} | URGENT, "cpr-lvef", "caution"),
    ({"conditions.lvef": amount(30, "%")}, "cpr-lvef", "caution"),
    ({"conditions.lvef": amount(39, "%")}, "cpr-lvef", "caution"),
    ({"conditions.lvef": amount(40, "%")}, "cpr-lvef", "clear"),
    ({"conditions.lvef": amount(62, "%", before(700))}, "cpr-lvef", "clear"),
    ({"conditions.lvef": "unknown"}, "cpr-lvef", "undecided relative"),
    ({"scores.dasi": 34, "scores.mets": 8}, "cpr-functional", "caution"),
    ({"scores.dasi": 34.1, "scores.mets": 8}, "cpr-functional", "clear"),
    ({"scores.dasi": 50, "scores.mets": 3.9}, "cpr-functional", "caution"),
    ({"scores.dasi": 50, "scores.mets": 4}, "cpr-functional", "clear"),
    ({"scores.mets": 3.9}, "cpr-functional", "caution"),
    ({"scores.dasi": 50}, "cpr-functional", "not_assessed"),
    ({"scores.rcri": 1}, "cpr-rcri", "clear"),
    (OPEN_HISTORY | {"scores.rcri": 2}, "cpr-rcri", "caution"),
    (OPEN_HISTORY | {"scores.rcri": 3}, "cpr-rcri", "relative"),
    (OPEN_HISTORY | {"scores.rcri": 3} | URGENT, "cpr-rcri", "caution"),
    ({"scores.rcri": 7}, "cpr-rcri", "undecided relative"),
    ({"scores.rcri": 3}, "cpr-rcri", "undecided relative"),
    ({}, "cpr-rcri", "clear"),
    ({"conditions.ihd": True}, "cpr-rcri", "not_assessed"),
    ({"conditions.ihd": True, "procedure.cavity_opened": "none"}, "cpr-rcri", "clear"),
    ({"conditions.ihd": True, "procedure.cavity_opened": "thorax"}, "cpr-rcri", "caution"),
    ({"conditions.ihd": True, "procedure.cavity_opened": "unknown"}, "cpr-rcri", "undecided caution"),
    ({"conditions.ihd": True, "conditions.stroke_tia": before(2000)}, "cpr-rcri", "caution"),
    ({"conditions.ihd": True, "conditions.stroke_tia": before(2000), "labs.creatinine": amount(178, "umol/L")}, "cpr-rcri", "relative"),
    ({"conditions.ihd": True, "conditions.stroke_tia": before(2000), "labs.creatinine": amount(80, "umol/L", before(31))}, "cpr-rcri", "caution, relative open"),
    ({"conditions.mi": before(2000), "conditions.ihd": "unknown"}, "cpr-rcri", "not_assessed"),
    ({}, "cpr-biomarker", "clear"),
    ({"conditions.mi": before(2000)}, "cpr-biomarker", "information"),
    ({"patient.birth_date": "1961-03-16"}, "cpr-biomarker", "information"),
    ({"patient.birth_date": "1961-03-17"}, "cpr-biomarker", "clear"),
    ({"patient.birth_date": "1981-03-16", "conditions.cardiac_symptoms": True}, "cpr-biomarker", "information"),
    ({"patient.birth_date": "1981-03-17", "conditions.cardiac_symptoms": True}, "cpr-biomarker", "clear"),
    ({"conditions.stroke_tia": before(2000)}, "cpr-ecg", "information"),
    ({"conditions.atrial_fibrillation": True}, "cpr-ecg", "information"),
    ({"conditions.peripheral_artery_disease": True}, "cpr-ecg", "information"),
    ({}, "cpr-ecg", "clear"),
    ({"patient.asa_class": {"value": "4", "measured_on": before(30)}}, "cpr-asa4", "relative"),
    ({"patient.asa_class": {"value": "4E", "measured_on": DAY}}, "cpr-asa4", "relative"),
    ({"patient.asa_class": {"value": "4", "measured_on": before(31)}}, "cpr-asa4", "undecided relative"),
    ({"patient.asa_class": {"value": "4", "measured_on": DAY}} | SOON, "cpr-asa4", "caution"),
    ({"patient.asa_class": {"value": "4", "measured_on": DAY}} | URGENT, "cpr-asa4", "caution"),
    ({"patient.asa_class": {"value": "3", "measured_on": DAY}}, "cpr-asa4", "clear"),
    ({"patient.asa_class": None}, "cpr-asa4", "not_assessed"),
    ({"patient.asa_class": {"value": "5", "measured_on": DAY}}, "cpr-asa5", "absolute"),
    ({"patient.asa_class": {"value": "5", "measured_on": DAY}} | SOON, "cpr-asa5", "absolute"),
    ({"patient.asa_class": {"value": "5E", "measured_on": DAY}} | URGENT, "cpr-asa5", "absolute"),
    ({"patient.asa_class": {"value": "5E", "measured_on": DAY}} | EMERGENCY, "cpr-asa5", "not_applicable"),
    ({"patient.asa_class": {"value": "5", "measured_on": DAY}, "procedure.urgency": None}, "cpr-asa5", "undecided absolute"),
    ({"patient.asa_class": {"value": "4", "measured_on": DAY}}, "cpr-asa5", "clear"),
]  # fmt: skip

OLD: Changes = {"patient.birth_date": "1961-03-16"}
LUNGS_AND_SUGAR: Changes = {
    "patient.functional_dependence": {"value": "independent", "measured_on": DAY},
    "conditions.copd": True,
    "conditions.diabetes": "type2",
}
HYPERTENSIVE: Changes = {"conditions.hypertension": True}
TREATED: Changes = HYPERTENSIVE | {"conditions.hypertension_treated": True}
UNDATED: Changes = {"patient.functional_dependence": "independent"}
FRAILTY: list[Row] = [
    ({"scores.mfi5": 1}, "cpr-frailty-index", "not_applicable"),
    (OLD, "cpr-frailty-index", "done"),
    (OLD | unreviewed("conditions"), "cpr-frailty-index", "due"),
    (OLD | {"patient.functional_dependence": None}, "cpr-frailty-index", "done"),
    (
        OLD | {"patient.functional_dependence": None, "conditions.copd": True},
        "cpr-frailty-index",
        "due",
    ),
    (OLD | {"scores.mfi5": 0}, "cpr-frailty-index", "done"),
    (OLD | {"scores.mfi5": 0, "patient.frailty_perceived": False}, "cpr-frailty", "clear"),
    ({"patient.frailty_perceived": True}, "cpr-frailty", "information"),
    ({"scores.mfi5": 1, "patient.frailty_perceived": False}, "cpr-frailty", "clear"),
    (OPEN_HISTORY | {"scores.mfi5": 2}, "cpr-frailty", "caution"),
    (OPEN_HISTORY | {"scores.mfi5": 3}, "cpr-frailty", "relative"),
    (OPEN_HISTORY | {"scores.mfi5": 3} | SOON, "cpr-frailty", "relative"),
    (OPEN_HISTORY | {"scores.mfi5": 3} | EMERGENCY, "cpr-frailty", "caution"),
    ({}, "cpr-frailty", "not_assessed"),
    ({"scores.mfi5": 2}, "cpr-frailty", "undecided relative"),
    (LUNGS_AND_SUGAR, "cpr-frailty", "caution"),
    (LUNGS_AND_SUGAR | HYPERTENSIVE, "cpr-frailty", "caution"),
    (LUNGS_AND_SUGAR | TREATED, "cpr-frailty", "relative"),
    (LUNGS_AND_SUGAR | UNDATED, "cpr-frailty", "caution, relative open"),
]

LUNGS: list[Row] = [
    ({"vitals.spo2_room_air": amount(90, "%")}, "cpr-spo2", "relative"),
    ({"vitals.spo2_room_air": amount(90, "%")} | URGENT, "cpr-spo2", "caution"),
    ({"vitals.spo2_room_air": amount(91, "%")}, "cpr-spo2", "caution"),
    ({"vitals.spo2_room_air": amount(95, "%")}, "cpr-spo2", "caution"),
    ({"vitals.spo2_room_air": amount(96, "%")}, "cpr-spo2", "clear"),
    ({"vitals.spo2_room_air": amount(98, "%", before(30))}, "cpr-spo2", "clear"),
    ({"vitals.spo2_room_air": amount(98, "%", before(31))}, "cpr-spo2", "undecided relative"),
    ({"vitals.spo2_room_air": None}, "cpr-spo2", "not_assessed"),
    (OPEN_LUNGS | {"scores.ariscat": 25}, "cpr-ariscat", "clear"),
    (OPEN_LUNGS | {"scores.ariscat": 26}, "cpr-ariscat", "caution"),
    (OPEN_LUNGS | {"scores.ariscat": 44}, "cpr-ariscat", "caution"),
    (OPEN_LUNGS | {"scores.ariscat": 45}, "cpr-ariscat", "relative"),
    ({"scores.ariscat": 45}, "cpr-ariscat", "undecided relative"),
    ({}, "cpr-ariscat", "not_assessed"),
    ({"procedure.cavity_opened": "none"}, "cpr-ariscat", "clear"),
    ({"conditions.fev1_pct": amount(29, "%")}, "cpr-copd-severe", "relative"),
    ({"conditions.fev1_pct": amount(30, "%")}, "cpr-copd-severe", "caution"),
    ({"conditions.fev1_pct": amount(49, "%")}, "cpr-copd-severe", "caution"),
    ({"conditions.fev1_pct": amount(50, "%")}, "cpr-copd-severe", "clear"),
    ({"conditions.fev1_pct": amount(50, "%", before(700))}, "cpr-copd-severe", "clear"),
    ({"conditions.home_oxygen": True}, "cpr-copd-severe", "relative"),
    ({"conditions.home_oxygen": True, "conditions.fev1_pct": amount(60, "%")}, "cpr-copd-severe", "relative"),
    (unreviewed("conditions"), "cpr-copd-severe", "undecided relative"),
    (OPEN_HISTORY | {"scores.stop_bang": 5}, "cpr-osa", "caution"),
    (OPEN_HISTORY | {"scores.stop_bang": 4}, "cpr-osa", "clear"),
    (OPEN_HISTORY | {"scores.stop_bang": 5, "conditions.osa": "suspected"}, "cpr-osa", "caution"),
    ({"scores.stop_bang": 5, "conditions.osa": "treated"}, "cpr-osa", "clear"),
    ({"conditions.osa": "untreated"}, "cpr-osa", "caution"),
    ({}, "cpr-osa", "clear"),
    (OPEN_HISTORY, "cpr-osa", "not_assessed"),
    ({"conditions.pulmonary_hypertension_severe": True}, "cpr-pulm-htn", "absolute"),
    ({"conditions.pulmonary_hypertension_severe": True} | SOON, "cpr-pulm-htn", "relative"),
    ({"conditions.pulmonary_hypertension_severe": True} | EMERGENCY, "cpr-pulm-htn", "caution"),
    ({"conditions.pulmonary_hypertension_severe": True, "conditions.pulmonary_hypertension_plan": True}, "cpr-pulm-htn", "clear"),
    ({"conditions.pulmonary_hypertension_severe": True, "conditions.pulmonary_hypertension_plan": "unknown"}, "cpr-pulm-htn", "undecided absolute"),
    ({}, "cpr-pulm-htn", "clear"),
    (unreviewed("conditions"), "cpr-pulm-htn", "undecided absolute"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [*ACTIVE, *VALVE, *INTERVALS, *PRESSURE, *RESERVE, *FRAILTY, *LUNGS],
)
def test_heart_and_lungs_count_as_the_documents_say(
    changes: Changes, rule: str, expected: str
) -> None:
    """Each row of the heart and lung table gives its level at its limit and at its urgency."""
    assert outcome(changes, rule) == expected


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"conditions.angina": "unstable"}, "not_eligible"),
        ({"conditions.angina": "unstable"} | EMERGENCY, "not_eligible"),
        ({"conditions.stroke_tia": before(89)}, "not_eligible"),
        ({"conditions.stroke_tia": before(89)} | SOON, "defer"),
        ({"conditions.stroke_tia": before(89)} | URGENT, "eligible_with_precautions"),
        (pressure(180, 80), "defer"),
        (pressure(160, 80), "eligible_with_precautions"),
        (pressure(180, 80) | EMERGENCY, "eligible_with_precautions"),
        (OLD, "eligible"),
        (unreviewed("conditions"), "undecided"),
    ],
)
def test_heart_and_lungs_move_the_verdict(changes: Changes, verdict: str) -> None:
    """What cannot wait turns relative stops into precautions; an active condition stays a stop."""
    assert run(changes).verdict == verdict


@pytest.mark.parametrize(
    ("changes", "rule", "limit"),
    [
        (pressure(165, 80), "cpr-bp-160", "160 mm[Hg]"),
        (pressure(22, 10, "kPa"), "cpr-bp-160", "21.3 kPa"),
        (pressure(120, 105), "cpr-bp-160", "100 mm[Hg]"),
        (pressure(185, 80), "cpr-bp-180", "180 mm[Hg]"),
    ],
)
def test_evidence_shows_the_limit_that_was_crossed(changes: Changes, rule: str, limit: str) -> None:
    """A pressure of 165 is printed against 160, not against the bound of the worse tier."""
    finding = next(f for f in run(changes).flagged if f.rule == rule)
    assert [e.limit for e in finding.evidence if e.limit] == [limit]


@pytest.mark.parametrize(
    ("changes", "rule", "expected"),
    [
        (pressure(120, 80, days=28), "cpr-bp-180", "clear"),
        ({"patient.asa_class": {"value": "2", "measured_on": before(28)}}, "cpr-asa4", "clear"),
        ({"vitals.spo2_room_air": amount(98, "%", before(28))}, "cpr-spo2", "clear"),
        (FIBRILLATING | {"vitals.heart_rate": amount(80, "/min", before(28))}, "cpr-active-cardiac", "pending"),
        (FIBRILLATING | {"vitals.heart_rate": amount(120, "/min", before(28))}, "cpr-active-cardiac", "absolute"),
    ],
)  # fmt: skip
def test_result_of_four_weeks_ahead_holds_or_waits(
    changes: Changes, rule: str, expected: str
) -> None:
    """At T-28 a result that stays in date decides; one that will not flags today or is pending."""
    early = reviewed_on(before(28)) | {
        "vitals.systolic_bp": amount(120, "mm[Hg]", before(28)),
        "vitals.diastolic_bp": amount(80, "mm[Hg]", before(28)),
        "vitals.heart_rate": None,
        "vitals.temperature": None,
    }
    assert outcome(early | changes, rule, before(28)) == expected
