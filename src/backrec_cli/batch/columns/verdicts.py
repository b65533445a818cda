"""The verdict of every patient from what became of the entries: `assessment.verdict` in columns."""

from collections.abc import Iterable, Sequence

from backrec_cli.assessment.verdict import Verdict
from backrec_cli.batch.columns.conditions import Condition
from backrec_cli.batch.columns.judged import Judged
from backrec_cli.batch.columns.situation import SituationColumns
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.terms import Term
from backrec_cli.rulepack.model import Level

_CAUTION, _RELATIVE, _ABSOLUTE = 1, 2, 3


def verdict_of(
    entries: Sequence[Judged], scope: Condition, situation: SituationColumns, *, partial: bool
) -> Term:
    """Return the worst that holds: scope, then stops, then what is undecided, then cautions."""
    flagged = _by_level(found for entry in entries for found in entry.flagged)
    opened = _by_level(found for entry in entries for found in entry.open)

    def counting(levels: dict[Level, Term], least: int) -> Term:
        return terms.any_of(
            terms.all_of((holds, situation.counts_as(level, least)))
            for level, holds in levels.items()
        )

    unclear = terms.any_of((scope.open, terms.of_truth(holds=partial), counting(opened, _RELATIVE)))
    ladder = (
        (scope.no, Verdict.OUT_OF_SCOPE),
        (counting(flagged, _ABSOLUTE), Verdict.NOT_ELIGIBLE),
        (counting(flagged, _RELATIVE), Verdict.DEFER),
        (unclear, Verdict.UNDECIDED),
        (counting(flagged, _CAUTION), Verdict.ELIGIBLE_WITH_PRECAUTIONS),
    )
    reached = terms.constant(str(Verdict.ELIGIBLE))
    for holds, verdict in reversed(ladder):
        reached = terms.chosen(holds, terms.constant(str(verdict)), reached)
    return reached


def _by_level(found: Iterable[tuple[Level, Term]]) -> dict[Level, Term]:
    """Join all entries of one level, so that its urgency is looked at once."""
    levels: dict[Level, list[Term]] = {}
    for level, holds in found:
        levels.setdefault(level, []).append(holds)
    return {level: terms.any_of(parts) for level, parts in levels.items()}
