"""Which of two temporal values comes first, as far as their precision tells."""

from backrec_cli.temporal.values import MILLISECOND, SECOND, Temporal, same_clock


def compare(left: Temporal, right: Temporal, level: int | None = None) -> int | None:
    """Return -1, 0 or 1, or None where a component that matters is not known (CQL 1.5, 18.1).

    `level` cuts both values to one precision. Without it they are compared as far as both go,
    seconds and milliseconds being one decimal number, so @T10:00:00 equals @T10:00:00.000.
    """
    left, right = same_clock(left, right)
    last = max(left.finest, right.finest) if level is None else level
    for here in range(left.FIRST, last + 1):
        one, other = left.component(here), right.component(here)
        if here == MILLISECOND and level is None:
            one, other = one or 0, other or 0
        if one is None or other is None:
            return None
        if one != other:
            return -1 if one < other else 1
    return 0


def is_known_to(value: Temporal, level: int) -> bool:
    """Whether the value has the component of this level (milliseconds come with seconds)."""
    return value.finest >= min(level, SECOND)
