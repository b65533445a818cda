"""The one table of operators: spelling, ELM node and precedence, for every part that needs them.

A higher precedence binds tighter; the order is that of the CQL 1.5 grammar (Appendix B), in which
`not` binds tighter than a comparison: `not a = b` is `(not a) = b`.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from backrec_cli.expression import nodes

OPEN = 0
IMPLIES = 15
OR = 20
AND = 25
MEMBERSHIP = 30
EQUALITY = 35
TIMING = 40
INEQUALITY = 45
BETWEEN = 50
NOT = 55
TYPE = 60
ADDITION = 70
MULTIPLICATION = 80
POWER = 90
PREFIX = 100
TERM = 110


NodeT_co = TypeVar("NodeT_co", bound=nodes.Branch, covariant=True)


@dataclass(frozen=True, slots=True)
class Operator(Generic[NodeT_co]):
    """How one operator is written, and how tightly it binds; binary ones group to the left."""

    spelling: str
    node: type[NodeT_co]
    precedence: int


INFIX: tuple[Operator[nodes.Infix], ...] = (
    Operator("implies", nodes.Implies, IMPLIES),
    Operator("or", nodes.Or, OR),
    Operator("xor", nodes.Xor, OR),
    Operator("and", nodes.And, AND),
    Operator("=", nodes.Equal, EQUALITY),
    Operator("!=", nodes.NotEqual, EQUALITY),
    Operator("~", nodes.Equivalent, EQUALITY),
    Operator("<", nodes.Less, INEQUALITY),
    Operator("<=", nodes.LessOrEqual, INEQUALITY),
    Operator(">", nodes.Greater, INEQUALITY),
    Operator(">=", nodes.GreaterOrEqual, INEQUALITY),
    Operator("+", nodes.Add, ADDITION),
    Operator("-", nodes.Subtract, ADDITION),
    Operator("&", nodes.Concatenate, ADDITION),
    Operator("*", nodes.Multiply, MULTIPLICATION),
    Operator("/", nodes.Divide, MULTIPLICATION),
    Operator("div", nodes.TruncatedDivide, MULTIPLICATION),
    Operator("mod", nodes.Modulo, MULTIPLICATION),
    Operator("^", nodes.Power, POWER),
)
# These take a precision: "before day of", "in day of", "same day as".
TIMED: tuple[Operator[nodes.Timing | nodes.Membership], ...] = (
    Operator("in", nodes.In, MEMBERSHIP),
    Operator("contains", nodes.Contains, MEMBERSHIP),
    Operator("before", nodes.Before, TIMING),
    Operator("after", nodes.After, TIMING),
    Operator("same", nodes.SameAs, TIMING),
    Operator("same or before", nodes.SameOrBefore, TIMING),
    Operator("same or after", nodes.SameOrAfter, TIMING),
)
PREFIXED: tuple[Operator[nodes.Branch], ...] = (
    Operator("not", nodes.Not, NOT),
    Operator("exists", nodes.Exists, NOT),
    Operator("cast", nodes.Cast, TYPE),
    Operator("difference in", nodes.DifferenceBetween, BETWEEN),
    Operator("duration in", nodes.DurationBetween, BETWEEN),
    Operator("-", nodes.Negate, PREFIX),
    Operator("start of", nodes.Start, PREFIX),
    Operator("end of", nodes.End, PREFIX),
    Operator("from", nodes.DateTimeComponentFrom, PREFIX),
    Operator("convert", nodes.Convert, PREFIX),
    Operator("minimum", nodes.MinValue, PREFIX),
    Operator("maximum", nodes.MaxValue, PREFIX),
)
POSTFIXED: tuple[Operator[nodes.Branch], ...] = (
    Operator("is null", nodes.IsNull, TYPE),
    Operator("is true", nodes.IsTrue, TYPE),
    Operator("is false", nodes.IsFalse, TYPE),
    Operator("is", nodes.Is, TYPE),
    Operator("as", nodes.As, TYPE),
    Operator("between", nodes.Between, BETWEEN),
    Operator("properly between", nodes.ProperlyBetween, BETWEEN),
)

BY_NODE: dict[type[nodes.Branch], Operator[nodes.Branch]] = {
    row.node: row for row in (*INFIX, *TIMED, *PREFIXED, *POSTFIXED)
}
BINARY: dict[str, Operator[nodes.Infix]] = {row.spelling: row for row in INFIX}

# The first word of an infix phrase, and how tightly the phrase binds.
LEADING: dict[str, int] = {
    **{row.spelling: row.precedence for row in INFIX},
    "in": MEMBERSHIP,
    "contains": MEMBERSHIP,
    "!~": EQUALITY,
    "is": TYPE,
    "as": TYPE,
    "between": BETWEEN,
    "properly": BETWEEN,
    "same": TIMING,
    "before": TIMING,
    "after": TIMING,
    "on": TIMING,
}

PRECISIONS: dict[str, str] = {
    **{name: name for name in ("year", "month", "week", "day", "hour", "minute", "second")},
    "millisecond": "millisecond",
}
PLURALS: dict[str, str] = {f"{name}s": name for name in PRECISIONS}
COMPONENTS = frozenset({*PRECISIONS, "date", "time", "timezone", "timezoneoffset"}) - {"week"}

# Phrases of CQL that the language leaves out, so that the message can say so.
OUTSIDE = frozenset(
    {
        "union", "intersect", "except", "|", "during", "included", "includes", "meets", "overlaps",
        "starts", "ends", "occurs", "within", "distinct", "flatten", "collapse", "expand",
        "singleton", "point", "width", "successor", "predecessor", "from", "with", "without",
        "where", "return", "sort", "aggregate", "let", "Code", "Concept", "all",
    }
)  # fmt: skip

RESERVED = frozenset(
    {
        "after", "all", "and", "any", "as", "asc", "ascending", "before", "between", "by",
        "called", "case", "cast", "code", "codesystem", "codesystems", "collapse", "concept",
        "contains", "context", "convert", "date", "day", "days", "default", "define", "desc",
        "descending", "difference", "display", "distinct", "div", "duration", "during", "else",
        "end", "ends", "except", "exists", "expand", "false", "flatten", "fluent", "from",
        "function", "hour", "hours", "if", "implies", "in", "include", "included", "includes",
        "intersect", "is", "less", "let", "library", "list", "maximum", "meets", "millisecond",
        "milliseconds", "minimum", "minute", "minutes", "mod", "month", "months", "more", "not",
        "null", "occurs", "of", "on", "or", "overlaps", "parameter", "per", "point",
        "predecessor", "private", "properly", "public", "return", "same", "second", "seconds",
        "singleton", "sort", "start", "starts", "successor", "such", "that", "then", "time",
        "timezone", "timezoneoffset", "to", "true", "tuple", "union", "using", "valueset",
        "valuesets", "version", "week", "weeks", "when", "where", "width", "with", "within",
        "without", "xor", "year", "years", "Code", "Concept", "Interval", "List", "Tuple",
    }
)  # fmt: skip
