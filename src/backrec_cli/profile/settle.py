"""Profile -> Readings: every fact as the rules may use it on one day, or unknown and why.

The order matters. What lies in the future goes first, then reviews answer for what was not
mentioned, then freshness is judged, and then contradictions are rejected: last year's BMI may
differ from today's weight. Derived facts are worked out last, so that they never rest on anything
rejected or stale.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from backrec_cli.expression import Facts
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.clock import At, Clock, set_clock
from backrec_cli.profile.consistency import contradicted, miscounted
from backrec_cli.profile.freshness import (
    expires,
    judge_freshness,
    strictest,
    validity_of,
)
from backrec_cli.profile.future import reject_future
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.profile.model import Profile
from backrec_cli.profile.review import deny_unmentioned, why_void
from backrec_cli.profile.view import View

SURGERY_DATE = "procedure.date"


@dataclass(frozen=True, slots=True)
class Readings:
    """The environment that rules are evaluated in.

    denied        the facts that a review answered with "no".
    void_reviews  the reviewed sections whose review does not count, and why.
    view          where the facts are looked up, and derived when they are asked for.
    facts         the same facts as values, for expressions that need no trace.
    """

    as_of: date | datetime
    surgery: date | datetime | None
    denied: tuple[str, ...]
    void_reviews: Mapping[str, Absence]
    _settled: Mapping[str, FactReading]
    view: View
    facts: Facts

    def fact(self, path: str) -> FactReading:
        """Return the reading of one fact; NOT_RECORDED for one that nothing is known of."""
        return self.view.fact(path)

    def all(self) -> Mapping[str, FactReading]:
        """Return every fact that is recorded, derived or denied, in the dictionary's order.

        A fact that could not be derived is none of these; its inputs say what is wrong. A score
        that is known to lie between two numbers is one.
        """
        found: dict[str, FactReading] = {}
        for path, definition in self.view.knowledge.dictionary.definitions.items():
            reading = self._settled.get(path)
            if reading is None and definition.worked_out:
                derived = self.view.fact(path)
                reading = None if derived.reported is None else derived
            if reading is not None:
                found[path] = reading
        return found


def settle(
    profile: Profile,
    knowledge: Knowledge,
    as_of: date | datetime,
    *,
    review_days: int,
    at: At = "surgery",
    surgery: date | datetime | None = None,
    beside: Readings | None = None,
) -> Readings:
    """Settle a profile as of a day.

    at="surgery" counts freshness to the day of surgery; at="as_of" counts it to `as_of` where that
    comes first. `surgery` replaces the profile's own date. A dated review counts for `review_days`.
    `beside` are readings of the same profile that count to another day; what both derive from the
    same facts is derived once.
    """
    dictionary = knowledge.dictionary
    recorded = _recorded(profile, surgery, dictionary)
    clock = set_clock(as_of, surgery or _surgery(recorded), at)
    past = {
        path: reject_future(reading, dictionary.definitions[path], clock)
        for path, reading in recorded.items()
    }
    denied = deny_unmentioned(profile, knowledge, clock, review_days)
    settled = _fresh(past | denied, knowledge, clock)
    settled |= contradicted(View(as_of, knowledge, settled.get), knowledge)
    settled |= miscounted(View(as_of, knowledge, settled.get), knowledge)
    void = {
        section: reason
        for section, review in profile.reviewed.items()
        if (reason := why_void(review, clock, review_days)) is not None
    }
    view = View(as_of, knowledge, settled.get, None if beside is None else beside.view)
    said_no = _ordered(denied, dictionary)
    return Readings(as_of, clock.surgery, said_no, void, settled, view, view.facts)


def _recorded(
    profile: Profile, surgery: date | datetime | None, dictionary: FactDictionary
) -> dict[str, FactReading]:
    """Return what the document says, its date of surgery replaced by a given one."""
    recorded = {path: fact.reading for path, fact in profile.recorded.items()}
    if surgery is not None and dictionary.get(SURGERY_DATE) is not None:
        recorded[SURGERY_DATE] = FactReading(
            SURGERY_DATE, surgery, absence=None, reported=surgery.isoformat(), source="given"
        )
    return recorded


def _surgery(recorded: Mapping[str, FactReading]) -> date | datetime | None:
    """Return the date of the operation, where it is known."""
    reading = recorded.get(SURGERY_DATE)
    value = None if reading is None else reading.value
    return value if isinstance(value, date) else None


def _fresh(
    said: Mapping[str, FactReading], knowledge: Knowledge, clock: Clock
) -> dict[str, FactReading]:
    """Judge the freshness of all that can go stale; the rest holds."""
    settled: dict[str, FactReading] = {}
    definitions = knowledge.dictionary.definitions
    for path, reading in said.items():
        definition = definitions[path]
        if not expires(reading, definition):
            settled[path] = reading
            continue
        validity = strictest(definition)
        if len(definition.valid_for) > 1 or (validity is not None and validity.when):
            around = View(clock.as_of, knowledge, _Cautious(path, said, definitions, clock).get)
            validity = validity_of(definition, knowledge, around.facts)
        settled[path] = judge_freshness(reading, validity, clock)
    return settled


@dataclass(frozen=True, slots=True)
class _Cautious:
    """What the `when` of a validity reads: the fact itself as it was said, others if surely fresh.

    Another fact counts only within its own strictest validity. So no validity waits for another,
    and the outcome does not depend on the order in which facts are settled.
    """

    path: str
    said: Mapping[str, FactReading]
    definitions: Mapping[str, FactDefinition]
    clock: Clock

    def get(self, path: str) -> FactReading | None:
        """Return a reading for a condition."""
        reading = self.said.get(path)
        definition = self.definitions.get(path)
        if path == self.path or reading is None or definition is None:
            return reading
        if not expires(reading, definition):
            return reading
        return judge_freshness(reading, strictest(definition), self.clock)


def _ordered(paths: Iterable[str], dictionary: FactDictionary) -> tuple[str, ...]:
    """Return paths in the dictionary's order."""
    wanted = set(paths)
    return tuple(path for path in dictionary.definitions if path in wanted)
