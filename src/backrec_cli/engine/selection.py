"""Which entries of a pack take part: --select and --ignore by id or topic."""

from collections.abc import Collection
from dataclasses import dataclass

from backrec_cli.errors import UsageError
from backrec_cli.errors.suggest import closest
from backrec_cli.rulepack.model import Complication, Entry, Requirement, Rule, RulePack, Step


@dataclass(frozen=True, slots=True)
class Selection:
    """The entries to judge; `partial` when any entry of the pack was left out.

    A complication stays while any entry against it does.
    """

    rules: tuple[Rule, ...]
    requirements: tuple[Requirement, ...]
    steps: tuple[Step, ...]
    complications: tuple[Complication, ...]
    partial: bool


def select_entries(pack: RulePack, select: Collection[str], ignore: Collection[str]) -> Selection:
    """Keep what is selected (all, if nothing is) and not ignored; unknown names are refused."""
    names = pack.entries.keys() | pack.topics.keys()
    for name in (*select, *ignore):
        if name not in names:
            guess = closest(name, names)
            hint = f"; did you mean '{guess}'?" if guess else ""
            msg = f"unknown rule or topic '{name}'{hint}"
            raise UsageError(msg)

    def kept(entry: Entry) -> bool:
        own = {entry.id, entry.topic}
        return (not select or not own.isdisjoint(select)) and own.isdisjoint(ignore)

    rules = tuple(filter(kept, pack.rules))
    requirements = tuple(filter(kept, pack.requirements))
    steps = tuple(filter(kept, pack.steps))
    kept_entries: tuple[Entry, ...] = (*rules, *requirements, *steps)
    judged = {entry.id for entry in kept_entries}
    partial = len(judged) < len(pack.entries)
    complications = tuple(
        c for c in pack.complications if not partial or not judged.isdisjoint(c.prevent)
    )
    return Selection(rules, requirements, steps, complications, partial)
