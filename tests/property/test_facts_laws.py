"""Laws of the dictionary: reading never raises, and conversion keeps the order of readings."""

from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.facts.definition import AlternativeUnit, FactDefinition
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.hints import likely_slip, plausible_range
from backrec_cli.facts.reader import parse_dictionary
from backrec_cli.source import SourceText, Span
from backrec_cli.units import Quantity
from tests.unit.facts_dictionary import small_dictionary

KEYS = (
    *("type", "label", "unit", "precision", "also", "plausible", "valid_for", "choices"),
    *("unknown_values", "negative", "protective", "day_of", "derive", "codes", "note"),
    *("scale", "offset", "exact", "when", "system", "code", "display", "status"),
    *("id", "facts", "holds", "message", "labs", "check", "surprise"),
)
WORDS = ("quantity", "choice", "integer", "90 d", "4 h", "g/L", "none", "5/9", "1e99", "", " ")

leaves = st.one_of(
    st.booleans(),
    st.integers(-5, 10**30),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.sampled_from(WORDS),
    st.text("aZ0_./ é\x1b", max_size=5),
    st.dates(min_value=date(1900, 1, 1)),
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=12,
)
facts = st.dictionaries(st.sampled_from(KEYS), values, max_size=8)
documents = st.dictionaries(
    st.sampled_from(("labs", "check", "reviewed", "Bad name")),
    values | st.dictionaries(st.sampled_from(("x", "y", "measured_on", "Z")), facts, max_size=3),
    max_size=3,
)


@given(document=documents)
def test_reading_a_dictionary_never_raises(document: dict[str, object]) -> None:
    """Whatever TOML may hold becomes definitions and diagnostics, each with a code and a place."""
    source = SourceText("facts.toml", "x")
    dictionary, diagnostics = parse_dictionary(document, source, lambda _: Span(0, 1))
    assert all(d.code.startswith("E3") and d.place == "facts.toml:1:1" for d in diagnostics)
    assert all(path == fact.path for path, fact in dictionary.definitions.items())


@cache
def conversions() -> tuple[tuple[FactDictionary, FactDefinition, AlternativeUnit], ...]:
    """Return every conversion of the small dictionary."""
    dictionary = small_dictionary()
    return tuple(
        (dictionary, fact, other) for fact in dictionary.definitions.values() for other in fact.also
    )


readings = st.decimals(min_value=0, max_value=100_000, places=3)


@given(index=st.integers(0, 1000), lower=readings, upper=readings)
def test_conversion_to_canonical_keeps_order(index: int, lower: Decimal, upper: Decimal) -> None:
    """Of two readings in one unit, the higher never becomes the lower."""
    dictionary, fact, other = conversions()[index % len(conversions())]
    lower, upper = min(lower, upper), max(lower, upper)
    low = dictionary.to_canonical(fact.path, Quantity(lower, other.unit))
    high = dictionary.to_canonical(fact.path, Quantity(upper, other.unit))
    assert low is not None
    assert high is not None
    assert low.value <= high.value


@given(index=st.integers(0, 1000), reading=readings)
def test_exact_conversion_there_and_back_is_the_same(index: int, reading: Decimal) -> None:
    """What is exact is shown again as it was written."""
    dictionary, fact, other = conversions()[index % len(conversions())]
    canonical = dictionary.to_canonical(fact.path, Quantity(reading, other.unit))
    assert canonical is not None
    if other.exact:
        assert dictionary.in_unit(fact.path, canonical.value, other.unit) == reading


@given(
    index=st.integers(0, 1000),
    number=st.decimals(allow_nan=True, allow_infinity=True),
    unit=st.sampled_from((None, "%", "mmol/L", "mmHg", "1")),
)
def test_hints_never_raise_and_stay_short(index: int, number: Decimal, unit: str | None) -> None:
    """A hint for the wildest number is one short line."""
    _, fact, _ = conversions()[index % len(conversions())]
    hint = likely_slip(fact, number, unit)
    assert hint is None or (len(hint) < 300 and "\n" not in hint)
    assert plausible_range(fact, unit) is not None
