"""Who the patient is and which operation is planned, as printed: shown, never used to decide."""

from backrec_cli.assessment.model import Patient
from backrec_cli.engine.evidence import label_of
from backrec_cli.engine.situation import Situation
from backrec_cli.facts.definition import FactType
from backrec_cli.facts.reading import FactReading
from backrec_cli.profile import Profile
from backrec_cli.profile.text import harmless

_ALLERGY_STATES = ("known", "none_known", "not_recorded", "unavailable")


def patient_of(profile: Profile, situation: Situation) -> Patient:
    """Collect identity and operation; what is not recorded is None, never guessed."""
    facts = situation.at_surgery
    allergies = _allergies(profile, situation)
    techniques = facts.fact("procedure.technique").value
    age = facts.fact("patient.age").value
    return Patient(
        id=_text(profile, "patient.id"),
        name=_text(profile, "patient.name"),
        birth_date=facts.fact("patient.birth_date").reported,
        age=age if isinstance(age, int) else None,
        sex=_word(facts.fact("patient.sex_at_birth")),
        allergies=_allergy_state(facts.fact("allergies.status"), allergies),
        allergy_list=allergies,
        operation=_text(profile, "procedure.operation"),
        techniques=techniques if isinstance(techniques, tuple) else (),
        level=_word(facts.fact("procedure.level")),
        side=_text(profile, "procedure.side"),
        site=_text(profile, "procedure.site"),
    )


def _text(profile: Profile, path: str) -> str | None:
    """Return a free text, made harmless."""
    text = profile.text(path)
    return None if text is None else harmless(text)


def _word(reading: FactReading) -> str | None:
    """Return a known choice."""
    return reading.value if isinstance(reading.value, str) else None


def _allergies(profile: Profile, situation: Situation) -> tuple[str, ...]:
    """Name the allergies that are recorded as present."""
    found = []
    for path in profile.recorded:
        if not path.startswith("allergies.") or path == "allergies.status":
            continue
        reading = situation.at_surgery.fact(path)
        definition = situation.dictionary.get(path)
        if definition is None or not reading.known or reading.value is False:
            continue
        if definition.type is FactType.CHOICE and reading.value == definition.negative_choice:
            continue
        detail = f" ({reading.value})" if definition.type is FactType.CHOICE else ""
        found.append(label_of(path, situation) + detail.replace("_", " "))
    return tuple(found)


def _allergy_state(status: FactReading, allergies: tuple[str, ...]) -> str:
    """Return exactly one of four states: missing is never "none", a named allergy is "known"."""
    if allergies:
        return "known"
    return (
        status.value
        if status.value in _ALLERGY_STATES and isinstance(status.value, str)
        else "not_recorded"
    )
