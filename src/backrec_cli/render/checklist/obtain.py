"""Missing facts -> what to obtain, in the words of a ward: a rule has a title there, and no id."""

from collections.abc import Iterator, Mapping, Sequence

from backrec_cli.assessment.model import Assessment
from backrec_cli.render.checklist.model import Obtain
from backrec_cli.render.unknowns import merged_missing, why_missing
from backrec_cli.rulepack.model import Entry, RulePack

_MOST_TITLES = 2


def obtain_entries(assessment: Assessment, pack: RulePack) -> Iterator[Obtain]:
    """Yield what to obtain, most decisive first; facts that settle the same stand together."""
    entries = pack.entries
    for facts in merged_missing(assessment):
        first = facts[0]
        labels = ", ".join(fact.label for fact in facts)
        stop = ", could add a stop" if first.could_add_stop else ""
        text = f"{labels}: {why_missing(first, assessment)}{stop}"
        titles = _titles(first.settles, entries)
        settles = f". Settles: {titles}" if titles else ""
        yield Obtain(text + settles, could_stop=first.could_add_stop, settles=first.settles)


def _titles(rules: Sequence[str], entries: Mapping[str, Entry]) -> str:
    """Name the first rules by their titles, and say how many more there are."""
    titles = list(dict.fromkeys(entries[rule].title for rule in rules))
    more = len(titles) - _MOST_TITLES
    return "; ".join((*titles[:_MOST_TITLES], *([f"and {more} more"] if more > 0 else [])))
