"""Every entry of the clinical, consent, host and theatre tables, with its levels and mark."""

import re

import pytest

from backrec_cli.rulepack.model import Entry, Requirement, Step
from tests.shipped import pack

# id: levels (worst first), or the gate of a step; mark
CATALOGUE = {
    "gen-date": ("relative", "LP"),
    "gen-urgency": ("relative", "V2"),
    "gen-indication": ("relative", "V"),
    "gen-technique": ("relative", "V"),
    "gen-hp": ("relative", "V2"),
    "gen-anaesthetic": ("relative", "V2"),
    "gen-outcome-goal": ("reminder", "V"),
    "gen-urgency-conflict": ("information", "V"),
    "inf-sepsis": ("absolute", "GK"),
    "inf-sepsis-source-control": ("information", "GK"),
    "inf-systemic-active": ("absolute_elective relative", "GK"),
    "inf-unexplained-markers": ("relative caution", "V"),
    "inf-uti-symptomatic": ("relative", "GK"),
    "inf-asymptomatic-bacteriuria": ("information", "V"),
    "inf-wound-not-debrided": ("absolute", "V"),
    "inf-graft-on-infected-bed": ("absolute", "V"),
    "inf-osteomyelitis-unworked": ("relative", "V"),
    "inf-nvo-surgery": ("information", "V"),
    "inf-exposed-hardware": ("information", "V"),
    "inf-meningitis": ("absolute_elective", "GK"),
    "inf-csf-leak": ("information", "GK"),
    "inf-mrsa-carrier": ("caution", "V"),
    "inf-skin-site": ("relative", "GK"),
    "inf-resp-30d": ("relative_elective caution", "V2"),
    "inf-ivdu": ("caution", "GK"),
    "cpr-bp-missing": ("relative", "V"),
    "cpr-active-cardiac": ("absolute", "V"),
    "cpr-mi-60d": ("absolute caution", "V"),
    "cpr-pci-30d": ("absolute", "V2"),
    "cpr-des-acs": ("absolute relative", "V2"),
    "cpr-des-chronic": ("absolute relative", "V2"),
    "cpr-as-severe": ("absolute relative caution", "V"),
    "cpr-lvef": ("relative caution", "V"),
    "cpr-bp-180": ("relative", "V"),
    "cpr-bp-160": ("caution", "V"),
    "cpr-functional": ("caution", "V"),
    "cpr-rcri": ("relative caution", "V"),
    "cpr-biomarker": ("information", "V"),
    "cpr-ecg": ("information", "V"),
    "cpr-spo2": ("relative caution", "V"),
    "cpr-ariscat": ("relative caution", "V"),
    "cpr-copd-severe": ("relative caution", "V"),
    "cpr-copd-exac": ("relative", "LP"),
    "cpr-osa": ("caution", "V"),
    "cpr-pulm-htn": ("absolute_elective", "V"),
    "cpr-stroke-90d": ("absolute_elective", "V"),
    "cpr-stroke-270d": ("caution", "V"),
    "cpr-asa4": ("relative_elective", "V"),
    "cpr-asa5": ("absolute", "V"),
    "cpr-frailty": ("relative caution information", "V"),
    "cpr-frailty-index": ("reminder", "V"),
    "neuro-cauda-equina": ("information information", "V"),
    "neuro-mscc": ("information", "V"),
    "neuro-progressive": ("information", "V"),
    "neuro-raised-icp": ("absolute_elective", "GK"),
    "neuro-gcs": ("absolute_elective", "LP"),
    "neuro-no-benefit": ("relative", "GK"),
    "neuro-ad": ("caution", "V"),
    "neuro-sux": ("caution", "V2"),
    "neuro-spasticity": ("relative", "GK"),
    "neuro-ionm": ("information", "V"),
    "neuro-delirium": ("information", "GK"),
    "con-topics": ("absolute", "V"),
    "con-diagnosis": ("reminder", "V"),
    "con-expectation": ("reminder", "V"),
    "con-alternatives": ("relative", "V"),
    "con-complications": ("caution", "V"),
    "con-understanding": ("absolute", "V"),
    "con-signed": ("absolute", "V"),
    "con-order": ("absolute", "V"),
    "con-stale": ("relative", "LP"),
    "con-premed": ("relative", "V2"),
    "con-capacity": ("absolute relative information", "V2"),
    "con-interpreter": ("absolute", "V2"),
    "con-emergency": ("information", "V"),
    "con-blood": ("relative", "GK"),
    "con-anaesthesia": ("relative", "GK"),
    "con-blood-refused": ("caution", "GK"),
    "abx-timing": ("absolute", "V"),
    "abx-vancomycin": ("reminder", "V"),
    "abx-vancomycin-mrsa": ("caution", "V"),
    "abx-agent": ("caution", "V"),
    "abx-dose": ("caution caution caution caution", "V"),
    "abx-redose": ("caution caution caution", "V"),
    "abx-redose-loss": ("caution", "V2"),
    "abx-stop": ("information", "V"),
    "skin-agent": ("caution caution caution", "V"),
    "skin-open-dura": ("absolute", "V"),
    "skin-dry": ("absolute", "V"),
    "skin-dry-hair": ("absolute", "V"),
    "skin-pooling": ("absolute", "V"),
    "skin-hair": ("caution", "V2"),
    "skin-shower": ("caution", "V"),
    "skin-drape": ("information", "V2"),
    "warm": ("caution", "GK"),
    "pos-log-roll": ("reminder", "V2"),
    "pos-frame": ("reminder", "V2"),
    "pos-prone": ("absolute", "V2"),
    "pos-arms": ("caution caution", "V2"),
    "pos-donor-site": ("reminder", "GK"),
    "pos-pedicle": ("reminder", "GK"),
    "equip-missing": ("absolute", "V"),
    "equip-instruments": ("reminder", "GK"),
    "equip-dermatome": ("reminder", "GK"),
    "equip-microsurgery": ("reminder", "GK"),
    "equip-latex-free": ("reminder", "GK"),
    "equip-c-arm": ("absolute", "LP"),
    "equip-power-tools": ("reminder", "GK"),
    "equip-implants": ("absolute", "LP"),
    "equip-removal-set": ("reminder", "GK"),
    "equip-anaesthesia": ("reminder", "GK"),
    "equip-prone-support": ("reminder", "GK"),
    "equip-ionm": ("absolute", "LP"),
    "equip-ionm-deformity": ("absolute", "LP"),
    "equip-doppler": ("reminder", "GK"),
    "tech-fusion": ("caution", "V"),
    "tech-fusion-plan": ("reminder", "V"),
    "tech-mis": ("absolute", "V"),
    "tech-debulk": ("information", "V"),
    "tech-soft-tissue": ("caution information", "V"),
    "tech-flap": ("caution", "GK"),
    "tech-skin-graft": ("caution information", "V"),
    "tech-random-flap": ("caution", "V"),
    "tech-muscle-flap": ("information", "V"),
    "tech-fasciocutaneous": ("information", "V"),
    "wssc-signin": ("absolute", "V"),
    "wssc-timeout": ("absolute", "V"),
    "wssc-signout": ("absolute", "V"),
    "nut-albumin-30": ("relative relative caution", "V"),
    "nut-albumin-35": ("relative caution", "V"),
    "nut-prealbumin": ("caution", "V"),
    "nut-weight-loss": ("relative", "V"),
    "hb-anaemia": ("relative_elective", "V"),
    "hb-iron": ("information", "V2"),
    "hb-severe": ("absolute_elective", "LP"),
    "hb-missing": ("relative", "GK"),
    "blood-gs": ("relative", "V"),
    "renal": ("caution", "V"),
    "potassium": ("absolute_elective caution caution", "V2"),
    "rad-field-graft": ("relative", "V"),
    "rad-recent": ("relative", "V"),
    "rad-postop": ("caution", "V"),
    "tum-embolise": ("information", "V"),
    "tum-sins": ("information", "GK"),
    "tum-prognosis": ("caution", "GK"),
    "wound-tension": ("caution", "V"),
    "wound-pressure-3-4": ("relative", "V"),
    "wound-host": ("information", "V"),
    "preg-positive": ("absolute_elective", "V"),
    "preg-unknown": ("relative", "V"),
    "vte-risk": ("caution", "V2"),
    "povl-risk": ("caution", "V"),
    "all-latex": ("caution", "V"),
    "all-penicillin": ("information", "V"),
    "all-severe-delayed": ("caution", "V"),
    "all-chlorhexidine": ("caution", "V"),
    "all-metal": ("information", "GK"),
}


def levels(entry: Entry) -> str:
    """Return the levels of an entry, worst first."""
    match entry:
        case Requirement():
            return entry.level.value
        case Step():
            return "reminder" if entry.gate is None else entry.gate.value
        case _:
            return " ".join(grade.level.value for grade in entry.grades)


def urgent_actions(entry: Entry) -> list[tuple[str, str | None]]:
    """Return each level of an entry with what to do when it cannot wait."""
    match entry:
        case Requirement():
            return [(entry.level.value, entry.action_urgent)]
        case Step():
            return [] if entry.gate is None else [(entry.gate.value, entry.action_urgent)]
        case _:
            return [(grade.level.value, grade.action_urgent) for grade in entry.grades]


@pytest.mark.parametrize(("entry", "expected"), CATALOGUE.items())
def test_entry_has_the_level_and_mark_of_the_documents(
    entry: str, expected: tuple[str, str]
) -> None:
    """Each row of the tables stands in the pack under its id, with its levels and its mark."""
    found = pack().entries[entry]
    assert (levels(found), found.mark.value) == expected


def test_no_entry_of_these_tables_is_left_out_of_the_catalogue() -> None:
    """A new entry under one of these prefixes has to be added to the table above."""
    prefixes = (
        *("gen-", "inf-", "cpr-", "neuro-", "con-"),
        *("abx-", "skin-", "warm", "pos-", "equip-", "tech-", "wssc-"),
        *("nut-", "hb-", "blood-", "renal", "potassium", "rad-", "tum-", "wound-"),
        *("preg-", "vte-", "povl-", "all-"),
    )
    assert {name for name in pack().entries if name.startswith(prefixes)} == set(CATALOGUE)


@pytest.mark.parametrize("entry", sorted(pack().entries))
def test_stop_says_what_to_do_when_it_cannot_wait(entry: str) -> None:
    """An absolute or relative entry has an urgent action that never sends the patient away."""
    for level, action in urgent_actions(pack().entries[entry]):
        if level.startswith(("absolute", "relative")):
            assert action
            assert not re.search(r"\b(refer|rebook|weeks?)\b", action, re.IGNORECASE)


@pytest.mark.parametrize("entry", sorted(pack().entries))
def test_title_fits_a_line(entry: str) -> None:
    """No title, and no title of a grade, is longer than 60 characters."""
    found = pack().entries[entry]
    titles = [found.title]
    if not isinstance(found, Requirement | Step):
        titles += [grade.title for grade in found.grades if grade.title]
    assert all(len(title) <= 60 for title in titles)
