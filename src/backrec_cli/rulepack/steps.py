"""[[step]] tables: what is to be done, from when until when, and what it counts as once overdue."""

from backrec_cli.errors import pack as say
from backrec_cli.rulepack.entries import SHARED_KEYS, Context, read_head, read_offset
from backrec_cli.rulepack.last_dose import read_last_dose
from backrec_cli.rulepack.model import Level, Offset, Phase, Step
from backrec_cli.rulepack.table import PackTable

_STEP_KEYS = SHARED_KEYS.union(
    {"done", "window", "phase", "gate", "action", "action_urgent", "patient_action"},
    {"hold_if", "last_dose"},
)
_WINDOW_KEYS = frozenset({"from", "to"})

_WEEKS, _ONE_WEEK = -14, -7
"""The last days of the two earliest phases."""


def read_step(table: PackTable, context: Context) -> Step | None:
    """Read one [[step]]; None where something is wrong with it."""
    before = table.troubled
    table.only(_STEP_KEYS)
    head = read_head(table, context)
    table.has("role")
    done = context.compiler.boolean(table, "done")
    window = _read_window(table)
    phase = table.member("phase", Phase) if "phase" in table else None
    gate = table.member("gate", Level) if "gate" in table else None
    action, urgent = table.text("action"), table.text("action_urgent")
    in_plain_words = table.text("patient_action")
    hold_if = _read_hold_if(table, context)
    last_dose = read_last_dose(table, context)
    if done is None or window is None or table.troubled > before:
        return None
    return Step(
        id=head.id,
        topic=head.topic,
        title=head.title,
        applies=head.applies,
        done=done,
        opens=window[0],
        closes=window[1],
        phase=phase or phase_of(*window),
        gate=gate,
        action=action or head.title,
        roles=head.roles,
        sources=head.sources,
        mark=head.mark,
        action_urgent=urgent,
        patient_action=in_plain_words,
        hold_if=hold_if,
        note=head.note,
        last_dose=last_dose,
    )


def phase_of(opens: Offset, closes: Offset) -> Phase:
    """Return the phase in which a window ends, where a step does not name its own.

    What closes on the day before belongs to that evening only if it also opens on that day.
    """
    if closes.days >= 0:
        return Phase.DAY_OF_SURGERY if closes.days == 0 else Phase.HANDOVER
    if closes.days == -1 and opens.days == -1:
        return Phase.EVENING_BEFORE
    if closes.days <= _WEEKS:
        return Phase.WEEKS_BEFORE
    return Phase.DAYS_14_TO_7 if closes.days <= _ONE_WEEK else Phase.DAYS_7_TO_1


def _read_window(table: PackTable) -> tuple[Offset, Offset] | None:
    """Read `window = { from, to }`; None where it is absent or wrong."""
    window = table.table("window") if table.has("window") else None
    if window is None:
        return None
    window.only(_WINDOW_KEYS)
    opens = read_offset(window, "from") if window.has("from") else None
    closes = read_offset(window, "to") if window.has("to") else None
    if opens is None or closes is None:
        return None
    if _begin(opens) > _end(closes):
        written = (window.required_text("from"), window.required_text("to"))
        table.add(say.window_closes_early(*written, table.place("window")))
    return opens, closes


def _read_hold_if(table: PackTable, context: Context) -> tuple[str, ...]:
    """Read the rules that, while flagged, hold a step back."""
    names = table.texts("hold_if")
    for number, name in enumerate(names):
        if name not in context.rules:
            table.add(say.unknown_rule(name, context.rules, table.place("hold_if", number)))
    return names


_MINUTES_A_DAY = 24 * 60


def _begin(offset: Offset) -> tuple[int, int]:
    """Return the first moment of an offset: a whole day begins before any minute of it."""
    return offset.days, -_MINUTES_A_DAY if offset.minutes is None else offset.minutes


def _end(offset: Offset) -> tuple[int, int]:
    """Return the last moment of an offset."""
    return offset.days, _MINUTES_A_DAY if offset.minutes is None else offset.minutes


TABLE_KEYS = {"step": _STEP_KEYS, "window": _WINDOW_KEYS}
"""What each table may hold, for whoever describes the files."""
