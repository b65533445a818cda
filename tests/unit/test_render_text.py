"""The plain report: what it says, in which order, and how it breaks its lines."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from backrec_cli.assessment.model import (
    Acceptance,
    Assessment,
    Evidence,
    GoodUntil,
    Status,
)
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.render.text import render_brief, render_text
from backrec_cli.rulepack.model import Kind, Level, Urgency
from tests.assessment_builder import (
    BASE,
    FULL,
    HBA1C,
    HBA1C_HIGH,
    LATEX,
    OBESITY,
    PATIENT,
    PLATELETS,
    QUIET,
    UNSIGNED,
)


def _text(result: Assessment, *, width: int = 100, verbose: bool = False) -> str:
    return render_text(result, verbose=verbose, width=width, ascii_only=False)


def _unbroken(text: str) -> str:
    return " ".join(text.split())


WHOLE = """\
EXAMPLE, Patient   Born 02-Feb-1961 (65 y)   female   ID RH-2041-7   Known allergies: latex
T10 to L2 fusion · thoracic, T10 to L2, side left · elective · surgery 14-Apr-2026

STOP   so far; 1 check nearer the day · 1 gate open
NEEDS TIME OR A DECISION
  ✗ relative  HbA1c at or above the elective limit: 71 mmol/mol (02-Mar-2026, 43 d before), limit
              64 mmol/mol [dm-hba1c-high]
              Diabetes team; repeat in 6 to 12 weeks. (surgeon, patient)
FIX BEFORE THEATRE
  ✗ absolute  Consent form signed [con-signed]
              Obtain written consent. (surgeon)
ACCEPTED BY A CLINICIAN
  ✗ relative  BMI above the elective limit: 41.2 kg/m2 from height, weight (20-Mar-2026, 25 d
              before), limit 40 kg/m2 [ob-3]
              Accepted: A. Consultant, 21-Mar-2026: "panel of 19 March"
PRECAUTIONS
  ! Latex allergy. Latex-safe theatre, first on the list. [all-latex]
OBTAIN  (most decisive first)
  ? platelets: of 01-Mar-2026, too old on 14-Apr-2026; settles coag-platelets: could add a stop
NOT USED  (corrected, these would count)
  ? glucose 7.1: has no unit; write mmol/L or mg/dL
NEARER THE DAY
  · from 13-Apr-2026  History and physical [gen-hp]
PREPARATION  0 of 3 steps done
  · missed  MRSA screen [prep-screen] since 23-Mar-2026
  · due     Six topics explained [con-topics] by 13-Apr-2026
  · later   Shower with soap [prep-shower] from 13-Apr-2026
Information: bone-vitd
Other rules: 1 clear · 1 not assessed · 1 not applicable
Note: history undated: conditions
As of 24-Mar-2026; good until 12-Apr-2026 (haemoglobin out of date), then check again.
Questions: ext. 4410 (surgeon); else clinic.
Decision support only. Pack back-reconstruction 1.0.0 (sha256 9f3c2a1b9f3c), backrec 0.1.0.
"""


def test_report_says_everything_in_the_order_people_read() -> None:
    """Who, the answer, stops, process fixes, precautions, what is missing, what comes, the rest."""
    assert _text(FULL) == WHOLE


def test_report_of_nothing_flagged_has_no_empty_sections() -> None:
    """A quiet patient's report is identity, answer, counts and footer."""
    text = _text(replace(QUIET, contacts=(), good_until=None))
    assert text.splitlines()[2:] == [
        "",
        "NOTHING FLAGGED IN THE FACTS GIVEN",
        "Other rules: 1 clear · 0 not assessed · 0 not applicable",
        "As of 24-Mar-2026.",
        WHOLE.splitlines()[-1],
    ]


@pytest.mark.parametrize("word", ["cleared", "safe", "fit for"])
def test_report_never_reassures(word: str) -> None:
    """No headline or frame of the report calls a patient fit."""
    assert word not in _text(QUIET, verbose=True).lower()


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_report_keeps_within_the_width_and_loses_no_word(width: int) -> None:
    """Lines are broken between words; nothing is cut off at any width."""
    text = _text(FULL, width=width)
    assert max(len(line) for line in text.splitlines()) <= width
    assert sorted(text.split()) == sorted(WHOLE.split())


def test_report_keeps_a_long_word_whole() -> None:
    """A word longer than the line is printed past the edge, never cut."""
    name = "X" * 130
    assert name in _text(replace(QUIET, patient=replace(PATIENT, name=name)), width=60)


def test_report_keeps_number_and_unit_together() -> None:
    """A line break never separates a value from its unit."""
    for width in range(40, 121):
        lines = _text(FULL, width=width).splitlines()
        assert sum("71 mmol/mol" in line for line in lines) == 1
        assert sum("64 mmol/mol" in line for line in lines) == 1


def test_report_in_ascii_has_a_letter_for_every_glyph() -> None:
    """An encoding without the glyphs gets words and signs it has, and no box or question mark."""
    text = render_text(
        replace(FULL, patient=replace(PATIENT, name="Müller")),
        verbose=False,
        width=100,
        ascii_only=True,
    )
    assert text.replace("Müller", "").isascii()
    assert "  x relative  HbA1c" in text
    assert "so far; 1 check nearer the day - 1 gate open" in text


@pytest.mark.parametrize(
    ("allergies", "listed", "expected"),
    [
        ("known", ("latex", "penicillin (severe)"), "Known allergies: latex, penicillin (severe)"),
        ("none_known", (), "No known allergies"),
        ("not_recorded", (), "Allergies not recorded"),
        ("unavailable", (), "Allergies unavailable"),
    ],
)
def test_report_says_exactly_one_of_four_things_about_allergies(
    allergies: str, listed: tuple[str, ...], expected: str
) -> None:
    """Missing is not none."""
    patient = replace(PATIENT, allergies=allergies, allergy_list=listed)
    assert expected in _unbroken(_text(replace(QUIET, patient=patient)))


def test_report_says_what_of_the_identity_is_not_recorded() -> None:
    """Nothing about who or what is guessed or left out silently."""
    nobody = replace(
        PATIENT,
        id=None,
        name=None,
        birth_date=None,
        age=None,
        sex=None,
        operation=None,
        techniques=(),
        level=None,
        side=None,
        site=None,
    )
    text = _unbroken(_text(replace(QUIET, patient=nobody, procedure_date=None, urgency=None)))
    for words in (
        "Name not recorded",
        "Age not recorded",
        "sex not recorded",
        "ID not recorded",
        "Operation not recorded",
        "site not recorded",
        "side not recorded",
        "urgency not recorded",
        "date of surgery not recorded",
    ):
        assert words in text


def test_report_writes_an_iso_birth_date_for_people() -> None:
    """The date of birth is read as DD-Mmm-YYYY like every other date."""
    text = _text(replace(QUIET, patient=replace(PATIENT, birth_date="1961-02-02")))
    assert "Born 02-Feb-1961 (65 y)" in text


def test_report_prints_times_of_day_where_they_are_known() -> None:
    """An assessment made in the evening says so."""
    text = _unbroken(_text(replace(QUIET, as_of=datetime(2026, 3, 16, 20, 30))))  # noqa: DTZ001
    assert "As of 16-Mar-2026 20:30" in text


def test_banner_stands_above_every_other_finding() -> None:
    """A reason to operate now is the first thing after the answer, and is not said twice."""
    now = replace(BASE, rule="neuro-ces", title="Cauda equina", status=Status.FLAGGED, banner=True)
    text = _text(replace(FULL, findings=(HBA1C_HIGH, now)))
    assert text.index("TIME-CRITICAL") < text.index("NEEDS TIME OR A DECISION")
    assert text.count("neuro-ces") == 1


def test_finding_is_grouped_by_effective_level_and_kind() -> None:
    """At an emergency a relative finding counts as a precaution; theatre stops are process."""
    mitigated = replace(HBA1C_HIGH, effective_level=Level.CAUTION)
    theatre = replace(HBA1C_HIGH, rule="thr-x", kind=Kind.THEATRE)
    text = _text(replace(FULL, findings=(theatre, mitigated), urgency=Urgency.EMERGENCY))
    assert text.index("FIX BEFORE THEATRE") < text.index("thr-x") < text.index("PRECAUTIONS")
    assert text.index("PRECAUTIONS") < text.index("dm-hba1c-high")


def test_void_override_leaves_the_finding_a_stop_and_says_why() -> None:
    """An acceptance older than the evidence is printed, and does not count."""
    void = Acceptance("A. Consultant", date(2026, 3, 1), "panel", void="older than the evidence")
    text = _text(replace(FULL, findings=(replace(HBA1C_HIGH, override=void),)))
    assert "NEEDS TIME OR A DECISION" in text
    assert 'Void: older than the evidence; A. Consultant, 01-Mar-2026: "panel"' in text
    assert "ACCEPTED BY A CLINICIAN" not in text


def test_flagged_finding_names_a_worse_grade_that_is_open() -> None:
    """A caution that could be a stop says what would decide it."""
    graded = replace(LATEX, undecided_level=Level.RELATIVE, missing=PLATELETS.missing)
    text = _text(replace(FULL, findings=(graded,)))
    assert "Could be relative: platelets too old." in text


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (HBA1C, "71 mmol/mol (02-Mar-2026, 43 d before), limit 64 mmol/mol"),
        (
            replace(HBA1C, reported="8.6 %", limit="8.0 %"),
            "8.6 % (02-Mar-2026, 43 d before), limit 8.0 %",
        ),
        (replace(HBA1C, age_days=0), "71 mmol/mol (02-Mar-2026, on the day), limit 64 mmol/mol"),
        (replace(HBA1C, age_days=-2), "71 mmol/mol (02-Mar-2026, 2 d after), limit 64 mmol/mol"),
        (replace(HBA1C, on=None, age_days=None, limit=None), "71 mmol/mol [dm-hba1c-high]"),
        (replace(HBA1C, label="Glycated Hb"), "Glycated Hb 71 mmol/mol (02-Mar-2026"),
        (replace(HBA1C, value=True, reported="yes", limit=None, label="pus"), "pus (02-Mar-2026"),
        (replace(HBA1C, value=False, reported="no", limit=None, label="pus"), "pus no (02-Mar"),
        (
            replace(HBA1C, comparison="=", limit="'x'"),
            "71 mmol/mol (02-Mar-2026, 43 d before) [dm-",
        ),
    ],
)
def test_evidence_is_shown_as_reported_with_date_age_and_limit(
    evidence: Evidence, expected: str
) -> None:
    """Value and limit stand in the unit that was reported; a date is said once."""
    finding = replace(HBA1C_HIGH, evidence=(evidence,))
    assert expected in _unbroken(_text(replace(FULL, findings=(finding,))))


def test_evidence_without_a_date_of_surgery_has_its_age() -> None:
    """Without a date of surgery the age counts to the day of the assessment."""
    text = _unbroken(_text(replace(FULL, findings=(HBA1C_HIGH,), procedure_date=None)))
    assert "(02-Mar-2026, 43 d old)" in text


def test_evidence_beyond_three_facts_is_counted() -> None:
    """A long conjunction does not fill the screen, and does not hide that there is more."""
    many = tuple(replace(HBA1C, fact=f"labs.f{n}", label=f"fact{n}") for n in range(5))
    text = _unbroken(_text(replace(FULL, findings=(replace(HBA1C_HIGH, evidence=many),))))
    assert "fact2" in text
    assert "fact3" not in text
    assert "; and 2 more [dm-hba1c-high]" in text


def test_every_flagged_undecided_and_pending_rule_is_named() -> None:
    """A finding of one format is in every other, at least by its id; the others are counted."""
    named = (Status.FLAGGED, Status.UNDECIDED, Status.PENDING)
    text = _text(replace(FULL, missing=()), width=40)
    for finding in FULL.findings:
        assert (finding.rule in text) == (finding.status in named)


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ((("surgeon", "a"), ("nurse", "b"), ("patient", "b")), "Questions: a (surgeon); else b."),
        ((("surgeon", "a"), ("nurse", "b")), "Questions: a (surgeon); b (nurse)."),
        ((("surgeon", "a"), ("nurse", "a")), "Questions: a."),
    ],
)
def test_contacts_are_said_once_each(contacts: tuple[tuple[str, str], ...], expected: str) -> None:
    """Whom to call, by role; who answers for most is named last."""
    assert expected in _text(replace(QUIET, contacts=contacts))


def test_several_facts_that_go_stale_together_are_counted() -> None:
    """The first is named, the others are counted."""
    until = GoodUntil(date(2026, 4, 12), ("labs.haemoglobin", "labs.x", "labs.y"))
    assert "(haemoglobin and 2 more out of date)" in _text(replace(QUIET, good_until=until))


def test_verbose_report_names_every_rule_with_sources_and_digest() -> None:
    """--verbose holds back nothing."""
    result = FULL
    text = _text(result, verbose=True)
    for finding in result.findings:
        assert f"[{finding.rule}]" in text
    for step in result.steps:
        assert f"[{step.step}]" in text
    assert "Sources: a-source (V)" in text
    assert "conditions.mi" in text
    assert result.pack.digest in text
    assert result.profile_digest in text


def test_verbose_report_is_the_short_one_and_more() -> None:
    """Nothing of the short report is lost in the long one."""
    longer = _text(FULL, verbose=True).splitlines()
    assert [line for line in WHOLE.splitlines() if line not in longer] == []


def test_patient_text_is_never_markup() -> None:
    """Brackets, tags and emoji codes in a name are printed as they are."""
    name = "[bold]Bobby[/bold] :warning: <b>"
    assert name in _text(replace(QUIET, patient=replace(PATIENT, name=name)))


def test_brief_line_is_the_answer_and_what_belongs_to_it() -> None:
    """-q prints one line."""
    assert render_brief(FULL) == "Stop | so far; 1 check nearer the day | 1 gate open\n"
    assert render_brief(QUIET) == "Nothing flagged in the facts given\n"


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_is_rendered_under_its_headline(verdict: Verdict) -> None:
    """The headline is printed in capitals whatever the verdict."""
    assert "\nTHE ANSWER\n" in _text(replace(QUIET, verdict=verdict, headline="The answer"))


def test_accepted_finding_names_who_accepted_it() -> None:
    """An override in force stands with name, date and reason."""
    text = _text(replace(FULL, findings=(OBESITY, UNSIGNED)))
    assert 'Accepted: A. Consultant, 21-Mar-2026: "panel of 19 March"' in text
    assert text.index("FIX BEFORE THEATRE") < text.index("ACCEPTED BY A CLINICIAN")


def test_verbose_step_names_its_phase() -> None:
    """A reader who asks for everything sees in which group of the sheet a step stands."""
    assert "days 7 to 1, gate: absolute, surgeon" in _text(FULL, verbose=True)
