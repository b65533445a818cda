"""What a printed sheet must say, taken from its JSON, to be found again in the PDF and the HTML."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from backrec_cli.engine import assess
from backrec_cli.profile import read_profile
from backrec_cli.render.checklist.compose import Audience, compose_sheet
from backrec_cli.render.checklist.document import document_of
from backrec_cli.render.checklist.model import Sheet
from tests.shipped import Example, pack

JsonObject = dict[str, object]

HOSTILE_NAME = "</style><script>alert(1)</script>\"; } * { display: none } '\\"

_BEFORE_ROWS = ("title", "reader")
_TOP = ("operation",)


def sheet_of(example: Example, audience: Audience | None = None) -> Sheet:
    """Return an example's sheet for a reader, the whole team without one."""
    rules = pack()
    profile = read_profile(Path(example.path).read_bytes(), example.name, rules.dictionary)
    return compose_sheet(assess(profile, rules, example.as_of), rules, audience or Audience())


def sheet_document(sheet: Sheet) -> JsonObject:
    """Return the JSON of a sheet."""
    return dict(document_of(sheet))


def squeezed(text: str) -> str:
    """Return a text without white space and ligatures: how a line is set is the renderer's."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


def sheet_texts(document: JsonObject) -> Iterator[str]:
    """Yield every text of a sheet in the order in which it is printed."""
    yield from _strings(document, *_BEFORE_ROWS)
    identity = _object(document["identity"])
    if not document["deidentified"]:
        yield from _strings(identity, "name", "born", "identifier", "sex")
    yield from _strings(identity, *_TOP)
    yield from _strings(document, "allergies", "verdict", "qualifiers")
    for name in ("contacts", "banners"):
        yield from map(str, _array(document[name]))
    yield from _flags(document["blocks"])
    yield from map(str, _array(document["advice"]))
    groups = [_object(group) for group in _array(document["groups"])]
    yield from row_texts([group for group in groups if group["phase"] == "now"])
    yield from (str(_object(each)["text"]) for each in _array(document["obtain"]))
    yield from _flags(document["review"])
    yield from map(str, _array(document["awaited"]))
    yield from row_texts([group for group in groups if group["phase"] != "now"])
    yield from map(str, _array(document["perhaps"]))
    for risk in _array(document["risks"]):
        yield from _strings(_object(risk), "complication", "drivers", "prevent")
    for name in ("accepted", "finished", "warnings"):
        yield from map(str, _array(document[name]))


def row_texts(groups: Sequence[JsonObject]) -> Iterator[str]:
    """Yield the texts of groups: each heading, and each row with everything beside it."""
    for group in groups:
        yield f"{group['title']}: {group['days']}" if group["days"] else str(group["title"])
        for row in _array(group["rows"]):
            yield from one_row(_object(row), str(group["days"]))


def one_row(row: JsonObject, days: str) -> Iterator[str]:
    """Yield the texts of one row; its day only where the heading does not say it."""
    yield str(row["text"])
    yield from _strings(row, "note", "action")
    yield from map(str, _array(row["results"]))
    yield from _strings(row, "recorded")
    if row["due"] != days:
        yield from _strings(row, "due")
    yield from _strings(row, "who")


def rows_of(document: JsonObject) -> Iterator[str]:
    """Yield each row as one text without white space, as it stands in the first column."""
    for group in map(_object, _array(document["groups"])):
        for row in map(_object, _array(group["rows"])):
            text, *rest = one_row({**row, "due": "", "who": ""}, "")
            yield squeezed("".join((text, "MUST" if row["gate"] else "", *rest)))


def first_missing(texts: Iterator[str], printed: str) -> str | None:
    """Return the first text that is not printed after the one before it; None where all are."""
    place, page = 0, squeezed(printed)
    for text in texts:
        found = page.find(squeezed(text), place)
        if found < 0:
            return text
        place = found + len(squeezed(text))
    return None


def _flags(flags: object) -> Iterator[str]:
    """Yield what is said of flags."""
    for flag in _array(flags):
        yield from _strings(_object(flag), "word", "text", "action", "who")


def _strings(document: JsonObject, *names: str) -> Iterator[str]:
    """Yield the texts under some names that are not empty."""
    yield from (str(document[name]) for name in names if document[name])


def _object(value: object) -> JsonObject:
    """Return a value that must be an object."""
    assert isinstance(value, dict)
    return value


def _array(value: object) -> list[object]:
    """Return a value that must be an array."""
    assert isinstance(value, list)
    return value
