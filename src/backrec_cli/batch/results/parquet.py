"""Tables of results -> one Parquet file, a row group each, written while the cohort is read.

polars writes a Parquet file from a whole table only. So each stretch of the table is written as a
small file in memory, in whichever process made it; its row groups are laid one behind the other,
and one footer that says where they now lie ends the file.
"""

from io import BytesIO

import polars as pl

from backrec_cli.batch.results.table import with_real_lists
from backrec_cli.batch.results.thrift import (
    I64,
    LIST,
    STRUCT,
    Field,
    Listed,
    Reader,
    Struct,
    encode_struct,
    list_head,
)
from backrec_cli.batch.row import SCHEMA

MAGIC = b"PAR1"
METADATA = "backrec.schema"
"""The key under which the file says which version of the table it holds."""

_LENGTH = 4
# Field numbers of parquet.thrift.
_NUM_ROWS, _ROW_GROUPS = 3, 4
_COLUMNS, _GROUP_OFFSET, _ORDINAL = 1, 5, 7
_CHUNK_OFFSETS = (2, 4, 6)
_CHUNK_METADATA = 3
_PAGE_OFFSETS = (9, 10, 11, 14)


def encode_parquet(frame: pl.DataFrame) -> bytes:
    """Return a table as a small Parquet file of its own."""
    buffer = BytesIO()
    with_real_lists(frame).write_parquet(
        buffer, compression="zstd", compression_level=1, metadata={METADATA: SCHEMA}
    )
    return buffer.getvalue()


class Footer:
    """What the end of a Parquet file says of the row groups that were laid into it."""

    def __init__(self) -> None:
        self._first: Struct = {}
        self._groups: list[bytes] = []
        self._rows = 0

    def admit(self, piece: bytes, at: int) -> bytes:
        """Note the row groups of a small file, and return them to be written at an offset."""
        length = int.from_bytes(piece[-len(MAGIC) - _LENGTH : -len(MAGIC)], "little")
        start = len(piece) - len(MAGIC) - _LENGTH - length
        described = Reader(piece[start:-8]).struct()
        # A small file starts with its own mark, which is not carried over.
        moved = at - len(MAGIC)
        self._groups += [_moved_group(group, moved) for group in described[_ROW_GROUPS].structs]
        self._rows += described[_NUM_ROWS].number
        self._first = self._first or described
        return piece[len(MAGIC) : start]

    def encoded(self) -> bytes:
        """Return the end of the file."""
        groups = list_head(STRUCT, len(self._groups)) + b"".join(self._groups)
        counted = {_NUM_ROWS: Field(I64, self._rows), _ROW_GROUPS: Field(LIST, groups)}
        fields = {**self._first, **counted}
        described = encode_struct(fields)
        return described + len(described).to_bytes(_LENGTH, "little") + MAGIC


def _moved_group(group: Struct, by: int) -> bytes:
    """Return the description of a row group that lies further behind in its new file."""
    moved = _moved(group, (_GROUP_OFFSET,), by)
    # Its number in the file may be left out, and has too few bits for many small groups.
    moved.pop(_ORDINAL, None)
    columns = [_moved_chunk(column, by) for column in group[_COLUMNS].structs]
    moved[_COLUMNS] = Field(LIST, Listed(STRUCT, columns))
    return encode_struct(moved)


def _moved_chunk(chunk: Struct, by: int) -> Struct:
    """Return the description of one column of a row group that lies further behind."""
    inner = _moved(chunk[_CHUNK_METADATA].struct, _PAGE_OFFSETS, by)
    return {**_moved(chunk, _CHUNK_OFFSETS, by), _CHUNK_METADATA: Field(STRUCT, inner)}


def _moved(fields: Struct, offsets: tuple[int, ...], by: int) -> Struct:
    """Return fields with those that are offsets moved; a zero stands for none."""
    moved = dict(fields)
    for number in offsets:
        field = fields.get(number)
        if field is not None and isinstance(field.value, int) and field.value:
            moved[number] = Field(field.type, field.value + by)
    return moved
