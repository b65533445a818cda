"""Kleene's three-valued logic: the one place where true, false and unknown are combined."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """A truth value of CQL: true, false, or unknown (CQL's null boolean)."""

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"

    def __bool__(self) -> bool:
        """Refuse `if truth:`, which would read an unknown as a yes."""
        msg = "a Truth is not a bool: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN"
        raise TypeError(msg)


def all_of(values: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is unknown, else true (CQL 1.5, And)."""
    found = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return value
        if value is Truth.UNKNOWN:
            found = value
    return found


def any_of(values: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is unknown, else false (CQL 1.5, Or)."""
    found = Truth.FALSE
    for value in values:
        if value is Truth.TRUE:
            return value
        if value is Truth.UNKNOWN:
            found = value
    return found


def negate(value: Truth) -> Truth:
    """Swap true and false; unknown stays unknown (CQL 1.5, Not)."""
    if value is Truth.UNKNOWN:
        return value
    return Truth.FALSE if value is Truth.TRUE else Truth.TRUE


def exclusive(left: Truth, right: Truth) -> Truth:
    """True where exactly one is true; unknown where either is unknown (CQL 1.5, Xor)."""
    if Truth.UNKNOWN in (left, right):
        return Truth.UNKNOWN
    return of(left is not right)


def implies(left: Truth, right: Truth) -> Truth:
    """`not left or right` (CQL 1.5, Implies)."""
    return any_of((negate(left), right))


def of(value: bool | None) -> Truth:  # noqa: FBT001 - this is the border between bool and Truth.
    """Turn a Python bool, or None for unknown, into a Truth."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.TRUE if value else Truth.FALSE
