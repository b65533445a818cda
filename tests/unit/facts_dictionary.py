"""A small dictionary for the unit tests: one fact of each kind of conversion."""

import tomllib
from decimal import Decimal

from backrec_cli.errors import Diagnostic
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reader import parse_dictionary
from backrec_cli.rulepack.locator import locate
from backrec_cli.source import SourceText, Span

SMALL = """
[patient.age]
type = "integer"
label = "age"
plausible = [0, 120]

[procedure.urgency]
type = "choice"
label = "urgency"
choices = ["elective", "emergency"]

[procedure.technique]
type = "choices"
label = "technique"
choices = ["spinal_fusion", "skin_graft"]

[procedure.date]
type = "date"
label = "date of surgery"

[procedure.operation]
type = "text"
label = "operation"

[vitals.temperature]
type = "quantity"
label = "temperature"
unit = "Cel"
precision = 1
also = [{ unit = "[degF]", scale = "5/9", offset = "-160/9", precision = 1 }]
plausible = [30, 43]
valid_for = "24 h"

[vitals.height]
type = "quantity"
label = "height"
unit = "cm"
precision = 1
also = [
  { unit = "m", scale = "100" },
  { unit = "[in_i]", scale = "2.54", precision = 1 },
]
plausible = [50, 230]
valid_for = "365 d"

[vitals.systolic_bp]
type = "quantity"
label = "systolic blood pressure"
unit = "mm[Hg]"
precision = 0
also = [{ unit = "kPa", scale = "7.50062", precision = 1 }]
plausible = [50, 280]

[labs.hba1c]
type = "quantity"
label = "HbA1c"
unit = "mmol/mol"
precision = 0
also = [{ unit = "%", scale = "10.93", offset = "-23.5", precision = 1 }]
plausible = [9, 195]
valid_for = "90 d"

[labs.glucose]
type = "quantity"
label = "glucose"
unit = "mg/dL"
precision = 0
also = [{ unit = "mmol/L", scale = "18.016", precision = 1 }]
plausible = [18, 1080]
valid_for = "4 h"

[labs.creatinine]
type = "quantity"
label = "creatinine"
unit = "umol/L"
precision = 0
also = [{ unit = "mg/dL", scale = "88.42", precision = 1 }]
plausible = [15, 2000]

[labs.vitamin_d_25oh]
type = "quantity"
label = "25-OH vitamin D"
unit = "nmol/L"
precision = 0
also = [
  { unit = "ng/mL", scale = "2.496" },
  { unit = "ug/L", scale = "2.496" },
]
plausible = [5, 400]

[labs.haemoglobin]
type = "quantity"
label = "haemoglobin"
unit = "g/L"
also = [{ unit = "g/dL", scale = "10", precision = 1 }]
plausible = [30, 250]

[labs.platelets]
type = "quantity"
label = "platelets"
unit = "10*9/L"
precision = 0
also = [
  { unit = "10*3/uL", scale = "1", exact = true },
  { unit = "/uL", scale = "1/1000", exact = true },
]
plausible = [1, 2000]

[labs.egfr]
type = "quantity"
label = "eGFR"
unit = "mL/min/{1.73_m2}"
plausible = [2, 200]

[labs.inr]
type = "decimal"
label = "INR"
plausible = [0.5, 15]
valid_for = [{ when = "medications.warfarin", valid_for = "1 d" }, { valid_for = "30 d" }]

[labs.mrsa_screen]
type = "choice"
label = "MRSA screen"
choices = ["negative", "carrier", "not_done"]
unknown_values = ["not_done"]

[conditions.diabetes]
type = "choice"
label = "diabetes"
choices = ["none", "type1", "type2", "other"]
negative = "none"

[conditions.mi]
type = "event"
label = "heart attack"

[medications.warfarin]
type = "medication"
label = "warfarin"

[consent.alternatives_explained]
type = "boolean"
label = "alternatives explained"
protective = true

[[check]]
id = "pressure-order"
facts = ["vitals.systolic_bp", "vitals.height"]
holds = "vitals.systolic_bp.value > 0"
message = "systolic must be above nothing"
"""


def read(text: str) -> tuple[FactDictionary, list[Diagnostic]]:
    """Read a dictionary from TOML text as the pack loader does, with real places."""
    source = SourceText("facts.toml", text)
    document: dict[str, object] = tomllib.loads(text, parse_float=Decimal)

    def place(path: tuple[str | int, ...]) -> Span:
        return locate(text)[path].key

    return parse_dictionary(document, source, place)


def small_dictionary() -> FactDictionary:
    """Return the small dictionary, which has no errors."""
    dictionary, diagnostics = read(SMALL)
    assert not diagnostics, diagnostics
    return dictionary
