"""What an overlay adds: new names only, and facts that a review answers only where that is said."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from backrec_cli.errors import overlay as say
from backrec_cli.errors import pack as of_packs
from backrec_cli.facts.table import toml_type
from backrec_cli.rulepack.document import Document
from backrec_cli.rulepack.files import FACTS, PARAMETERS, SOURCES
from backrec_cli.rulepack.model import RulePack
from backrec_cli.rulepack.table import DocumentFindings, PackTable

REVIEWABLE = "reviewable"

_CHECK, _DEFINE = "check", "define"
_CHANGE_IT = "change it with '[[change]]', or choose another id"
_RENAME = "choose another name"
_SET_IT = "set it with '[[set]]', or choose another name"


def admitted(document: Document, pack: RulePack) -> tuple[Document, DocumentFindings]:
    """Return a document of an overlay as the pack may take it, and what is wrong with it.

    Names of the base are complained of. A new fact is protective, so that a review never answers
    it, unless it says `reviewable = true`.
    """
    top = PackTable(document.content, (), f"'{document.file}'", DocumentFindings(document))
    for kind in ("rule", "require", "step"):
        _refuse(top.entries(kind), "id", kind, pack.entries, _CHANGE_IT)
    every = {*pack.entries, *(each.id for each in pack.complications)}
    _refuse(top.entries("complication"), "id", "complication", every, _RENAME)
    names = (*pack.parameters, *pack.definitions)
    _refuse(top.entries(_DEFINE), "name", "definition or parameter", names, _RENAME)
    _refuse(top.entries("topic"), "id", "topic", pack.topics, _RENAME)
    if document.file == PARAMETERS:
        _refuse_tables(top, "parameter or definition", names, _SET_IT)
    if document.file == SOURCES:
        _refuse_tables(top, "source", pack.sources, _RENAME)
    if document.file == FACTS:
        document = replace(document, content=_admitted_facts(top, pack))
    return document, top.findings


def _refuse(
    tables: Iterator[PackTable], key: str, kind: str, known: Collection[str], how: str
) -> None:
    """Complain of each entry whose name the base has."""
    for table in tables:
        name = table.content.get(key)
        if isinstance(name, str) and name in known:
            table.add(say.in_base_already(kind, name, how, table.place(key)))


def _refuse_tables(top: PackTable, kind: str, known: Collection[str], how: str) -> None:
    """Complain of each table under a name that the base has."""
    for name in top.content:
        if name in known and name != _DEFINE:
            top.add(say.in_base_already(kind, name, how, top.place(name)))


def _admitted_facts(top: PackTable, pack: RulePack) -> Mapping[str, object]:
    """Return facts.toml of an overlay with its facts made protective."""
    return {
        section: _section(top, section, facts, pack) if section != _DEFINE else facts
        for section, facts in top.content.items()
    }


def _section(top: PackTable, section: str, facts: object, pack: RulePack) -> object:
    """Return one section with its facts made protective, or the checks as they are."""
    if section == _CHECK:
        for check in top.entries(_CHECK):
            for number, path in enumerate(check.texts("facts")):
                if pack.dictionary.get(path) is not None:
                    check.add(say.check_of_base_fact(path, check.place("facts", number)))
        return facts
    table = top.table(section) if isinstance(facts, dict) else None
    if table is None:
        return facts
    return {name: _fact(table, name, pack) for name in table.content}


def _fact(section: PackTable, name: str, pack: RulePack) -> object:
    """Return one fact, protective unless it says that a review may answer it."""
    path = f"{section.path[0]}.{name}"
    if pack.dictionary.get(path) is not None:
        how = "use it as it is, or choose another name"
        section.add(say.in_base_already("fact", path, how, section.place(name)))
    fact = section.content[name]
    if not isinstance(fact, dict):
        return fact
    table = PackTable(fact, (*section.path, name), f"fact '{path}'", section.findings)
    said = fact.get(REVIEWABLE, False)
    if not isinstance(said, bool):
        wrong = of_packs.wrong_type(
            REVIEWABLE, "true or false", toml_type(said), table.place(REVIEWABLE)
        )
        table.add(wrong)
    if said is True and "protective" in fact:
        table.add(
            of_packs.both_given("protective", REVIEWABLE, table.owner, table.key_place(REVIEWABLE))
        )
    rest = {key: value for key, value in fact.items() if key != REVIEWABLE}
    return rest if said is True else {**rest, "protective": True}
