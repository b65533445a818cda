"""Bytes <-> structs in the compact Thrift encoding, in which a Parquet file describes itself.

Only what a Parquet footer holds: no maps, no uuids. A struct is a mapping of field numbers to
(type, value); what is not understood is carried along unchanged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

BOOLEANS = (1, 2)
BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, STRUCT = 3, 4, 5, 6, 7, 8, 9, 10, 12

# Of a byte: the half that holds a short length, and the bits that hold a number's digits.
_HALF, _DIGITS = 0x0F, 0x7F

Struct = dict[int, "Field"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: the type of its entries, and the entries."""

    type: int
    entries: Sequence["Value"]


Value = bool | int | bytes | Struct | Listed


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a struct: its type in the encoding, and its value."""

    type: int
    value: Value

    @property
    def struct(self) -> Struct:
        """The value of a field that is a struct."""
        if isinstance(self.value, dict):
            return self.value
        raise TypeError(self.type)

    @property
    def structs(self) -> list[Struct]:
        """The value of a field that is a list of structs."""
        if isinstance(self.value, Listed):
            return [entry for entry in self.value.entries if isinstance(entry, dict)]
        raise TypeError(self.type)

    @property
    def number(self) -> int:
        """The value of a field that is a number."""
        if isinstance(self.value, int):
            return self.value
        raise TypeError(self.type)


class Reader:
    """Takes values from the front of encoded bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def struct(self) -> Struct:
        """Take a struct: each field a byte of number and type, then its value; ends in a zero."""
        fields: Struct = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & _HALF
            number = number + step if step else _from_zigzag(self._varint())
            # The value of a boolean field is its type.
            value = kind == BOOLEANS[0] if kind in BOOLEANS else self._value(kind)
            fields[number] = Field(kind, value)
        return fields

    def _value(self, kind: int) -> Value:
        """Take one value of a type."""
        match kind:
            case 1 | 2 | 3:
                return self._byte()
            case 4 | 5 | 6:
                return _from_zigzag(self._varint())
            case 7:
                return self._bytes(8)
            case 8:
                return self._bytes(self._varint())
            case 9 | 10:
                return self._list()
            case 12:
                return self.struct()
            case _:
                msg = f"type {kind} does not stand in a Parquet footer"
                raise ValueError(msg)

    def _list(self) -> Listed:
        """Take a list: its length and type, then the entries."""
        head = self._byte()
        count = head >> 4
        if count == _HALF:
            count = self._varint()
        return Listed(head & _HALF, [self._value(head & _HALF) for _ in range(count)])

    def _varint(self) -> int:
        """Take an unsigned number: seven bits a byte, the lowest first."""
        number = shift = 0
        while (byte := self._byte()) & 0x80:
            number |= (byte & _DIGITS) << shift
            shift += 7
        return number | byte << shift

    def _byte(self) -> int:
        """Take one byte."""
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, count: int) -> bytes:
        """Take some bytes as they are."""
        self._at += count
        return self._data[self._at - count : self._at]


def encode_struct(fields: Struct) -> bytes:
    """Return a struct as bytes, its fields in the order of their numbers."""
    parts = []
    last = 0
    for number, field in sorted(fields.items()):
        step = number - last
        short = 0 < step <= _HALF
        parts.append(bytes([(step if short else 0) << 4 | field.type]))
        parts.append(b"" if short else _varint(_zigzag(number)))
        parts.append(b"" if field.type in BOOLEANS else encode_value(field.type, field.value))
        last = number
    return b"".join(parts) + b"\0"


def encode_value(kind: int, value: Value) -> bytes:
    """Return one value as bytes."""
    match value:
        case dict():
            return encode_struct(value)
        case Listed():
            return list_head(value.type, len(value.entries)) + b"".join(
                encode_value(value.type, entry) for entry in value.entries
            )
        case bytes():
            return (_varint(len(value)) if kind == BINARY else b"") + value
        case _:
            plain = kind in (*BOOLEANS, BYTE)
            return bytes([value]) if plain else _varint(_zigzag(value))


def list_head(kind: int, count: int) -> bytes:
    """Return what stands before the entries of a list."""
    short = count < _HALF
    return bytes([(count if short else _HALF) << 4 | kind]) + (b"" if short else _varint(count))


def _varint(number: int) -> bytes:
    """Return an unsigned number, seven bits a byte, the lowest first."""
    parts = bytearray()
    while number > _DIGITS:
        parts.append(number & _DIGITS | 0x80)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def _zigzag(number: int) -> int:
    """Return a signed number of at most 64 bits as an unsigned one, small where it is small."""
    return number << 1 if number >= 0 else (-number << 1) - 1


def _from_zigzag(number: int) -> int:
    """Return the signed number that an unsigned one stands for."""
    return number >> 1 ^ -(number & 1)
