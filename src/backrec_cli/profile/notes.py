"""What a document says beside its facts: which sections were reviewed, what a clinician accepts."""

from collections.abc import Sequence
from datetime import date, datetime

from backrec_cli.errors import profile as errors
from backrec_cli.profile.dates import calendar_day
from backrec_cli.profile.json_text import Json, Member, Node
from backrec_cli.profile.model import Override, Review
from backrec_cli.profile.parts import (
    UNKNOWN,
    attributes_are_known,
    expect,
    read_date,
    refuse_null,
)
from backrec_cli.profile.report import Report
from backrec_cli.profile.text import harmless, shortened

_REVIEW = ("on", "by")
_OVERRIDE = ("rule", "by", "on", "reason")
_OVERRIDE_HINT = "an override needs rule, by, on and reason"
_REVIEWS_HINT = 'write ["conditions"] or {"conditions": {"on": "2026-03-10", "by": "nurse"}}'


def read_reviews(node: Node, sections: Sequence[str], report: Report) -> dict[str, Review]:
    """Reviewed = array of section names, or object of section -> {"on", "by"}."""
    reviews: dict[str, Review] = {}
    match node.value:
        case tuple(items):
            for item in items:
                _named_section(item, sections, reviews, report)
        case dict(members):
            for member in members.values():
                if _is_section(member.key, Node(member.key, member.span), sections, report):
                    reviews[member.key] = _review(member, report)
        case _:
            expect(node, "reviewed", "an array or an object", _REVIEWS_HINT, report)
    return reviews


def _named_section(
    item: Node, sections: Sequence[str], reviews: dict[str, Review], report: Report
) -> None:
    """Note one section that was reviewed, nobody says when."""
    if not isinstance(item.value, str):
        expect(item, "reviewed", "an array of section names", _REVIEWS_HINT, report)
    elif _is_section(item.value, item, sections, report):
        reviews[item.value] = Review()


def _is_section(name: str, node: Node, sections: Sequence[str], report: Report) -> bool:
    """Whether the dictionary has this section; a reviewed section it lacks is an error."""
    if name in sections:
        return True
    near = report.closest(name, sections)
    report.add(errors.unknown_section(shortened(name), near, sections, node.span))
    return False


def _review(member: Member, report: Report) -> Review:
    """Review = {"on": date, "by": text}, both optional."""
    owner = f"reviewed.{member.key}"
    content = member.node.value
    if not isinstance(content, dict):
        expect(member.node, owner, "an object", _REVIEWS_HINT, report)
        return Review()
    attributes_are_known(content, owner, _REVIEW, report)
    if refuse_null(content, owner, report):
        return Review()
    when, who = content.get("on"), content.get("by")
    on = None if when is None else read_date(when.node, f"{owner}.on", report)
    by = None if who is None else _said(who.node, f"{owner}.by", report)
    return Review(on, by)


def read_overrides(node: Node, report: Report) -> tuple[Override, ...]:
    """Overrides = array of {"rule", "by", "on", "reason"}, each of them needed."""
    if not isinstance(node.value, tuple):
        expect(node, "overrides", "an array", _OVERRIDE_HINT, report)
        return ()
    read = [_override(item, report) for item in node.value]
    return tuple(override for override in read if override is not None)


def _override(node: Node, report: Report) -> Override | None:
    """Return one override, or None where something it needs is missing."""
    content = node.value
    if not isinstance(content, dict):
        expect(node, "overrides", "an array of objects", _OVERRIDE_HINT, report)
        return None
    attributes_are_known(content, "overrides", _OVERRIDE, report)
    for name in _OVERRIDE:
        if name not in content:
            report.add(errors.missing_attribute("overrides", name, _OVERRIDE_HINT, node.span))
    rule, by, reason = (_needed(content, name, report) for name in ("rule", "by", "reason"))
    on = _needed_date(content, report)
    if rule is None or by is None or reason is None or on is None:
        return None
    return Override(rule, by, on, reason, content["rule"].node.span)


def _needed(content: dict[str, Member], name: str, report: Report) -> str | None:
    """Return one of an override's texts, which may not be empty."""
    member = content.get(name)
    return None if member is None else _said(member.node, f"overrides.{name}", report)


def _needed_date(content: dict[str, Member], report: Report) -> date | None:
    """Return the day of an override; not knowing it is not enough."""
    member = content.get("on")
    if member is None:
        return None
    owner = "overrides.on"
    if member.node.value == UNKNOWN:
        report.add(errors.impossible_date(owner, UNKNOWN, member.node.span))
        return None
    found: date | datetime | None = read_date(member.node, owner, report)
    return None if found is None else calendar_day(found)


def _said(node: Node, owner: str, report: Report) -> str | None:
    """Return a text that names someone or something, harmless to show."""
    content: Json = node.value
    if not isinstance(content, str):
        expect(node, owner, "text", "write it in quotes", report)
        return None
    if not content.strip():
        report.add(errors.blank(owner, node.span))
        return None
    return harmless(content.strip())
