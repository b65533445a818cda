"""A patient written in TOML -> a profile, each of its values placed where it stands in the file.

The profile's own reader reads it: the same types, units and refusals as for any patient.
"""

from datetime import date, datetime
from decimal import Decimal

from backrec_cli.errors import DiagnosticsError
from backrec_cli.errors import packtest as say
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.table import Path, toml_type
from backrec_cli.packtest.days import day_of, is_relative
from backrec_cli.profile import Profile, read_nodes
from backrec_cli.profile.json_text import Member, Node
from backrec_cli.rulepack.table import PackTable
from backrec_cli.source import Span

_DEEPEST = 20


def read_patient(
    table: PackTable,
    dictionary: FactDictionary,
    surgery: date,
    results_on: date | None = None,
) -> Profile | None:
    """Read a table as a profile; None, with all that is wrong in the table's findings.

    results_on  the date of every result that can go stale and is given none.
    """
    before = table.troubled
    root = _Writer(table, surgery).node(table.content, table.path)
    if table.troubled > before:
        return None
    try:
        return read_nodes(root, table.document.source, dictionary, results_on)
    except DiagnosticsError as error:
        table.findings.diagnostics += error.diagnostics
        return None


class _Writer:
    """Turns TOML values into the nodes of a profile."""

    def __init__(self, table: PackTable, surgery: date) -> None:
        self.table = table
        self.document = table.document
        self.surgery = surgery

    def node(self, value: object, path: Path) -> Node:
        """Return a value as a node; days relative to surgery become dates."""
        span = self.document.locate(path)
        match value:
            case bool() | Decimal():
                return Node(value, span)
            case int():
                return Node(Decimal(value), span)
            case str():
                return Node(self._text(value, span), span)
            case date():
                return Node(value.isoformat(), span)
            case list() if len(path) < _DEEPEST:
                return Node(tuple(self.node(v, (*path, n)) for n, v in enumerate(value)), span)
            case dict() if len(path) < _DEEPEST:
                return Node({key: self._member(key, v, path) for key, v in value.items()}, span)
            case _:
                self.table.add(say.not_a_fact_value(toml_type(value), span))
                return Node(None, span)

    def _member(self, key: str, value: object, path: Path) -> Member:
        inner = (*path, key)
        return Member(key, self.document.locate_key(inner), self.node(value, inner))

    def _text(self, text: str, span: Span) -> str:
        """Return a text, or the date it stands for."""
        if not is_relative(text):
            return text
        moment = day_of(text, self.surgery)
        if moment is None:
            self.table.add(say.bad_day(text, span))
            return text
        return _iso(moment)


def _iso(moment: date | datetime) -> str:
    """Write a moment as profiles write it."""
    return moment.isoformat("T", "minutes") if isinstance(moment, datetime) else moment.isoformat()
