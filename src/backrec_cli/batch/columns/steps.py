"""One preparation step in every patient's situation: `engine.steps` in columns."""

from dataclasses import dataclass

from backrec_cli.batch.columns.conditions import Condition
from backrec_cli.batch.columns.doses import last_dose_day
from backrec_cli.batch.columns.judged import Judged, by_path
from backrec_cli.batch.columns.situation import NOTHING_OPTIONAL, SituationColumns
from backrec_cli.expression.compiler import gathered, terms
from backrec_cli.expression.compiler.terms import FALSE, NULL, Term
from backrec_cli.rulepack.model import Step


@dataclass(frozen=True, slots=True)
class _Window:
    """Where today stands to a step's window; neither: it is open, or there is no surgery."""

    before: Term
    closed: Term


def judge_step(step: Step, situation: SituationColumns) -> Judged:
    """Return what became of a step; an unknown `done` counts as not done."""
    applies = _applies(step, situation)
    done = situation.at_surgery.judge(step.done, NOTHING_OPTIONAL)
    window = _window(step, situation)
    to_do = terms.all_of((applies.yes, terms.negated(done.yes)))
    overdue = terms.all_of((to_do, window.closed))
    if step.gate is None:
        return Judged(step.id, overdue=overdue)
    unclear = terms.all_of(
        (
            terms.negated(applies.no),
            terms.negated(applies.yes),
            terms.negated(done.yes),
            window.closed,
        )
    )
    refused = _refused_on_the_day(step, situation, to_do, done)
    return Judged(
        step.id,
        flagged=[(step.gate, terms.any_of((overdue, refused)))],
        undecided=unclear,
        overdue=overdue,
        open=[(step.gate, unclear)],
        missing=by_path(applies.lacking, unclear),
    )


def _applies(step: Step, situation: SituationColumns) -> Condition:
    """Return whether a step applies; what reminds may rest on results that hold today only."""
    later = situation.at_surgery.judge(step.applies, NOTHING_OPTIONAL)
    if step.gate is not None:
        return later
    now = situation.today.judge(step.applies, NOTHING_OPTIONAL)
    second = terms.all_of((later.open, situation.early))

    def either(first: Term, other: Term) -> Term:
        return terms.any_of(
            (terms.all_of((first, terms.negated(second))), terms.all_of((second, other)))
        )

    lacking = gathered([*later.lacking.items(), *now.lacking.items()])
    return Condition(
        either(later.yes, now.yes),
        either(later.no, now.no),
        open=either(later.open, now.open),
        lacking=lacking,
    )


def _window(step: Step, situation: SituationColumns) -> _Window:
    """Return where today stands; with a date alone nothing of the day of surgery is over."""
    before = situation.is_before(situation.starts(step.opens))
    over = terms.is_true(terms.compared("lt", _closing(step, situation), situation.day))
    return _Window(before, terms.all_of((over, terms.negated(before))))


def _closing(step: Step, situation: SituationColumns) -> Term:
    """Return the day on which the window closes: what cannot wait has until induction (day 0).

    A drug's window closes with its last dose at the latest.
    """
    closes = situation.starts(step.closes)
    by = last_dose_day(step, situation)
    if by is not NULL:
        closes = terms.chosen(terms.compared("lt", by, closes), by, closes)
    if step.closes.days >= 0:
        return closes
    return terms.chosen(situation.cannot_wait, situation.surgery, closes)


def _refused_on_the_day(
    step: Step, situation: SituationColumns, to_do: Term, done: Condition
) -> Term:
    """Whether a gate of day 0 is recorded as not passed on that very day (eyes not free)."""
    if step.closes.days != 0:
        return FALSE
    on_the_day = terms.is_true(terms.compared("eq", situation.day, situation.surgery))
    return terms.all_of((on_the_day, to_do, done.no))
