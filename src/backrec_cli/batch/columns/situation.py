"""The situation of every patient, two views of facts included: `engine.situation` in columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backrec_cli.assessment.verdict import SEVERITY
from backrec_cli.batch.columns.conditions import Conditions
from backrec_cli.batch.columns.view import ViewColumns
from backrec_cli.expression.compiler import Asked, terms
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term
from backrec_cli.rulepack.model import Level, Offset, RulePack, Urgency

_URGENCY = "procedure.urgency"
NOTHING_OPTIONAL: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SituationColumns:
    """What judging one entry of the pack needs besides the entry itself.

    early    whether the assessment lies before the day of surgery, so that today counts too.
    awaited  facts that a pending requirement will ask for, and where it will.
    """

    pack: RulePack
    day: Term
    surgery: Term
    early: Term
    at_surgery: Conditions
    today: Conditions
    awaited: Mapping[str, Term] = field(default_factory=dict)

    @property
    def urgency(self) -> Term:
        """The word of the urgency, null where it is not known."""
        return self.at_surgery.view.fact(_URGENCY).value

    @property
    def cannot_wait(self) -> Term:
        """Whether the operation is urgent or an emergency."""
        return self._is_one_of((Urgency.URGENT, Urgency.EMERGENCY))

    def _is_one_of(self, urgencies: tuple[Urgency, ...]) -> Term:
        if _URGENCY not in self.pack.dictionary.definitions:
            return FALSE
        return terms.is_true(terms.is_in(self.urgency, [str(each) for each in urgencies]))

    def counts_as(self, level: Level, least: int, most: int = 3) -> Term:
        """Whether a level's effective severity lies between two numbers; unknown is elective."""
        fitting = [
            urgency
            for urgency in Urgency
            if least <= SEVERITY[self.pack.levels[urgency][level]] <= most
        ]
        if len(fitting) == len(Urgency):
            return terms.TRUE
        if Urgency.ELECTIVE not in fitting:
            return self._is_one_of(tuple(fitting)) if fitting else FALSE
        others = tuple(urgency for urgency in Urgency if urgency not in fitting)
        return terms.negated(self._is_one_of(others))

    def starts(self, offset: Offset | None) -> Term:
        """Return the day an offset falls on, null without a surgery."""
        if offset is None:
            return NULL
        return terms.computed("add", self.surgery, terms.constant(offset.days))

    def is_before(self, day: Term) -> Term:
        """Whether today lies before a known day."""
        return terms.is_true(terms.compared("lt", self.day, day))

    def waits(
        self, asked: Asked, view: ViewColumns, optional: frozenset[str] = NOTHING_OPTIONAL
    ) -> Term:
        """Whether a missing fact of a view can only be known later (`Situation.waits_until`)."""
        path, score = asked
        fact = view.reading(path)
        repeats = terms.all_of((fact.stale, terms.is_known(fact.on), terms.is_known(fact.held)))
        known_today = self.today.view.reading(path).known
        reasons = [terms.all_of((known_today, repeats)), self.awaited.get(path, FALSE)]
        if path in optional or score in optional:
            too_early = self.is_before(terms.computed("subtract", self.surgery, fact.held))
            reasons.append(terms.all_of((repeats, too_early)))
        return terms.all_of((self.early, terms.any_of(reasons)))
