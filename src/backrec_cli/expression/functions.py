"""The one table of functions: name, arguments, result, and what computes it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from backrec_cli.expression import arithmetic, calendar, conversion, lists, rounding
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    INTEGER,
    NUMERIC,
    QUANTITY,
    SIMPLE_TYPES,
    STRING,
    TIME,
    Type,
)
from backrec_cli.expression.values import Value

TODAY, NOW, TIME_OF_DAY = "Today", "Now", "TimeOfDay"
COALESCE = "Coalesce"


@dataclass(frozen=True, slots=True)
class Kind:
    """What an argument may be: words for people, and a test that Any always passes."""

    words: str
    accepts: Callable[[Type], bool]


@dataclass(frozen=True, slots=True)
class Function:
    """One function. `result` is a type, "argument" (that of the first) or "element" (of a list).

    The last kind stands for all further arguments up to `most`.
    """

    takes: tuple[Kind, ...]
    least: int
    most: int
    result: Type | str
    apply: Callable[..., Value]


def _one_of(words: str, *types: Type) -> Kind:
    return Kind(words, frozenset(types).__contains__)


_ANYTHING = Kind("any value", lambda _: True)
_NUMBER = Kind("a number", NUMERIC.__contains__)
_AMOUNT = _one_of("a number or quantity", *NUMERIC, QUANTITY)
_INTEGER = _one_of("an Integer", INTEGER)
_LIST = Kind("a list", lambda kind: kind.name == "List")
_MEASURABLE = Kind("a list or a text", lambda kind: kind.name == "List" or kind is STRING)
_BOOLEANS = Kind(
    "a list of Booleans",
    lambda kind: kind.name == "List" and kind.element in (BOOLEAN, ANY),
)


def _function(
    takes: Kind | tuple[Kind, ...],
    result: Type | str,
    apply: Callable[..., Value],
    least: int = 1,
    most: int | None = None,
) -> Function:
    kinds = takes if isinstance(takes, tuple) else (takes,)
    return Function(kinds, least, least if most is None else most, result, apply)


def _of_clock() -> Value:
    """Return nothing: the evaluator reads the time it was given."""
    return None


FUNCTIONS: dict[str, Function] = {
    TODAY: _function((), DATE, _of_clock, 0),
    NOW: _function((), DATETIME, _of_clock, 0),
    TIME_OF_DAY: _function((), TIME, _of_clock, 0),
    "Date": _function(_INTEGER, DATE, calendar.make_date, 1, 3),
    "DateTime": _function((_INTEGER,) * 7 + (_NUMBER,), DATETIME, calendar.make_datetime, 1, 8),
    "Time": _function(_INTEGER, TIME, calendar.make_time, 1, 4),
    COALESCE: _function(_ANYTHING, "common", lists.coalesce, 1, 20),
    "Abs": _function(_AMOUNT, "argument", rounding.absolute),
    "Ceiling": _function(_NUMBER, INTEGER, rounding.ceiling),
    "Floor": _function(_NUMBER, INTEGER, rounding.floor),
    "Truncate": _function(_NUMBER, INTEGER, rounding.truncate),
    "Round": _function((_NUMBER, _INTEGER), DECIMAL, rounding.round_half_up, 1, 2),
    "Exp": _function(_NUMBER, DECIMAL, rounding.exponential),
    "Ln": _function(_NUMBER, DECIMAL, rounding.natural_logarithm),
    "Log": _function(_NUMBER, DECIMAL, rounding.logarithm, 2),
    "Power": _function(_NUMBER, "number", arithmetic.power, 2),
    "Count": _function(_LIST, INTEGER, lists.count),
    "Sum": _function(_LIST, "element", lists.total),
    "Min": _function(_LIST, "element", lists.least),
    "Max": _function(_LIST, "element", lists.greatest),
    "AllTrue": _function(_BOOLEANS, BOOLEAN, lists.all_true),
    "AnyTrue": _function(_BOOLEANS, BOOLEAN, lists.any_true),
    "First": _function(_LIST, "element", lists.first),
    "Last": _function(_LIST, "element", lists.last),
    "IndexOf": _function((_LIST, _ANYTHING), INTEGER, lists.index_of, 2),
    "Length": _function(_MEASURABLE, INTEGER, lists.length),
    **{
        f"To{name}": _function(_ANYTHING, kind, partial(conversion.converted, kind=kind))
        for name, kind in SIMPLE_TYPES.items()
        if kind is not ANY
    },
}
