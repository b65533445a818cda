"""One requirement in every patient's situation: `engine.requirements` in columns."""

from collections.abc import Iterable, Mapping

from backrec_cli.batch.columns.judged import Judged, by_path
from backrec_cli.batch.columns.situation import NOTHING_OPTIONAL, SituationColumns
from backrec_cli.expression.compiler import Asked, NotColumnarError, gathered, terms
from backrec_cli.expression.compiler.terms import Term
from backrec_cli.rulepack.model import Requirement


def judge_requirement(
    need: Requirement, situation: SituationColumns
) -> tuple[Judged, Mapping[str, Term]]:
    """Return what became of a requirement, and what it waits for where it is pending.

    Raises NotColumnarError for one that asks for a counted score: whether that can be repeated
    rests on the dates of its items, which columns do not add up.
    """
    for path in need.facts:
        if situation.pack.dictionary.definitions[path].items:
            msg = f"{need.id} asks for the score {path}"
            raise NotColumnarError(msg)
    applies = situation.at_surgery.judge(need.applies, NOTHING_OPTIONAL)
    view = situation.at_surgery.view
    absent = {(path, None): terms.negated(view.reading(path).known) for path in need.facts}
    unmet = (terms.all_of if need.any_of else terms.any_of)(absent.values())
    asks = terms.all_of((unmet, terms.negated(applies.no)))
    lacking = gathered(
        [
            *applies.lacking.items(),
            *((asked, terms.all_of((unmet, term))) for asked, term in absent.items()),
        ]
    )
    waits = terms.any_of(
        (situation.is_before(situation.starts(need.from_)), _can_wait(need, lacking, situation))
    )
    pending = terms.all_of((asks, waits))
    undecided = terms.all_of((asks, terms.negated(waits)))
    judged = Judged(
        need.id,
        undecided=undecided,
        pending=pending,
        open=[(need.level, undecided)],
        missing=by_path(lacking, undecided),
    )
    return judged, by_path(lacking, pending)


def _can_wait(
    need: Requirement, lacking: Mapping[Asked, Term], situation: SituationColumns
) -> Term:
    """Whether a repeat nearer the day is all that is lacking; of several, one is enough."""
    view = situation.at_surgery.view
    waits = {asked: situation.waits(asked, view) for asked in lacking}
    some = terms.any_of(terms.all_of((term, waits[asked])) for asked, term in lacking.items())
    if need.any_of:
        return some
    others = terms.any_of(
        terms.all_of((term, terms.negated(waits[asked]))) for asked, term in lacking.items()
    )
    return terms.all_of((some, terms.negated(others)))


def awaited_facts(needs: Iterable[Mapping[str, Term]]) -> Mapping[str, Term]:
    """Return the facts that pending requirements will ask for."""
    found = (((path, None), term) for need in needs for path, term in need.items())
    return {path: term for (path, _), term in gathered(found).items()}
