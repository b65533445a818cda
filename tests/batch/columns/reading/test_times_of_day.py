"""Date-times read by columns: as days where their times cannot count, else left over."""

import io
import json
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.columns.reading.moments import Times
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.facts.definition import FactDefinition, FactType
from tests.batch.columns.reading import test_flat, test_json_lines
from tests.batch.columns.reading.flat_written import table
from tests.batch.columns.reading.written import lines
from tests.unit.profile_bench import dictionary

CLOCKS = ("08:15", "00:00", "23:59:59", "07:05:01.250", "12:00:00.000001", "10:00Z", "22:30-05:00")
MORE_CLOCKS = ("01:10+14:00", "10:00:00+01:00", "24:00", "8:15", "10:00+01:75", "10:60", "10:00 ")
ATTRIBUTES = {FactType.EVENT: "on", FactType.MEDICATION: "last_dose_on"}
PAIR = ("labs.glucose", "labs.hba1c")
EVERY = frozenset(dictionary().definitions)
TIMES = {
    "no time counts": Times(EVERY),
    "one counts, and two are compared": Times(
        EVERY - {"labs.inr", "conditions.mi", "procedure.date", *PAIR}, frozenset({PAIR})
    ),
}


@cache
def reader(name: str) -> ColumnReader:
    """Return a reader of the small dictionary; it remembers values from test to test."""
    return ColumnReader(dictionary(), TIMES[name])


def with_times(text: str, random: Random, end: str) -> str:
    """Put times behind dates, with what follows a date; now and then one that is no time."""
    parts = text.split(f"2026-03-01{end}")
    clocks = CLOCKS if random.random() < 0.8 else (*CLOCKS, *MORE_CLOCKS)
    out = parts[0]
    for part in parts[1:]:
        clock = f"T{random.choice(clocks)}" if random.random() < 0.7 else ""
        out += f"2026-03-01{clock}{end}{part}"
    return out


def left(*records: str, times: str = "one counts, and two are compared") -> set[int]:
    """Return which records of JSON are left to the reference; the others are held against it."""
    data = [record.encode() for record in records]
    return test_json_lines.left_over(data, reader(times), times=TIMES[times])


def left_of_csv(text: str, times: str = "one counts, and two are compared") -> list[bool]:
    """Return of each row of CSV whether it is left to the reference."""
    cohort = open_cohort(
        "-", format_name="csv", dictionary=dictionary(), stdin=io.BytesIO(text.encode())
    )
    return test_flat.left_over(cohort, reader(times), dictionary(), TIMES[times])


@pytest.mark.parametrize("times", TIMES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_json_with_times_says_what_the_reference_reads(times: str, seed: int) -> None:
    """Every date of every kind may have a time, or something that looks like one."""
    random = Random(seed)  # noqa: S311 - patients for tests.
    written = lines(dictionary(), seed, 40)
    records = [
        with_times(line.decode("latin-1"), random, '"').encode("latin-1") for line in written
    ]
    test_json_lines.left_over(records, reader(times), times=TIMES[times])


@pytest.mark.parametrize("times", TIMES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_csv_with_times_says_what_the_reference_reads(times: str, seed: int) -> None:
    """The same of cells."""
    random = Random(seed)  # noqa: S311 - patients for tests.
    names, rows = table(dictionary(), seed, 30)
    left_of_csv(
        "\n".join(with_times(",".join((*row, "")), random, ",")[:-1] for row in (names, *rows)),
        times,
    )


def some(definition: FactDefinition, moment: str) -> dict[str, object]:
    """Return a value of a fact."""
    match definition.type:
        case FactType.DATE:
            return {"value": moment}
        case FactType.CHOICE:
            return {"value": definition.choices[0]}
        case FactType.CHOICES:
            return {"value": [*definition.choices]}
        case FactType.QUANTITY:
            return {"value": 100, "unit": definition.unit}
        case FactType.INTEGER | FactType.DECIMAL:
            return {"value": 3}
        case _:
            return {"value": True}


def test_date_time_of_any_fact_is_its_day_where_no_time_counts() -> None:
    """Results, events, last doses, dates, reviews and whole sections, and none is left over."""
    records: list[dict[str, dict[str, object]]] = []
    for definition in dictionary().definitions.values():
        if definition.type is FactType.TEXT:
            continue
        section, name = definition.section, definition.name
        attribute = ATTRIBUTES.get(definition.type, "measured_on")
        for moment in (f"2026-03-01T{clock}" for clock in CLOCKS):
            fact = some(definition, moment)
            records.append({section: {name: {**fact, attribute: moment}}})
            records.append({"reviewed": {section: {"on": moment}}})
            if definition.type in (FactType.DATE, FactType.EVENT):
                records.append({section: {name: moment}})
            elif attribute == "measured_on":
                records.append({section: {name: fact, attribute: moment}})
    assert left(*map(json.dumps, records), times="no time counts") == set()


def test_time_of_a_fact_whose_time_counts_is_left_to_the_reference() -> None:
    """Its own, that of its section where it takes it, and a value that is one; nothing else."""
    timed = "2026-03-01T08:00"
    assert left(
        f'{{"labs": {{"inr": {{"value": 1.1, "measured_on": "{timed}"}}}}}}',
        f'{{"labs": {{"inr": 1.1, "measured_on": "{timed}"}}}}',
        f'{{"conditions": {{"mi": "{timed}"}}}}',
        f'{{"conditions": {{"mi": {{"on": "{timed}"}}}}}}',
        f'{{"procedure": {{"date": "{timed}"}}}}',
        f'{{"procedure": {{"date": {{"value": "{timed}"}}}}}}',
        f'{{"labs": {{"inr": {{"value": 1.1, "measured_on": "2026-03-01"}}, '
        f'"mrsa_screen": "carrier", "measured_on": "{timed}"}}}}',
        f'{{"conditions": {{"epilepsy": true, "mi": true, "measured_on": "{timed}"}}}}',
        f'{{"labs": {{"inr": 1.1}}, "reviewed": {{"labs": {{"on": "{timed}"}}}}}}',
    ) == {0, 1, 2, 3, 4, 5}


def test_time_of_a_fact_whose_time_counts_is_left_to_the_reference_in_cells() -> None:
    """The same where records are rows."""
    head = "labs.inr,labs.inr.measured_on,labs.measured_on,labs.mrsa_screen,conditions.mi,reviewed"
    timed = "2026-03-01T08:00"
    rows = (
        f"1.1,{timed},,,,",
        f"1.1,,{timed},,,",
        f",,,,{timed},",
        f"1.1,2026-03-01,{timed},carrier,,",
        f",,{timed},carrier,2026-03-01,labs={timed}",
    )
    assert left_of_csv("\n".join((head, *rows))) == [True, True, True, False, False]


def compared(one: str, other: str, section: str = "") -> str:
    """Return a record of two results with dates, and perhaps one of their section."""

    def result(value: int, unit: str, on: str) -> dict[str, object]:
        return {"value": value, "unit": unit} | ({"measured_on": on} if on else {})

    labs = {"glucose": result(90, "mg/dL", one), "hba1c": result(50, "mmol/mol", other)}
    own = {"measured_on": section} if section else {}
    return json.dumps({"labs": {**labs, **own}})


PAIRS = (
    ("2026-03-01T08:00", "2026-03-01T08:00", "", False),
    ("2026-03-01T08:00", "2026-03-01T09:00", "", True),
    ("2026-03-01T08:00", "2026-03-01T08:00Z", "", True),
    ("2026-03-01T08:00", "2026-03-01", "", True),
    ("2026-03-01", "2026-03-02", "", False),
    ("2026-03-01T08:00", "2026-03-02T07:00", "", False),
    ("2026-03-01", "2026-03-02T07:00", "", False),
    ("2026-03-01T23:00Z", "2026-03-02T00:30+02:00", "", True),
    ("2026-03-01T23:00-05:00", "2026-03-02T00:30", "", True),
    ("2026-03-01T08:00", "", "", False),
    ("", "", "2026-03-01T08:00", False),
    ("2026-03-01T08:00", "", "2026-03-01T08:00", False),
    ("", "2026-03-01T09:00", "2026-03-01T08:00", True),
    ("2026-03-01", "", "2026-03-01T08:00", True),
    ("2026-03-01T08:00", "", "2026-03-01", True),
    ("2026-03-01T08:00", "2026-03-01T08:00", "2026-03-02T09:00", False),
)


@pytest.mark.parametrize(("one", "other", "section", "apart"), PAIRS)
def test_two_results_that_are_compared_may_have_times_that_cannot_decide(
    one: str,
    other: str,
    section: str,
    apart: bool,  # noqa: FBT001 - a column of the table.
) -> None:
    """Dates written alike are as equal as their days, and different days differ on one clock."""
    assert left(compared(one, other, section)) == ({0} if apart else set())
    head = "labs.glucose [mg/dL],labs.glucose.measured_on,labs.hba1c [mmol/mol],"
    head += "labs.hba1c.measured_on,labs.measured_on"
    assert left_of_csv(f"{head}\n90,{one},50,{other},{section}") == [apart]


def test_result_that_is_compared_with_nothing_may_have_any_time() -> None:
    """Only one of the two is there."""
    record = '{"labs": {"hba1c": {"value": 50, "unit": "mmol/mol", "measured_on": "%s"}}}'
    assert left(record % "2026-03-01T08:00", record % "2026-03-01") == set()


def test_dates_that_say_the_same_do_not_hide_a_key_that_stands_twice() -> None:
    """Keys are counted by their colons, of which a time has some of its own."""
    records = (
        '{"conditions": {"mi": "2026-03-01T10:00:00"}}',
        '{"conditions": {"mi": "2026-03-01"}}',
        '{"labs": {"inr": 1.1, "inr": 1.2, "inr": 9.9}}',
    )
    made = ColumnReader(dictionary(), TIMES["no time counts"])
    data = [record.encode() for record in records]
    assert 2 in test_json_lines.left_over(data, made, times=TIMES["no time counts"])
