"""A pack -> the terms that judge a whole frame of recorded facts: `engine.assess` in columns."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from backrec_cli.batch.columns.clock import is_early, surgery_clock, today_clock
from backrec_cli.batch.columns.conditions import Condition, Conditions
from backrec_cli.batch.columns.judged import Judged
from backrec_cli.batch.columns.recorded import SURGERY, RecordedFacts
from backrec_cli.batch.columns.requirements import awaited_facts, judge_requirement
from backrec_cli.batch.columns.rules import judge_rule
from backrec_cli.batch.columns.situation import NOTHING_OPTIONAL, SituationColumns
from backrec_cli.batch.columns.steps import judge_step
from backrec_cli.batch.columns.verdicts import verdict_of
from backrec_cli.batch.columns.view import ViewColumns, settle_columns
from backrec_cli.batch.row import SEPARATOR
from backrec_cli.engine.scope import SCOPE_RULE
from backrec_cli.engine.selection import Selection, select_entries
from backrec_cli.expression.compiler import Plan, gathered, plan_of, terms
from backrec_cli.expression.compiler.terms import Term
from backrec_cli.rulepack.model import Level, RulePack

VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Selected:
    """Which entries of the pack are judged."""

    select: Collection[str] = ()
    ignore: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the table of results is computed from: the verdict, and each id with where it stands."""

    verdict: Term
    lists: Mapping[str, Sequence[tuple[str, Term]]]

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term that is wanted."""
        return (self.verdict, *(term for parts in self.lists.values() for _, term in parts))


def judgement_of(pack: RulePack, columns: Iterable[str], selected: Selected) -> Judgement:
    """Return the terms for frames with some columns of recorded facts.

    Raises NotColumnarError where the pack holds an expression that columns cannot.
    """
    selection = select_entries(pack, selected.select, selected.ignore)
    situation = _situation(pack, RecordedFacts(frozenset(columns)))
    scope = situation.at_surgery.judge(pack.scope, NOTHING_OPTIONAL)
    entries = _judged(selection, situation)
    lists = _lists(entries, _scope_entry(scope), situation.at_surgery.view, pack)
    return Judgement(verdict_of(entries, scope, situation, partial=selection.partial), lists)


def plan_for(judgement: Judgement, kept: Iterable[str]) -> Plan:
    """Return the narwhals plan, whose result has the columns `kept`, the verdict and the lists."""
    results = {VERDICT: judgement.verdict}
    return plan_of(results, judgement.lists, separator=SEPARATOR, kept=kept)


def _situation(pack: RulePack, recorded: RecordedFacts) -> SituationColumns:
    """Settle the facts for the day of surgery and for today."""
    today, surgery = recorded.as_of, terms.column(SURGERY)
    views = [
        settle_columns(recorded, pack.knowledge, clock, pack.review_days)
        for clock in (surgery_clock(today, surgery), today_clock(today, surgery))
    ]
    at_surgery, now = map(Conditions, views)
    return SituationColumns(pack, today, surgery, is_early(today, surgery), at_surgery, now)


def _judged(selection: Selection, situation: SituationColumns) -> list[Judged]:
    """Judge requirements, rules (which wait for what the requirements ask) and steps."""
    needs = [(need, *judge_requirement(need, situation)) for need in selection.requirements]
    layers = {rule.layer for rule in selection.rules}
    informed = {
        layer: replace(
            situation,
            awaited=awaited_facts(asked for need, _, asked in needs if need.layer <= layer),
        )
        for layer in layers
    }
    rules = [judge_rule(rule, informed[rule.layer]) for rule in selection.rules]
    steps = [judge_step(step, situation) for step in selection.steps]
    return [*rules, *(judged for _, judged, _ in needs), *steps]


def _scope_entry(scope: Condition) -> Judged:
    """Return the scope as one more entry of the table."""
    missing = {path: term for (path, _), term in scope.lacking.items()}
    return Judged(
        SCOPE_RULE,
        flagged=[(Level.ABSOLUTE, scope.no)],
        undecided=scope.open,
        open=[(Level.ABSOLUTE, scope.open)],
        missing=missing,
    )


def _lists(
    entries: Sequence[Judged], scope: Judged, view: ViewColumns, pack: RulePack
) -> Mapping[str, list[tuple[str, Term]]]:
    """Return the lists of the table, each id with where it stands in it."""
    every = [*entries, scope]
    missing = gathered(
        ((path, None), term) for entry in every for path, term in entry.missing.items()
    )
    paths = pack.dictionary.paths
    lists = {
        "flagged": [(entry.id, entry.any_flagged) for entry in every],
        "undecided": [(entry.id, entry.undecided) for entry in every],
        "pending": [(entry.id, entry.pending) for entry in every],
        "missing": [(path, missing.get((path, None), terms.FALSE)) for path in paths],
        "rejected": [(path, view.reading(path).rejected) for path in paths],
        "overdue": [(entry.id, entry.overdue) for entry in entries],
    }
    return {
        name: [(word, term) for word, term in parts if term is not terms.FALSE]
        for name, parts in lists.items()
    }
