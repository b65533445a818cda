"""What is not known -> sections: what to obtain, what was not used, what waits for its day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from backrec_cli.assessment.model import Assessment, Finding, MissingFact
from backrec_cli.facts.reading import Absence
from backrec_cli.render.parts import Item, Section, Tone, with_id
from backrec_cli.render.words import (
    calendar_day,
    day_text,
    last_dose_text,
    reason_text,
    rejected_text,
)

# A screen has room for so many; the others follow in one entry, grouped by section.
_MOST_ITEMS = 7
_MOST_SETTLED = 3
_MOST_TITLED = 2


def unknown_sections(assessment: Assessment) -> Iterator[Section]:
    """Yield what to obtain, the values that could not be used, and what is asked nearer the day."""
    if assessment.missing:
        yield Section("OBTAIN", tuple(_obtain(assessment)), "(most decisive first)")
    if assessment.rejected:
        labels = dict(assessment.labels)
        items = tuple(
            Item(rejected_text(r, labels.get(r.path, r.path)), "?", tone=Tone.OPEN)
            for r in assessment.rejected
        )
        yield Section("NOT USED", items, "(corrected, these would count)")
    if assessment.pending:
        today = calendar_day(assessment.as_of)
        labels = dict(assessment.labels)
        yield Section("NEARER THE DAY", tuple(_nearer(assessment.pending, today, labels)))


def settled_by_name(assessment: Assessment) -> frozenset[str]:
    """Return the rules that the list of what to obtain names."""
    shown = merged_missing(assessment)[:_MOST_ITEMS]
    return frozenset(rule for facts in shown for rule in facts[0].settles[:_MOST_SETTLED])


def _obtain(assessment: Assessment) -> Iterator[Item]:
    """Yield the missing facts: the most decisive each with its reason, then the others."""
    merged = merged_missing(assessment)
    for facts in merged[:_MOST_ITEMS]:
        yield Item(_obtain_text(facts, assessment), "?", tone=Tone.OPEN)
    rest = [fact for facts in merged[_MOST_ITEMS:] for fact in facts]
    if rest:
        yield Item(f"and {len(rest)} more: {_by_section(rest)}", "?", tone=Tone.OPEN)


def merged_missing(assessment: Assessment) -> list[list[MissingFact]]:
    """Put facts together that settle the same and are missing alike, most decisive first."""
    groups: dict[tuple[object, ...], list[MissingFact]] = {}
    for fact in assessment.missing:
        groups.setdefault(_alike(fact), []).append(fact)
    return list(groups.values())


def _alike(fact: MissingFact) -> tuple[object, ...]:
    """Return what facts must share to be asked for in one entry."""
    if fact.reason in (Absence.NOT_RECORDED, Absence.NOT_KNOWN):
        return fact.settles, fact.reason, fact.could_add_stop
    return (fact.fact,)


def _obtain_text(facts: list[MissingFact], assessment: Assessment) -> str:
    """Write what to obtain, why it is not known, what it settles, and how much hangs on it."""
    first = facts[0]
    labels = ", ".join(fact.label for fact in facts)
    settles = ", ".join(first.settles[:_MOST_SETTLED])
    if len(first.settles) > _MOST_SETTLED:
        settles += f" and {len(first.settles) - _MOST_SETTLED} more"
    text = f"{labels}: {why_missing(first, assessment)}; settles {settles}"
    return f"{text}: could add a stop" if first.could_add_stop else text


def why_missing(fact: MissingFact, assessment: Assessment) -> str:
    """Say why a fact is not known; of a stale one, when it was taken and what for it is too old."""
    if fact.reason is Absence.STALE and fact.on is not None:
        taken = f"of {day_text(fact.on)}, too old"
        day = assessment.procedure_date
        return taken if day is None else f"{taken} on {day_text(day)}"
    return reason_text(fact.reason)


def _by_section(facts: Iterable[MissingFact]) -> str:
    """Name facts by their paths, the section said once."""
    sections: dict[str, list[str]] = {}
    for fact in facts:
        section, _, name = fact.fact.partition(".")
        sections.setdefault(section, []).append(name)
    return "; ".join(f"{section}: {', '.join(names)}" for section, names in sections.items())


def _nearer(pending: Iterable[Finding], today: date, labels: Mapping[str, str]) -> Iterator[Item]:
    """Yield one entry for each day: few checks with their titles, many with their ids."""
    for day, findings in _by_day(pending, today).items():
        if len(findings) <= _MOST_TITLED:
            text = " · ".join(with_id(f.title, f.rule) + _dose(f, labels) for f in findings)
        else:
            text = f"{len(findings)} checks: " + ", ".join(
                f.rule + _dose(f, labels) for f in findings
            )
        label = "from today" if day == today else f"from {day_text(day)}"
        yield Item(text, "·", label, tone=Tone.QUIET)


def _dose(finding: Finding, labels: Mapping[str, str]) -> str:
    """Add the day of the last dose to a hold that waits."""
    drugs = finding.last_dose_drugs
    dose = last_dose_text(finding.last_dose_by, drugs, labels, title=finding.title)
    return f" ({dose})" if dose else ""


def _by_day(pending: Iterable[Finding], today: date) -> Mapping[date, list[Finding]]:
    """Group what waits by the first day from now on which it can be had, the nearest first."""
    days: dict[date, list[Finding]] = {}
    for finding in pending:
        days.setdefault(max(finding.pending_from or today, today), []).append(finding)
    return dict(sorted(days.items()))
