"""Two operands of unlike types -> what their author most likely meant to write."""

from backrec_cli.expression.checked import Checked
from backrec_cli.expression.value_types import BOOLEAN, NUMERIC, STRING


def way_out(left: Checked, right: Checked) -> str | None:
    """Return what to write instead, or None where nothing is likely."""
    if "List" in (left.type.name, right.type.name):
        return "use 'in' or 'contains' with a list"
    for each, other in ((left, right), (right, left)):
        if each.fact is None:
            continue
        if each.type is BOOLEAN:
            return f"write '{each.fact.path}', or 'not {each.fact.path}'"
        if each.fact.choices:
            return f"compare it with one of its choices, like '{each.fact.choices[0]}'"
        if each.type in NUMERIC and other.type is STRING:
            return "take the quotes off the number"
    return None
