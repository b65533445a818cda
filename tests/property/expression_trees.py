"""Random expressions: any tree for the printer, well-typed conditions over facts for the logic."""

from decimal import Decimal

from hypothesis import strategies as st

from backrec_cli.expression import nodes
from backrec_cli.expression.nodes import Literal, Name, Node
from backrec_cli.expression.value_types import (
    ANY,
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    LONG,
    QUANTITY,
    SIMPLE_TYPES,
    STRING,
    list_of,
)
from backrec_cli.expression.values import Long
from backrec_cli.temporal import Date
from backrec_cli.ternary import Truth
from backrec_cli.units import Quantity

_decimals = st.decimals(-1000, 1000, places=2)
_units = st.sampled_from(["mg", "mmol/L", "%", "day", "year", "it's"])
literals: st.SearchStrategy[Node] = st.one_of(
    st.integers(-(2**31), 2**31 - 1).map(lambda n: Literal(n, INTEGER)),
    st.integers(-(2**63), 2**63 - 1).map(lambda n: Literal(Long(n), LONG)),
    _decimals.map(lambda n: Literal(n + Decimal(0), DECIMAL)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(lambda s: Literal(s, STRING)),
    st.sampled_from([Truth.TRUE, Truth.FALSE]).map(lambda t: Literal(t, BOOLEAN)),
    st.just(Literal(None, ANY)),
    st.builds(Quantity, _decimals.map(lambda n: n + Decimal(0)), _units).map(
        lambda q: Literal(q, QUANTITY)
    ),
    st.just(Literal(Date((2026, 3, 16)), DATE)),
    st.sampled_from([("limit",), ("labs", "hba1c"), ("procedure", "date")]).map(Name),
)
_UNARY = (
    nodes.Not, nodes.Negate, nodes.Exists, nodes.IsNull, nodes.IsTrue, nodes.IsFalse,
    nodes.Start, nodes.End,
)  # fmt: skip
_BINARY = (
    nodes.Xor, nodes.Implies, nodes.Equal, nodes.NotEqual, nodes.Equivalent, nodes.Less,
    nodes.LessOrEqual, nodes.Greater, nodes.GreaterOrEqual, nodes.Add, nodes.Subtract,
    nodes.Multiply, nodes.Divide, nodes.TruncatedDivide, nodes.Modulo, nodes.Power,
    nodes.Concatenate,
)  # fmt: skip
_TIMED = (
    nodes.In, nodes.Contains, nodes.SameAs, nodes.SameOrBefore, nodes.SameOrAfter,
    nodes.Before, nodes.After,
)  # fmt: skip
_types = st.one_of(
    st.sampled_from(sorted(SIMPLE_TYPES.values(), key=str)),
    st.just(list_of(INTEGER)),
)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def operands(least: int, most: int) -> st.SearchStrategy[tuple[Node, ...]]:
        return st.lists(inner, min_size=least, max_size=most).map(tuple)

    names = st.sampled_from([("a",), ("a", "year")])
    return st.one_of(
        st.builds(lambda made, each: made(each), st.sampled_from(_UNARY), operands(1, 1)),
        st.builds(lambda made, each: made(each), st.sampled_from(_BINARY), operands(2, 2)),
        st.builds(
            lambda made, each: made(each), st.sampled_from([nodes.And, nodes.Or]), operands(2, 4)
        ),
        st.builds(
            lambda made, each, precision: made(each, precision),
            st.sampled_from(_TIMED),
            operands(2, 2),
            st.sampled_from([None, "day", "month"]),
        ),
        st.builds(nodes.DifferenceBetween, operands(2, 2), st.just("day")),
        st.builds(nodes.DurationBetween, operands(2, 2), st.just("year")),
        st.builds(nodes.DateTimeComponentFrom, operands(1, 1), st.sampled_from(["year", "date"])),
        st.builds(nodes.Between, operands(3, 3)),
        st.builds(nodes.ProperlyBetween, operands(3, 3)),
        st.builds(nodes.If, operands(3, 3)),
        st.builds(nodes.Case, st.sampled_from([3, 5]).flatmap(lambda n: operands(n, n))),
        st.builds(nodes.SelectedCase, operands(4, 4)),
        st.builds(nodes.ListSelector, operands(0, 3)),
        st.builds(nodes.IntervalSelector, operands(2, 2), st.booleans(), st.booleans()),
        names.flatmap(
            lambda n: st.builds(nodes.TupleSelector, st.just(n), operands(len(n), len(n)))
        ),
        st.builds(nodes.FunctionRef, st.sampled_from(["Abs", "Coalesce"]), operands(0, 3)),
        st.builds(
            lambda made, each, kind: made(each, kind),
            st.sampled_from([nodes.Is, nodes.As, nodes.Cast, nodes.Convert]),
            operands(1, 1),
            _types,
        ),
        st.builds(nodes.MinValue, st.just(()), _types),
    )


trees = st.recursive(literals, _branches, max_leaves=12)

_HOLD = (
    "medications.apixaban and difference in days between "
    "medications.apixaban.last_dose_on and procedure.date < 3"
)
# Conditions over the facts of the small dictionary, without tests for null.
ATOMS = (
    "conditions.angina",
    "conditions.mi",
    "medications.apixaban",
    "labs.inr > 1.5",
    "labs.inr between 1.0 and 3.0",
    "labs.hba1c >= 8.0 '%'",
    "labs.inr ~ 2.0",
    "labs.inr in { 1.0, 2.0 }",
    "2.0 in { 1.0, labs.inr }",
    "2.0 in Interval[1.0, labs.inr]",
    "{ labs.inr, 2.0 } = { 2.0, 2.0 }",
    "Tuple { a: labs.inr } = Tuple { a: 2.0 }",
    "Count({ labs.inr, 1.0 }) > 1",
    "AllTrue({ conditions.angina, true })",
    "AnyTrue({ conditions.angina, false })",
    "exists { labs.inr }",
    "conditions.diabetes in { 'type1', 'type2' }",
    "conditions.diabetes != 'none'",
    "procedure.technique contains 'skin_graft'",
    "exists procedure.technique",
    "conditions.mi.on after day of @2026-01-01",
    _HOLD,
    "(if conditions.angina then labs.inr else 1.0) > 1.5",
    "(case conditions.diabetes when 'none' then 1 else 2 end) = 2",
    "(labs.inr is Decimal)",
    "Max({ labs.inr, 1.0 }) > 1.5",
    "('x' & conditions.diabetes) = 'xnone'",
    "('x' & conditions.diabetes) = 'x'",
    "labs.inr !~ 2.0",
    "{ labs.inr } ~ { 2.0 }",
    "2.0 in { 2.0, labs.inr }",
    "IndexOf({ 1.0, labs.inr }, 2.0) = 1",
    "IndexOf({ 2.0 }, labs.inr) = 0",
    "Length({ labs.inr }) = 1",
    "First({ labs.inr, 2.0 }) = 2.0",
    "Sum({ labs.inr, 2.0 }) > 2.0",
    "(labs.inr as Decimal) ~ 2.0",
    "(convert labs.inr to String) ~ '2.0'",
    "Interval[labs.inr, 4.0] contains 3.0",
    "Interval[labs.inr, 4.0] = Interval[1.0, 4.0]",
    "labs.inr div 0 = 1",
    "1.0 properly between labs.inr and 3.0",
    "conditions.angina = conditions.mi",
    "procedure.technique = { 'skin_graft' }",
    "true",
    "false",
    "null",
)
conditions = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("({} xor {})".format, inner, inner),
        st.builds("({} implies {})".format, inner, inner),
        st.builds("(not ({}))".format, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)
_DRUG = ["true", "false", "@2026-03-10", "@2026-03-15"]
FACTS = {
    "conditions.angina": ["true", "false"],
    "conditions.mi": ["true", "false", "@2025-12-01", "@2026-03-02"],
    "medications.apixaban": _DRUG,
    "labs.inr": ["1.0", "2.0", "3.5"],
    "labs.hba1c": ["50 'mmol/mol'", "64 'mmol/mol'"],
    "conditions.diabetes": ["'none'", "'type1'"],
    "procedure.technique": ["{ }", "{ 'skin_graft' }"],
    "procedure.date": ["@2026-03-16"],
}
records = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in FACTS.items()})
