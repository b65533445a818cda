"""The cells of one row -> one JSON document of a profile, or the reasons why there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from backrec_cli.batch.cohort.bounds import LARGEST, too_large
from backrec_cli.batch.cohort.cells import (
    UNKNOWN,
    CellError,
    date_json,
    is_yes_no,
    overrides_json,
    reviewed_json,
    text_json,
    value_json,
)
from backrec_cli.batch.cohort.columns import MEASURED_ON, Column, Role
from backrec_cli.batch.record import Record

_MOST_SAID = 5


@dataclass(slots=True)
class _Fact:
    """What the cells of one row say of one fact, as JSON."""

    value: str | None = None
    text: str = ""
    unit: str | None = None
    date: str | None = None
    attribute: str = MEASURED_ON


@dataclass(slots=True)
class _Row:
    """What the cells of one row come to, section by section in the order of the columns."""

    sections: dict[str, dict[str, _Fact]] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    as_of: str | None = None

    def fact(self, column: Column) -> _Fact:
        """Return the fact of a column, still empty where no other cell spoke of it."""
        section, _, name = column.path.partition(".")
        return self.sections.setdefault(section, {}).setdefault(name, _Fact())


def assembled(
    columns: Sequence[Column], cells: Sequence[str], number: int, place: str, raw: bytes
) -> Record:
    """Return the record of a row; there are as many cells as columns. Empty: not mentioned."""
    if len(raw) > LARGEST:
        return too_large(number, place, raw)
    row = _Row()
    problems: list[str] = []
    for column, cell in zip(columns, cells, strict=True):
        text = cell and cell.strip()
        if not text:
            continue
        try:
            _FILL[column.role](row, column, text)
        except CellError as error:
            problems.append(f"column '{column.name}': {error}")
    problems = problems or _incomplete(row)
    if problems:
        return Record(number, place, raw, problem=_said(problems), as_of=row.as_of)
    return Record(number, place, raw, _document(row).encode(), as_of=row.as_of)


def _said(problems: Sequence[str]) -> str:
    """Return the first few reasons on one line, and how many more there are."""
    more = len(problems) - _MOST_SAID
    shown = list(problems[:_MOST_SAID])
    return " / ".join([*shown, f"and {more} more"] if more > 0 else shown)


def _value(row: _Row, column: Column, text: str) -> None:
    """Take a value, with the unit that the header gives it."""
    fact = row.fact(column)
    if fact.value is not None:
        msg = f"'{column.path}' is given twice in this row; fill one of its columns"
        raise CellError(msg)
    fact.value, fact.text = value_json(text, column.type), text
    if column.unit is not None and text != UNKNOWN:
        _set_unit(fact, column.unit)


def _unit(row: _Row, column: Column, text: str) -> None:
    """Take a unit that has a cell of its own."""
    _set_unit(row.fact(column), text)


def _set_unit(fact: _Fact, unit: str) -> None:
    """Give a fact its unit, once."""
    if fact.unit is not None:
        msg = "the unit is given twice, in the header and in a cell; fill one of them"
        raise CellError(msg)
    fact.unit = text_json(unit)


def _date(row: _Row, column: Column, text: str) -> None:
    """Take the date of a fact."""
    fact = row.fact(column)
    fact.date, fact.attribute = date_json(text), column.attribute


def _section_date(row: _Row, column: Column, text: str) -> None:
    """Take the date of all results of a section."""
    row.dates[column.path] = date_json(text)


def _reviewed(row: _Row, _column: Column, text: str) -> None:
    """Take the sections that were reviewed."""
    row.extra.append(f'"reviewed": {reviewed_json(text)}')


def _overrides(row: _Row, _column: Column, text: str) -> None:
    """Take what a clinician accepts."""
    row.extra.append(f'"overrides": {overrides_json(text)}')


def _as_of(row: _Row, _column: Column, text: str) -> None:
    """Take the day the record is to be assessed on; it is judged where it is used."""
    row.as_of = text


_FILL: dict[Role, Callable[[_Row, Column, str], None]] = {
    Role.VALUE: _value,
    Role.UNIT: _unit,
    Role.DATE: _date,
    Role.SECTION_DATE: _section_date,
    Role.REVIEWED: _reviewed,
    Role.OVERRIDES: _overrides,
    Role.AS_OF: _as_of,
}


def _incomplete(row: _Row) -> list[str]:
    """Say which facts lack what the rest of them rests on, or say two things."""
    found = []
    for section, facts in row.sections.items():
        for name, fact in facts.items():
            problem = _lack(fact)
            if problem is not None:
                found.append(f"'{section}.{name}' {problem}")
    return found


def _lack(fact: _Fact) -> str | None:
    """Say what is wrong with the parts of a fact."""
    if fact.value is None:
        if fact.unit is not None:
            return "has a unit and no value; write the value too"
        if fact.attribute == MEASURED_ON:
            return "has a date and no value; write the value too"
    elif fact.attribute == "on" and fact.text != UNKNOWN and not is_yes_no(fact.text):
        return "has its date given twice; fill one of its columns"
    return None


def _document(row: _Row) -> str:
    """Return the JSON of a profile."""
    members = []
    for section in dict.fromkeys((*row.dates, *row.sections)):
        facts = [f'"{name}": {_fact(fact)}' for name, fact in row.sections.get(section, {}).items()]
        if section in row.dates:
            facts.insert(0, f'"{MEASURED_ON}": {row.dates[section]}')
        members.append(f'"{section}": {{{", ".join(facts)}}}')
    return f"{{{', '.join([*members, *row.extra])}}}"


def _fact(fact: _Fact) -> str:
    """Return the JSON of a fact: its value alone, or an object where more is said of it."""
    if fact.value is not None and fact.unit is None and fact.date is None:
        return fact.value
    parts = (("value", fact.value), ("unit", fact.unit), (fact.attribute, fact.date))
    return "{" + ", ".join(f'"{key}": {part}' for key, part in parts if part is not None) + "}"
