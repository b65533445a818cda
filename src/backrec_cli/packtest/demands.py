"""An entry and what its cases have shown -> what still lacks, said so that an author can add it.

Only what can occur is asked for: a rule that reads no fact has no missing fact, one without a
comparison no threshold, and a fact without other units comes in none.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from backrec_cli.facts.definition import FactDefinition
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.packtest import suggest
from backrec_cli.packtest.answers import answers_of
from backrec_cli.packtest.limits import ONLY
from backrec_cli.packtest.model import Demand, Place
from backrec_cli.packtest.observation import Observed, grade_name
from backrec_cli.packtest.places import Places
from backrec_cli.rulepack.catalogue import facts_of
from backrec_cli.rulepack.model import Entry, Requirement, Rule, Step
from backrec_cli.ternary import Truth


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that no case of an entry has shown.

    what     the fact, grade or comparison it is about, as a waiver names it; may be empty.
    example  a case that would show it, as far as one can be written without knowing the medicine.
    """

    demand: Demand
    what: str
    sentence: str
    example: str | None = None
    place: Place | None = None


def lacks_of(
    entry: Entry, observed: Observed, dictionary: FactDictionary, places: Places
) -> Iterator[Lack]:
    """Yield what lacks: outcomes first, then limits, then facts too old or in other units."""
    asked = (*_outcomes(entry, dictionary), *_limits(entry, observed, dictionary, places))
    for lack in (*asked, *_facts(entry, dictionary)):
        if (lack.demand, lack.what) not in observed.shown:
            yield lack


def _outcomes(entry: Entry, dictionary: FactDictionary) -> Iterator[Lack]:
    """Yield the outcomes that an entry can have."""
    match entry:
        case Rule():
            yield from _outcomes_of_rule(entry, dictionary)
        case Requirement():
            yield Lack(Demand.CLEAR, "", "known: nothing to ask for", 'expect = "clear"')
            yield _missing(entry.facts, "undecided")
        case Step():
            done = answers_of(entry.done.node, dictionary)
            if Truth.TRUE in done:
                yield Lack(Demand.DONE, "", "done", 'expect = "done"')
            if Truth.FALSE in done:
                yield Lack(Demand.NOT_DONE, "", "known not to be done", 'expect = "due"')
            if Truth.UNKNOWN in done:
                yield _missing(entry.done.facts, "due")
    if entry.applies and Truth.FALSE in answers_of(entry.applies.node, dictionary):
        expect = 'expect = "not_applicable"'
        yield Lack(Demand.NOT_APPLICABLE, "", "a patient to whom it does not apply", expect)


def _outcomes_of_rule(rule: Rule, dictionary: FactDictionary) -> Iterator[Lack]:
    """Yield a flag at each grade, and what the facts can make of it besides."""
    answers = [answers_of(grade.when.node, dictionary) for grade in rule.grades]
    for number, grade in enumerate(rule.grades):
        if Truth.TRUE not in answers[number]:
            continue
        name = grade_name(rule, number)
        sentence = f"flagged, {name}" if name else "flagged"
        example = f'expect = "flagged", level = "{grade.level.value}"'
        yield Lack(Demand.FLAGGED, name, sentence, example)
    if all(Truth.FALSE in each for each in answers):
        yield Lack(Demand.CLEAR, "", "clear, with every fact known", 'expect = "clear"')
    if facts_of(rule):
        yield _missing(rule.grades[0].when.facts or facts_of(rule), "undecided")


def _missing(facts: Collection[str], status: str) -> Lack:
    """Ask for a case in which a fact is not known; "unknown" says so in a reviewed section too."""
    example = f'facts = {{ {min(facts)} = "unknown" }}, expect = "{status}"'
    return Lack(Demand.MISSING, "", "a fact it reads is not known", example)


def _limits(
    entry: Entry, observed: Observed, dictionary: FactDictionary, places: Places
) -> Iterator[Lack]:
    """Yield the limits that no value has lain on exactly."""
    for key, leaf in observed.leaves.items():
        for end in leaf.limits:
            if (key, end) in observed.reached:
                continue
            side = "" if end == ONLY else f", {end} end"
            example = suggest.exactly_on(leaf.node, end, dictionary)
            sentence = f"exactly on {leaf.text}{side}"
            place = places.of_leaf(entry, leaf)
            yield Lack(Demand.THRESHOLD, leaf.text, sentence, example, place)


def _facts(entry: Entry, dictionary: FactDictionary) -> Iterator[Lack]:
    """Yield each fact that can be too old, or in another unit; a step has only to be done."""
    if isinstance(entry, Step):
        return
    for path in facts_of(entry):
        definition = dictionary.get(path)
        if definition is None:
            continue
        if definition.valid_for:
            yield Lack(Demand.STALE, path, f"{path} too old", suggest.too_old(definition))
        if definition.also and isinstance(entry, Rule):
            yield _other_unit(definition)


def _other_unit(definition: FactDefinition) -> Lack:
    """Ask for a value in a unit that has to be converted."""
    units = " or ".join(other.unit for other in definition.also)
    example = suggest.in_other_unit(definition)
    return Lack(Demand.UNIT, definition.path, f"{definition.path} in {units}", example)
