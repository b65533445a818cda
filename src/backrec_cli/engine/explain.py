"""One entry of the pack on one patient -> its whole trace: every operand, value and origin."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from backrec_cli.assessment.explanation import Explanation, TracedPart, TraceLine
from backrec_cli.assessment.model import Assessment, DriverStatus
from backrec_cli.engine.assess import assess, situation_of
from backrec_cli.engine.situation import Situation
from backrec_cli.errors import UsageError
from backrec_cli.errors.suggest import closest
from backrec_cli.expression import Traced, evaluate, to_cql, unparse
from backrec_cli.facts.reading import FactReading, ItemReading
from backrec_cli.profile import Profile
from backrec_cli.profile.text import harmless
from backrec_cli.rulepack.catalogue import conditions_of, last_dose_of
from backrec_cli.rulepack.model import Complication, Entry, Requirement, RulePack


def explain(
    profile: Profile,
    pack: RulePack,
    as_of: date | datetime,
    entry_id: str,
    *,
    surgery: date | datetime | None = None,
) -> Explanation:
    """Trace one rule, requirement, step or complication; raises UsageError for an unknown id."""
    entry = _entry(pack, entry_id)
    situation = situation_of(profile, pack, as_of, surgery)
    result = assess(profile, pack, as_of, surgery=surgery)
    finding = next((f for f in result.findings if f.rule == entry_id), None)
    outcome = _outcome(result, entry_id)
    return Explanation(
        entry=entry.id,
        title=entry.title,
        outcome=outcome if finding is None else finding.status.value,
        finding=finding,
        parts=tuple(traced_parts(entry, situation)),
        sources=tuple(_citation(pack, source) for source in entry.sources),
        mark=entry.mark.value,
        note=entry.note,
        as_of=as_of,
        procedure_date=situation.surgery,
        before_surgery=situation.today is not None,
    )


def _outcome(result: Assessment, entry_id: str) -> str:
    """Say what became of a step or a complication; a finding speaks for itself."""
    for step in result.steps:
        if step.step == entry_id:
            return step.status.value
    for risk in result.complications:
        if risk.complication == entry_id:
            if risk.applies is False:
                return "not applicable"
            present = len(risk.with_status(DriverStatus.PRESENT))
            return f"{present} of {len(risk.drivers)} drivers present"
    return ""


def _entry(pack: RulePack, entry_id: str) -> Entry | Complication:
    """Find an entry or a complication by its id."""
    complications = {complication.id: complication for complication in pack.complications}
    entries: dict[str, Entry | Complication] = {**pack.entries, **complications}
    if entry_id not in entries:
        guess = closest(entry_id, entries)
        hint = f"; did you mean '{guess}'?" if guess else ""
        msg = f"unknown rule '{entry_id}'{hint}"
        raise UsageError(msg)
    return entries[entry_id]


def _citation(pack: RulePack, source: str) -> str:
    """Write a source with how it was checked."""
    known = pack.sources.get(source)
    return source if known is None else f"{known.citation} [{known.mark.value}]"


def traced_parts(entry: Entry | Complication, situation: Situation) -> Iterator[TracedPart]:
    """Trace every condition of an entry, and again with today's facts where they differ."""
    for title, expression in (*conditions_of(entry), *last_dose_of(entry)):
        trace = evaluate(expression, situation.at_surgery)
        lines = tuple(_lines(trace, 0))
        yield TracedPart(title, lines)
        if situation.today is None:
            continue
        now = tuple(_lines(evaluate(expression, situation.today), 0))
        if now != lines:
            yield TracedPart(f"{title}, with the results that hold today", now)
    if isinstance(entry, Requirement):
        readings = [situation.at_surgery.fact(path) for path in entry.facts]
        title = "one of these must be known" if entry.any_of else "these must be known"
        yield TracedPart(title, tuple(_fact_line(r) for r in readings))


def _lines(trace: Traced, depth: int) -> Iterator[TraceLine]:
    """Write a trace as indented lines, operands below their operator."""
    line = TraceLine(depth, unparse(trace.node), harmless(to_cql(trace.value)))
    yield line if trace.reading is None else _with_origin(line, trace.reading)
    for item in () if trace.reading is None else trace.reading.items:
        yield from _item_lines(item, depth + 1)
    for operand in trace.inputs:
        yield from _lines(operand, depth + 1)


def _item_lines(item: ItemReading, depth: int) -> Iterator[TraceLine]:
    """Write what one item of a score gives, and the facts that would settle it."""
    points = str(item.low) if item.low == item.high else f"{item.low} to {item.high}"
    yield TraceLine(depth, item.title, points)
    for reading in item.lacking:
        yield _with_origin(TraceLine(depth + 1, reading.path, "null"), reading)


def _fact_line(reading: FactReading) -> TraceLine:
    """Write one fact as a line of its own."""
    shown = reading.reported if reading.known and reading.reported else "null"
    return _with_origin(TraceLine(0, reading.path, harmless(shown)), reading)


def _with_origin(line: TraceLine, reading: FactReading) -> TraceLine:
    """Add where a fact's value came from."""
    return replace(
        line,
        fact=reading.path,
        reported=reading.reported,
        on=reading.on,
        absence=None if reading.range is not None else reading.absence,
        by_review=reading.by_review,
        hint=reading.hint,
    )
