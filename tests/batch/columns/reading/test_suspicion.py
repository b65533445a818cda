"""Numbers that a decoder changes are found wherever they stand, and signs are counted."""

import pytest

from backrec_cli.batch.columns.reading.record_lines import one_behind_the_other
from backrec_cli.batch.columns.reading.suspicion import STRETCH, count_of, suspicious

PLAIN = b'{"a":1.25,"b":"2026-03-16","c":100000}'


def odd(number: bytes, before: int) -> list[int]:
    """Return the rows found in three, the second of which has a number after so many spaces."""
    lines = [PLAIN, b'{"a":' + b" " * before + number + b"}", PLAIN]
    return suspicious(one_behind_the_other(lines))


@pytest.mark.parametrize("number", [b"7.00000000000001", b"1234567890123456", b"1e5", b"0E1"])
def test_numbers_are_found_at_any_distance_from_a_word(number: bytes) -> None:
    """Eight bytes are looked at together; no number hides between two of them."""
    for before in range(24):
        assert odd(number, before) == [1], before


@pytest.mark.parametrize("number", [b"7.00000000000001", b"1e5"])
def test_numbers_are_found_across_the_stretches_of_a_text(number: bytes) -> None:
    """A text is looked through piece by piece; no number hides where one ends."""
    for before in range(STRETCH - 80, STRETCH + 8):
        assert odd(number, before) == [1], before


@pytest.mark.parametrize("number", [b"7.0000000000001", b"123456789012345", b"100", b"-0.5"])
def test_ordinary_numbers_are_not_found(number: bytes) -> None:
    """What a float holds is not looked at twice."""
    for before in range(16):
        assert odd(number, before) == [], before


def test_text_that_is_no_ascii_hides_no_number() -> None:
    """Bytes beyond ASCII beside a number change nothing."""
    for before in range(16):
        lines = [PLAIN, b'{"a":"' + "\u00fc\u7537".encode() * 5 + b'","b":' + b"9" * 16 + b"}"]
        text = b" " * before + lines[1]
        assert suspicious(one_behind_the_other([text])) == [0], before


@pytest.mark.parametrize("length", [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH])
def test_signs_are_counted_across_stretches(length: int) -> None:
    """Every one that a text has is counted once."""
    assert count_of(b":", b":" * length + b"x") == length
