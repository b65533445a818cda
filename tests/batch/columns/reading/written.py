"""Random records as lines of JSON: mostly right, wrong in every way that records are wrong."""

from hypothesis import strategies as st

from backrec_cli.facts.conversion import accepted_units
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary

Pairs = list[tuple[str, str]]

NUMBERS = (
    *("3", "3.0", "0", "-0", "0.0", "7.5", "64", "128", "1E2", "1e-400", "0e500", "1e400"),
    *("7.0000000000000001", "12345678901234567", "9.123456789", "0.30000000000000004", "01"),
    *("1.", "100000000000000000000000000000000", "-5", "2e0", "NaN", "0.00000000001", "2.50"),
)
TEXTS = (
    *('"unknown"', '"none"', '""', '" "', '"x"', '"a:b"', '"\\u003a"', '"\\ud800"', '"\\u0000"'),
    *('"tab\there"', '"C3: \\"fused\\""', '"\u202eabc"', '"\u00b5"', '"a\\u001fb"', '"12"'),
)
DAYS = (
    *('"2026-03-01"', '"2026-03-16"', '"2025-12-31"', '"2024-02-29"', '"2026-02-30"'),
    *('"2026-03-01T10:00"', '"2026-03-01T10:00:00+01:00"', '"unknown"', '"03/04/2026"'),
    *('"1879-12-31"', '"2026-3-1"', '" 2026-03-01"', "20260301", "true", "null"),
)
ODD = ("null", "true", "false", "[]", "{}", "[1]", '["x"]', "tru", '{"value": null}', "")
UNITS = ('"%"', '"kg"', '" "', '""', '"mmol"', "5", '"\u00b5mol/L"', '"mmHg"', "null")

_USUAL_DAYS = st.sampled_from(DAYS[:4])
_DAYS = st.one_of(_USUAL_DAYS, _USUAL_DAYS, _USUAL_DAYS, st.sampled_from(DAYS))


def lines(dictionary: FactDictionary) -> st.SearchStrategy[bytes]:
    """Return records of a dictionary's facts, now and then with a byte that does not belong."""
    return st.tuples(_documents(dictionary), _slips()).map(lambda found: _slipped(*found))


def quoted(text: str) -> str:
    """Return a plain name as JSON."""
    return f'"{text}"'


def _slips() -> st.SearchStrategy[tuple[int, bytes, int] | None]:
    """Return where a line is changed, by what, and how much of it is lost; mostly nowhere."""
    slip = st.tuples(
        st.integers(0, 2000), st.sampled_from([b"", b",", b"}", b'"', b"\xff", b"\x00", b":"]),
        st.integers(0, 2),
    )  # fmt: skip
    nowhere = st.none()
    return st.one_of(nowhere, nowhere, nowhere, nowhere, slip)


def _slipped(document: str, slip: tuple[int, bytes, int] | None) -> bytes:
    """Return a document as a line."""
    line = document.encode()
    if slip is None:
        return line
    place, other, lost = slip
    place %= len(line)
    return line[:place] + other + line[place + lost :]


@st.composite
def _documents(draw: st.DrawFn, dictionary: FactDictionary) -> str:
    """Return one document."""
    space = draw(st.sampled_from(["", " "]))
    paths = draw(st.lists(st.sampled_from(dictionary.paths), max_size=12))
    sections: dict[str, Pairs] = {}
    for path in paths:
        definition = dictionary.definitions[path]
        value = draw(_values(definition, space))
        sections.setdefault(definition.section, []).append((definition.name, value))
    for section in draw(st.lists(st.sampled_from(dictionary.sections), max_size=2)):
        sections.setdefault(section, []).append(("measured_on", draw(_DAYS)))
    members = [(name, _object(pairs, space)) for name, pairs in sections.items()]
    members += draw(_extras(dictionary, space))
    return _object(members, space)


def _object(pairs: Pairs, space: str) -> str:
    """Return an object; a key may stand in it twice."""
    return "{" + f",{space}".join(f'"{key}":{space}{value}' for key, value in pairs) + "}"


@st.composite
def _extras(draw: st.DrawFn, dictionary: FactDictionary, space: str) -> Pairs:
    """Return what stands in a document beside its facts."""
    sections = st.sampled_from([*dictionary.sections, "nowhere"])
    found: Pairs = []
    kind = draw(st.sampled_from(["none", "none", "array", "object", "object", "odd"]))
    if kind == "array":
        names = draw(st.lists(sections, max_size=3))
        found.append(("reviewed", f"[{','.join(map(quoted, names))}]"))
    elif kind == "object":
        names = draw(st.lists(sections, max_size=3))
        reviews = [(name, draw(_reviews(space))) for name in names]
        found.append(("reviewed", _object(reviews, space)))
    elif kind == "odd":
        found.append(("reviewed", draw(st.sampled_from(ODD[:-1]))))
    others = [("$schema", '"https://x"'), ("$schema", "1"), ("overrides", "[]"), ("x", "1")]
    return found + draw(st.lists(st.sampled_from(others), max_size=1))


@st.composite
def _reviews(draw: st.DrawFn, space: str) -> str:
    """Return a review of a section."""
    pairs: Pairs = []
    if draw(st.booleans()):
        pairs.append(("on", draw(_DAYS)))
    if draw(st.booleans()):
        pairs.append(("by", draw(st.sampled_from(['"nurse"', '"a: b"', '""', '" "', "1"]))))
    return _object(pairs, space)


def _values(definition: FactDefinition, space: str) -> st.SearchStrategy[str]:
    """Return values of a fact, mostly of its type."""
    usual = _usual(definition)
    if definition.type is not FactType.TEXT:
        usual = st.one_of(usual, _objects(definition, usual, space))
    odd = st.sampled_from(ODD + TEXTS + NUMBERS)
    return st.one_of(usual, usual, usual, usual, odd)


@st.composite
def _objects(
    draw: st.DrawFn, definition: FactDefinition, usual: st.SearchStrategy[str], space: str
) -> str:
    """Return the object form of a fact."""
    dates = {FactType.EVENT: "on", FactType.MEDICATION: "last_dose_on"}
    pairs: Pairs = []
    if draw(st.integers(0, 9)):
        pairs.append(("value", draw(usual)))
    if definition.type is FactType.QUANTITY and draw(st.integers(0, 5)):
        units = st.sampled_from([*map(quoted, accepted_units(definition)), *UNITS])
        pairs.append(("unit", draw(units)))
    if draw(st.booleans()):
        pairs.append((dates.get(definition.type, "measured_on"), draw(_DAYS)))
    if not draw(st.integers(0, 30)):
        pairs.append(draw(st.sampled_from([("value", "true"), ("z", "1"), ("on", '"x"')])))
    return _object(pairs, space)


def _usual(definition: FactDefinition) -> st.SearchStrategy[str]:
    """Return plain values of a fact's type."""
    match definition.type:
        case FactType.BOOLEAN | FactType.MEDICATION:
            return st.sampled_from(["true", "false", '"unknown"'])
        case FactType.EVENT:
            return st.one_of(st.sampled_from(["true", "false", '"unknown"']), _DAYS)
        case FactType.INTEGER | FactType.DECIMAL | FactType.QUANTITY:
            plain = st.integers(0, 200).map(str)
            tenths = st.integers(0, 2000).map(lambda tenth: str(tenth / 10))
            return st.one_of(plain, tenths, st.sampled_from((*NUMBERS, '"unknown"')))
        case FactType.DATE:
            return _DAYS
        case FactType.CHOICE:
            return _words(definition)
        case FactType.CHOICES:
            several = st.lists(_words(definition), max_size=3)
            return several.map(lambda words: f"[{','.join(words)}]")
        case FactType.TEXT:
            return st.sampled_from(TEXTS)


def _words(definition: FactDefinition) -> st.SearchStrategy[str]:
    """Return words that a choice has, or may be taken for one."""
    return st.sampled_from([*map(quoted, definition.choices), '"unknown"', '"other"', '""'])
