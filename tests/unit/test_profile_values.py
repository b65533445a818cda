"""What a well-formed fact says: its value, its unit and date, or why it cannot be used."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from backrec_cli.facts.reading import Absence, FactValue
from backrec_cli.profile import Review
from backrec_cli.profile.text import harmless, shortened
from backrec_cli.units import Quantity
from tests.unit.profile_bench import quantity, read, reading_of


@pytest.mark.parametrize(
    ("path", "written", "value", "reported", "on"),
    [
        ("conditions.epilepsy", True, True, "yes", None),
        ("conditions.epilepsy", False, False, "no", None),
        (
            "conditions.epilepsy",
            {"value": True, "measured_on": "2026-03-01"},
            True,
            "yes",
            date(2026, 3, 1),
        ),
        ("patient.age", 38, 38, "38", None),
        ("patient.age", 38.0, 38, "38.0", None),
        ("patient.age", {"value": 38}, 38, "38", None),
        ("labs.inr", 1.1, Decimal("1.1"), "1.1", None),
        (
            "labs.inr",
            {"value": 1, "measured_on": "2026-03-01"},
            Decimal(1),
            "1",
            date(2026, 3, 1),
        ),
        (
            "labs.hba1c",
            quantity(64, "mmol/mol", "2026-03-01"),
            Quantity(Decimal(64), "mmol/mol"),
            "64 mmol/mol",
            date(2026, 3, 1),
        ),
        ("labs.hba1c", quantity(8.0, "%"), Quantity(Decimal(64), "mmol/mol"), "8.0 %", None),
        ("labs.hba1c", quantity(7.9, "%"), Quantity(Decimal(63), "mmol/mol"), "7.9 %", None),
        (
            "labs.glucose",
            quantity(10, "mmol/L"),
            Quantity(Decimal(180), "mg/dL"),
            "10 mmol/L",
            None,
        ),
        ("labs.mrsa_screen", "carrier", "carrier", "carrier", None),
        (
            "labs.mrsa_screen",
            {"value": "negative", "measured_on": "2026-03-01"},
            "negative",
            "negative",
            date(2026, 3, 1),
        ),
        (
            "procedure.technique",
            ["skin_graft", "spinal_fusion"],
            ("skin_graft", "spinal_fusion"),
            "skin_graft, spinal_fusion",
            None,
        ),
        ("procedure.technique", [], (), "none", None),
        ("procedure.technique", {"value": ["skin_graft"]}, ("skin_graft",), "skin_graft", None),
        ("procedure.date", "2026-03-16", date(2026, 3, 16), "2026-03-16", None),
        (
            "procedure.date",
            "2026-03-16T08:00",
            datetime(2026, 3, 16, 8),  # noqa: DTZ001 - without an offset, local to the hospital.
            "2026-03-16T08:00",
            None,
        ),
        (
            "procedure.date",
            "2026-03-16T08:00:30+01:00",
            datetime(2026, 3, 16, 8, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2026-03-16T08:00:30+01:00",
            None,
        ),
        (
            "procedure.date",
            "2026-03-16T08:00Z",
            datetime(2026, 3, 16, 8, tzinfo=UTC),
            "2026-03-16T08:00Z",
            None,
        ),
        ("conditions.mi", False, False, "no", None),
        ("conditions.mi", True, True, "yes", None),
        ("conditions.mi", {"value": False}, False, "no", None),
        ("conditions.mi", {"value": True}, True, "yes", None),
        ("conditions.mi", "2026-03-02", True, "2026-03-02", date(2026, 3, 2)),
        ("conditions.mi", {"on": "2026-03-02"}, True, "2026-03-02", date(2026, 3, 2)),
        (
            "conditions.mi",
            {"value": True, "on": "2026-03-02"},
            True,
            "2026-03-02",
            date(2026, 3, 2),
        ),
        ("conditions.mi", {"on": "unknown"}, True, "yes", None),
        ("medications.apixaban", False, False, "no", None),
        ("medications.apixaban", True, True, "yes", None),
        (
            "medications.apixaban",
            {"last_dose_on": "2026-03-13"},
            True,
            "last dose 2026-03-13",
            date(2026, 3, 13),
        ),
        (
            "medications.apixaban",
            {"value": True, "last_dose_on": "2026-03-13"},
            True,
            "last dose 2026-03-13",
            date(2026, 3, 13),
        ),
        ("medications.apixaban", {"last_dose_on": "unknown"}, True, "yes", None),
        ("patient.name", " Ann Example ", "Ann Example", "Ann Example", None),
    ],
)
def test_fact_is_read_in_every_shape_it_may_have(
    path: str, written: object, value: FactValue, reported: str, on: date | None
) -> None:
    """The shapes of the design's table, each with the value rules see and the text people see."""
    reading = reading_of(path, written)
    assert reading.absence is None
    assert (reading.value, reading.reported, reading.on) == (value, reported, on)
    assert type(reading.value) is type(value)


@pytest.mark.parametrize(
    ("path", "written", "absence", "reported", "hint"),
    [
        ("labs.hba1c", 64, Absence.NO_UNIT, "64", "write the unit: mmol/mol or %"),
        ("labs.hba1c", {"value": 64}, Absence.NO_UNIT, "64", "write the unit: mmol/mol or %"),
        ("labs.hba1c", quantity(64, " "), Absence.NO_UNIT, "64", "write the unit: mmol/mol or %"),
        (
            "labs.hba1c",
            quantity(63.9, "mmol/L"),
            Absence.UNKNOWN_UNIT,
            "63.9 mmol/L",
            "measured in mmol/mol or %",
        ),
        (
            "labs.hba1c",
            quantity(64, "%"),
            Absence.IMPLAUSIBLE,
            "64 %",
            "64 % is impossible; 64 mmol/mol?",
        ),
        (
            "labs.hba1c",
            quantity(500, "mmol/mol"),
            Absence.IMPLAUSIBLE,
            "500 mmol/mol",
            "possible are 9 to 195 mmol/mol",
        ),
        ("labs.hba1c", quantity(8, "mmol/mol"), Absence.IMPLAUSIBLE, "8 mmol/mol", "8 %?"),
        ("patient.age", 121, Absence.IMPLAUSIBLE, "121", "possible are 0 to 120"),
        ("patient.age", -1, Absence.IMPLAUSIBLE, "-1", "possible are 0 to 120"),
        ("labs.inr", 0.4, Absence.IMPLAUSIBLE, "0.4", "possible are 0.5 to 15"),
        ("conditions.diabetes", "type3", Absence.NOT_A_CHOICE, "type3", "did you mean 'type"),
        (
            "conditions.diabetes",
            "qq",
            Absence.NOT_A_CHOICE,
            "qq",
            "one of 'none', 'type1', 'type2'",
        ),
        (
            "procedure.technique",
            ["skin_graft", "skin_graf"],
            Absence.NOT_A_CHOICE,
            "skin_graft, skin_graf",
            "did you mean 'skin_graft'?",
        ),
    ],
)
def test_content_that_cannot_be_used_is_rejected_with_its_reason(
    path: str, written: object, absence: Absence, reported: str, hint: str
) -> None:
    """The value is unknown to the rules, and shown to people with what was probably meant."""
    reading = reading_of(path, written)
    assert (reading.value, reading.absence, reading.reported) == (None, absence, reported)
    assert reading.rejected
    assert hint in (reading.hint or "")


@pytest.mark.parametrize(
    ("path", "value", "unit"),
    [
        ("labs.hba1c", 9, "mmol/mol"),
        ("labs.hba1c", 195, "mmol/mol"),
        ("vitals.height", 0.5, "m"),
        ("vitals.height", 230, "cm"),
    ],
)
def test_limits_of_the_plausible_range_are_plausible(path: str, value: float, unit: str) -> None:
    """The range includes both its ends, in every unit."""
    assert reading_of(path, quantity(value, unit)).known


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("labs.hba1c", "unknown"),
        ("labs.hba1c", {"value": "unknown"}),
        ("labs.inr", "unknown"),
        ("patient.age", "unknown"),
        ("patient.name", "unknown"),
        ("patient.name", "  "),
        ("procedure.date", "unknown"),
        ("procedure.technique", "unknown"),
        ("procedure.technique", ["skin_graft", "not_recorded"]),
        ("conditions.epilepsy", "unknown"),
        ("conditions.epilepsy", {"value": "unknown"}),
        ("conditions.diabetes", "unknown"),
        ("conditions.mi", "unknown"),
        ("conditions.mi", {"value": "unknown"}),
        ("medications.apixaban", "unknown"),
        ("medications.apixaban", {"value": "unknown"}),
        ("labs.mrsa_screen", "not_done"),
    ],
)
def test_unknown_is_accepted_for_every_type_and_differs_from_not_recorded(
    path: str, written: object
) -> None:
    """Asked and not known is an answer of its own; so are the choices that say so."""
    reading = reading_of(path, written)
    assert (reading.value, reading.absence) == (None, Absence.NOT_KNOWN)
    assert not reading.rejected


def test_section_date_dates_every_result_without_its_own() -> None:
    """One date for a whole blood draw; events, medications and dates have other attributes."""
    profile = read(
        {
            "labs": {
                "measured_on": "2026-03-13",
                "hba1c": quantity(40, "mmol/mol"),
                "inr": 1.0,
                "mrsa_screen": "negative",
                "glucose": quantity(90, "mg/dL", "2026-03-16"),
                "group_and_save": True,
            },
            "conditions": {"epilepsy": False},
        }
    )
    dates = {path: fact.reading.on for path, fact in profile.recorded.items()}
    assert dates == {
        "labs.hba1c": date(2026, 3, 13),
        "labs.inr": date(2026, 3, 13),
        "labs.mrsa_screen": date(2026, 3, 13),
        "labs.glucose": date(2026, 3, 16),
        "labs.group_and_save": None,
        "conditions.epilepsy": None,
    }


def test_own_date_that_is_unknown_is_not_replaced_by_the_sections() -> None:
    """Who wrote that the date is not known did not mean the section's."""
    profile = read(
        {
            "labs": {
                "measured_on": "2026-03-13",
                "inr": {"value": 1.0, "measured_on": "unknown"},
            }
        }
    )
    assert profile.recorded["labs.inr"].reading.on is None


def test_reported_number_keeps_its_digits() -> None:
    """8.0 and 8 are one value and two ways to say it."""
    profile = read('{"labs": {"hba1c": {"value": 8.00, "unit": "%"}}}')
    assert profile.recorded["labs.hba1c"].reading.reported == "8.00 %"


def test_recorded_fact_has_the_place_of_its_name() -> None:
    """An explanation can point into the document."""
    profile = read('{"labs": {\n "inr": 1.0}}')
    assert profile.source.position(profile.recorded["labs.inr"].span.start) == (2, 2)


def test_reviews_are_read_in_both_shapes() -> None:
    """A list says what was asked; an object also says when, and who asked."""
    assert dict(read({"reviewed": ["labs", "conditions"]}).reviewed) == {
        "labs": Review(),
        "conditions": Review(),
    }
    dated = {"conditions": {"on": "2026-03-10", "by": "nurse"}, "labs": {}}
    assert dict(read({"reviewed": dated}).reviewed) == {
        "conditions": Review(date(2026, 3, 10), "nurse"),
        "labs": Review(),
    }


def test_override_is_read_with_its_place() -> None:
    """The engine knows the rules, so it must be able to point at an unknown one."""
    text = """{"overrides": [{"rule": "dm-x", "by": "Dr A", "reason": "agreed",
      "on": "2026-03-10T12:00"}]}"""
    [override] = read(text).overrides
    assert (override.rule, override.by, override.reason) == ("dm-x", "Dr A", "agreed")
    assert override.on == date(2026, 3, 10)
    assert type(override.on) is date
    assert text[override.span.start : override.span.end] == '"dm-x"'


def test_identity_is_shown_or_not_recorded() -> None:
    """An identity is never guessed."""
    profile = read({"patient": {"id": "00123", "name": "unknown"}})
    assert (profile.id, profile.name) == ("00123", "p.json")
    assert profile.text("patient.name") is None
    assert profile.text("patient.birth_date") is None


HOSTILE = "a\x1b[31m\u202e\u2066\u200e\u061c\u200b\u2028\x9b\x07\ufeffb"
SHOWN = (
    r"a\x1b[31m\u202e\u2066\u200e\u061c\u200b\u2028\x9b\x07\ufeffb"  # Every one of them visible.
)


@pytest.mark.parametrize(
    "shown",
    [
        read({"patient": {"name": HOSTILE}}).text("patient.name"),
        read({"reviewed": {"labs": {"by": HOSTILE}}}).reviewed["labs"].by,
        reading_of("conditions.diabetes", HOSTILE).reported,
        reading_of("labs.hba1c", quantity(3, HOSTILE)).unit,
        read({"overrides": [{"rule": "x", "by": HOSTILE, "on": "2026-03-01", "reason": "y"}]})
        .overrides[0]
        .by,
        read({"overrides": [{"rule": "x", "by": "y", "on": "2026-03-01", "reason": HOSTILE}]})
        .overrides[0]
        .reason,
    ],
    ids=["name", "review", "choice", "unit", "override by", "override reason"],
)
def test_text_of_a_profile_never_acts(shown: str | None) -> None:
    """Escapes, controls, bidi, zero-width and line separators are made visible at the border."""
    assert shown == SHOWN


def test_ordinary_text_is_left_alone() -> None:
    """Names with accents, apostrophes and markup-like brackets are shown as they are."""
    for text in ("José O'Neill-Łuczak", "[bold]x[/b] :warning:", "李小龍", "naïve = <b>&amp;"):
        assert harmless(text) == text


def test_quoted_text_is_cut() -> None:
    """A message that quotes a document stays short."""
    assert shortened("x" * 100, 5) == "xxxxx..."
    assert shortened("xxxxx", 5) == "xxxxx"


def test_digest_ignores_order_and_space_but_not_content() -> None:
    """The same record has one fingerprint, another record another one."""
    first = read('{"patient": {"age": 38, "name": "A"}, "labs": {}}').digest
    assert read('{"labs":{},"patient":{"name":"\\u0041","age":38}}').digest == first
    assert read('{"labs":{},"patient":{"name":"A","age":39}}').digest != first


def test_digest_is_the_sha256_of_the_compact_sorted_json() -> None:
    """Anyone can compute it: `printf '{"labs":{},"patient":{"age":38}}' | sha256sum`."""
    digest = "8d89ae6c912de67585b807ccceb14dccd72f02cb4669ee61c50d9ba5bc5245a3"
    assert read('{"patient": {"age": 38}, "labs": {}}').digest == digest
