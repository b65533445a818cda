"""The codes beside the dictionary: every one checked, every one for a fact that exists."""

from backrec_cli.facts.codes import read_codes
from backrec_cli.rulepack import shipped_pack_folder
from tests.shipped import pack

CODES = read_codes(shipped_pack_folder())


def test_codes_name_facts_of_the_dictionary() -> None:
    """No code hangs on a fact that is not there."""
    unknown = [path for path in CODES if pack().dictionary.get(path) is None]
    assert unknown == []
    assert sum(map(len, CODES.values())) > 500


def test_codes_follow_the_three_corrections() -> None:
    """FEV1 and the lumbar T-score have the corrected LOINC codes; any stenosis is not severe."""
    fev1 = {c.code for c in CODES["conditions.fev1_pct"]}
    t_score = {c.code for c in CODES["bone.t_score"]}
    every = {c.code for codes in CODES.values() for c in codes}
    assert "20152-5" in fev1
    assert "38267-1" in t_score
    assert not {"20152-8", "38267-3"} & every
    severe = [c for c in CODES.get("conditions.valve_as_severe", ()) if c.system == "SNOMED CT"]
    assert severe == []


def test_codes_say_how_each_was_checked() -> None:
    """Every code carries its status, and none that was found wrong is kept."""
    statuses = {c.status for codes in CODES.values() for c in codes}
    assert statuses <= {"verified", "verified-secondary", "conflicting"}
