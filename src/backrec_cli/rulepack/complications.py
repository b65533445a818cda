"""[[complication]] tables: what may go wrong, what drives it, and the entries that prevent it."""

from backrec_cli.errors import pack as say
from backrec_cli.rulepack.entries import Context, read_facts, read_id
from backrec_cli.rulepack.evidence import read_source_names
from backrec_cli.rulepack.model import Complication, Driver, Mark
from backrec_cli.rulepack.table import PackTable

_COMPLICATION_KEYS = frozenset(
    {"id", "title", "applies", "driver", "prevent", "sources", "mark", "note"}
)
_DRIVER_KEYS = frozenset({"title", "when", "optional"})


def read_complication(table: PackTable, context: Context) -> Complication | None:
    """Read one [[complication]]; None where something is wrong with it."""
    before = table.troubled
    table.only(_COMPLICATION_KEYS)
    mark = table.member("mark", Mark)
    name, title, note = read_id(table), table.required_text("title"), table.text("note")
    applies = context.compiler.optional_boolean(table, "applies")
    drivers = _read_drivers(table, context)
    prevent = _read_prevent(table, context)
    sources = read_source_names(table, mark, context.sources)
    if mark is None or table.troubled > before:
        return None
    return Complication(name, title, applies, drivers, prevent, sources, mark, note)


def _read_drivers(table: PackTable, context: Context) -> tuple[Driver, ...]:
    """Read the [[complication.driver]] tables; a complication without any would never show."""
    if not table.has("driver"):
        return ()
    if table.content["driver"] == []:
        table.add(say.blank("driver", table.place("driver")))
    found = (_read_driver(own, context) for own in table.entries("driver"))
    return tuple(driver for driver in found if driver is not None)


def _read_driver(own: PackTable, context: Context) -> Driver | None:
    """Read the condition of one driver, and its short name."""
    own.only(_DRIVER_KEYS)
    optional = read_facts(own, "optional", context)
    title = own.required_text("title")
    when = context.compiler.boolean(own, "when", optional)
    return None if when is None else Driver(title, when, frozenset(optional))


def _read_prevent(table: PackTable, context: Context) -> tuple[str, ...]:
    """Read the ids of the entries that prevent a complication, each of which must exist."""
    names = table.texts("prevent") if table.has("prevent") else ()
    for number, name in enumerate(names):
        if name in names[:number]:
            table.add(say.named_twice("prevent", name, table.place("prevent", number)))
        elif name not in context.entries:
            place = table.place("prevent", number)
            table.add(say.unknown_entry(name, context.entries, place))
    return names


TABLE_KEYS = {"complication": _COMPLICATION_KEYS, "driver": _DRIVER_KEYS}
"""What each table may hold, for whoever describes the files."""
