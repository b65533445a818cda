"""A sheet -> headings and lines, in printing order: what text and Markdown have in common."""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.render.checklist.model import Flag, Group, Row, Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """One entry below a heading: a box to tick where there is one, a text, and further lines."""

    text: str
    details: tuple[str, ...] = ()
    box: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines."""

    title: str
    lines: tuple[Line, ...]


def parts_of(sheet: Sheet) -> Iterator[Part]:
    """Yield the parts of a sheet that have any line, in the order of every format."""
    now = [group for group in sheet.groups if group.phase is None]
    later = [group for group in sheet.groups if group.phase is not None]
    for part in (
        Part("What blocks", tuple(map(_flag, sheet.blocks))),
        Part("Please note", tuple(map(Line, sheet.advice))),
        *map(_group, now),
        Part("Obtain", tuple(Line(each.text, box=True) for each in sheet.obtain)),
        Part("Review before surgery", tuple(map(_flag, sheet.review))),
        Part("Awaited", tuple(map(Line, sheet.awaited))),
        *map(_group, later),
        Part("May apply, once this is known", tuple(map(Line, sheet.perhaps))),
        Part("Complications to expect", tuple(_risks(sheet))),
        Part("Accepted by a clinician", tuple(map(Line, sheet.accepted))),
        Part("Done or past", tuple(map(Line, sheet.finished))),
        Part("Notes on the record", tuple(map(Line, sheet.warnings))),
    ):
        if part.lines:
            yield part


def head_of(sheet: Sheet) -> Iterator[str]:
    """Yield who the sheet is for, allergies, the answer, whom to call, and until when it holds."""
    who = sheet.identity
    if sheet.deidentified:
        yield "Patient label: ______________________________"
    else:
        yield "   ".join(part or "" for part in (who.name, who.born, who.identifier, who.sex))
    yield who.operation
    yield sheet.allergies
    if sheet.verdict:
        yield f"{sheet.sign} {sheet.verdict}"
    if sheet.qualifiers:
        yield sheet.qualifiers
    if sheet.contacts:
        yield f"Call: {'; '.join(sheet.contacts)}"
    for banner in sheet.banners:
        yield f"NOW: {banner}"
    if sheet.void:
        yield sheet.void


def _flag(flag: Flag) -> Line:
    """Write a flag, and the line for whom it was told."""
    who = f" ({flag.who})" if flag.who else ""
    action = f" {flag.action}" if flag.action else ""
    told = ("told: ____________________ (name, time)",) if flag.told else ()
    return Line(f"{flag.word} {flag.text}.{action}{who}", told)


def _group(group: Group) -> Part:
    """Write a group of rows under its title and days."""
    title = f"{group.title}: {group.days}" if group.days else group.title
    return Part(title, tuple(map(_row, group.rows)))


def _row(row: Row) -> Line:
    """Write a row: what to do, what to heed, how, what to write in, when and who."""
    must = " [MUST]" if row.gate else ""
    told = (
        row.note,
        row.action,
        *row.results,
        row.recorded,
        row.when_and_who,
    )
    return Line(row.text + must, tuple(text for text in told if text), box=True)


def _risks(sheet: Sheet) -> Iterator[Line]:
    """Write the complications with what drives them and what prevents them."""
    for risk in sheet.risks:
        prevent = (f"prevented by {risk.prevent}",) if risk.prevent else ()
        yield Line(f"{risk.complication}: {risk.drivers}", prevent)
