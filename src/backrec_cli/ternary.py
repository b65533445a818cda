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


_AND_ORDER = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}


def all_of(values: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is unknown, else true (CQL 1.5, And)."""
    return min(values, key=_AND_ORDER.__getitem__, default=Truth.TRUE)


def any_of(values: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is unknown, else false (CQL 1.5, Or)."""
    return max(values, key=_AND_ORDER.__getitem__, default=Truth.FALSE)


def negate(value: Truth) -> Truth:
    """Swap true and false; unknown stays unknown (CQL 1.5, Not)."""
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(value, Truth.UNKNOWN)


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
