"""What a finding rests on: readings become evidence with value, unit, date, age and limit."""

from collections.abc import Iterable
from decimal import Decimal

from backrec_cli.assessment.model import Evidence, Lacking
from backrec_cli.engine.outcome import Evaluation
from backrec_cli.engine.situation import Situation, calendar_day
from backrec_cli.expression import Comparison, comparisons, deciding, to_cql
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.units import Quantity


def evidence_of(
    basis: Evaluation | None, situation: Situation, *, flagged: bool
) -> tuple[Evidence, ...]:
    """Return the facts that made a flag true, or, for anything else, the usable facts read."""
    if basis is None:
        return ()
    if not flagged:
        return _read(basis, situation)
    trace = basis.trace()
    limits = _limits(comparisons(trace))
    readings = deciding(trace) or [r for r in basis.readings() if r.usable]
    return tuple(as_evidence(r, situation, limits.get(r.path)) for r in readings)


def _read(basis: Evaluation, situation: Situation) -> tuple[Evidence, ...]:
    """Return the usable facts read; many entries read the same ones on the day of surgery."""
    shown = situation.shown if basis.view is situation.at_surgery else {}
    found = []
    for path in basis.expression.reads:
        if path not in shown:
            reading = basis.view.fact(path)
            shown[path] = as_evidence(reading, situation) if reading.usable else None
        evidence = shown[path]
        if evidence is not None:
            found.append(evidence)
    return tuple(found)


def as_evidence(
    reading: FactReading, situation: Situation, comparison: Comparison | None = None
) -> Evidence:
    """Describe one reading; its age counts to the day of surgery, or to today without one."""
    amount = reading.value
    value, unit = (amount.value, amount.unit) if isinstance(amount, Quantity) else (amount, None)
    until = situation.surgery_day or situation.day
    return Evidence(
        fact=reading.path,
        label=label_of(reading.path, situation),
        value=value,
        unit=unit,
        reported=reading.reported,
        on=reading.on,
        age_days=None if reading.on is None else (until - calendar_day(reading.on)).days,
        comparison=None if comparison is None else comparison.operator,
        limit=None if comparison is None else _limit_text(comparison, reading, situation),
        by_review=reading.by_review,
        inputs=reading.inputs,
        range=reading.range,
    )


def lacking_of(readings: Iterable[FactReading], situation: Situation) -> tuple[Lacking, ...]:
    """Name the facts that keep something open; a known fact here lacks only its date."""
    return tuple(
        Lacking(r.path, label_of(r.path, situation), r.absence or Absence.UNDATED) for r in readings
    )


def label_of(path: str, situation: Situation) -> str:
    """Return the name people read for a fact."""
    definition = situation.dictionary.get(path)
    return path if definition is None else definition.label


def _limits(found: Iterable[Comparison]) -> dict[str, Comparison]:
    """Keep the first comparison of each fact with a limit; attributes are dates, not limits."""
    limits: dict[str, Comparison] = {}
    for comparison in found:
        if comparison.limit is not None and comparison.attribute in (None, "value"):
            limits.setdefault(comparison.reading.path, comparison)
    return limits


def _limit_text(comparison: Comparison, reading: FactReading, situation: Situation) -> str:
    """Write a limit in the unit in which the fact was reported."""
    limit = comparison.limit
    if isinstance(limit, Quantity):
        if reading.unit and reading.unit != limit.unit:
            shown = situation.dictionary.in_unit(reading.path, limit.value, reading.unit)
            return f"{shown} {reading.unit}"
        return f"{_plain(limit.value)} {limit.unit}"
    if isinstance(limit, Decimal):
        return _plain(limit)
    return str(limit) if isinstance(limit, str | int) else to_cql(limit)


def _plain(value: Decimal) -> str:
    """Write a number without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
