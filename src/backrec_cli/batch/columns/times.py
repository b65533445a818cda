"""A pack -> the facts whose times of day can change no answer: their date-times count as days.

A row that columns judge has no time of day for its assessment, nor for its surgery: a record with
either is left to the reference, which is why the date of surgery is never among these facts. So
the hours of a validity, which count between two times only (`profile.freshness`), never count
there, nor do the minutes of a step's window (`engine.steps`). Everything else that settles and
judges goes by the calendar day as it is written, except what the pack's expressions read.

Two results may also be compared by their dates (white cells and neutrophils of one sample). Where
both dates are written alike, they are as alike as days; where their days differ, these decide.
"""

from collections.abc import Iterable, Iterator

from backrec_cli.batch.columns.reading.moments import Times
from backrec_cli.expression import Expression, nodes
from backrec_cli.expression.functions import COALESCE, TODAY
from backrec_cli.facts.definition import FactDefinition, FactType
from backrec_cli.facts.dictionary import FactDictionary
from backrec_cli.profile.knowledge import Knowledge, text_of
from backrec_cli.profile.settle import SURGERY_DATE
from backrec_cli.rulepack.model import Entry, Requirement, Rule, RulePack, Step
from backrec_cli.temporal import Date

_BY_DAY = frozenset({"day", "week", "month", "year"})
_TIMINGS = (
    nodes.SameAs, nodes.SameOrBefore, nodes.SameOrAfter, nodes.Before, nodes.After,
)  # fmt: skip
_COMPARISONS = (
    nodes.Equal, nodes.NotEqual,
    nodes.Less, nodes.LessOrEqual, nodes.Greater, nodes.GreaterOrEqual,
)  # fmt: skip
_NUMBERS = frozenset({FactType.INTEGER, FactType.DECIMAL, FactType.QUANTITY})
_VALUES = (None, "value")


def times_of(pack: RulePack) -> Times:
    """Return what the times of day in records count for."""
    reading = _Reading(pack.dictionary)
    timed = {SURGERY_DATE}
    for expression in _expressions(pack):
        timed.update(reading.timed_in(expression.node))
    timed = _with_origins(timed, pack.knowledge)
    while more := {path for pair in reading.pairs if timed & {*pair} for path in pair} - timed:
        timed |= more
    compared = frozenset(pair for pair in reading.pairs if not timed & {*pair})
    beyond = timed.union(*compared)
    return Times(frozenset(pack.dictionary.definitions) - beyond, compared)


def timeless_facts(pack: RulePack) -> frozenset[str]:
    """Return the facts whose times of day can change no answer."""
    return times_of(pack).timeless


def _with_origins(paths: Iterable[str], knowledge: Knowledge) -> set[str]:
    """Return facts with those they are worked out from, which lend them their dates."""
    found: set[str] = set()
    waiting = [*paths]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            definition = knowledge.dictionary.get(path)
            if definition is not None and definition.worked_out:
                waiting += knowledge.reads(definition)
    return found


def _expressions(pack: RulePack) -> Iterator[Expression]:
    """Yield every expression that an answer can rest on; definitions stand where they are used."""
    yield pack.scope
    for entry in pack.entries.values():
        yield from _of_entry(entry)
    for definition in pack.dictionary.definitions.values():
        yield from map(pack.knowledge.compiled, _of_fact(definition))
    for check in pack.dictionary.checks:
        yield pack.knowledge.compiled(check.holds)


def _of_entry(entry: Entry) -> Iterator[Expression]:
    """Yield the expressions of a rule, a requirement or a step."""
    if entry.applies is not None:
        yield entry.applies
    match entry:
        case Rule():
            yield from (grade.when for grade in entry.grades)
        case Step():
            yield entry.done
        case Requirement():
            return
    if entry.last_dose is not None:
        yield entry.last_dose.days


def _of_fact(definition: FactDefinition) -> Iterator[str]:
    """Yield the expressions of a fact as they are written."""
    yield from (validity.when for validity in definition.valid_for if validity.when is not None)
    if definition.derive is not None:
        yield definition.derive
    for item in definition.items:
        yield text_of(item)


class _Reading:
    """Looks for what an expression reads with its time of day.

    pairs  the results that were found to be compared by their dates; they are not yielded.
    """

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary
        self.pairs: set[tuple[str, str]] = set()

    def timed_in(self, node: nodes.Node, *, by_day: bool = False) -> Iterator[str]:
        """Yield the facts whose time of day may count; `by_day`: only the node's day is used."""
        match node:
            case nodes.FactRef():
                if not by_day and self._is_date(node):
                    yield node.path
            case nodes.ExpressionRef(node=inner):
                yield from self.timed_in(inner, by_day=by_day)
            case nodes.If(operands=(condition, *either)):
                yield from self.timed_in(condition)
                yield from self._timed_among(either, by_day=by_day)
            case nodes.FunctionRef(name=name, operands=operands) if name == COALESCE:
                yield from self._timed_among(operands, by_day=by_day)
            case _ if (pair := self._compared(node)) is not None:
                self.pairs.add(pair)
            case _:
                yield from self._timed_among(nodes.children(node), by_day=_cuts(node))

    def _timed_among(self, operands: Iterable[nodes.Node], *, by_day: bool) -> Iterator[str]:
        """Yield the same of several nodes."""
        for operand in operands:
            yield from self.timed_in(operand, by_day=by_day)

    def _is_date(self, node: nodes.FactRef) -> bool:
        """Whether a reference gives a date: a fact's own, or a fact that is one."""
        definition = self._dictionary.definitions[node.path]
        return node.attribute not in _VALUES or definition.type is FactType.DATE

    def _compared(self, node: nodes.Node) -> tuple[str, str] | None:
        """Return the results whose dates a node compares: numbers, and none that is worked out."""
        if not isinstance(node, _COMPARISONS):
            return None
        match node.operands:
            case (nodes.FactRef() as one, nodes.FactRef() as other):
                pair = sorted(each.path for each in (one, other) if self._is_result(each))
                return (pair[0], pair[1]) if len(pair) == len(node.operands) else None
            case _:
                return None

    def _is_result(self, node: nodes.FactRef) -> bool:
        """Whether a reference gives the date of such a result."""
        definition = self._dictionary.definitions[node.path]
        plain = definition.type in _NUMBERS and not definition.worked_out
        return plain and node.attribute not in _VALUES


def _cuts(node: nodes.Node) -> bool:
    """Whether an operator uses no more of its dates than their days as they are written.

    Differences in days and longer do. A comparison to the day first brings both sides on one clock,
    which moves none of them where one is certain to be a day and so has no offset.
    """
    match node:
        case nodes.IsNull():
            return True
        case nodes.DifferenceBetween():
            return node.precision in _BY_DAY
        case _ if isinstance(node, _TIMINGS):
            return node.precision == "day" and any(map(_is_day, node.operands))
        case _:
            return False


def _is_day(node: nodes.Node) -> bool:
    """Whether a node is a day without a time in every row that columns judge."""
    match node:
        case nodes.FactRef(path=path, attribute=attribute):
            return path == SURGERY_DATE and attribute in _VALUES
        case nodes.FunctionRef(name=name):
            return name == TODAY
        case nodes.Literal(value=value):
            return isinstance(value, Date)
        case _:
            return False
