"""Assessment -> the parts of its report, in the order people read them."""

from collections.abc import Iterable, Iterator
from datetime import date

from backrec_cli import __version__
from backrec_cli.assessment.model import Assessment, Finding, Patient, Status
from backrec_cli.assessment.verdict import Verdict
from backrec_cli.render.complications import complication_sections
from backrec_cli.render.details import detail_sections
from backrec_cli.render.findings import flagged_sections, group_flagged
from backrec_cli.render.parts import NO_BREAK, Item, Report, Section, Tone
from backrec_cli.render.preparation import preparation_sections
from backrec_cli.render.unknowns import settled_by_name, unknown_sections
from backrec_cli.render.words import day_text
from backrec_cli.rulepack.overlay.model import Overlay

_DIGEST_SHOWN = 12

_TONES = {
    Verdict.OUT_OF_SCOPE: Tone.STOP,
    Verdict.NOT_ELIGIBLE: Tone.STOP,
    Verdict.DEFER: Tone.STOP,
    Verdict.UNDECIDED: Tone.OPEN,
    Verdict.ELIGIBLE_WITH_PRECAUTIONS: Tone.CAUTION,
    Verdict.ELIGIBLE: Tone.GOOD,
}

_ALLERGIES = {
    "known": "Known allergies",
    "none_known": "No known allergies",
    "not_recorded": "Allergies not recorded",
    "unavailable": "Allergies unavailable",
}


def compose(assessment: Assessment, *, verbose: bool) -> Report:
    """Put a report together; `verbose` adds every rule and step with all it rests on."""
    return Report(
        identity=(_patient_line(assessment.patient), operation_text(assessment)),
        headline=assessment.headline,
        qualifiers=assessment.qualifiers,
        tone=_TONES[assessment.verdict],
        sections=tuple(_sections(assessment, verbose=verbose)),
        closing=tuple(_closing(assessment)),
    )


def _sections(assessment: Assessment, *, verbose: bool) -> Iterator[Section]:
    """Yield what is flagged, unknown, to be expected and to be prepared, on request everything."""
    yield from flagged_sections(assessment)
    yield from unknown_sections(assessment)
    yield from complication_sections(assessment)
    yield from preparation_sections(assessment)
    if verbose:
        yield from detail_sections(assessment)


def _patient_line(patient: Patient) -> str:
    """Write who the patient is; what is not recorded is said, never guessed."""
    parts = (
        patient.name or "Name not recorded",
        born_text(patient),
        _plain(patient.sex) or "sex not recorded",
        f"ID {patient.id}" if patient.id else "ID not recorded",
        allergy_text(patient),
    )
    return "   ".join(parts)


def born_text(patient: Patient) -> str:
    """Write date of birth with age, or the age alone, or that neither is recorded."""
    age = None if patient.age is None else f"{patient.age} y"
    if patient.birth_date is not None:
        return f"Born {_for_people(patient.birth_date)}" + (f" ({age})" if age else "")
    return f"Age {age}" if age else "Age not recorded"


def allergy_text(patient: Patient) -> str:
    """Write exactly one of the four states of allergies, with the names of known ones."""
    allergies = _ALLERGIES[patient.allergies]
    if patient.allergy_list:
        allergies += ": " + ", ".join(a.removesuffix(" allergy") for a in patient.allergy_list)
    return allergies


def _for_people(birth_date: str) -> str:
    """Write a date of birth like every other date; one that is no full date stays as it is."""
    try:
        return day_text(date.fromisoformat(birth_date))
    except ValueError:
        return birth_date


def operation_text(assessment: Assessment) -> str:
    """Write which operation is planned and where, how urgent it is, and its day."""
    patient = assessment.patient
    techniques = ", ".join(_plain(technique) for technique in patient.techniques)
    place = (
        _plain(patient.level),
        patient.site or "site not recorded",
        f"side {patient.side or 'not recorded'}",
    )
    day = assessment.procedure_date
    urgency = "urgency not recorded" if assessment.urgency is None else assessment.urgency.value
    parts = (
        patient.operation or techniques.capitalize() or "Operation not recorded",
        ", ".join(part for part in place if part),
        _plain(urgency),
        "date of surgery not recorded" if day is None else f"surgery {day_text(day)}",
    )
    return " · ".join(parts)


def _plain(word: str | None) -> str:
    """Write a choice of the dictionary for people."""
    return "" if word is None else word.replace("_", " ")


def _rest(assessment: Assessment) -> Iterator[Item]:
    """Yield by id what the sections do not name, and how many rules had nothing to say."""
    information = group_flagged(assessment.flagged).information
    if information:
        yield Item(f"Information: {_joined_ids(information)}")
    named = settled_by_name(assessment)
    unnamed = [f for f in assessment.undecided if f.rule not in named]
    if unnamed:
        yield Item(f"Undecided: {_joined_ids(unnamed)}")
    counts = " · ".join(
        f"{len(assessment.with_status(status))} {status.value.replace('_', ' ')}"
        for status in (Status.CLEAR, Status.NOT_ASSESSED, Status.NOT_APPLICABLE)
    )
    yield Item(f"Other rules: {counts}")


def _joined_ids(findings: Iterable[Finding]) -> str:
    """List ids, separated by spaces."""
    return " ".join(finding.rule for finding in findings)


def _closing(assessment: Assessment) -> Iterator[Item]:
    """Yield the rest, warnings, how long the answer holds, whom to call, what it rests on."""
    yield from _rest(assessment)
    for warning in assessment.warnings:
        yield Item(f"Note: {warning}", tone=Tone.CAUTION)
    yield Item(_validity(assessment))
    if assessment.contacts:
        yield Item(f"Questions: {contacts_text(assessment)}.")
    for overlay in assessment.pack.overlays:
        yield from _overlay(overlay)
    yield Item(_footer(assessment), tone=Tone.QUIET)


def _overlay(overlay: Overlay) -> Iterator[Item]:
    """Yield what an overlay loosened, each on whose word and until when."""
    name = f"Overlay {overlay.id} {overlay.version}"
    if not overlay.loosened:
        yield Item(f"{name}: nothing loosened.", tone=Tone.QUIET)
    for each in overlay.loosened:
        grade = f" (grade {each.grade})" if each.grade else ""
        now, unit = each.now.partition(" ")[::2]
        was = each.was.removesuffix(f" {unit}") if unit else each.was
        change = " ".join((was, "->", f"{now} {unit}".strip())).replace(" ", NO_BREAK)
        yield Item(
            f"{name}: loosened {each.name}{grade} {change} "
            f"({each.reason}; {each.approved_by}; until {day_text(each.expires)}).",
            tone=Tone.CAUTION,
        )


def _validity(assessment: Assessment) -> str:
    """Write the day of the answer, and the day on which it must be asked again."""
    as_of = f"As of {day_text(assessment.as_of)}"
    until = assessment.good_until
    if until is None:
        return f"{as_of}."
    labels = dict(assessment.labels)
    first, *others = (labels.get(path, path) for path in until.facts)
    facts = f"{first} and {len(others)} more" if others else first
    return f"{as_of}; good until {day_text(until.day)} ({facts} out of date), then check again."


def contacts_text(assessment: Assessment) -> str:
    """Write whom to call: each by role, and the one for most roles for everything else."""
    roles: dict[str, list[str]] = {}
    for role, contact in assessment.contacts:
        roles.setdefault(contact, []).append(role)
    *few, (most, its_roles) = sorted(roles.items(), key=lambda entry: len(entry[1]))
    named = "; ".join(f"{contact} ({', '.join(its)})" for contact, its in few)
    if not named:
        return most
    return f"{named}; else {most}" if len(its_roles) > 1 else f"{named}; {most} ({its_roles[0]})"


def _footer(assessment: Assessment) -> str:
    """Write what the advice rests on, so that two printouts can be told apart."""
    pack = assessment.pack
    named = ", ".join(f"{overlay.id} {overlay.version}" for overlay in pack.overlays)
    overlays = f" with {named}" if named else ""
    return (
        f"Decision support only. Pack {pack.id} {pack.version}{overlays} "
        f"(sha256 {pack.digest[:_DIGEST_SHOWN]}), backrec {__version__}."
    )
