"""CSV text -> rows, and a row -> cells, by RFC 4180 and nothing more lenient.

A cell between quotes may hold line ends and doubled quotes; elsewhere a quote is a character like
any other. Where a quoted cell does not end (text stands behind its closing quote, or the quote is
not closed within the largest record or before the end), only the line it starts in is refused, and
reading goes on with the next line: a stray quote must not swallow the rows behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from backrec_cli.batch.cohort.bounds import LARGEST
from backrec_cli.batch.cohort.cutting import Whole
from backrec_cli.batch.cohort.line_grammar import CSV_SPACE, LineGrammar, is_record

DELIMITERS = (",", ";", "\t")

_QUOTED = r'"[^"]*+(?:""[^"]*+)*+"'


class RawRow(NamedTuple):
    """A row as it is written, with its line end; `sound`: its quotes are where they may be."""

    text: bytes
    sound: bool


@cache
def _row_pattern(delimiter: str) -> "re.Pattern[bytes]":
    """Return a pattern whose group is a sound row; what is none matches up to the end without.

    Row = {any but a quote or a line end | quoted cell | quote inside a cell} line end. It steps
    from quote to quote, because most cells have none.
    """
    quoted = rf"(?<![^{delimiter}\n]){_QUOTED}(?={delimiter}|\r?\n)"
    inside = rf'(?<=[^{delimiter}\n])"'
    row = rf'[^"\n]*+(?:(?:{quoted}|{inside})[^"\n]*+)*+\n'
    return re.compile(rf"({row})|(?s:.+)".encode())


@cache
def _cell_pattern(delimiter: str) -> "re.Pattern[str]":
    """Return a pattern of a cell of a sound row and of what stands behind it."""
    quoted, other = r'"([^"]*+(?:""[^"]*+)*+)"', rf"([^{delimiter}]*+)"
    return re.compile(rf"(?:{quoted}|{other})({delimiter}|\Z)")


def rows_of(data: bytes, delimiter: str) -> Iterator[RawRow]:
    """Yield the rows of a text that ends where a row ends, blank ones included."""
    if not data.endswith(b"\n"):
        data += b"\n"
    at = 0
    while at < len(data):
        for row in _sound_rows(data, at, delimiter):
            yield RawRow(row, sound=True)
            at += len(row)
        if at < len(data):
            end = data.index(b"\n", at) + 1
            yield RawRow(data[at:end], sound=False)
            at = end


def _sound_rows(data: bytes, at: int, delimiter: str) -> list[bytes]:
    """Return the whole rows from a place on, up to the first that is not sound."""
    if data.find(b'"', at) < 0:
        return [line + b"\n" for line in data[at:].split(b"\n")[:-1]]
    rows: list[bytes] = _row_pattern(delimiter).findall(data, at)
    if rows and not rows[-1]:
        rows.pop()
    for number, row in enumerate(rows):
        if len(row) > LARGEST and row.index(b"\n") < len(row) - 1:
            return rows[:number]
    return rows


def cells_of(row: str, delimiter: str) -> list[str]:
    """Return the cells of a sound row without its line end; quotes around a cell are taken off."""
    if '"' not in row:
        return row.split(delimiter)
    cells = []
    for match in _cell_pattern(delimiter).finditer(row):
        quoted, other, behind = match.groups()
        cells.append(other if quoted is None else quoted.replace('""', '"'))
        if not behind:
            break
    return cells


@dataclass(frozen=True, slots=True)
class RowGrammar:
    """Counts the rows that are not blank, wherever a line end may stand between quotes."""

    delimiter: str

    def whole(self, buffer: bytes, *, final: bool) -> Whole:
        """Return where the last row ends of which it is clear that it does."""
        if b'"' not in buffer:
            return LineGrammar(CSV_SPACE).whole(buffer, final=final)
        if final:
            rows = [row.text for row in rows_of(buffer, self.delimiter)]
            return Whole(len(buffer), _records(rows), buffer.count(b"\n"))
        end = records = 0
        while True:
            rows = _sound_rows(buffer, end, self.delimiter)
            records += _records(rows)
            end += sum(map(len, rows))
            line_end = buffer.find(b"\n", end) + 1
            if len(buffer) - end <= LARGEST or not line_end:
                return Whole(end, records, buffer.count(b"\n", 0, end))
            records += _records([buffer[end:line_end]])
            end = line_end


def _records(rows: list[bytes]) -> int:
    """Count the rows that are not blank; the line end of one too large does not count."""
    return sum(is_record(row.removesuffix(b"\n"), CSV_SPACE) for row in rows)
