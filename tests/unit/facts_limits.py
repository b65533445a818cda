"""The limits that guidance prints in two units, and readings on both sides of each, by hand.

Every row was written from the printed pair, not calculated. `flagged` and `clear` hold the last
reading on either side of the limit in each unit, at the precision in which it is reported.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """One printed limit; `also_printed` is the other half of the pair."""

    fact: str
    comparison: str
    limit: str
    also_printed: str
    flagged: tuple[str, ...]
    clear: tuple[str, ...]

    def __str__(self) -> str:
        """Name the row in the test's report."""
        return f"{self.fact} {self.comparison} {self.limit} ({self.also_printed})"


LIMITS = (
    Limit(
        "labs.glucose",
        ">",
        "180 mg/dL",
        "10.0 mmol/L",
        ("181 mg/dL", "10.1 mmol/L"),
        ("180 mg/dL", "10.0 mmol/L"),
    ),
    Limit(
        "labs.glucose",
        "<",
        "100 mg/dL",
        "5.6 mmol/L",
        ("99 mg/dL", "5.5 mmol/L"),
        ("100 mg/dL", "5.6 mmol/L"),
    ),
    Limit(
        "labs.glucose",
        "<",
        "70 mg/dL",
        "3.9 mmol/L",
        ("69 mg/dL", "3.8 mmol/L"),
        ("70 mg/dL", "3.9 mmol/L"),
    ),
    Limit(
        "labs.glucose",
        ">",
        "250 mg/dL",
        "13.9 mmol/L",
        ("251 mg/dL", "14.0 mmol/L"),
        ("250 mg/dL", "13.9 mmol/L"),
    ),
    Limit(
        "labs.glucose",
        ">=",
        "200 mg/dL",
        "11.1 mmol/L",
        ("200 mg/dL", "11.1 mmol/L"),
        ("199 mg/dL", "11.0 mmol/L"),
    ),
    Limit(
        "labs.hba1c",
        ">=",
        "64 mmol/mol",
        "8.0 %",
        ("64 mmol/mol", "8.0 %"),
        ("63 mmol/mol", "7.9 %"),
    ),
    Limit(
        "labs.hba1c",
        ">=",
        "69 mmol/mol",
        "8.5 %",
        ("69 mmol/mol", "8.5 %"),
        ("68 mmol/mol", "8.4 %"),
    ),
    Limit(
        "labs.hba1c",
        ">=",
        "53 mmol/mol",
        "7.0 %",
        ("53 mmol/mol", "7.0 %"),
        ("52 mmol/mol", "6.9 %"),
    ),
    Limit(
        "labs.hba1c",
        ">=",
        "75 mmol/mol",
        "9.0 %",
        ("75 mmol/mol", "9.0 %"),
        ("74 mmol/mol", "8.9 %"),
    ),
    Limit(
        "labs.creatinine",
        ">",
        "177 umol/L",
        "2.0 mg/dL",
        ("178 umol/L", "2.1 mg/dL"),
        ("177 umol/L", "2.0 mg/dL"),
    ),
    Limit(
        "labs.vitamin_d_25oh",
        "<",
        "50 nmol/L",
        "20 ng/mL",
        ("49 nmol/L", "19 ng/mL"),
        ("50 nmol/L", "20 ng/mL"),
    ),
    Limit(
        "labs.vitamin_d_25oh",
        "<",
        "75 nmol/L",
        "30 ng/mL",
        ("74 nmol/L", "29 ng/mL"),
        ("75 nmol/L", "30 ng/mL"),
    ),
    Limit(
        "vitals.temperature",
        ">=",
        "38.0 Cel",
        "100.4 [degF]",
        ("38.0 Cel", "100.4 [degF]"),
        ("37.9 Cel", "100.3 [degF]"),
    ),
    Limit(
        "vitals.temperature",
        "<",
        "36.0 Cel",
        "96.8 [degF]",
        ("35.9 Cel", "96.7 [degF]"),
        ("36.0 Cel", "96.8 [degF]"),
    ),
    Limit(
        "vitals.systolic_bp",
        ">=",
        "180 mm[Hg]",
        "24.0 kPa",
        ("180 mm[Hg]", "24.0 kPa"),
        ("179 mm[Hg]", "23.9 kPa"),
    ),
    Limit(
        "labs.haemoglobin",
        "<",
        "130 g/L",
        "13.0 g/dL",
        ("129 g/L", "12.9 g/dL", "12.99 g/dL"),
        ("130 g/L", "13.0 g/dL", "13 g/dL"),
    ),
    Limit(
        "labs.haemoglobin",
        "<",
        "80 g/L",
        "8.0 g/dL",
        ("79 g/L", "7.9 g/dL"),
        ("80 g/L", "8.0 g/dL"),
    ),
    Limit(
        "labs.platelets",
        "<",
        "100 10*9/L",
        "100000 /uL",
        ("99 10*9/L", "99999 /uL", "99 10*3/uL"),
        ("100 10*9/L", "100000 /uL", "100 10*3/uL"),
    ),
    Limit(
        "labs.platelets",
        "<",
        "50 10*9/L",
        "50000 /uL",
        ("49 10*9/L", "49999 /uL", "49 10*3/uL"),
        ("50 10*9/L", "50000 /uL", "50 10*3/uL"),
    ),
)

SHIPPED_LIMITS = (
    *LIMITS,
    Limit(
        "labs.albumin", "<", "30 g/L", "3.0 g/dL", ("29 g/L", "2.9 g/dL"), ("30 g/L", "3.0 g/dL")
    ),
    Limit(
        "labs.albumin", "<", "35 g/L", "3.5 g/dL", ("34 g/L", "3.4 g/dL"), ("35 g/L", "3.5 g/dL")
    ),
    Limit(
        "labs.prealbumin",
        "<=",
        "200 mg/L",
        "20 mg/dL",
        ("200 mg/L", "20 mg/dL"),
        ("201 mg/L", "20.1 mg/dL"),
    ),
    Limit(
        "labs.crp",
        ">",
        "10 mg/L",
        "1.0 mg/dL",
        ("10.1 mg/L", "1.1 mg/dL"),
        ("10 mg/L", "1.0 mg/dL"),
    ),
    Limit(
        "labs.fibrinogen",
        "<",
        "1.5 g/L",
        "150 mg/dL",
        ("1.4 g/L", "149 mg/dL"),
        ("1.5 g/L", "150 mg/dL"),
    ),
    Limit(
        "labs.wbc",
        ">",
        "12 10*9/L",
        "12 10*3/uL",
        ("12.1 10*9/L", "12.1 10*3/uL"),
        ("12 10*9/L", "12 10*3/uL"),
    ),
    Limit(
        "labs.neutrophils",
        "<",
        "1.0 10*9/L",
        "1.0 10*3/uL",
        ("0.9 10*9/L", "0.9 10*3/uL"),
        ("1.0 10*9/L", "1.0 10*3/uL"),
    ),
    Limit(
        "labs.ferritin",
        "<",
        "30 ug/L",
        "30 ng/mL",
        ("29 ug/L", "29 ng/mL"),
        ("30 ug/L", "30 ng/mL"),
    ),
    Limit(
        "labs.cotinine_urine",
        ">=",
        "100 ug/L",
        "100 ng/mL",
        ("100 ug/L", "100 ng/mL"),
        ("99 ug/L", "99 ng/mL"),
    ),
    Limit(
        "labs.cotinine_serum",
        ">=",
        "10 ug/L",
        "10 ng/mL",
        ("10 ug/L", "10 ng/mL"),
        ("9 ug/L", "9 ng/mL"),
    ),
    Limit(
        "labs.doac_level",
        "<",
        "30 ug/L",
        "30 ng/mL",
        ("29 ug/L", "29 ng/mL"),
        ("30 ug/L", "30 ng/mL"),
    ),
    Limit(
        "labs.potassium",
        ">=",
        "5.5 mmol/L",
        "5.5 meq/L",
        ("5.5 mmol/L", "5.5 meq/L"),
        ("5.4 mmol/L", "5.4 meq/L"),
    ),
    Limit(
        "procedure.expected_blood_loss",
        ">",
        "500 mL",
        "0.5 L",
        ("501 mL", "0.6 L"),
        ("500 mL", "0.5 L"),
    ),
    Limit(
        "procedure.expected_duration",
        ">=",
        "6 h",
        "360 min",
        ("6 h", "360 min"),
        ("5.9 h", "359 min"),
    ),
)
