"""The engines that run a plan: polars in memory, DuckDB and Spark over a Parquet file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import narwhals as nw
import polars as pl

from backrec_cli.expression.compiler import Plan
from tests.expression_columns.table import ROW

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = Sequence[Mapping[str, object]]
Engine = Callable[[Plan], Rows]


def on_polars(frame: pl.DataFrame) -> Engine:
    """Run plans over a frame."""

    def run(plan: Plan) -> Rows:
        return plan.run(nw.from_native(frame.lazy())).collect().rows(named=True)

    return run


def on_duckdb(path: Path) -> Engine:
    """Run plans over a Parquet file with DuckDB."""

    def run(plan: Plan) -> Rows:
        found = plan.run(nw.from_native(duckdb.read_parquet(str(path))))
        return found.sort(ROW).collect("polars").rows(named=True)

    return run


def on_spark(path: Path, session: "SparkSession") -> Engine:
    """Run plans over a Parquet file with Spark."""

    def run(plan: Plan) -> Rows:
        found = plan.run(nw.from_native(session.read.parquet(str(path))))
        return found.sort(ROW).collect("polars").rows(named=True)

    return run
