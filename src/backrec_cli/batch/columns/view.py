"""One view of every patient's facts: `profile.settle` and `profile.view` in columns.

The order is that of `settle`: what lies ahead goes, reviews answer, freshness is judged, then
contradictions are rejected; derived facts are worked out on demand.
"""

from collections.abc import Mapping
from dataclasses import replace

from backrec_cli.batch.columns.clock import ClockColumns
from backrec_cli.batch.columns.derived import NOT_DERIVED, derived
from backrec_cli.batch.columns.freshness import CautiousFacts, days_of, judged, strictest_days
from backrec_cli.batch.columns.recorded import RecordedFacts
from backrec_cli.batch.columns.said import denied, not_ahead, review_counts
from backrec_cli.batch.columns.scores import count_score, counted
from backrec_cli.batch.columns.settled import Settled, merged
from backrec_cli.expression.compiler import FactColumns, compile_columns, terms
from backrec_cli.expression.compiler.terms import FALSE, TRUE, Term
from backrec_cli.facts.definition import FactDefinition
from backrec_cli.profile import Knowledge


class ViewColumns:
    """An environment for expressions over columns: a recorded fact, else a derived one."""

    def __init__(
        self,
        settled: Mapping[str, Settled],
        given: Mapping[str, Term],
        knowledge: Knowledge,
        clock: ClockColumns,
    ) -> None:
        """Keep the settled facts; `given` says of derivable ones whether they are recorded."""
        self.settled = settled
        self.given = given
        self.knowledge = knowledge
        self.clock = clock
        self._known: dict[str, Settled] = {}
        self._read: dict[str, FactColumns] = {}
        self._deriving: set[str] = set()

    @property
    def as_of(self) -> Term:
        """The day of each assessment."""
        return self.clock.today

    def fact(self, path: str) -> FactColumns:
        """Return a fact as expressions read it."""
        known = self._read.get(path)
        if known is None:
            definition = self.knowledge.dictionary.definitions[path]
            known = self._read[path] = self.reading(path).columns(definition)
        return known

    def reading(self, path: str) -> Settled:
        """Return a fact with all that is known of it."""
        definition = self.knowledge.dictionary.definitions[path]
        if not definition.worked_out:
            return self.settled[path]
        if path in self._deriving:
            return NOT_DERIVED
        if path not in self._known:
            worked_out = self.count(definition)
            given = self.settled[path]
            if definition.items:
                given = replace(given, asked={(path, None): TRUE})
            self._known[path] = merged(self.given[path], given, worked_out)
        return self._known[path]

    def count(self, definition: FactDefinition) -> Settled:
        """Derive or count a fact from others, whatever is recorded of it itself."""
        self._deriving.add(definition.path)
        try:
            if definition.derive is not None:
                compiled = compile_columns(self.knowledge.compiled(definition.derive), self)
                return derived(definition, compiled, self.reading)
            return self._score(definition)
        finally:
            self._deriving.discard(definition.path)

    def _score(self, definition: FactDefinition) -> Settled:
        dictionary = self.knowledge.dictionary
        items = []
        for item in definition.items:
            text = (
                str(item.points) if item.when is None or isinstance(item.points, str) else item.when
            )
            compiled = compile_columns(self.knowledge.compiled(text), self)
            items.append(counted(item, compiled, dictionary))
        return count_score(definition, items, self.knowledge.reach(definition), self.reading)


def settle_columns(
    recorded: RecordedFacts, knowledge: Knowledge, clock: ClockColumns, review_days: int
) -> ViewColumns:
    """Settle every fact of the dictionary for one clock."""
    said = _said(recorded, knowledge, clock, review_days)
    given = {
        definition.path: recorded.mentioned(definition)
        for definition in knowledge.dictionary.definitions.values()
        if definition.worked_out
    }
    settled = _fresh(said, knowledge, clock)
    view = ViewColumns(settled, given, knowledge, clock)
    settled, given = _contradicted(view)
    view = ViewColumns(settled, given, knowledge, clock)
    return ViewColumns(_miscounted(view), given, knowledge, clock)


def _said(
    recorded: RecordedFacts, knowledge: Knowledge, clock: ClockColumns, review_days: int
) -> dict[str, Settled]:
    """Return what documents and reviews say, without what lies ahead."""
    dictionary = knowledge.dictionary
    said: dict[str, Settled] = {}
    for definition in dictionary.definitions.values():
        said[definition.path] = not_ahead(recorded.fact(definition), definition, clock)
    for section in dictionary.sections:
        counts = review_counts(recorded, section, clock, review_days)
        if counts is FALSE:
            continue
        for definition in knowledge.deniable(section):
            said[definition.path] = denied(said[definition.path], definition, counts)
    return said


def _fresh(
    said: Mapping[str, Settled], knowledge: Knowledge, clock: ClockColumns
) -> dict[str, Settled]:
    """Judge the freshness of all that can go stale."""
    definitions = knowledge.dictionary.definitions
    settled = dict(said)
    for path, fact in said.items():
        definition = definitions[path]
        if not definition.valid_for or fact.known is FALSE:
            continue
        days = strictest_days(definition)
        if len(definition.valid_for) > 1 or definition.valid_for[0].when:
            around = CautiousFacts(path, said, definitions, clock)
            days = days_of(definition, knowledge.compiled, around)
        settled[path] = judged(fact, definition, days, clock)
    return settled


def _contradicted(view: ViewColumns) -> tuple[dict[str, Settled], dict[str, Term]]:
    """Reject every fact of every check that does not hold; all are judged on the same facts."""
    broken: dict[str, list[Term]] = {}
    for check in view.knowledge.dictionary.checks:
        holds = compile_columns(view.knowledge.compiled(check.holds), view).value
        known = [view.fact(path).known for path in check.facts]
        fails = terms.all_of((*known, terms.is_false(holds)))
        for path in check.facts:
            broken.setdefault(path, []).append(fails)
    settled, given = dict(view.settled), dict(view.given)
    for path, parts in broken.items():
        fails = terms.any_of(parts)
        if fails is FALSE:
            continue
        settled[path] = view.reading(path).lost(fails, rejected=True)
        if path in given:
            given[path] = terms.any_of((given[path], fails))
    return settled, given


def _miscounted(view: ViewColumns) -> dict[str, Settled]:
    """Reject every given score that its items cannot add up to."""
    settled = dict(view.settled)
    for definition in view.knowledge.scores:
        given = view.settled[definition.path]
        if given.known is FALSE:
            continue
        score = view.count(definition)
        low = terms.first_known(score.low, score.value)
        high = terms.first_known(score.high, score.value)
        bounded = terms.any_of((score.known, terms.is_known(score.low)))
        outside = terms.any_of(
            (terms.compared("lt", given.value, low), terms.compared("lt", high, given.value))
        )
        fails = terms.all_of((given.known, bounded, terms.is_true(outside)))
        settled[definition.path] = given.lost(fails, rejected=True)
    return settled
