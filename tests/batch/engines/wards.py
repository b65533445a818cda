"""A small pack whose rules use units, dates, freshness and gates, and a ward of patients for it."""

import json
from pathlib import Path

from backrec_cli.batch.cohort.json_lines import JsonLines
from backrec_cli.batch.cohort.stretch import Held
from backrec_cli.batch.reference import Terms
from backrec_cli.profile.dates import parse_date
from tests.unit.engine_bench import pack_of

DAY = "2026-03-10"

_RULES = """
[[rule]]
id = "marker-high"
title = "Marker raised"
when = "labs.marker > 10 'mg/L'"
level = "relative"
#common
[[rule]]
id = "thinner-recent"
title = "Thinner not held"
applies = "medications.thinner"
when = "difference in days between medications.thinner.last_dose_on and procedure.date < 3"
level = "absolute"
#common
[[rule]]
id = "infection"
title = "Infection without a plan"
when = "conditions.infection and not conditions.plan"
level = "absolute_elective"
#common
[[rule]]
id = "older"
title = "Older patient"
when = "patient.age >= 80"
level = "caution"
#common
[[require]]
id = "spot-missing"
topic = "clinic"
title = "Spot glucose is known"
applies = "patient.age >= 60"
facts = ["labs.spot"]
from = "-2 d"
level = "relative"
mark = "LP"
[[step]]
id = "sign"
topic = "paper"
title = "Consent signed"
done = "consent.signed"
window = { from = "-14 d", to = "-3 d" }
gate = "absolute"
role = ["surgeon"]
mark = "GK"
"""


def ward_terms(folder: Path) -> Terms:
    """Load the pack; every patient is assessed days before surgery."""
    day = parse_date(DAY)
    assert day is not None
    return Terms(pack_of(folder, _RULES), day)


def ward(count: int) -> list[bytes]:
    """Return patients of every combination, one record each; some are no records at all."""
    return [_patient(number) for number in range(count)]


def chunk_of(records: list[bytes], first: int = 1) -> JsonLines:
    """Return a chunk with one record on each line."""
    data = b"\n".join(records) + b"\n"
    return JsonLines("ward.ndjson", first, first, len(records), len(data), Held(data))


def _patient(number: int) -> bytes:
    """Return one patient; each section goes round in a cycle of its own length."""
    if number % 37 == 36:
        return f'{{"patient": {{"id": "W{number}"'.encode()
    urgency = ("elective", "time_sensitive", "urgent", "emergency")[number % 4]
    marker = (
        {"value": 9.5, "unit": "mg/L", "measured_on": "2026-03-01"},
        {"value": 1.05, "unit": "mg/dL", "measured_on": "2026-03-09"},
        {"value": 12, "unit": "mg/L", "measured_on": "2026-01-01"},
        {"value": 9000, "unit": "mg/L", "measured_on": "2026-03-01"},
        {"value": 10.0, "unit": "mg/L", "measured_on": "2026-03-09"},
        "unknown",
        None,
    )[number % 7]
    thinner = (
        False,
        {"value": True, "last_dose_on": "2026-03-10"},
        {"value": True, "last_dose_on": "2026-03-13"},
        "unknown",
        {"value": True, "last_dose_on": "2026-03-14"},
    )[number % 5]
    document: dict[str, dict[str, object]] = {
        "patient": {"id": f"W{number}", "age": (17, 40, 60, 81, 50)[number % 11 % 5]},
        "procedure": {"date": ("2026-03-16", "2026-03-11")[number % 2], "urgency": urgency},
        "conditions": {"infection": (False, True, "unknown")[number % 3]},
        "medications": {"thinner": thinner},
    }
    if marker is not None:
        document["labs"] = {"marker": marker}
    if number % 17 < 9:
        document.setdefault("labs", {})["spot"] = {
            "value": 5.5,
            "unit": "mmol/L",
            "measured_on": ("2026-03-10", "2026-03-09")[number % 2],
        }
    if number % 13 < 6:
        document["conditions"]["plan"] = number % 2 == 0
        document["consent"] = {"signed": {"value": True, "on": "2026-03-05"}}
    return json.dumps(document).encode()
