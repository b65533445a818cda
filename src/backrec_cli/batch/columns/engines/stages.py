"""A judgement -> plans one after the other, each over the columns that the one before leaves.

Engines that read SQL bind and optimise a plan as a whole, which takes longer than linearly. Most of
what a large pack computes on the way is used nearby and never again; so the judgement is cut by
depth into stages, and each stage passes on only what later ones still use.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backrec_cli.batch.columns.engines.rewriting import rewritten
from backrec_cli.batch.columns.program import VERDICT, Judgement
from backrec_cli.batch.row import SEPARATOR
from backrec_cli.expression.compiler import Plan, plan_of, terms
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.expression.compiler.terms import Term

ROW = "row"
"""The number of each row, by which the rows are put back in order."""


@dataclass(frozen=True, slots=True)
class Stages:
    """Plans to run one after the other.

    columns  the columns that are read, by the plain names that the plans know them by; names of
             facts have dots, which Spark takes for structures.
    plans    the first reads `row` and these columns; the last gives `row`, the verdict and the
             lists.
    """

    columns: Mapping[str, str]
    plans: tuple[Plan, ...]


def stages_of(judgement: Judgement, depth: int) -> Stages:
    """Return the stages of a judgement, each of at most so many operations on top of another."""
    return _Cutting(judgement, depth).stages()


class _Cutting:
    """Where each term stands, and what it is written as at the stage that is being made."""

    def __init__(self, judgement: Judgement, depth: int) -> None:
        self.judgement = judgement
        self.order = in_order(judgement.terms)
        self.stage = self._stages(depth)
        self.last = self._last_uses()
        self.now: dict[Term, Term] = {}

    def _stages(self, depth: int) -> dict[Term, int]:
        """Return the stage that computes each term, from 0."""
        height: dict[Term, int] = {}
        for term in self.order:
            height[term] = max((height[each] + 1 for each in term.arguments), default=0)
        return {term: max(high - 1, 0) // depth for term, high in height.items()}

    def _last_uses(self) -> dict[Term, int]:
        """Return the last stage that uses each term; the one after all others for the wanted."""
        last = {each: self.stage[term] for term in self.order for each in term.arguments}
        for term in self.order:
            for each in term.arguments:
                last[each] = max(last[each], self.stage[term])
        return last | dict.fromkeys(self.judgement.terms, self._count)

    @property
    def _count(self) -> int:
        return 1 + max(self.stage.values())

    def stages(self) -> Stages:
        """Make the stages from the first to the last."""
        columns = {
            str(term.value): f"c{place}"
            for place, term in enumerate(t for t in self.order if t.operation == "column")
        }
        groups: list[list[Term]] = [[] for _ in range(self._count)]
        for term in self.order:
            if term.operation == "column":
                name = columns[str(term.value)]
                self.now[term] = terms.column(name, nullable=term.nullable)
            else:
                groups[self.stage[term]].append(term)
        plans = [self._plan(number, group) for number, group in enumerate(groups)]
        return Stages(columns, (*plans, self._last()))

    def _plan(self, number: int, group: Sequence[Term]) -> Plan:
        """Return the plan of one stage, and know its results as columns from then on."""
        for term in group:
            self.now[term] = rewritten(term, [self.now[each] for each in term.arguments])
        results: dict[str, Term] = {}
        kept = [ROW]
        for term in [each for each in self.now if self._is_over(each, number)]:
            del self.now[term]
        for place, (term, now) in enumerate(self._carried()):
            if now.operation == "column":
                kept.append(str(now.value))
                continue
            name = f"s{number}_{place}"
            results[name] = now
            self.now[term] = terms.column(name, nullable=term.nullable)
        return plan_of(results, {}, separator=SEPARATOR, kept=dict.fromkeys(kept))

    def _is_over(self, term: Term, number: int) -> bool:
        """Whether no stage after this one uses a term."""
        return term.operation != "constant" and self.last[term] <= number

    def _carried(self) -> Iterator[tuple[Term, Term]]:
        """Yield what later stages use; a constant is written where it is used."""
        for term, now in list(self.now.items()):
            if now.operation != "constant":
                yield term, now

    def _last(self) -> Plan:
        """Return the plan that puts the verdict and the lists together."""
        lists = {
            name: [(word, self.now[term]) for word, term in parts]
            for name, parts in self.judgement.lists.items()
        }
        results = {VERDICT: self.now[self.judgement.verdict]}
        return plan_of(results, lists, separator=SEPARATOR, kept=(ROW,))
