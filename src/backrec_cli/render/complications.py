"""The risk panel -> sections: what drives which complication, and what there is to do about it."""

from collections.abc import Iterator, Mapping, Sequence

from backrec_cli.assessment.model import (
    Assessment,
    ComplicationRisk,
    DriverResult,
    DriverStatus,
    Prevention,
)
from backrec_cli.render.parts import Item, Section, Tone, plural, with_id
from backrec_cli.render.words import (
    day_text,
    evidence_text,
    exceeds_limit,
    limited_text,
    reason_text,
)

# The screen has room for the most pressing; --verbose and JSON have them all.
_MOST_NAMED = 4


def complication_sections(assessment: Assessment) -> Iterator[Section]:
    """Yield the complications that something present drives, and those too little is known of."""
    risks = [risk for risk in assessment.complications if risk.applies is not False]
    driven = [risk for risk in risks if risk.with_status(DriverStatus.PRESENT)]
    items = [Item(_driven(risk), "!", risk.title, tone=Tone.CAUTION) for risk in driven]
    open_ = [r for r in risks if r not in driven and r.with_status(DriverStatus.UNKNOWN)]
    if open_:
        named = ", ".join(f"{risk.title.lower()} ({_unknown(risk)})" for risk in open_)
        items.append(Item(f"drivers not known: {named}", "?", tone=Tone.OPEN))
    if items:
        yield Section("COMPLICATIONS TO EXPECT", tuple(items))


def all_complications(assessment: Assessment) -> Section:
    """Return every complication with every driver and all there is to do against it."""
    labels = dict(assessment.labels)
    dated = assessment.procedure_date is not None
    items = (
        Item(
            with_id(risk.title, risk.complication),
            label=_applicability(risk),
            details=tuple(_details(risk, labels, before_surgery=dated)),
        )
        for risk in assessment.complications
    )
    return Section("ALL COMPLICATIONS", tuple(items))


def _driven(risk: ComplicationRisk) -> str:
    """Write the drivers that are present, how many are not known, and what to do."""
    parts = driver_texts(risk)
    unknown = _unknown(risk)
    if unknown:
        parts.append(f"{plural(unknown, 'driver')} not known")
    if risk.applies is None:
        parts.append("may not apply")
    text = " · ".join(parts)
    return f"{text} → {_named(risk.prevent)}" if risk.prevent else text


def driver_texts(risk: ComplicationRisk) -> list[str]:
    """Write each driver that is present, in short."""
    present = risk.with_status(DriverStatus.PRESENT)
    return list(dict.fromkeys(_briefly(driver) for driver in present))


def _briefly(driver: DriverResult) -> str:
    """Write a driver by the value that crossed a limit, else by its title and what was a yes."""
    crossed = [limited_text(e) for e in driver.evidence if exceeds_limit(e)]
    if crossed:
        return " and ".join(crossed)
    title = driver.title.lower()
    named = [e.label for e in driver.evidence if e.value is True and e.label.lower() not in title]
    return f"{driver.title} ({', '.join(named)})" if named else driver.title


def _unknown(risk: ComplicationRisk) -> int:
    """Count the drivers that should be known and are not."""
    return len(risk.with_status(DriverStatus.UNKNOWN))


def _named(prevent: Sequence[Prevention]) -> str:
    """Name the most pressing entries, and say how many more there are."""
    names = ", ".join(prevention.entry for prevention in prevent[:_MOST_NAMED])
    more = len(prevent) - _MOST_NAMED
    return f"{names} and {more} more" if more > 0 else names


def _applicability(risk: ComplicationRisk) -> str:
    """Say whether a complication is to be reckoned with."""
    if risk.applies is None:
        return "may apply"
    return "applies" if risk.applies else "does not apply"


def _details(
    risk: ComplicationRisk, labels: Mapping[str, str], *, before_surgery: bool
) -> Iterator[str]:
    """Yield what is missing, each driver with what it rests on, the entries against it, sources."""
    for lacking in risk.missing:
        yield f"Missing: {lacking.label} ({lacking.fact}) {reason_text(lacking.reason)}"
    for driver in risk.drivers:
        yield _driver(driver, labels, before_surgery=before_surgery)
    if risk.prevent:
        named = (f"{p.entry} ({p.status.value.replace('_', ' ')})" for p in risk.prevent)
        yield f"To do: {', '.join(named)}"
    yield f"Sources: {', '.join(risk.sources) or 'none'} ({risk.mark.value})"
    if risk.note:
        yield f"Note: {risk.note}"


def _driver(driver: DriverResult, labels: Mapping[str, str], *, before_surgery: bool) -> str:
    """Write one driver in full: its status, its facts with dates and limits, what it lacks."""
    absent = driver.status is DriverStatus.ABSENT
    # What a review denied is listed once, at the end of the report.
    shown = [e for e in driver.evidence if not (absent and e.by_review)]
    told = [evidence_text(e, labels, before_surgery=before_surgery) for e in shown]
    told += [f"{missing.label} {reason_text(missing.reason)}" for missing in driver.missing]
    if driver.pending_from is not None:
        told.append(f"asked from {day_text(driver.pending_from)}")
    status = driver.status.value.replace("_", " ").capitalize()
    facts = f": {'; '.join(told)}" if told else ""
    return f"{status}: {driver.title}{facts}"
