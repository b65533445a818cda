"""`last_dose = { drugs = [...], days = "..." }`: which drugs an entry holds, and for how long."""

from collections.abc import Collection

from backrec_cli.errors import pack as say
from backrec_cli.facts.definition import FactType
from backrec_cli.rulepack.entries import Context, read_facts
from backrec_cli.rulepack.model import LastDose
from backrec_cli.rulepack.table import PackTable

_KEYS = frozenset({"drugs", "days"})


def read_last_dose(table: PackTable, context: Context) -> LastDose | None:
    """Read the hold of an entry; None where there is none, or something is wrong with it."""
    hold = table.table("last_dose")
    if hold is None:
        return None
    hold.only(_KEYS)
    drugs = read_facts(hold, "drugs", context) if hold.has("drugs") else ()
    _only_medications(hold, drugs, context)
    days = context.compiler.compiled(hold, "days", "integer") if hold.has("days") else None
    return LastDose(drugs, days) if drugs and days is not None else None


def _only_medications(hold: PackTable, drugs: Collection[str], context: Context) -> None:
    """Complain of facts that have no last dose."""
    dictionary = context.compiler.dictionary
    for number, path in enumerate(drugs):
        fact = None if dictionary is None else dictionary.get(path)
        if fact is not None and fact.type is not FactType.MEDICATION:
            hold.add(say.not_a_medication(path, fact.type.value, hold.place("drugs", number)))


TABLE_KEYS = {"last_dose": _KEYS}
"""What each table may hold, for whoever describes the files."""
