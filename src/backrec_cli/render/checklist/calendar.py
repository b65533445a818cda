"""Sheets -> an iCalendar of dated reminders (RFC 5545), an all-day event for each row.

Rows of theatre have no day to be reminded of: they are ticked there.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from backrec_cli import __version__
from backrec_cli.render.checklist.days import in_theatre
from backrec_cli.render.checklist.model import UNKNOWN_ID, Row, Sheet
from backrec_cli.render.parts import NO_BREAK

_LONGEST = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", NO_BREAK: " "})


def render_calendar(sheets: Sequence[Sheet], as_of: date | datetime) -> str:
    """Return the calendar, lines folded and ended as the standard asks; `as_of` stamps events."""
    stamp = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time())
    lines = (line for text in _lines(sheets, stamp) for line in _folded(text))
    return "".join(f"{line}\r\n" for line in lines)


def _lines(sheets: Sequence[Sheet], stamp: datetime) -> Iterator[str]:
    """Yield the lines of the calendar, not yet folded."""
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//backrec//preparation sheet {__version__}//EN"
    yield "CALSCALE:GREGORIAN"
    for sheet in sheets:
        for group in sheet.groups:
            if group.phase is None or not in_theatre(group.phase):
                for row in group.rows:
                    yield from _event(row, sheet, stamp)
    yield "END:VCALENDAR"


def _event(row: Row, sheet: Sheet, stamp: datetime) -> Iterator[str]:
    """Yield one reminder; a row without a day has none."""
    if row.last_day is None:
        return
    who = "" if sheet.deidentified else f" ({sheet.identity.name})"
    told = [
        row.note,
        row.action,
        *row.results,
        row.when_and_who,
        sheet.void,
    ]
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(row, sheet)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%S}Z"
    yield f"DTSTART;VALUE=DATE:{row.last_day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{row.last_day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(row.text + who)}"
    yield f"DESCRIPTION:{_escaped(chr(10).join(text for text in told if text))}"
    yield f"CATEGORIES:{','.join(_escaped(role) for role in row.roles)}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(row.text)}"
    # Nine in the morning of the day.
    yield "TRIGGER:PT9H"
    yield "END:VALARM"
    yield "END:VEVENT"


def _uid(row: Row, sheet: Sheet) -> str:
    """Return an id that names nobody: a sheet printed again moves its reminders, adds none.

    Where nothing says whose sheet it is, only the same profile gives the same ids.
    """
    patient = sheet.identity.identifier
    known = patient is not None and patient != UNKNOWN_ID
    whose = f"{patient}\n{sheet.identity.name}" if known else sheet.basis
    seed = f"{row.step}\n{whose}"
    return f"{hashlib.sha256(seed.encode()).hexdigest()[:32]}@backrec"


def _escaped(text: str) -> str:
    """Write a text as the standard asks."""
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Break a line into pieces of at most 75 octets; those after the first begin with a blank."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
