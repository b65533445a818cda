"""JSON is read strictly: every broken text gives one error with its place, in linear time."""

import os
import time
from decimal import Decimal
from pathlib import Path

import pytest

from backrec_cli.errors import Diagnostic, DiagnosticsError
from backrec_cli.profile.json_text import Node, parse_json
from backrec_cli.profile.reader import LARGEST, decode
from backrec_cli.source import SourceText

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
SUITE = Path(os.environ.get("BACKREC_EXTERNAL_DATA", _BESIDE)) / "json" / "test_parsing"

# These texts follow the grammar, yet a patient's record must not hold them.
REFUSED_THOUGH_VALID = {
    "y_object_duplicated_key.json": "E414",
    "y_object_duplicated_key_and_value.json": "E414",
}


def outcome(data: bytes) -> list[Diagnostic]:
    """Return what is wrong with a text: nothing, one error of grammar, or what is refused."""
    try:
        _, refused = parse_json(decode(data, "t.json"))
    except DiagnosticsError as error:
        return list(error.diagnostics)
    return refused


def parsed(text: str) -> Node:
    """Return the value of a text in which nothing is refused."""
    node, refused = parse_json(SourceText("t.json", text))
    assert refused == []
    return node


@pytest.mark.skipif(not SUITE.is_dir(), reason="the JSON test suite is not beside the project")
def test_parser_agrees_with_the_public_suite() -> None:
    """Every text of nst/JSONTestSuite that must parse does, every one that must not is refused."""
    wrong = []
    for path in sorted(SUITE.glob("[yn]_*.json")):
        codes = [d.code for d in outcome(path.read_bytes())]
        expected = REFUSED_THOUGH_VALID.get(path.name)
        if path.name.startswith("y_"):
            agrees = codes == ([] if expected is None else [expected])
        else:
            agrees = len(codes) == 1
        if not agrees:
            wrong.append((path.name, codes))
    assert wrong == []


@pytest.mark.skipif(not SUITE.is_dir(), reason="the JSON test suite is not beside the project")
def test_texts_left_open_by_the_standard_end_in_a_value_or_one_error() -> None:
    """Where the standard leaves the choice, the outcome is still a value or one diagnostic."""
    for path in sorted(SUITE.glob("i_*.json")):
        assert len(outcome(path.read_bytes())) <= 1, path.name


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "E403", "t.json:1:1"),
        (" \n ", "E403", "t.json:1:1"),
        ('{"a": 1 "b": 2}', "E404", "t.json:1:9"),
        ('{"a": 1,\n  "b" 2}', "E404", "t.json:2:7"),
        ('{"a": [1, 2}', "E404", "t.json:1:12"),
        ('{"a": 1', "E404", "t.json:1:8"),
        ('{"a": 1} 2', "E404", "t.json:1:10"),
        ("[}", "E404", "t.json:1:2"),
        ('{"a": 1,\n}', "E405", "t.json:1:8"),
        ("[1, 2,\n\n]", "E405", "t.json:1:6"),
        ('{"a": 1} // why', "E406", "t.json:1:10"),
        ('{ /* why */ "a": 1}', "E406", "t.json:1:3"),
        ("[1, # why\n2]", "E406", "t.json:1:5"),
        ('{"a": NaN}', "E407", "t.json:1:7"),
        ('{"a": -Infinity}', "E407", "t.json:1:7"),
        ('{"a": 012}', "E407", "t.json:1:7"),
        ('{"a": .5}', "E407", "t.json:1:7"),
        ('{"a": True}', "E407", "t.json:1:7"),
        ("{\"a\": 'x'}", "E407", "t.json:1:7"),
        ('{"a": "x', "E408", "t.json:1:7"),
        ('{"a": "x\ny"}', "E408", "t.json:1:7"),
        ('{"a": "x\ty"}', "E409", "t.json:1:9"),
        ('{"a": "x\x1b[31m"}', "E409", "t.json:1:9"),
        ('{"a": "\\x41"}', "E410", "t.json:1:8"),
        ('{"a": "\\ud800"}', "E411", "t.json:1:8"),
        ('{"a": "\\udc00\\ud800"}', "E411", "t.json:1:8"),
        ("[" * 100_000, "E412", "t.json:1:101"),
        ('{"a":' * 100_000, "E412", "t.json:1:501"),
        ('{"a": 1e999999999}', "E413", "t.json:1:7"),
        ('{"a": 1e-100}', "E413", "t.json:1:7"),
        (f'{{"a": {"9" * 129}}}', "E413", "t.json:1:7"),
        (f'{{"a": 1e{"9" * 5000}}}', "E413", "t.json:1:7"),
        ('{"a": 1, "b": 2,\n "a": 3}', "E414", "t.json:2:2"),
    ],
)
def test_broken_text_gives_one_error_with_its_place(text: str, code: str, place: str) -> None:
    """The place is the line and column of what is wrong, not of where reading stopped."""
    assert [(d.code, d.place) for d in outcome(text.encode())] == [(code, place)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('{"a": 1}'.encode("utf-16"), "the file is not UTF-8 but UTF-16"),
        (b"\xfe\xff\x00{\x00}", "the file is not UTF-8 but UTF-16"),
        ('{"a": 1}'.encode("utf-32"), "the file is not UTF-8 but UTF-32"),
        (b'{"name": "Jos\xe9"}', "the file is not UTF-8"),
    ],
)
def test_other_encodings_are_named(data: bytes, message: str) -> None:
    """A file of Windows or Excel is recognised instead of read as rubbish."""
    assert [(d.code, d.message) for d in outcome(data)] == [("E401", message)]


def test_byte_that_is_not_utf8_has_its_place() -> None:
    """Line and column count characters, in front of the first bad byte."""
    assert outcome('{"ä": "\n'.encode() + b"\xff")[0].place == "t.json:2:1"


def test_byte_order_mark_is_skipped() -> None:
    """Windows editors put one in front of UTF-8."""
    assert outcome(b'\xef\xbb\xbf{"a": 1}') == []


def test_file_too_large_for_one_patient_is_refused() -> None:
    """A cohort given as one profile is refused before it is parsed."""
    assert [d.code for d in outcome(b" " * (LARGEST + 1))] == ["E402"]


def test_duplicate_key_names_both_places() -> None:
    """The first place stands in the message, the second one is the diagnostic's own."""
    [problem] = outcome(b'{"a": 1,\n "a": 2}')
    assert problem.message == "duplicate key 'a', first at line 1, column 2"
    assert problem.place == "t.json:2:2"


def test_same_key_in_two_objects_is_no_duplicate() -> None:
    """Only one object can have a key twice."""
    assert outcome(b'{"a": {"x": 1}, "b": {"x": 1}}') == []


def test_key_written_with_escapes_is_the_same_key() -> None:
    """Keys are compared after their escapes are read."""
    assert [d.code for d in outcome(b'{"a": 1, "\\u0061": 2}')] == ["E414"]


@pytest.mark.parametrize(
    "written", ["8.0", "8", "-0", "1e2", "1.50E+1", "0.1000000000000000055511"]
)
def test_number_keeps_the_digits_as_written(written: str) -> None:
    """No number passes through binary floating point."""
    node = parsed(written)
    assert node.value == Decimal(written)
    assert str(node.value) == str(Decimal(written))


def test_text_with_every_escape_is_read() -> None:
    """The escapes of RFC 8259, a surrogate pair among them."""
    node = parsed(r'"\" \\ \/ \b\f\n\r\t \u00e4 \ud834\udd1e"')
    assert node.value == '" \\ / \b\f\n\r\t ä \U0001d11e'


def test_every_value_and_key_has_its_place() -> None:
    """Spans cut the written text out of the document."""
    text = '{"a" : [1.0, "x"], "b":{}}'
    root = parsed(text)
    assert isinstance(root.value, dict)
    first, second = root.value["a"], root.value["b"]
    assert [text[s.start : s.end] for s in (first.span, second.span)] == ['"a"', '"b"']
    assert text[first.node.span.start : first.node.span.end] == '[1.0, "x"]'
    assert isinstance(first.node.value, tuple)
    assert [text[n.span.start : n.span.end] for n in first.node.value] == ["1.0", '"x"']
    assert text[second.node.span.start : second.node.span.end] == "{}"


@pytest.mark.parametrize(
    "text",
    [
        '"' + "\\n" * 450_000 + '"',
        "[" + "1," * 450_000 + "1]",
        "{" + ",".join(f'"k{i}":{i}' for i in range(60_000)) + "}",
        '{"a": ' + '"' + "x" * 900_000,
        "[" + " " * 900_000 + "1]",
        "-" * 900_000,
        "[" + '"a",' * 200_000 + "]",
    ],
    ids=["escapes", "numbers", "keys", "open text", "space", "minus", "trailing comma"],
)
def test_large_text_is_read_in_linear_time(text: str) -> None:
    """Almost a megabyte takes seconds on a slow machine; quadratic would take hours."""
    start = time.perf_counter()
    outcome(text.encode())
    assert time.perf_counter() - start < 20


def test_many_duplicates_stay_cheap() -> None:
    """A key written fifty thousand times gives a bounded number of errors."""
    text = "{" + ",".join('"a":1' for _ in range(50_000)) + "}"
    assert len(outcome(text.encode())) == 200
