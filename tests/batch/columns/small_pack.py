"""Packs over the small facts, and a patient of whom every one of them is known."""

from datetime import date
from pathlib import Path

from backrec_cli.rulepack import open_pack
from backrec_cli.rulepack.model import RulePack
from tests.batch.columns.bench import Patient
from tests.batch.columns.changes import Document, read
from tests.batch.columns.small_facts import FACTS
from tests.unit.engine_bench import PACK

DAY = date(2026, 3, 16)
_ON = {"measured_on": "2026-03-16"}

EMPTY: Document = {
    "patient": {"birth_date": "1970-01-01"},
    "procedure": {"date": "2026-03-16", "urgency": "elective"},
}
COMPLETE: Document = {
    "patient": {"birth_date": "1970-01-01"},
    "procedure": {"date": "2026-03-16", "urgency": "elective", "technique": ["fusion"]}
    | {"duration": 3},
    "vitals": {
        "height": {"value": 170, "unit": "cm", **_ON},
        "weight": {"value": 80, "unit": "kg", **_ON},
        "systolic_bp": {"value": 120, "unit": "mm[Hg]", **_ON},
        "diastolic_bp": {"value": 80, "unit": "mm[Hg]", **_ON},
    },
    "labs": {
        "inr": {"value": 1.1, **_ON},
        "marker": {"value": 10, "unit": "mg/L", **_ON},
        "spot": {"value": 6, "unit": "mmol/L", **_ON},
        "screen": {"value": "negative", **_ON},
        "group": "2026-03-16",
    },
    "conditions": {"diabetes": "type2", "mi": "2025-06-01", "epilepsy": False, "plan": True},
    "medications": {
        "warfarin": {"last_dose_on": "2026-03-08"},
        "apixaban": {"last_dose_on": "2026-03-10"},
    },
    "consent": {"signed": "2026-03-02"},
    "theatre": {"eyes_free": True, "hair": "clipped", "incision": "2026-03-16"}
    | {"ready": ["screws", "drill"]},
}
DOCUMENTS = (("empty", EMPTY), ("complete", COMPLETE))


def small_pack(folder: Path, rules: str, *overlays: str) -> RulePack:
    """Write a pack of the small facts with these rules, overlays over it, and open them."""
    base = folder / "base"
    _write(base, {"pack.toml": PACK, "facts.toml": FACTS, "rules.toml": rules})
    _write(base, {"parameters.toml": "", "sources.toml": ""})
    folders = [base]
    for number, text in enumerate(overlays):
        head = f'[overlay]\nid = "o{number}"\nversion = "1"\ntitle = "Hospital"\nbase = "bench"\n'
        _write(folder / f"overlay{number}", {"overlay.toml": head, "more.toml": text})
        folders.append(folder / f"overlay{number}")
    return open_pack(folders, DAY)


def _write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def complete(pack: RulePack) -> Patient:
    """Return the patient of whom everything is known, on the day of surgery."""
    return Patient("complete", read(COMPLETE, "complete", pack.dictionary), DAY)
