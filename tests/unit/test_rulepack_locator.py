"""Places of keys and values in TOML: whatever tomli reads, the locator finds."""

from collections.abc import Iterator

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from backrec_cli.rulepack.locator import KeyPath, content_offset, locate
from backrec_cli.source import SourceText

TORTURE = (
    r'''
# a comment with "quotes" and [brackets] = 1
a.b."c d" = 1 # x
'single' = "it's # no comment"
"esc\"aped\u00e9" = 1_000
"" = 'empty key'
[t.u]
x = [ [1,2], {q = "]}#", r.s = 2} , # c
  3 ] # d
m = """a
"]\""""
l = '''
    "'''x'''''"
    r'''
two = """"quoted""""
d=1979-05-27 07:32:00
e = 1979-05-27T07:32:00.5Z # later
f=[]
g = {}
i = { # TOML 1.1
  a = 1, b = [ 2,
  3 ], # c
  "c" = "\e\x41",
}
j = 07:32
h = [ "a" , 'b' , """c""", ]
[[z]]
[[z.y]]
k=1
[[z.y]]
k = -2.5e3
[[z]]
k="\u00e9\\"
[ z . "w" ]
v=true
[t]
w = inf
'''
)


def _leaves(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, (*path, number))
    else:
        yield path, value


def _assert_every_leaf_is_found(text: str) -> int:
    """Read each leaf again from the place the locator gives; return how many there are."""
    places = locate(text)
    count = 0
    for path, value in _leaves(tomli.loads(text)):
        place = places[path].value
        assert tomli.loads("k = " + text[place.start : place.end])["k"] == value, path
        key = text[places[path].key.start : places[path].key.end]
        if isinstance(path[-1], str):
            assert list(tomli.loads(f"{key} = 0")) == [path[-1]]
        count += 1
    return count


def test_locator_finds_every_leaf_of_a_torture_file() -> None:
    """Every way TOML has of writing a key or a value."""
    assert _assert_every_leaf_is_found(TORTURE) == 27


def test_locator_ends_values_before_comments_and_blanks() -> None:
    """A caret line must not run under the comment behind a value."""
    text = "a = 12  # twelve\nb = [1 , 2 ] # c\n"
    places = locate(text)
    assert [text[places[path].value.start : places[path].value.end] for path in places] == [
        "12",
        "1",
        "2",
        "[1 , 2 ]",
    ]


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("rule",), "1:3", "1:1"),
        (("rule", 0), "1:3", "1:1"),
        (("rule", 0, "when"), "2:1", "2:8"),
        (("rule", 0, "role", 1), "3:20", "3:20"),
        (("rule", 0, "grade", 0), "4:8", "4:1"),
        (("rule", 0, "grade", 0, "level"), "5:1", "5:9"),
        (("rule", 1), "6:3", "6:1"),
        (("rule", 1, "window"), "7:1", "7:10"),
        (("rule", 1, "window", "to"), "7:24", "7:29"),
        (("labs",), "8:2", "8:1"),
        (("labs", "hba1c"), "8:7", "8:1"),
        (("x", "y", "z"), "9:5", "9:9"),
    ],
)
def test_locator_gives_tables_and_keys_their_places(path: KeyPath, key: str, value: str) -> None:
    """A table's place is its header, an item's the item itself."""
    text = (
        "[[rule]]\n"
        'when = "a"\n'
        'role = ["surgeon", "patient"]\n'
        "[[rule.grade]]\n"
        "level = 1\n"
        "[[rule]]\n"
        'window = { from = "a", to = "b" }\n'
        "[labs.hba1c]\n"
        "x.y.z = 1\n"
    )
    path = ("labs", "hba1c", *path) if path[0] == "x" else path
    place = locate(text)[path]
    source = SourceText("a.toml", text)
    assert "{}:{}".format(*source.position(place.key.start)) == key
    assert "{}:{}".format(*source.position(place.value.start)) == value


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
_KEYS = st.text(st.sampled_from("ab-_.1 \"'#=[]{}\\é"), max_size=4)
_SCALARS = st.one_of(
    st.integers(-(10**9), 10**9), st.booleans(), _WORDS, st.dates(), st.datetimes(), st.times()
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=6,
)


def _text(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _written(value: object) -> str:
    """Write a value as TOML in one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return "[" + " , ".join(map(_written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(k)} = {_written(v)}" for k, v in value.items()) + "}"
    return str(value)


# A busy machine is no reason to fail: the law is about places, not about time.
@settings(deadline=None)
@given(
    st.dictionaries(_KEYS, _VALUES, max_size=3),
    st.dictionaries(
        _KEYS, st.lists(st.dictionaries(_KEYS, _VALUES, max_size=3), max_size=3), max_size=3
    ),
)
def test_locator_finds_every_leaf_of_any_document(
    pairs: dict[str, object], arrays: dict[str, list[dict[str, object]]]
) -> None:
    """Law: re-reading the text at a leaf's place gives the leaf."""
    lines = [f"{_text(key)} = {_written(value)} # [x]" for key, value in pairs.items()]
    for key, tables in arrays.items():
        for table in tables if key not in pairs else []:
            lines.append(f"[[ {_text(key)} ]] # ]]")
            lines += [f"  {_text(k)}= {_written(v)}" for k, v in table.items()]
    _assert_every_leaf_is_found("\n".join(lines))


def test_locator_gives_up_on_nothing_but_depth() -> None:
    """Brackets deeper than Python's stack leave their owners placed."""
    text = "first = 1\ndeep = " + "[" * 5_000 + "]" * 5_000
    assert ("first",) in locate(text)


@pytest.mark.parametrize(
    ("literal", "offset"),
    [
        ('"abc"', 1),
        ("'abc'", 1),
        ("'a\\b'", 1),
        ('"""abc"""', 3),
        ('"""\nabc"""', 4),
        ("'''abc'''", 3),
        ("'''\na\\bc'''", 4),
        ('"a\\"b"', None),
        ('"""a\\\n  b"""', None),
        ("12", None),
    ],
)
def test_content_offset_is_known_where_the_text_stands_as_read(
    literal: str, offset: int | None
) -> None:
    """A first line end is dropped by TOML; escapes move everything behind them."""
    assert content_offset(literal) == offset
