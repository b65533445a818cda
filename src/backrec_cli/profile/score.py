"""Counted scores: a definition's items over other readings -> the score, or its range."""

from dataclasses import dataclass, replace

from backrec_cli.expression import Expression, Facts, blocking, deciding, look_into, span, truth
from backrec_cli.facts.definition import FactDefinition, ScoreItem
from backrec_cli.facts.reading import Absence, FactReading, ItemReading
from backrec_cli.profile.derive import first_to_go
from backrec_cli.profile.knowledge import Knowledge, text_of
from backrec_cli.ternary import Truth


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one item gives, the facts it was read from, and those that made it count."""

    reading: ItemReading
    read: tuple[FactReading, ...]
    behind: tuple[FactReading, ...]


def count_score(definition: FactDefinition, knowledge: Knowledge, facts: Facts) -> FactReading:
    """Return the score, or the range it lies in while some of its items are unknown.

    A score of which no item is known is not recorded. Where an unknown item was recorded and
    cannot be used, so is the score: it is unknown for that reason and not for want of a record.
    It carries the date of what gave points, and goes stale with the first of all that was read.
    """
    counted = [_count(item, knowledge, facts) for item in definition.items]
    items = tuple(_belonging_to(definition, each.reading) for each in counted)
    low, high = sum(item.low for item in items), sum(item.high for item in items)
    read = [reading for each in counted for reading in each.read if reading.usable]
    inputs = _inputs(counted)
    dated, going = first_to_go(inputs), first_to_go(read)
    draft = FactReading(
        definition.path,
        reported=str(low) if low == high else f"{low} to {high}",
        on=None if dated is None else dated.on,
        stale_from=None if going is None else going.stale_from,
        inputs=tuple(reading.path for reading in inputs),
        items=items,
    )
    if low == high:
        return replace(draft, value=low, absence=None)
    return _uncertain(draft, (low, high), knowledge.reach(definition))


def _uncertain(
    draft: FactReading, bounds: tuple[int, int], reach: tuple[int, int] | None
) -> FactReading:
    """Return a score that is not exactly known; bounds that say nothing are left out."""
    reasons = [reading.absence or Absence.UNDATED for reading in draft.lacking]
    unusable = [reason for reason in reasons if reason is not Absence.NOT_RECORDED]
    absence = unusable[0] if unusable else Absence.NOT_RECORDED
    if bounds != reach:
        return replace(draft, range=bounds, absence=absence)
    if not unusable:
        return FactReading(draft.path)
    return FactReading(draft.path, absence=absence, items=draft.items)


def _count(item: ScoreItem, knowledge: Knowledge, facts: Facts) -> _Counted:
    """Count one item."""
    expression = knowledge.compiled(text_of(item))
    if isinstance(item.points, str) or item.when is None:
        return _of_expression(item, expression, knowledge, facts)
    trace = look_into(expression, facts)
    read = facts.readings(expression.reads)
    match truth(trace):
        case Truth.TRUE:
            reading = ItemReading(item.title, item.points, item.points)
            return _Counted(reading, read, deciding(trace))
        case Truth.FALSE:
            return _Counted(ItemReading(item.title, 0, 0), read, ())
        case Truth.UNKNOWN:
            low, high = min(0, item.points), max(0, item.points)
            return _Counted(ItemReading(item.title, low, high, blocking(trace)), read, ())


def _of_expression(
    item: ScoreItem, expression: Expression, knowledge: Knowledge, facts: Facts
) -> _Counted:
    """Count an item whose points are an expression; a checked pack gives each of them bounds."""
    trace = look_into(expression, facts)
    low, high = span(trace, knowledge.dictionary) or (0, 0)
    read = facts.readings(expression.reads)
    known = tuple(reading for reading in read if reading.known)
    lacking = () if low == high else blocking(trace)
    return _Counted(ItemReading(item.title, low, high, lacking), read, known if low else ())


def _belonging_to(definition: FactDefinition, item: ItemReading) -> ItemReading:
    """Let every fact that an item lacks say which score it is asked for."""
    asked = tuple(replace(reading, counted_in=definition.path) for reading in item.lacking)
    return replace(item, lacking=asked)


def _inputs(counted: list[_Counted]) -> tuple[FactReading, ...]:
    """Return the facts that gave points; of a score of none, all that were known."""
    behind = [reading for each in counted for reading in each.behind]
    known = [reading for each in counted for reading in each.read if reading.known]
    return tuple({reading.path: reading for reading in behind or known}.values())
