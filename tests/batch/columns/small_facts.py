"""A few facts with every habit that a fact can have, so that random records are dense."""

FACTS = """
[patient.id]
type = "text"
label = "Identifier"
[patient.birth_date]
type = "date"
label = "Born"
[patient.age]
type = "integer"
label = "Age"
plausible = [0, 120]
derive = "years between patient.birth_date and procedure.date"
[procedure.date]
type = "date"
label = "Date of surgery"
[procedure.urgency]
type = "choice"
label = "Urgency"
choices = ["elective", "time_sensitive", "urgent", "emergency"]
[procedure.technique]
type = "choices"
label = "Technique"
choices = ["fusion", "flap", "not_recorded"]
unknown_values = ["not_recorded"]
[procedure.duration]
type = "integer"
label = "Hours of surgery"
plausible = [1, 12]
[vitals.height]
type = "quantity"
label = "Height"
unit = "cm"
also = [{ unit = "m", scale = "100" }]
plausible = [50, 230]
valid_for = "365 d"
[vitals.weight]
type = "quantity"
label = "Weight"
unit = "kg"
plausible = [20, 400]
valid_for = "30 d"
[vitals.bmi]
type = "quantity"
label = "BMI"
unit = "kg/m2"
precision = 1
plausible = [10, 60]
valid_for = "30 d"
derive = "vitals.weight.value / ((vitals.height.value / 100) * (vitals.height.value / 100))"
[vitals.excess]
type = "decimal"
label = "How far the BMI is above 25"
derive = "vitals.bmi.value - 25"
[vitals.heavy]
type = "boolean"
label = "Heavy"
derive = "vitals.excess > 5 or vitals.weight > 120 'kg'"
[vitals.systolic_bp]
type = "quantity"
label = "Systolic"
unit = "mm[Hg]"
plausible = [50, 280]
valid_for = "7 d"
[vitals.diastolic_bp]
type = "quantity"
label = "Diastolic"
unit = "mm[Hg]"
plausible = [20, 180]
[labs.inr]
type = "decimal"
label = "INR"
plausible = [0.5, 15]
valid_for = [
  { when = "medications.warfarin", valid_for = "1 d" },
  { when = "labs.marker > 100 'mg/L'", valid_for = "7 d" },
  { when = "conditions.mi", valid_for = "14 d" },
  { valid_for = "30 d" },
]
[labs.marker]
type = "quantity"
label = "Marker"
unit = "mg/L"
plausible = [0, 500]
valid_for = [{ when = "labs.marker > 100 'mg/L'", valid_for = "3 d" }, { valid_for = "30 d" }]
[labs.spot]
type = "quantity"
label = "Spot glucose"
unit = "mmol/L"
plausible = [1, 60]
valid_for = "4 h"
[labs.screen]
type = "choice"
label = "Screen"
choices = ["negative", "carrier", "not_done"]
unknown_values = ["not_done"]
valid_for = "60 d"
[labs.group]
type = "event"
label = "Group and save"
valid_for = "7 d"
[conditions.diabetes]
type = "choice"
label = "Diabetes"
choices = ["none", "type1", "type2"]
negative = "none"
[conditions.mi]
type = "event"
label = "Heart attack"
[conditions.epilepsy]
type = "boolean"
label = "Epilepsy"
[conditions.plan]
type = "boolean"
label = "Bleeding plan"
protective = true
[medications.warfarin]
type = "medication"
label = "Warfarin"
[medications.apixaban]
type = "medication"
label = "Apixaban"
[consent.signed]
type = "event"
label = "Consent signed"
protective = true
[theatre.eyes_free]
type = "boolean"
label = "Eyes free"
protective = true
day_of = true
[theatre.hair]
type = "choice"
label = "Hair"
choices = ["left", "clipped"]
negative = "left"
day_of = true
[theatre.incision]
type = "date"
label = "Incision"
day_of = true
[theatre.ready]
type = "choices"
label = "Ready"
choices = ["screws", "drill"]
day_of = true
[scores.risk]
type = "integer"
label = "Risk"
plausible = [1, 35]
[[scores.risk.item]]
title = "Age"
points = "if patient.age > 80 then 5 else if patient.age > 50 then 3 else 0"
[[scores.risk.item]]
title = "Marker"
points = 4
when = "labs.marker > 40 'mg/L'"
[[scores.risk.item]]
title = "Heart"
points = 2
when = "conditions.mi and difference in days between conditions.mi.on and procedure.date <= 60"
[[scores.risk.item]]
title = "Hours"
points = "2 * procedure.duration"
[[scores.risk.item]]
title = "Plan"
points = -1
when = "conditions.plan"
[scores.total]
type = "integer"
label = "Two scores"
plausible = [0, 6]
[[scores.total.item]]
title = "Risk"
points = 3
when = "scores.risk >= 6"
[[scores.total.item]]
title = "Screen"
points = 1
when = "labs.screen = 'carrier'"
[[scores.total.item]]
title = "Marker"
points = 2
when = "labs.marker > 200 'mg/L'"
[[check]]
id = "bp-order"
facts = ["vitals.systolic_bp", "vitals.diastolic_bp"]
holds = "vitals.systolic_bp > vitals.diastolic_bp"
message = "systolic must be above diastolic"
[[check]]
id = "bmi-agrees"
facts = ["vitals.bmi", "vitals.weight", "vitals.height"]
holds = '''Abs(vitals.bmi.value
  - vitals.weight.value / ((vitals.height.value / 100) * (vitals.height.value / 100))) <= 1.0'''
message = "the given BMI does not fit weight and height"
[[check]]
id = "risk-and-age"
facts = ["scores.total", "scores.risk"]
holds = "scores.total <= scores.risk + 6"
message = "the scores do not fit"
"""
