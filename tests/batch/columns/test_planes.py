"""Planes, and the texts that are made of them, against one row after the other."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backrec_cli.batch.columns.answers import Asking
from backrec_cli.batch.columns.listing import Listed, Listings
from backrec_cli.batch.columns.reading.arrays import Column
from backrec_cli.batch.results.lists import PLAIN, QUOTED, ListShape
from backrec_cli.batch.tally import Tally
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.planes import Program
from backrec_cli.expression.compiler.rows import Rows
from backrec_cli.expression.compiler.terms import Term
from tests.batch.columns.bench import Columns, arrays_of, frame_of
from tests.batch.columns.random_rules import Rules
from tests.batch.columns.small_pack import small_pack
from tests.batch.columns.test_small_packs import patients
from tests.expression_columns.by_row import Cell, worked_out

COUNTS = st.integers(0, 20)
TEXTS = ["", "a", "b"]
KINDS: dict[str, tuple[pl.DataType, list[Cell]]] = {
    "t1": (pl.Boolean(), [True, False, None]),
    "t2": (pl.Boolean(), [True, False, None]),
    "f!": (pl.Int8(), [0, 1, 3, 4, None]),
    "g!": (pl.Int8(), [0, 3, None]),
    "n1": (pl.Float64(), [-1.5, 0.0, 1.0, 2.0, None]),
    "n2": (pl.Int32(), [0, 1, 2, 20000, None]),
    "w1": (pl.String(), ["a", "b", "", None]),
    "w2": (pl.String(), ["a", "b", None]),
}
TRUTHS = ["t1", "t2"]
WORDS_OF = {"w1": ["b", "a", ""], "w2": ["a", "b"]}
CODES = st.sampled_from(["f!", "g!"]).map(terms.column)
CONDITIONS = st.sampled_from(TRUTHS).map(terms.column) | CODES.map(terms.is_null)
CONSTANTS = st.sampled_from([0, 1, 2, 0.5]).map(terms.constant)
NUMBERS = st.recursive(
    st.sampled_from(["n1", "n2", "f!"]).map(terms.column) | CONSTANTS,
    lambda inner: (
        st.builds(
            terms.computed,
            st.sampled_from(["add", "subtract", "multiply", "divide", "floor_divide"]),
            inner,
            inner,
        )
        | st.builds(terms.absolute, inner)
        | st.builds(terms.chosen, CONDITIONS, inner, inner | st.just(terms.NULL))
    ),
    max_leaves=5,
)
_WORD = st.sampled_from([*map(terms.column, ("w1", "w2")), *map(terms.constant, ("a", "b"))])
WORDS = _WORD | st.builds(terms.chosen, CONDITIONS, _WORD, _WORD | st.just(terms.NULL))
TRUTH = st.recursive(
    CONDITIONS
    | st.sampled_from([terms.TRUE, terms.FALSE, terms.NULL])
    | st.builds(terms.is_null, NUMBERS | WORDS)
    | st.builds(terms.compared, st.sampled_from(["eq", "lt", "le"]), NUMBERS | CODES, NUMBERS)
    | st.builds(terms.compared, st.sampled_from(["eq", "lt", "le"]), CONSTANTS, NUMBERS)
    | st.builds(terms.compared, st.just("eq"), WORDS, WORDS),
    lambda inner: (
        st.lists(inner, max_size=4).map(terms.all_of)
        | st.lists(inner, max_size=4).map(terms.any_of)
        | st.builds(terms.negated, inner)
        | st.builds(terms.is_true, inner)
        | st.builds(terms.is_null, inner)
        | st.builds(terms.compared, st.just("eq"), inner, inner)
        | st.builds(terms.chosen, inner, inner, inner)
    ),
    max_leaves=8,
)


def array(series: pl.Series) -> Column:
    """Return a column as reading gives it."""
    words = WORDS_OF.get(series.name)
    if words is not None:
        return np.array([-1 if each is None else words.index(each) for each in series], np.int16)
    if series.name in TRUTHS or series.name.endswith("!"):
        return np.array([-1 if each is None else each for each in series], np.int8)
    return np.array([np.nan if each is None else each for each in series], np.float64)


@st.composite
def frames(draw: st.DrawFn) -> pl.DataFrame:
    """Draw some of the columns, in any order."""
    count = draw(COUNTS)
    names = draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True))
    cells = {
        name: draw(st.lists(st.sampled_from(KINDS[name][1]), min_size=count, max_size=count))
        for name in names
    }
    kinds = {name: KINDS[name][0] for name in names}
    row = pl.Series("id", [str(number) for number in range(count)], dtype=pl.String)
    return pl.DataFrame([row, *pl.DataFrame(cells, schema=kinds)])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TRUTH, min_size=1, max_size=6), frames())
def test_planes_hold_where_a_row_by_itself_says_so(wanted: list[Term], frame: pl.DataFrame) -> None:
    """A column that the frame lacks was nowhere recorded: its reason is 0, and all else null."""
    program = Program(wanted, TRUTHS, TEXTS)
    rows = Rows(frame.height)
    columns = {name: array(frame[name]) for name in frame.columns if name in KINDS}
    asking = Asking(program, TEXTS, TRUTHS, WORDS_OF)
    found = program.run(*asking.planes_and_numbers(columns, rows), rows)
    lacking = {name: 0 if name.endswith("!") else None for name in KINDS}
    documents = [lacking | row for row in frame.to_dicts()]
    for term in wanted:
        held = rows.flags(found[term]).tolist()
        assert held == [worked_out(term, row) is True for row in documents], term


@settings(deadline=None)
@given(COUNTS, st.data())
def test_planes_and_flags_are_two_ways_to_write_the_same(count: int, data: st.DataObject) -> None:
    """One by one, many at once, and eight planes as one number a row."""
    rows = Rows(count)
    planes = data.draw(st.lists(st.integers(0, rows.every), min_size=16, max_size=16))
    flags = np.array([rows.flags(plane) for plane in planes])
    assert list(rows.planes(flags)) == planes == [rows.bits(line) for line in flags]
    assert (rows.table(planes) == flags).all()
    weighed = flags.reshape(2, 8, count) * (1 << np.arange(8))[:, np.newaxis]
    assert (rows.octets(planes) == weighed.sum(axis=1)).all()
    assert rows.plane(np.flatnonzero(flags[0]).tolist()) == planes[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(COUNTS, min_size=1, max_size=3), st.sampled_from([PLAIN, QUOTED]), st.data())
def test_lists_hold_the_ids_of_each_row_in_order(
    counts: Sequence[int], shape: ListShape, data: st.DataObject
) -> None:
    """Frame after frame, with ids that hold for the first time in a later one."""
    lists = {"few": ["x", "y"], "many": [f"id-{number}" for number in range(19)], "none": []}
    listings = Listings({name: Listed(words, shape) for name, words in lists.items()})
    for count in counts:
        rows = Rows(count)
        plane = st.just(0) | st.integers(0, rows.every)
        planes = {
            name: data.draw(st.lists(plane, min_size=len(words), max_size=len(words)))
            for name, words in lists.items()
        }
        plain = {
            name: [
                ";".join(w for w, held in zip(words, planes[name], strict=True) if held >> row & 1)
                for row in range(count)
            ]
            for name, words in lists.items()
        }
        found = listings.frame(planes, rows)
        quoted = {
            name: [",".join(f'"{word}"' for word in text.split(";") if word) for text in texts]
            for name, texts in plain.items()
        }
        assert found.to_dict(as_series=False) == (plain if shape == PLAIN else quoted)


def test_what_is_counted_by_bits_is_what_stands_in_the_lists(tmp_path: Path) -> None:
    """Rows that are left apart have a line, and are not counted."""
    pack = small_pack(tmp_path, Rules(31).some(20))
    columns = Columns(pack)
    frame = frame_of(patients(pack, 31, 90), pack.dictionary, columns.columns)
    apart = [0, 3, 88]
    arrays = arrays_of(frame, pack.dictionary)
    found = columns.evaluation.judge(arrays, frame.height, apart)
    assert found.frame.equals(columns.evaluation.judge(arrays, frame.height, ()).frame)
    counted = found.frame.with_row_index().filter(~pl.col("index").is_in(apart))
    assert found.tally == Tally.of(counted)
    assert found.tally.rows == 87
    assert len(found.tally.missing) > 2
