"""Laws of profiles: no bytes but a diagnostic, no order but a meaning, no unit but a value."""

import json
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from backrec_cli.errors import DiagnosticsError
from backrec_cli.profile.json_text import Node, parse_json
from backrec_cli.profile.text import harmless
from backrec_cli.source import SourceText
from tests.unit.profile_bench import VIEWS, dictionary, quantity, read, settled

_SECTIONS = st.sampled_from([*dictionary().sections, "reviewed", "overrides", "measured_on", "x"])
_NAMES = st.sampled_from(
    [*(path.partition(".")[2] for path in dictionary().paths), "measured_on", "value", "unit"]
)
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from(["unknown", "2026-03-01", "2026-02-30", "%", "mmol/mol", "kg", "none", ""]),
    st.text(max_size=8),
)
_ATTRIBUTES = st.sampled_from(["value", "unit", "measured_on", "on", "last_dose_on", "by", "z"])
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_ATTRIBUTES, inner, max_size=3)
    ),
    max_leaves=6,
)
_DOCUMENTS = st.dictionaries(
    _SECTIONS, st.one_of(_VALUES, st.dictionaries(_NAMES, _VALUES, max_size=4)), max_size=4
)

_DAYS = st.dates(date(2025, 10, 1), date(2026, 4, 1)).map(date.isoformat)
_WELL_FORMED = st.fixed_dictionaries(
    {"procedure": st.fixed_dictionaries({}, optional={"date": _DAYS})},
    optional={
        "vitals": st.fixed_dictionaries(
            {},
            optional={
                "weight": st.builds(quantity, st.integers(1, 500), st.just("kg"), _DAYS),
                "height": st.builds(quantity, st.integers(1, 300), st.just("cm"), _DAYS),
                "bmi": st.builds(quantity, st.integers(1, 99), st.just("kg/m2"), _DAYS),
            },
        ),
        "labs": st.fixed_dictionaries(
            {},
            optional={
                "inr": st.fixed_dictionaries({"value": st.integers(0, 16), "measured_on": _DAYS}),
                "group_and_save": st.one_of(st.booleans(), _DAYS),
            },
        ),
        "medications": st.fixed_dictionaries(
            {}, optional={"warfarin": st.sampled_from([True, False, "unknown"])}
        ),
        "reviewed": st.lists(st.sampled_from(["labs", "conditions", "medications"])),
    },
)


def accepts(data: bytes) -> bool:
    """Whether a document is accepted; anything but diagnostics with a place fails the test."""
    try:
        read(data)
    except DiagnosticsError as error:
        places = [diagnostic.place for diagnostic in error.diagnostics]
    else:
        return True
    assert places
    assert all(place.startswith("p.json:") for place in places)
    return False


def plain(node: Node) -> object:
    """Return a value without its places."""
    if isinstance(node.value, dict):
        return {key: plain(member.node) for key, member in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    return node.value


@given(st.binary(max_size=200))
def test_any_bytes_give_a_profile_or_diagnostics(data: bytes) -> None:
    """Never a traceback, whatever the bytes."""
    accepts(data)


@given(st.text(alphabet='{}[]",:\\ue0123456789.-+tfnu \n', max_size=80))
def test_any_json_like_text_gives_a_profile_or_diagnostics(text: str) -> None:
    """Nearly JSON is the hardest text."""
    accepts(text.encode())


@given(st.recursive(_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_reader_agrees_with_the_standard_library(value: object) -> None:
    """What json writes without NaN is read to the same value, number for number."""
    try:
        text = json.dumps(value, allow_nan=False)
    except ValueError:
        return
    node, refused = parse_json(SourceText("t.json", text))
    if not refused:
        assert plain(node) == json.loads(text, parse_float=Decimal, parse_int=Decimal)


@given(_DOCUMENTS, st.dates(date(2026, 1, 1), date(2026, 6, 1)))
def test_any_document_of_right_names_gives_readings_or_diagnostics(
    document: dict[str, object], as_of: date
) -> None:
    """What is accepted is settled without an error, in both views."""
    if not accepts(json.dumps(document).encode()):
        return
    settled(document, as_of).all()
    settled(document, as_of, at="as_of").all()


@given(_WELL_FORMED, st.randoms(use_true_random=False))
def test_order_of_keys_changes_nothing(document: dict[str, object], order: Random) -> None:
    """A profile means the same in whatever order it is written."""

    def shuffled(value: object) -> object:
        if not isinstance(value, dict):
            return value
        keys = list(value)
        order.shuffle(keys)
        return {key: shuffled(value[key]) for key in keys}

    other = shuffled(document)
    assert isinstance(other, dict)
    for view in VIEWS:
        first = settled(document, date(2026, 2, 1), at=view)
        second = settled(other, date(2026, 2, 1), at=view)
        assert dict(first.all()) == dict(second.all())
        assert first.denied == second.denied
    assert read(document).digest == read(other).digest


@given(st.decimals(Decimal("0.4"), Decimal("2.4"), places=4), _DAYS)
def test_exact_change_of_unit_changes_nothing(metres: Decimal, day: str) -> None:
    """Metres or centimetres: the same height, fresh or stale, possible or not."""

    def height(written: str) -> object:
        text = f'{{"procedure": {{"date": "2026-03-16"}}, "vitals": {{"height": {written}}}}}'
        reading = settled(json.loads(text)).fact("vitals.height")
        return reading.value, reading.absence, reading.stale_from

    in_metres = f'{{"value": {metres}, "unit": "m", "measured_on": "{day}"}}'
    in_centimetres = f'{{"value": {metres * 100}, "unit": "cm", "measured_on": "{day}"}}'
    assert height(in_metres) == height(in_centimetres)


@given(_WELL_FORMED)
def test_asking_and_not_knowing_never_makes_a_fact_known(document: dict[str, object]) -> None:
    """A recorded "unknown" stays unknown, whatever could be derived or denied in its place."""
    for section, name in (("vitals", "bmi"), ("medications", "warfarin"), ("labs", "inr")):
        facts = document.get(section)
        changed = {
            **document,
            section: {**(facts if isinstance(facts, dict) else {}), name: "unknown"},
        }
        assert not settled(changed).fact(f"{section}.{name}").known


@given(_WELL_FORMED, st.dates(date(2025, 10, 1), date(2026, 4, 1)))
def test_known_fact_is_neither_stale_nor_dated_ahead(
    document: dict[str, object], as_of: date
) -> None:
    """Whatever the rules may use holds on the day asked about, and was found by then."""
    readings = settled(document, as_of)
    day = readings.surgery
    for reading in readings.all().values():
        if reading.known and reading.on is not None:
            assert reading.on <= as_of
        if reading.known and reading.stale_from is not None:
            assert day is not None
            assert day < reading.stale_from


@given(st.text())
def test_harmless_text_holds_nothing_that_acts(text: str) -> None:
    """No control, no bidi and no zero-width character is left; doing it twice changes nothing."""
    shown = harmless(text)
    acting = {*map(chr, range(32)), "\x7f", *map(chr, range(0x80, 0xA0)), "\u061c", "\ufeff"}
    acting |= {*map(chr, range(0x200B, 0x2010)), *map(chr, range(0x2028, 0x202F))}
    acting |= set(map(chr, range(0x2060, 0x2070)))
    assert not acting & set(shown)
    assert harmless(shown) == shown
