"""The types of CQL that expressions have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Type:
    """A type by its CQL name; lists and intervals have one element type, tuples named ones."""

    name: str
    element: "Type | None" = None
    elements: "tuple[tuple[str, Type], ...]" = ()

    def __str__(self) -> str:
        if self.element is not None:
            return f"{self.name}<{self.element}>"
        if self.elements:
            return "Tuple { " + ", ".join(f"{name} {kind}" for name, kind in self.elements) + " }"
        return self.name


ANY = Type("Any")
BOOLEAN = Type("Boolean")
INTEGER = Type("Integer")
LONG = Type("Long")
DECIMAL = Type("Decimal")
STRING = Type("String")
QUANTITY = Type("Quantity")
DATE = Type("Date")
DATETIME = Type("DateTime")
TIME = Type("Time")

SIMPLE_TYPES = {
    kind.name: kind
    for kind in (
        ANY, BOOLEAN, INTEGER, LONG, DECIMAL, STRING, QUANTITY, DATE, DATETIME, TIME,
    )
}  # fmt: skip

_NUMERIC_ORDER = (INTEGER, LONG, DECIMAL)
NUMERIC = frozenset(_NUMERIC_ORDER)
CALENDAR = frozenset({DATE, DATETIME})
TEMPORAL = frozenset({DATE, DATETIME, TIME})


def list_of(element: Type) -> Type:
    """Return the type of lists of an element type."""
    return Type("List", element)


def interval_of(element: Type) -> Type:
    """Return the type of intervals of a point type."""
    return Type("Interval", element)


def tuple_of(elements: dict[str, Type]) -> Type:
    """Return the type of tuples with these elements."""
    return Type("Tuple", elements=tuple(sorted(elements.items())))


def common(left: Type, right: Type) -> Type | None:
    """Return the type both can be read as, or None where they have nothing in common."""
    if left == right or right is ANY:
        return left
    if left is ANY:
        return right
    if left in NUMERIC and right in NUMERIC:
        return max(left, right, key=_NUMERIC_ORDER.index)
    if left in CALENDAR and right in CALENDAR:
        return DATETIME
    if left.element is not None and right.element is not None and left.name == right.name:
        element = common(left.element, right.element)
        return None if element is None else Type(left.name, element)
    if left.elements and right.elements:
        return _common_tuple(left, right)
    return None


def _common_tuple(left: Type, right: Type) -> Type | None:
    ours, theirs = dict(left.elements), dict(right.elements)
    if ours.keys() != theirs.keys():
        return None
    merged = {name: common(kind, theirs[name]) for name, kind in ours.items()}
    found = {name: kind for name, kind in merged.items() if kind is not None}
    return tuple_of(found) if len(found) == len(merged) else None
