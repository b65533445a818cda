"""Equipment and technique: what each technique needs, cannot start without, and does badly."""

import pytest

from tests.acceptance.baseline import before, outcome

Changes = dict[str, object]
Row = tuple[Changes, str, str]
URGENT: Changes = {"procedure.urgency": "urgent"}
DURA: Changes = {"wound.exposed_dura": True}


def technique(*names: str) -> Changes:
    """Return the change of technique."""
    return {"procedure.technique": list(names)}


CLASSES = (
    *("surgical_instruments", "intraop_imaging", "power_tools", "implants_instrumentation"),
    "anaesthesia_monitoring",
)
READY: Changes = {f"equipment.{name}": True for name in CLASSES}


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_of_equipment_is_a_gate_on_the_day(name: str) -> None:
    """One class missing is a stop at any urgency; before the day it cannot be."""
    missing = READY | {f"equipment.{name}": False}
    assert outcome(READY, "equip-missing") == "done"
    assert outcome(missing, "equip-missing") == "absolute"
    assert outcome(missing | URGENT, "equip-missing") == "absolute"
    assert outcome(missing, "equip-missing", before(1)) == "not_yet"
    assert outcome(READY | {f"equipment.{name}": None}, "equip-missing") == "due"


SOFT: Changes = {
    "procedure.instrumented": False,
    "procedure.spinal_canal_entered": False,
    "procedure.technique": ["skin_graft"],
}
NO_IMAGING: Changes = {"equipment.intraop_imaging": False}
NO_IONM: Changes = {"equipment.ionm": False}
NO_CANAL: Changes = {"procedure.spinal_canal_entered": False}
EQUIPMENT: list[Row] = [
    (SOFT, "equip-dermatome", "due"),
    (SOFT | {"equipment.dermatome": True}, "equip-dermatome", "done"),
    ({}, "equip-dermatome", "not_applicable"),
    (technique("free_flap"), "equip-microsurgery", "due"),
    (technique("muscle_flap"), "equip-microsurgery", "not_applicable"),
    (technique("muscle_flap"), "equip-doppler", "due"),
    ({}, "equip-power-tools", "due"),
    (SOFT, "equip-power-tools", "not_applicable"),
    (SOFT | technique("tumour_resection"), "equip-power-tools", "due"),
    ({"wound.exposed_hardware": True}, "equip-removal-set", "due"),
    ({}, "equip-removal-set", "not_applicable"),
    ({"procedure.position": "supine"}, "equip-prone-support", "not_applicable"),
    ({"allergies.latex": True}, "equip-latex-free", "due"),
    ({"conditions.spina_bifida": True}, "equip-latex-free", "due"),
    ({}, "equip-latex-free", "not_applicable"),
    (NO_IMAGING, "equip-c-arm", "absolute"),
    (SOFT | NO_IMAGING, "equip-c-arm", "not_applicable"),
    (SOFT | NO_IMAGING | technique("mis_spine"), "equip-c-arm", "absolute"),
    (SOFT | NO_IMAGING | technique("mis_spine"), "tech-mis", "absolute"),
    (technique("mis_spine"), "tech-mis", "due"),
    (READY | technique("mis_spine"), "tech-mis", "done"),
    (NO_IMAGING, "tech-mis", "not_applicable"),
    (READY | {"prep.implants_available": True}, "equip-implants", "done"),
    (READY | {"prep.implants_available": False}, "equip-implants", "absolute"),
    (SOFT | {"prep.implants_available": False}, "equip-implants", "not_applicable"),
    (NO_IONM, "equip-ionm", "absolute"),
    ({"equipment.ionm": True}, "equip-ionm", "done"),
    ({}, "equip-ionm", "due"),
    (NO_IONM | NO_CANAL, "equip-ionm", "not_applicable"),
    (NO_IONM | NO_CANAL | {"procedure.indication": "congenital"}, "equip-ionm", "absolute"),
    (NO_IONM | {"procedure.deformity_correction": True}, "equip-ionm-deformity", "absolute"),
    (NO_IONM | {"procedure.deformity_correction": False}, "equip-ionm-deformity", "not_applicable"),
    (NO_IONM, "equip-ionm-deformity", "not_assessed"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "entry", "expected"), EQUIPMENT)
def test_equipment_is_what_the_technique_needs(changes: Changes, entry: str, expected: str) -> None:
    """Each technique asks for its own tools, and stops only for what it cannot do without."""
    assert outcome(changes, entry) == expected


FREE = technique("free_flap")
GRAFT = technique("skin_graft")
TECHNIQUE: list[Row] = [
    ({"procedure.fusion_plan": False}, "tech-fusion", "caution"),
    ({"procedure.fusion_plan": True}, "tech-fusion", "clear"),
    ({}, "tech-fusion", "not_assessed"),
    (GRAFT, "tech-fusion", "not_applicable"),
    ({"procedure.fusion_plan": True}, "tech-fusion-plan", "done"),
    (technique("tumour_resection") | {"procedure.complete_resection_possible": False}, "tech-debulk", "information"),
    (technique("tumour_resection") | {"procedure.complete_resection_possible": True}, "tech-debulk", "clear"),
    ({"procedure.complete_resection_possible": False}, "tech-debulk", "not_applicable"),
    (technique("muscle_flap"), "tech-soft-tissue", "information"),
    (technique("muscle_flap") | {"procedure.flap_plan": False}, "tech-soft-tissue", "caution"),
    ({}, "tech-soft-tissue", "not_applicable"),
    (FREE | {"procedure.vessel_plan": False}, "tech-flap", "caution"),
    (FREE | {"procedure.vessel_plan": True}, "tech-flap", "clear"),
    (FREE, "tech-flap", "undecided caution"),
    (technique("skin_flap") | {"procedure.perforator_flap": True, "procedure.vessel_plan": False}, "tech-flap", "caution"),
    (technique("skin_flap"), "tech-flap", "not_assessed"),
    ({}, "tech-flap", "not_applicable"),
    (GRAFT, "tech-skin-graft", "information"),
    (GRAFT | {"wound.pressure_injury_stage": "4"}, "tech-skin-graft", "caution"),
    (GRAFT | DURA, "tech-skin-graft", "caution"),
    ({}, "tech-skin-graft", "not_applicable"),
    (technique("skin_flap"), "tech-random-flap", "clear"),
    (technique("skin_flap") | {"wound.defect_large": True}, "tech-random-flap", "caution"),
    (technique("skin_flap") | {"radiation.field_overlaps_wound_or_donor": True}, "tech-random-flap", "caution"),
    (technique("skin_flap") | {"wound.defect_large": "unknown"}, "tech-random-flap", "undecided caution"),
    ({"wound.defect_large": True}, "tech-random-flap", "not_applicable"),
    (technique("muscle_flap"), "tech-muscle-flap", "information"),
    (technique("myocutaneous_flap"), "tech-muscle-flap", "information"),
    ({}, "tech-muscle-flap", "clear"),
    (technique("fasciocutaneous_flap"), "tech-fasciocutaneous", "information"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "entry", "expected"), TECHNIQUE)
def test_technique_says_where_it_does_badly(changes: Changes, entry: str, expected: str) -> None:
    """Each of the eight techniques has its caution or its note, and only where it is planned."""
    assert outcome(changes, entry) == expected
