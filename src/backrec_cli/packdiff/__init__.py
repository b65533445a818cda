"""Two packs -> what changed between them, and what that changes for given patients."""

from backrec_cli.packdiff.compare import Change, FieldChange, compare_packs
from backrec_cli.packdiff.patients import (
    FindingChange,
    PatientChange,
    compare_patient,
    read_for_both,
)

__all__ = [
    "Change",
    "FieldChange",
    "FindingChange",
    "PatientChange",
    "compare_packs",
    "compare_patient",
    "read_for_both",
]
