"""The text of one cell -> the JSON of one value, by the type of its fact and without guessing.

Numbers keep their digits, text its zeros, and a date is a date only as 2026-03-16. "unknown" is
asked and not known, for every type. What is well-formed is judged where every profile is judged.
"""

import re
from collections.abc import Callable, Iterable
from json import JSONEncoder

from backrec_cli.errors import DiagnosticsError
from backrec_cli.facts.definition import FactType
from backrec_cli.profile.dates import parse_date
from backrec_cli.profile.json_text import parse_json
from backrec_cli.profile.text import shortened
from backrec_cli.source import SourceText

UNKNOWN = "unknown"
_UNKNOWN_JSON = '"unknown"'
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = {"nan", "-nan", "inf", "-inf", "+inf", "infinity", "-infinity"}
_YES_NO = {"true": "true", "yes": "true", "false": "false", "no": "false"}
_SEPARATOR = ";"
_EMPTY_LIST = "[]"
_DATE = "write 2026-03-16 or 2026-03-16T08:30+01:00"


class CellError(Exception):
    """A cell that cannot be read: what it is not, and how it is written."""


def value_json(text: str, kind: FactType) -> str:
    """Return the JSON of a value; raises CellError where the cell is none of this type."""
    return _UNKNOWN_JSON if text == UNKNOWN else _READERS[kind](text)


text_json = JSONEncoder(ensure_ascii=False).encode
"""The JSON of a text, as it is."""


def date_json(text: str) -> str:
    """Return the JSON of a date or date-time, or of "unknown"."""
    if text != UNKNOWN and parse_date(text) is None:
        raise _wrong(text, "a date", _DATE)
    return text_json(text)


def is_yes_no(text: str) -> bool:
    """Whether a cell says yes or no."""
    return text.lower() in _YES_NO


def reviewed_json(text: str) -> str:
    """Return the JSON of the sections reviewed, each alone or, as `section=date`, with its day."""
    parts = _parts(text, "sections")
    if not any("=" in part for part in parts):
        return _list(map(text_json, parts))
    members = []
    for part in parts:
        section, dated, day = (each.strip() for each in part.partition("="))
        on = f'{{"on": {date_json(day)}}}' if dated else "{}"
        members.append(f"{text_json(section)}: {on}")
    return f"{{{', '.join(members)}}}"


def overrides_json(text: str) -> str:
    """Return a cell that is JSON already, once it is certain that it is one array."""
    try:
        node, _ = parse_json(SourceText("overrides", text))
    except DiagnosticsError as error:
        reason = error.diagnostics[0].message
        raise _wrong(text, f"JSON ({reason})", "write an array of objects") from error
    if not isinstance(node.value, tuple):
        raise _wrong(text, "a JSON array", "write an array of objects")
    return text


def _number(text: str) -> str:
    """Return a number with its digits as they are written."""
    if _NUMBER.fullmatch(text):
        return text
    if text.lower() in _NOT_FINITE:
        raise _wrong(text, "a number", "leave the cell empty, or write unknown")
    raise _wrong(text, "a number", "write it like 12, -3.5 or 1e3")


def _boolean(text: str) -> str:
    """Return true for true and yes, false for false and no, in any case of letters."""
    found = _YES_NO.get(text.lower())
    if found is None:
        raise _wrong(text, "yes or no", "write true, false, yes, no or unknown")
    return found


def _choices(text: str) -> str:
    """Return the words of a cell; `[]` is the list without any."""
    if text == _EMPTY_LIST:
        return _EMPTY_LIST
    return _list(map(text_json, _parts(text, "choices")))


def _event(text: str) -> str:
    """Return yes, no, or the day it happened."""
    if is_yes_no(text):
        return _boolean(text)
    if parse_date(text) is None:
        raise _wrong(text, "yes, no or a date", "write true, false, unknown or 2026-03-16")
    return text_json(text)


def _medication(text: str) -> str:
    """Return yes or no; the day of the last dose has a column of its own."""
    if is_yes_no(text):
        return _boolean(text)
    raise _wrong(text, "yes or no", "write true, false or unknown, and a date under .last_dose_on")


_READERS: dict[FactType, Callable[[str], str]] = {
    FactType.BOOLEAN: _boolean,
    FactType.INTEGER: _number,
    FactType.QUANTITY: _number,
    FactType.DECIMAL: _number,
    FactType.CHOICE: text_json,
    FactType.CHOICES: _choices,
    FactType.DATE: date_json,
    FactType.EVENT: _event,
    FactType.MEDICATION: _medication,
    FactType.TEXT: text_json,
}


def _parts(text: str, what: str) -> list[str]:
    """Return what stands between the semicolons of a cell; there is something in each place."""
    parts = [part.strip() for part in text.split(_SEPARATOR)]
    if not all(parts):
        raise _wrong(text, f"a list of {what}", "separate them with one semicolon each")
    return parts


def _list(items: Iterable[str]) -> str:
    """Return a JSON array."""
    return f"[{', '.join(items)}]"


def _wrong(text: str, expected: str, advice: str) -> CellError:
    """Say what a cell is not, and how it is written."""
    return CellError(f"'{shortened(text)}' is not {expected}; {advice}")
