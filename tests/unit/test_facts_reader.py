"""The dictionary's TOML is read strictly: every mistake is told, with its place, at once."""

from decimal import Decimal
from fractions import Fraction

import pytest

from backrec_cli.facts.definition import AlternativeUnit, Code, FactType, Validity
from backrec_cli.facts.dictionary import ConsistencyCheck
from tests.unit.facts_dictionary import SMALL, read, small_dictionary
from tests.unit.facts_mistakes import CHOICE, GOOD, OF_ANY_FILE, OF_THE_DICTIONARY


def test_quantity_is_read_whole() -> None:
    """Every key of a quantity arrives in its definition."""
    text = GOOD + (
        "precision = 1\n"
        'also = [{ unit = "g/dL", scale = 10, precision = 2 },\n'
        '  { unit = "mg/L", scale = "1/1000", exact = false, precision = 3 },\n'
        '  { unit = "%", scale = "10.93", offset = "-23.5" }]\n'
        "plausible = [0.5, 15]\n"
        'valid_for = "7 d"\n'
        'derive = "labs.y.value + 1"\n'
        'codes = [{ system = "LOINC", code = "1-8", display = "X", status = "verified" }]\n'
        'note = "a note"\n'
        "day_of = true\n"
        "protective = true\n"
    )
    dictionary, diagnostics = read(text)
    assert diagnostics == []
    fact = dictionary.definitions["labs.x"]
    assert (fact.path, fact.section, fact.name) == ("labs.x", "labs", "x")
    assert (fact.type, fact.label, fact.unit) == (FactType.QUANTITY, "x", "g/L")
    assert fact.precision == 1
    assert fact.also == (
        AlternativeUnit("g/dL", Fraction(10), Fraction(0), exact=True, precision=2),
        AlternativeUnit("mg/L", Fraction(1, 1000), Fraction(0), exact=False, precision=3),
        AlternativeUnit("%", Fraction("10.93"), Fraction("-23.5"), exact=False, precision=0),
    )
    assert fact.plausible == (Decimal("0.5"), Decimal(15))
    assert fact.valid_for == (Validity(None, 7),)
    assert fact.derive == "labs.y.value + 1"
    assert fact.codes == (Code("LOINC", "1-8", "X", "verified"),)
    assert (fact.note, fact.day_of, fact.protective) == ("a note", True, True)


def test_choice_is_read_whole() -> None:
    """Choices, the ones that mean not known, and the one that means no."""
    text = CHOICE + 'choices = ["none", "a", "?"]\nunknown_values = ["?"]\nnegative = "none"\n'
    dictionary, diagnostics = read(text)
    assert diagnostics == []
    fact = dictionary.definitions["labs.x"]
    assert fact.choices == ("none", "a", "?")
    assert fact.unknown_values == ("?",)
    assert fact.negative_choice == "none"


def test_plausible_limits_may_be_texts() -> None:
    """A decimal in quotes is the same number, as in conversion factors."""
    dictionary, diagnostics = read(GOOD + 'plausible = ["-0.5", 24]\n')
    assert diagnostics == []
    assert dictionary.definitions["labs.x"].plausible == (Decimal("-0.5"), Decimal(24))


def test_consistency_check_is_read() -> None:
    """A check keeps its facts, its condition and its message."""
    assert small_dictionary().checks == (
        ConsistencyCheck(
            "pressure-order",
            ("vitals.systolic_bp", "vitals.height"),
            "vitals.systolic_bp.value > 0",
            "systolic must be above nothing",
        ),
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"90 d"', (Validity(None, 90),)),
        ('"0 d"', (Validity(None, 0),)),
        # In bare dates 4 h is the same day, 24 h the day before or the same day.
        ('"4 h"', (Validity(None, 0, 4),)),
        ('"24 h"', (Validity(None, 1, 24),)),
        ('"36 h"', (Validity(None, 1, 36),)),
        ('"72 h"', (Validity(None, 3, 72),)),
        (
            '[{ when = "medications.warfarin", valid_for = "1 d" }, { valid_for = "30 d" }]',
            (Validity("medications.warfarin", 1), Validity(None, 30)),
        ),
    ],
)
def test_validity_is_days_or_hours(written: str, expected: tuple[Validity, ...]) -> None:
    """A length of time is days, or hours with the days that stand for them in bare dates."""
    dictionary, diagnostics = read(f"{GOOD}valid_for = {written}\n")
    assert diagnostics == []
    assert dictionary.definitions["labs.x"].valid_for == expected


@pytest.mark.parametrize(("text", "code", "place", "names"), OF_ANY_FILE)
def test_mistake_of_any_file_is_told_with_its_place(
    text: str, code: str, place: str, names: str
) -> None:
    """A mistake that every file of a pack can have gives one diagnostic, where it is."""
    _, diagnostics = read(text)
    assert [(d.code, d.place) for d in diagnostics] == [(code, f"facts.toml:{place}")]
    assert f"'{names}'" in diagnostics[0].message


@pytest.mark.parametrize(("text", "code", "place", "message", "hint"), OF_THE_DICTIONARY)
def test_mistake_of_the_dictionary_is_told_with_its_place(
    text: str, code: str, place: str, message: str, hint: str
) -> None:
    """Each mistake gives one diagnostic: what is wrong, where, and one thing to do."""
    _, diagnostics = read(text)
    assert [(d.code, d.place, d.message, d.hint) for d in diagnostics] == [
        (code, f"facts.toml:{place}", message, hint)
    ]


def test_all_mistakes_are_told_at_once() -> None:
    """One run shows everything that is wrong, and reads on after each mistake."""
    text = (
        '[labs.a]\ntype = "quantity"\nlabel = "a"\n'
        '[labs.b]\ntype = "number"\nlabel = "b"\nunitt = "g"\n'
        '[labs.c]\ntype = "choice"\nlabel = "c"\nchoices = ["x"]\nnegative = "y"\nunit = "g"\n'
        '[labs.d]\ntype = "boolean"\nlabel = "d"\n'
    )
    dictionary, diagnostics = read(text)
    assert [d.code for d in diagnostics] == ["E311", "E310", "E320", "E350", "E355"]
    assert dictionary.paths == ("labs.a", "labs.c", "labs.d")


def test_small_dictionary_reads_without_diagnostics() -> None:
    """What is right is passed over in silence, and no place is looked up."""
    dictionary, diagnostics = read(SMALL)
    assert diagnostics == []
    assert len(dictionary.paths) == 21
