"""Laws of counted scores: a range holds every score it can turn out to be, and only shrinks."""

from collections.abc import Mapping
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.assessment.model import Assessment, Status
from backrec_cli.facts.reading import FactReading
from tests.acceptance.baseline import change, run, unreviewed
from tests.acceptance.test_scores import SURGERY, ZERO, amount, days_ago
from tests.shipped import settled_facts

Facts = dict[str, object]
NAMES = sorted(ZERO)

# What a fact of a score may be: a value on either side of its limit, or not known.
ANSWERS: Mapping[str, tuple[object, ...]] = {
    "patient.age": (40, 55, 70, 85),
    "patient.sex_at_birth": ("male", "female"),
    "procedure.expected_duration": (
        {"value": 30, "unit": "min"},
        {"value": 2, "unit": "h"},
        {"value": 4, "unit": "h"},
    ),
    "procedure.cavity_opened": ("none", "lower_abdomen", "upper_abdomen", "thorax"),
    "procedure.urgency": ("elective", "emergency"),
    "vitals.spo2_room_air": (amount(98, "%"), amount(93, "%"), amount(88, "%")),
    "vitals.bmi": (amount(24.0, "kg/m2"), amount(30.0, "kg/m2"), amount(40.0, "kg/m2")),
    "vitals.neck_circumference": (amount(38.0, "cm"), amount(44.0, "cm")),
    "labs.haemoglobin": (amount(140, "g/L"), amount(90, "g/L")),
    "labs.creatinine": (amount(80, "umol/L"), amount(200, "umol/L")),
    "conditions.diabetes": ("none", "type1", "type2"),
    "conditions.heart_failure": ("none", "compensated", "decompensated"),
    "conditions.angina": ("none", "stable"),
    "conditions.bed_rest": ("none", "under_72h", "over_72h"),
    "conditions.thrombophilias": (1, 2),
    "conditions.resp_infection": (False, days_ago(10), days_ago(100)),
    "conditions.pneumonia": (False, days_ago(10), days_ago(100)),
    "conditions.heart_failure_worse": (False, days_ago(10), days_ago(100)),
    "conditions.mi": (False, days_ago(10), days_ago(4000)),
    "conditions.stroke_tia": (False, days_ago(10), days_ago(4000)),
    "patient.functional_dependence": (
        {"value": "independent", "measured_on": days_ago(6)},
        {"value": "partial", "measured_on": days_ago(6)},
    ),
    "habits.audit_q1": (1, 4),
    "habits.audit_q2": (0, 4),
    "habits.audit_q3": (0, 4),
}
DATED = {"conditions.major_surgery", "conditions.sepsis_treated", "conditions.leg_fracture"}
FURTHER: Mapping[str, tuple[str, ...]] = {
    "rcri": ("conditions.insulin_treated",),
    "mfi5": ("conditions.hypertension_treated", "conditions.heart_failure_worse"),
    "caprini_2005": (
        "conditions.heart_failure_worse",
        "conditions.thrombophilias",
        "conditions.pregnant",
        "conditions.postpartum",
        "conditions.pregnancy_loss",
    ),
}


def answers(path: str) -> tuple[object, ...]:
    """Return what may be recorded of a fact."""
    return ANSWERS.get(path, (False, days_ago(10)) if path in DATED else (False, True))


@st.composite
def records(draw: st.DrawFn) -> tuple[str, Facts]:
    """A score, and an answer to every fact it may ask for."""
    name = draw(st.sampled_from(NAMES))
    paths = [*ZERO[name], *FURTHER.get(name, ())]
    return name, {path: draw(st.sampled_from(answers(path))) for path in paths}


def counted(name: str, facts: Facts) -> FactReading:
    """Count a score."""
    known = {"procedure.date": SURGERY.isoformat(), **facts}
    return settled_facts(known, SURGERY).fact(f"scores.{name}")


def bounds(reading: FactReading) -> tuple[int, int] | None:
    """Return what a score can be; None where nothing is known of it."""
    if isinstance(reading.value, int):
        return reading.value, reading.value
    return reading.range


def without(draw: st.DataObject, facts: Facts) -> Facts:
    """Leave some facts out and let others be "unknown"."""
    states = draw.draw(
        st.lists(st.sampled_from("kkknu"), min_size=len(facts), max_size=len(facts)), "states"
    )
    kept: Facts = {}
    for (path, value), state in zip(facts.items(), states, strict=True):
        if state != "n":
            kept[path] = "unknown" if state == "u" else value
    return kept


@given(record=records(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_range_holds_the_score_that_every_completion_gives(
    record: tuple[str, Facts], data: st.DataObject
) -> None:
    """Whatever the unknown facts turn out to be, the score lies in the range that was given."""
    name, facts = record
    whole = counted(name, facts)
    if not isinstance(whole.value, int):
        return
    partial = bounds(counted(name, without(data, facts)))
    assert partial is None or partial[0] <= whole.value <= partial[1]


@given(record=records(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_range_only_shrinks_as_facts_become_known(
    record: tuple[str, Facts], data: st.DataObject
) -> None:
    """Learning facts never moves an end of a range outward."""
    name, facts = record
    more = without(data, facts)
    less = {path: value for path, value in without(data, more).items() if path in more}
    wide, narrow = bounds(counted(name, less)), bounds(counted(name, more))
    if wide is None:
        return
    assert narrow is not None
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@given(record=records(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_range_is_as_narrow_as_its_own_items(
    record: tuple[str, Facts], data: st.DataObject
) -> None:
    """Least and most are the sums over the items, and each open item names what would settle it."""
    name, facts = record
    found = counted(name, without(data, facts))
    if found.range is None:
        return
    assert found.range == (sum(i.low for i in found.items), sum(i.high for i in found.items))
    assert all(bool(item.lacking) is (item.low < item.high) for item in found.items)


RULES = {
    "rcri": ("cpr-rcri",),
    "ariscat": ("cpr-ariscat",),
    "stop_bang": ("cpr-osa",),
    "mfi5": ("cpr-frailty",),
    "audit_c": ("sub-alcohol-risk", "sub-alcohol-high"),
}
DECIDED = {Status.FLAGGED, Status.CLEAR}


def statuses(result: Assessment, rules: tuple[str, ...]) -> dict[str, Status]:
    """Return the status of some rules."""
    return {f.rule: f.status for f in result.findings if f.rule in rules}


@given(record=records(), data=st.data())
@settings(max_examples=25, deadline=None)
def test_rule_on_a_score_never_turns_round_as_its_items_become_known(
    record: tuple[str, Facts], data: st.DataObject
) -> None:
    """A decided rule stays as it is; and not knowing an item never makes a rule clear."""
    name, facts = record
    rules = RULES.get(name, ())
    frame = unreviewed("conditions", "habits") | {"patient.birth_date": None}
    more = frame | dict.fromkeys(facts) | without(data, facts)
    path = data.draw(st.sampled_from(sorted(facts)), "replaced")
    before = statuses(run(more), rules)
    after = statuses(run(more | {path: "unknown"}), rules)
    for rule in rules:
        if after[rule] in DECIDED and more[path] is not None and before[rule] in DECIDED:
            assert before[rule] is after[rule], rule
        if after[rule] is Status.CLEAR:
            assert before[rule] is Status.CLEAR, rule


def test_laws_are_tried_on_every_counted_score() -> None:
    """Six scores are counted; the change of a whole patient is possible."""
    assert NAMES == ["ariscat", "audit_c", "caprini_2005", "mfi5", "rcri", "stop_bang"]
    assert change({})["procedure"]
    assert date(2026, 3, 16) == SURGERY
