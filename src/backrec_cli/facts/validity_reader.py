"""How long a value holds, as the dictionary writes it: `90 d`, `4 h`, or a list of cases."""

import re

from backrec_cli.errors import facts, pack
from backrec_cli.facts.definition import Validity
from backrec_cli.facts.table import Table

_LENGTH = re.compile(r"(?P<count>0|[1-9][0-9]{0,4}) (?P<unit>[dh])\Z")
_HOURS_IN_A_DAY = 24
_KEYS = frozenset({"when", "valid_for"})


def read_validity(table: Table) -> tuple[Validity, ...]:
    """Return a fact's validities, first match first; none where values hold for ever.

    valid_for = "90 d"
    valid_for = [{ when = "medications.warfarin", valid_for = "1 d" }, { valid_for = "30 d" }]
    """
    if "valid_for" not in table.content:
        return ()
    if not isinstance(table.content["valid_for"], list):
        only = _read_length(table, None)
        return () if only is None else (only,)
    entries = table.tables("valid_for")
    if table.content["valid_for"] == []:
        table.add(pack.blank("valid_for", table.place("valid_for")))
    _check_order(entries)
    return tuple(case for case in map(_read_case, entries) if case is not None)


def parse_length(text: str, when: str | None = None) -> Validity | None:
    """Return `90 d` or `4 h` as a validity, or None for anything else.

    Hours hold where both times are known; in bare dates, 4 h is the same day and 24 h is the day
    before or the same day.
    """
    match = _LENGTH.match(text)
    if match is None:
        return None
    count = int(match["count"])
    if match["unit"] == "d":
        return Validity(when, count)
    return Validity(when, count // _HOURS_IN_A_DAY, count) if count else None


def _read_case(entry: Table) -> Validity | None:
    """Return one entry of a list of validities."""
    entry.only(_KEYS)
    if "valid_for" not in entry.content:
        entry.missing("valid_for")
        return None
    return _read_length(entry, entry.text("when"))


def _read_length(table: Table, when: str | None) -> Validity | None:
    """Return the length of time under `valid_for`."""
    text = table.text("valid_for")
    if text is None:
        return None
    validity = parse_length(text, when)
    if validity is None:
        table.add(facts.bad_validity(text, table.place("valid_for")))
    return validity


def _check_order(entries: tuple[Table, ...]) -> None:
    """Record an entry that hides those after it, and a list that may match nothing."""
    for entry in entries[:-1]:
        if "when" not in entry.content:
            entry.add(facts.misplaced_validity(last=False, span=entry.place("valid_for")))
    if entries and "when" in entries[-1].content:
        entries[-1].add(facts.misplaced_validity(last=True, span=entries[-1].place("when")))


TABLE_KEYS = {"valid_for": _KEYS}
"""What each table may hold, for whoever describes the files."""
