"""The expressions inside the fact dictionary, checked at their place in its file.

Settling a profile compiles them when it must; a checked pack cannot surprise it then.
"""

from backrec_cli.errors import facts as say
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.hints import plausible_range
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.rulepack.expressions import Compiler
from backrec_cli.rulepack.table import PackTable


def check_fact_expressions(top: PackTable, dictionary: FactDictionary, compiler: Compiler) -> None:
    """Check every `derive`, every `when` of a validity, every item and every `holds`."""
    knowledge = Knowledge(dictionary)
    for definition in dictionary.definitions.values():
        if not definition.worked_out and not any(v.when for v in definition.valid_for):
            continue
        section = top.table(definition.section)
        fact = section.table(definition.name) if section else None
        if fact is None:
            continue
        _check_fact(fact, definition, compiler)
        if definition.items:
            _check_items(fact, definition, knowledge, compiler)
    for check in top.entries("check"):
        if "holds" in check:
            compiler.compiled(check, "holds", "boolean", null_tests=True)


def _check_fact(fact: PackTable, definition: FactDefinition, compiler: Compiler) -> None:
    """Check what one fact is derived by, and what its validities depend on."""
    if definition.derive is not None:
        compiler.compiled(fact, "derive", None, null_tests=True)
    if isinstance(fact.content.get("valid_for"), list):
        for validity in fact.entries("valid_for"):
            if "when" in validity:
                compiler.compiled(validity, "when", "boolean", null_tests=True)


def _check_items(
    fact: PackTable, definition: FactDefinition, knowledge: Knowledge, compiler: Compiler
) -> None:
    """Check a score's items: no item acts on absence, and together they reach all of its range."""
    before = fact.troubled
    entries = list(fact.entries("item"))
    sound = True
    for entry in entries:
        key, kind = ("when", "boolean") if "when" in entry else ("points", "integer")
        if isinstance(entry.content.get(key), str):
            sound &= compiler.compiled(entry, key, kind) is not None
    # An item that reads a broken fact has no complaint of its own, and cannot be counted either.
    if not sound or fact.troubled > before or len(entries) > len(definition.items):
        return
    for entry, item in zip(entries, definition.items, strict=True):
        if isinstance(item.points, str) and knowledge.item_reach(item) is None:
            entry.add(say.points_without_bounds(item.points, entry.place("points")))
    reach = knowledge.reach(definition)
    limits = definition.plausible
    if reach is None or (limits is not None and reach[0] <= limits[0] and limits[1] <= reach[1]):
        return
    place = fact.place("plausible") if "plausible" in fact else fact.place()
    reached = f"{reach[0]} to {reach[1]}"
    fact.add(say.score_out_of_reach(reached, plausible_range(definition), place))
