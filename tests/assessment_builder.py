"""Hand-built assessments for the tests of the renderers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from backrec_cli.assessment.model import (
    Acceptance,
    Assessment,
    Basis,
    Evidence,
    Finding,
    GoodUntil,
    Lacking,
    MissingFact,
    Origin,
    PackIdentity,
    Patient,
    Status,
    StepResult,
    StepStatus,
)
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.rulepack.model import Kind, Level, Mark, Phase, Role, Urgency

SURGERY = date(2026, 4, 14)
AS_OF = date(2026, 3, 24)

PATIENT = Patient(
    id="RH-2041-7",
    name="EXAMPLE, Patient",
    birth_date="02-Feb-1961",
    age=65,
    sex="female",
    allergies="known",
    allergy_list=("latex",),
    operation="T10 to L2 fusion",
    techniques=("spinal_fusion", "muscle_flap"),
    level="thoracic",
    side="left",
    site="T10 to L2",
)

HBA1C = Evidence(
    fact="labs.hba1c",
    label="HbA1c",
    value=Decimal(71),
    unit="mmol/mol",
    reported="71 mmol/mol",
    on=date(2026, 3, 2),
    age_days=43,
    comparison=">=",
    limit="64 mmol/mol",
)

BASE = Finding(
    rule="base-rule",
    origin=Origin.RULE,
    topic="glucose",
    topic_title="Glucose",
    kind=Kind.CLINICAL,
    title="Base rule",
    status=Status.CLEAR,
    level=Level.RELATIVE,
    effective_level=Level.RELATIVE,
    action="Do what is right.",
    roles=(Role.SURGEON,),
    sources=("a-source",),
    mark=Mark.V,
)

HBA1C_HIGH = replace(
    BASE,
    rule="dm-hba1c-high",
    title="HbA1c at or above the elective limit",
    status=Status.FLAGGED,
    action="Diabetes team; repeat in 6 to 12 weeks.",
    roles=(Role.SURGEON, Role.PATIENT),
    evidence=(HBA1C,),
)
UNSIGNED = replace(
    BASE,
    rule="con-signed",
    origin=Origin.STEP,
    topic="consent",
    topic_title="Consent",
    kind=Kind.PROCESS,
    title="Consent form signed",
    status=Status.FLAGGED,
    level=Level.ABSOLUTE,
    effective_level=Level.ABSOLUTE,
    action="Obtain written consent.",
)
LATEX = replace(
    BASE,
    rule="all-latex",
    topic="allergies",
    topic_title="Allergies",
    title="Latex allergy",
    status=Status.FLAGGED,
    level=Level.CAUTION,
    effective_level=Level.CAUTION,
    action="Latex-safe theatre, first on the list.",
    evidence=(Evidence("allergies.latex", "latex", True, None, "yes", None, None),),
)
OBESITY = replace(
    BASE,
    rule="ob-3",
    topic="weight",
    topic_title="Weight",
    title="BMI above the elective limit",
    status=Status.FLAGGED,
    effective_level=Level.CAUTION,
    evidence=(
        Evidence(
            fact="vitals.bmi",
            label="BMI",
            value=Decimal("41.2"),
            unit="kg/m2",
            reported=None,
            on=date(2026, 3, 20),
            age_days=25,
            comparison=">=",
            limit="40 kg/m2",
            inputs=("vitals.height", "vitals.weight"),
        ),
    ),
    override=Acceptance("A. Consultant", date(2026, 3, 21), "panel of 19 March"),
)
VITAMIN = replace(
    BASE,
    rule="bone-vitd",
    topic="bone",
    topic_title="Bone",
    title="Vitamin D low",
    status=Status.FLAGGED,
    level=Level.INFORMATION,
    effective_level=Level.INFORMATION,
)
PLATELETS = replace(
    BASE,
    rule="coag-platelets",
    topic="coagulation",
    topic_title="Coagulation",
    title="Platelets low",
    status=Status.UNDECIDED,
    undecided_level=Level.RELATIVE,
    missing=(Lacking("labs.platelets", "platelets", Absence.STALE),),
)
EXAMINATION = replace(
    BASE,
    rule="gen-hp",
    topic="general",
    topic_title="Case and work-up",
    kind=Kind.PROCESS,
    title="History and physical",
    status=Status.PENDING,
    pending_from=date(2026, 4, 13),
)
LVEF = replace(BASE, rule="cpr-lvef", title="Ejection fraction low", status=Status.NOT_ASSESSED)
CALM = replace(BASE, rule="infect-sepsis", title="Sepsis", status=Status.CLEAR)
ABSENT = replace(BASE, rule="preg-test", title="Pregnancy", status=Status.NOT_APPLICABLE)

TOPICS = StepResult(
    step="con-topics",
    topic="consent",
    topic_title="Consent",
    title="Six topics explained",
    status=StepStatus.DUE,
    opens=date(2026, 3, 17),
    closes=date(2026, 4, 13),
    phase=Phase.DAYS_7_TO_1,
    roles=(Role.SURGEON,),
    gate=Level.ABSOLUTE,
    action="Explain the six topics.",
    sources=("a-source",),
    mark=Mark.V,
    missing=(Lacking("consent.risks_explained", "risks explained", Absence.NOT_RECORDED),),
)
SHOWER = replace(
    TOPICS,
    step="prep-shower",
    topic="preparation",
    topic_title="Preparation",
    title="Shower with soap",
    status=StepStatus.NOT_YET,
    opens=date(2026, 4, 13),
    closes=date(2026, 4, 14),
    phase=Phase.EVENING_BEFORE,
    gate=None,
    missing=(),
)
MISSED = replace(
    SHOWER,
    step="prep-screen",
    title="MRSA screen",
    status=StepStatus.OVERDUE,
    closes=date(2026, 3, 23),
)

MISSING_PLATELETS = MissingFact(
    fact="labs.platelets",
    label="platelets",
    reason=Absence.STALE,
    reported="210 10*9/L",
    on=date(2026, 3, 1),
    settles=("coag-platelets",),
    could_change_verdict=False,
    could_add_stop=True,
    worst_level=Level.RELATIVE,
)
REJECTED_GLUCOSE = FactReading(
    path="labs.glucose",
    absence=Absence.NO_UNIT,
    reported="7.1",
    hint="write mmol/L or mg/dL",
)


# Everything at once: each kind of finding, step and missing fact.
FULL = Assessment(
    patient=PATIENT,
    profile_digest="b" * 64,
    as_of=AS_OF,
    procedure_date=SURGERY,
    urgency=Urgency.ELECTIVE,
    verdict=Verdict.NOT_ELIGIBLE,
    headline="Stop",
    qualifiers=("so far; 1 check nearer the day", "1 gate open"),
    findings=(
        UNSIGNED,
        HBA1C_HIGH,
        OBESITY,
        LATEX,
        VITAMIN,
        PLATELETS,
        EXAMINATION,
        LVEF,
        CALM,
        ABSENT,
    ),
    steps=(TOPICS, SHOWER, MISSED),
    missing=(MISSING_PLATELETS,),
    rejected=(REJECTED_GLUCOSE,),
    denied=("conditions.mi",),
    good_until=GoodUntil(date(2026, 4, 12), ("labs.haemoglobin",)),
    contacts=(("surgeon", "ext. 4410"), ("nurse", "clinic"), ("patient", "clinic")),
    warnings=("history undated: conditions",),
    pack=PackIdentity("back-reconstruction", "1.0.0", "9f3c2a1b" * 8, "Back", ()),
    basis=Basis("Advice.", "Adults.", "Guidance."),
    labels=(
        ("labs.glucose", "glucose"),
        ("labs.haemoglobin", "haemoglobin"),
        ("vitals.height", "height"),
        ("vitals.weight", "weight"),
    ),
)

# Nothing flagged and nothing open.
QUIET = replace(
    FULL,
    verdict=Verdict.ELIGIBLE,
    headline="Nothing flagged in the facts given",
    qualifiers=(),
    findings=(CALM,),
    steps=(),
    missing=(),
    rejected=(),
    denied=(),
    warnings=(),
)
