"""`[[change]]` and `[[disable]]`: an entry's new level, gate or texts, and whether that loosens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from backrec_cli.errors import overlay as say
from backrec_cli.errors import pack as of_packs
from backrec_cli.rulepack.model import Entry, Grade, Level, Requirement, Rule, RulePack, Step
from backrec_cli.rulepack.overlay.approval import APPROVAL_KEYS, Approval, Change, approved
from backrec_cli.rulepack.overlay.judgement import Effect, loosened_by_level
from backrec_cli.rulepack.overlay.model import Loosened, Loosening
from backrec_cli.rulepack.rules import CAN_STOP, SEVERITY
from backrec_cli.rulepack.table import PackTable

NO_GATE = "none"

_TEXTS = ("title", "action", "action_urgent", "note")
_CHANGE_KEYS = APPROVAL_KEYS.union(_TEXTS, {"entry", "grade", "level", "gate"})
_DISABLE_KEYS = APPROVAL_KEYS | {"entry"}


@dataclass(frozen=True, slots=True)
class Amendment:
    """What becomes of one entry's table: keys with their new texts, or the end of it.

    `grade` is the number of the grade that is changed, None for the entry itself. A gate that is
    taken away is "none".
    """

    entry: str
    keys: Mapping[str, str] = field(default_factory=dict)
    grade: int | None = None
    disabled: bool = False
    loosening: Loosening | None = None


def read_disabling(table: PackTable, pack: RulePack, approval: Approval) -> Amendment | None:
    """Read one [[disable]]: always a loosening."""
    table.only(_DISABLE_KEYS)
    entry = _entry(table, pack)
    if entry is None:
        return None
    change = Change(Loosened.DISABLED, entry.id, _worst(entry), "off")
    why = (Effect(entry.id, f"'{entry.id}' is no longer checked"),)
    return Amendment(entry.id, disabled=True, loosening=approved(table, change, why, approval))


def read_change(table: PackTable, pack: RulePack, approval: Approval) -> Amendment | None:
    """Read one [[change]]; complaints are collected by the table."""
    before = table.troubled
    table.only(_CHANGE_KEYS)
    entry = _entry(table, pack)
    texts = {key: text for key in _TEXTS if (text := table.text(key)) is not None}
    if entry is None:
        return None
    grade = _grade(table, entry)
    level = _new_level(table, entry)
    if table.troubled > before:
        return None
    old = _old_texts(entry, grade)
    texts = {key: text for key, text in texts.items() if text != old.get(key)}
    changed = _of_level(entry, grade, level)
    if changed is None and not texts:
        table.add(say.changes_nothing(f"this change of '{entry.id}'", table.place()))
        return None
    keys = dict(texts)
    loosening = None
    if changed is not None:
        keys["gate" if isinstance(entry, Step) else "level"] = changed.now
        if not _complete(table, entry, grade, {**old, **texts}, changed.now):
            return None
        loosening = approved(table, changed, _effects(pack, entry, changed), approval)
    number = entry.grades.index(grade) if isinstance(entry, Rule) and grade is not None else None
    return Amendment(entry.id, keys, number, loosening=loosening)


def _entry(table: PackTable, pack: RulePack) -> Entry | None:
    """Find the entry that is changed."""
    name = table.required_text("entry")
    found = pack.entries.get(name)
    if name and found is None:
        table.add(say.unknown_entry(name, pack.entries, table.place("entry")))
    return found


def _grade(table: PackTable, entry: Entry) -> Grade | None:
    """Return the grade that is changed, where the entry has several and one is named."""
    word = table.text("grade")
    grades = entry.grades if isinstance(entry, Rule) else ()
    named = [grade for grade in grades if grade.level == word]
    if word is not None and len(named) != 1:
        levels = [grade.level.value for grade in grades] or [_worst(entry)]
        table.add(say.which_grade(entry.id, word, levels, table.place("grade")))
    elif word is None and len(grades) > 1 and "level" in table:
        levels = [grade.level for grade in grades]
        table.add(say.which_grade(entry.id, None, levels, table.place("level")))
    return named[0] if len(named) == 1 and len(grades) > 1 else None


def _new_level(table: PackTable, entry: Entry) -> str | None:
    """Read `level`, or for a step its `gate`, which may also be "none"."""
    step = isinstance(entry, Step)
    key, other = ("gate", "level") if step else ("level", "gate")
    if other in table:
        kind = "step" if step else "requirement" if isinstance(entry, Requirement) else "rule"
        table.add(say.not_of_this_kind(other, entry.id, kind, table.key_place(other)))
    if key not in table:
        return None
    if step and table.content[key] == NO_GATE:
        return NO_GATE
    return table.member(key, Level)


def _worst(entry: Entry) -> str:
    """Return the level of an entry before it is changed."""
    match entry:
        case Step():
            return entry.gate or NO_GATE
        case _:
            return entry.level


def _of_level(entry: Entry, grade: Grade | None, level: str | None) -> Change | None:
    """Return how the level changes, or None where it stays."""
    was = grade.level.value if grade is not None else str(_worst(entry))
    if level is None or level == was:
        return None
    kind = Loosened.GATE if isinstance(entry, Step) else Loosened.LEVEL
    return Change(kind, entry.id, was, str(level), None if grade is None else was)


def _effects(pack: RulePack, entry: Entry, change: Change) -> tuple[Effect, ...]:
    """Say what a new level loosens."""
    if change.was == NO_GATE:
        return ()
    if change.now == NO_GATE:
        return (Effect(entry.id, f"step '{entry.id}' no longer holds anything back"),)
    return loosened_by_level(pack, entry.id, Level(change.was), Level(change.now))


def _old_texts(entry: Entry, grade: Grade | None) -> dict[str, str | None]:
    """Return the texts of an entry, or of its grade, before they are changed."""
    texts = {"title": entry.title, "note": entry.note}
    if isinstance(entry, Rule):
        one = grade or entry.grades[0]
        shared = grade is not None or len(entry.grades) == 1
        own = {"action": one.action, "action_urgent": one.action_urgent} if shared else {}
        return {**texts, **own, **({"title": one.title} if grade is not None else {})}
    return {**texts, "action": entry.action, "action_urgent": entry.action_urgent}


def _complete(
    table: PackTable,
    entry: Entry,
    grade: Grade | None,
    texts: Mapping[str, str | None],
    level: str,
) -> bool:
    """Whether a rule at its new level says what to do, and its grades still stand worst first."""
    if not isinstance(entry, Rule):
        return True
    before = table.troubled
    new = Level(level)
    if not texts.get("action") and new is not Level.INFORMATION:
        table.add(of_packs.missing_key("action", table.owner, table.place("level")))
    if not texts.get("action_urgent") and new in CAN_STOP:
        table.add(of_packs.no_urgent_action(table.owner, new, table.place("level")))
    if grade is not None:
        _check_order(table, entry, grade, new)
    return table.troubled == before


def _check_order(table: PackTable, rule: Rule, grade: Grade, new: Level) -> None:
    """Complain where a grade would no longer stand between its neighbours."""
    levels = [new if each is grade else each.level for each in rule.grades]
    for above, below in pairwise(levels):
        if SEVERITY[below] < SEVERITY[above]:
            table.add(of_packs.grades_out_of_order(below, above, table.place("level")))


TABLE_KEYS = {"change": _CHANGE_KEYS, "disable": _DISABLE_KEYS}
"""What each table may hold, for whoever describes the files."""
