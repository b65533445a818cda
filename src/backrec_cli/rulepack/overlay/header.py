"""overlay.toml -> what the overlay is, and all that it sets, changes and disables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backrec_cli.errors import overlay as say
from backrec_cli.errors import pack as of_packs
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.entries import ENTRY_ID
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.overlay.amended import Amendments
from backrec_cli.rulepack.overlay.approval import read_approval
from backrec_cli.rulepack.overlay.changes import read_change, read_disabling
from backrec_cli.rulepack.overlay.model import Loosening, Overlay
from backrec_cli.rulepack.overlay.parameters import read_setting
from backrec_cli.rulepack.table import DocumentFindings, PackTable

_HEAD_KEYS = frozenset({"id", "version", "title", "base"})
_SET, _CHANGE, _DISABLE = "set", "change", "disable"


@dataclass(frozen=True, slots=True)
class Header:
    """What overlay.toml says, as far as it could be read, and what is wrong with it."""

    overlay: Overlay
    amendments: Amendments
    findings: DocumentFindings


def read_header(document: Document, pack: RulePack, today: date) -> Header:
    """Read overlay.toml against the pack below it; entries with an error are left out."""
    findings = DocumentFindings(document)
    top = PackTable(document.content, (), f"'{document.file}'", findings)
    head = _read_head(top, pack)
    settings = [
        read_setting(table, pack, read_approval(table, today))
        for table in _first_of_each(top, _SET, "parameter")
    ]
    disabled = [
        read_disabling(table, pack, read_approval(table, today))
        for table in _first_of_each(top, _DISABLE, "entry")
    ]
    changes = [
        read_change(table, pack, read_approval(table, today))
        for table in _first_of_each(top, _CHANGE, "entry", "grade")
    ]
    _refuse_changes_of_disabled(top)
    amendments = Amendments(
        by=head.id,
        settings=tuple(filter(None, settings)),
        entries=tuple(filter(None, (*disabled, *changes))),
        contacts=_read_contacts(top),
    )
    loosened = tuple(_loosened(amendments))
    overlay = Overlay(head.id, head.version, head.title, loosened)
    return Header(overlay, amendments, findings)


def _read_head(top: PackTable, pack: RulePack) -> Overlay:
    """Read [overlay]; its base must be the pack that it is put on."""
    table = top.table("overlay", "[overlay]") if top.has("overlay") else None
    if table is None:
        return Overlay("", "", "")
    table.only(_HEAD_KEYS)
    name, version, title = (table.required_text(key) for key in ("id", "version", "title"))
    if name and not ENTRY_ID.fullmatch(name):
        table.add(of_packs.bad_id("overlay id", name, "uk-example", table.place("id")))
    taken = {pack.id, *(overlay.id for overlay in pack.overlays)}
    if name in taken:
        how = "choose another id, or name the overlay once"
        table.add(say.in_base_already("overlay or pack", name, how, table.place("id")))
    base = table.required_text("base")
    if base and base != pack.id:
        table.add(say.other_base(base, pack.id, table.place("base")))
    return Overlay(name, version, title)


def _first_of_each(top: PackTable, kind: str, *keys: str) -> Iterator[PackTable]:
    """Yield the tables of one kind; a second one for the same thing is a complaint."""
    first: dict[tuple[object, ...], PackTable] = {}
    for plain in top.entries(kind):
        name = tuple(_plain(plain.content.get(key)) for key in keys)
        what = " ".join(f"'{part}'" for part in name if part is not None)
        owner = f"[[{kind}]] of {what}" if what else plain.owner
        table = PackTable(plain.content, plain.path, owner, plain.findings)
        if name in first and what:
            there = first[name].document.place(first[name].path)
            table.add(say.said_twice(owner, there, table.place()))
            continue
        first[name] = table
        yield table


def _plain(value: object) -> object:
    """Return a name, or for what is none its kind: it is complained of where it is read."""
    return value if value is None or isinstance(value, str) else type(value)


def _refuse_changes_of_disabled(top: PackTable) -> None:
    """Complain of a change of an entry that the same overlay disables."""
    places = {
        _plain(table.content.get("entry")): table.document.place(table.path)
        for table in top.entries(_DISABLE)
    }
    for table in top.entries(_CHANGE):
        name = table.content.get("entry")
        if isinstance(name, str) and name in places:
            table.add(say.said_twice(f"'{name}'", places[name], table.place()))


def _read_contacts(top: PackTable) -> Mapping[str, object]:
    """Read [contacts]: role or service -> whom to call."""
    table = top.table("contacts", "[contacts]")
    return {} if table is None else {role: table.required_text(role) for role in table.content}


def _loosened(amendments: Amendments) -> Iterator[Loosening]:
    """Yield what is loosened, in the order of the file's kinds."""
    for setting in amendments.settings:
        if setting.loosening is not None:
            yield setting.loosening
    for amendment in amendments.entries:
        if amendment.loosening is not None:
            yield amendment.loosening


TABLE_KEYS = {"overlay": _HEAD_KEYS}
"""What each table may hold, for whoever describes the files."""
