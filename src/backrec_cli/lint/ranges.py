"""What one quantity may be: a range of numbers, or a set of texts, and what two of them share."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

_LEAST, _MOST = Decimal("-Infinity"), Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers between two ends; `without` are single numbers taken out of it."""

    low: Decimal = _LEAST
    high: Decimal = _MOST
    low_open: bool = False
    high_open: bool = False
    without: frozenset[Decimal] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether no number is left."""
        if self.low == self.high:
            return self.low_open or self.high_open or self.low in self.without
        return self.low > self.high

    def within(self, other: "Values | None") -> "Range":
        """Return the numbers in both; a text is no number."""
        if other is None:
            return self
        if isinstance(other, Texts):
            return self
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Range(low, high, low_open, not closed, self.without | other.without)


class Texts(NamedTuple):
    """Some texts, or (excluded) all texts but some; truth is the text "True" or "False"."""

    texts: frozenset[str]
    excluded: bool = False

    @property
    def empty(self) -> bool:
        """Whether no text is left."""
        return not self.excluded and not self.texts

    def within(self, other: "Values | None") -> "Texts":
        """Return the texts in both; a number is no text."""
        if not isinstance(other, Texts):
            return self
        match self.excluded, other.excluded:
            case False, False:
                return Texts(self.texts & other.texts)
            case False, True:
                return Texts(self.texts - other.texts)
            case True, False:
                return Texts(other.texts - self.texts)
            case _:
                return Texts(self.texts | other.texts, excluded=True)


Values = Range | Texts


def compared(operator: str, limit: Decimal, *, whole: bool) -> Range:
    """Return the numbers on one side of a limit; of whole numbers, up to the next one."""
    match operator:
        case "<" if whole:
            return Range(high=limit.to_integral_value(ROUND_CEILING) - 1)
        case ">" if whole:
            return Range(low=limit.to_integral_value(ROUND_FLOOR) + 1)
        case "<":
            return Range(high=limit, high_open=True)
        case ">":
            return Range(low=limit, low_open=True)
        case "<=":
            return Range(high=limit)
        case ">=":
            return Range(low=limit)
        case "=":
            return Range(limit, limit)
        case _:
            return Range(without=frozenset({limit}))
