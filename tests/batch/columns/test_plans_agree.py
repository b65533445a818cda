"""The narwhals plan that other engines run, and the bit planes: the same rows."""

from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from backrec_cli.batch.columns.program import VERDICT, plan_for
from tests.batch.columns.bench import JUDGED, Columns, arrays_of, frame_of
from tests.batch.columns.random_rules import Rules
from tests.batch.columns.small_pack import small_pack
from tests.batch.columns.test_small_packs import patients


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_plan_and_planes_give_the_same_rows(tmp_path: Path, seed: int) -> None:
    """One judgement, evaluated in two ways, over the same frame."""
    pack = small_pack(tmp_path, Rules(seed).some(8))
    columns = Columns(pack)
    some = patients(pack, seed, 50)
    frame = frame_of(some, pack.dictionary, columns.columns)
    frame = frame.with_columns(pl.int_range(pl.len()).alias("row"))
    plan = plan_for(columns.judgement, ["row"])
    found = plan.run(nw.from_native(frame.lazy())).to_native().collect()
    planes = columns.evaluation.judge(arrays_of(frame, pack.dictionary), len(some), ()).frame
    assert found["row"].to_list() == list(range(len(some)))
    for name in (VERDICT, *JUDGED):
        assert found[name].to_list() == planes[name].to_list(), name
