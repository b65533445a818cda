"""The items of a score, `[[section.name.item]]` each, turned into what is counted."""

from backrec_cli.errors import facts
from backrec_cli.facts.definition import ScoreItem
from backrec_cli.facts.table import Table

_ITEM = "item"
_KEYS = frozenset({"title", "points", "when"})


def read_items(table: Table, path: str) -> tuple[ScoreItem, ...]:
    """Return a score's items; none where it can only be given.

    title = "Creatinine above 177 umol/L"
    points = 1                                 # or, without `when`, an Integer expression
    when = "labs.creatinine > 177 'umol/L'"
    """
    if _ITEM not in table.content:
        return ()
    if "derive" in table.content:
        table.add(facts.derived_and_counted(path, table.place("derive")))
    read = [_read_item(entry) for entry in table.tables(_ITEM)]
    return tuple(item for item in read if item is not None)


def _read_item(entry: Table) -> ScoreItem | None:
    """Return one item, or None where its points cannot be counted."""
    entry.only(_KEYS)
    title = entry.required_text("title")
    points = entry.content.get("points")
    when = entry.text("when")
    if points is None:
        entry.missing("points")
        return None
    if isinstance(points, str):
        expression = entry.text("points")
        if expression is None or when is None:
            return None if expression is None else ScoreItem(title, expression)
        entry.add(facts.points_decide(entry.place("when")))
        return None
    if isinstance(points, bool) or not isinstance(points, int) or not points:
        entry.wrong("points", "a whole number other than 0, or a text with an expression")
        return None
    if when is None:
        if "when" not in entry.content:
            entry.missing("when")
        return None
    return ScoreItem(title, points, when)


TABLE_KEYS = {"item": _KEYS}
"""What each table may hold, for whoever describes the files."""
