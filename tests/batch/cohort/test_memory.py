"""Memory stays bounded whatever the input: a line, a cell, an element or a file without an end."""

import io
import tracemalloc

import pytest

from backrec_cli.batch.cohort import open_cohort
from tests.unit.profile_bench import dictionary

LENGTH = 24_000_000
MOST = 8_000_000


class Endless(io.RawIOBase):
    """A beginning and then the same bytes over and over; never held as a whole."""

    def __init__(self, beginning: bytes, rest: bytes) -> None:
        """Note what is to be given, and how much of it there is."""
        super().__init__()
        self.ahead, self.rest, self.left = beginning, rest * (100_000 // len(rest)), LENGTH

    def readable(self) -> bool:
        """Say that there is something to read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Give the next bytes."""
        if not self.ahead:
            self.ahead = self.rest
        block = self.ahead[: min(len(buffer), self.left)]
        buffer[: len(block)] = block
        self.ahead, self.left = self.ahead[len(block) :], self.left - len(block)
        return len(block)


@pytest.mark.parametrize(
    ("format_name", "beginning", "rest"),
    [
        ("ndjson", b"{}\n", b"x"),
        ("ndjson", b"{}\n", b" " * 49 + b"\n"),
        ("ndjson", b"{}\n", b'{"patient": {"id": "A"}}\n'),
        ("csv", b"patient.id\n", b"x"),
        ("csv", b'patient.id\nA\n"', b"x"),
        ("csv", b'patient.id\nA\n"', b"x" * 99 + b"\n"),
        ("json", b"[{},", b"x"),
        ("json", b"[{},", b" "),
        ("json", b'[{},"', b"x"),
        ("json", b"[{},", b"[" + b" " * 99),
        ("json", b"[{}] ", b"x"),
        ("json", b"{", b" "),
    ],
)
def test_memory_does_not_grow_with_the_input(
    format_name: str, beginning: bytes, rest: bytes
) -> None:
    """Twenty-four megabytes of anything are read with the memory for a few records."""
    cohort = open_cohort(
        "-",
        format_name=format_name,
        dictionary=dictionary(),
        stdin=io.BufferedReader(Endless(beginning, rest)),
        chunk_size=1_000_000,
    )
    tracemalloc.start()
    try:
        chunks = sum(1 for _ in cohort.chunks())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert chunks
    assert peak < MOST
