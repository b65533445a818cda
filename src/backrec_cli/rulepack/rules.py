"""[[rule]] and [[require]] tables: what is flagged, and what must be known."""

from collections.abc import Collection

from backrec_cli.errors import pack as say
from backrec_cli.rulepack.entries import (
    SHARED_KEYS,
    Context,
    read_facts,
    read_head,
    read_offset,
)
from backrec_cli.rulepack.last_dose import read_last_dose
from backrec_cli.rulepack.model import Grade, Level, Requirement, Rule
from backrec_cli.rulepack.table import PackTable

_TEXT_KEYS = ("action", "action_urgent")
_RULE_KEYS = SHARED_KEYS.union(_TEXT_KEYS, {"when", "level", "grade", "optional", "from", "banner"})
_RULE_KEYS |= {"last_dose"}
_GRADE_KEYS = frozenset({"level", "when", "title", *_TEXT_KEYS})
_REQUIRE_KEYS = SHARED_KEYS.union(_TEXT_KEYS, {"facts", "any", "level", "from"})

SEVERITY = {level: rank for rank, level in enumerate(Level)}
CAN_STOP = frozenset(tuple(Level)[:4])


def read_rule(table: PackTable, context: Context) -> Rule | None:
    """Read one [[rule]]; None where something is wrong with it."""
    before = table.troubled
    table.only(_RULE_KEYS)
    optional = read_facts(table, "optional", context)
    head = read_head(table, context, optional)
    table.has("role")
    grades = _read_grades(table, context, optional)
    offset = read_offset(table, "from")
    banner = table.flag("banner")
    last_dose = read_last_dose(table, context)
    if table.troubled > before or not grades:
        return None
    return Rule(
        id=head.id,
        topic=head.topic,
        title=head.title,
        applies=head.applies,
        grades=grades,
        roles=head.roles,
        sources=head.sources,
        mark=head.mark,
        optional=frozenset(optional),
        from_=offset,
        banner=banner,
        note=head.note,
        layer=table.document.layer,
        last_dose=last_dose,
    )


def read_requirement(table: PackTable, context: Context) -> Requirement | None:
    """Read one [[require]]; None where something is wrong with it."""
    before = table.troubled
    table.only(_REQUIRE_KEYS)
    head = read_head(table, context)
    if "facts" in table and "any" in table:
        table.add(say.both_given("facts", "any", table.owner, table.key_place("any")))
    key = "any" if "any" in table or not table.has("facts") else "facts"
    facts = read_facts(table, key, context)
    level = table.member("level", Level)
    action, urgent = table.text("action"), table.text("action_urgent")
    offset = read_offset(table, "from")
    if table.troubled > before or level is None:
        return None
    return Requirement(
        id=head.id,
        topic=head.topic,
        title=head.title,
        applies=head.applies,
        facts=facts,
        any_of=key == "any",
        level=level,
        action=action or head.title,
        roles=head.roles,
        sources=head.sources,
        mark=head.mark,
        from_=offset,
        action_urgent=urgent,
        note=head.note,
        layer=table.document.layer,
    )


def _read_grades(
    table: PackTable, context: Context, optional: Collection[str]
) -> tuple[Grade, ...]:
    """Read the grades of a rule, worst first; a rule without [[rule.grade]] is its one grade."""
    if not table.spelt("grade"):
        return ()
    if "grade" not in table:
        return tuple(filter(None, [_read_grade(table, table, context, optional)]))
    for key in ("when", "level"):
        if key in table:
            table.add(say.both_given(key, "grade", table.owner, table.key_place(key)))
    grades: list[Grade] = []
    for own in table.entries("grade"):
        own.only(_GRADE_KEYS)
        grade = _read_grade(own, table, context, optional)
        if grade is None:
            continue
        if grades and SEVERITY[grade.level] < SEVERITY[grades[-1].level]:
            above = grades[-1].level
            own.add(say.grades_out_of_order(grade.level, above, own.place("level")))
        grades.append(grade)
    return tuple(grades)


def _read_grade(
    own: PackTable, rule: PackTable, context: Context, optional: Collection[str]
) -> Grade | None:
    """Read level, condition and texts of one grade; its texts fall back to the rule's."""
    when = context.compiler.boolean(own, "when", optional)
    level = own.member("level", Level)
    action, urgent = (_own_or_rule(own, rule, key) for key in _TEXT_KEYS)
    title = own.text("title") if own is not rule else None
    if level is None:
        return None
    if level is not Level.INFORMATION and _absent(own, rule, "action"):
        own.missing("action")
    if level in CAN_STOP and _absent(own, rule, "action_urgent"):
        own.add(say.no_urgent_action(own.owner, level, own.place()))
    return None if when is None else Grade(level, when, action or "", urgent, title)


def _absent(own: PackTable, rule: PackTable, key: str) -> bool:
    """Whether neither the grade nor its rule has a key, not even with something wrong about it."""
    return own.absent(key) and rule.absent(key)


def _own_or_rule(own: PackTable, rule: PackTable, key: str) -> str | None:
    return own.text(key) if key in own else rule.text(key)


TABLE_KEYS = {"rule": _RULE_KEYS, "grade": _GRADE_KEYS, "require": _REQUIRE_KEYS}
"""What each table may hold, for whoever describes the files."""
