"""Every engine gives the rows that judging each record by itself gives, in the cohort's order."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl
import pytest

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.cohort.json_lines import JsonLines
from backrec_cli.batch.columns.assessor import by_reference
from backrec_cli.batch.columns.engines.schema import in_fixed_kinds
from backrec_cli.batch.columns.engines.stages import ROW, Stages, stages_of
from backrec_cli.batch.columns.program import Judgement, Selected, judgement_of
from backrec_cli.batch.columns.reading.frame import frame_of
from backrec_cli.batch.columns.reading.reader import ColumnReader
from backrec_cli.batch.columns.recorded import AS_OF, SURGERY
from backrec_cli.batch.engines import assessor_for
from backrec_cli.batch.piece import Job
from backrec_cli.batch.reference import Terms
from backrec_cli.batch.results.lists import QUOTED
from backrec_cli.batch.run import judge_cohort
from tests.batch.engines.wards import DAY, chunk_of, ward, ward_terms

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Enough for columns to be worth while, also in the second chunk.
MANY = 260
JUDGED = ["verdict", "flagged", "undecided", "pending", "missing", "rejected", "overdue"]


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Terms:
    """Load the small pack once."""
    return ward_terms(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="module")
def spark() -> Iterator["SparkSession"]:
    """Start Spark in this process, once."""
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, and there is none")
    from pyspark.sql import SparkSession  # noqa: PLC0415 - Half a second that others need not wait.

    started = (
        SparkSession.Builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    yield started
    started.stop()


@dataclass(frozen=True)
class Ward:
    """A cohort in memory, in chunks of so many records."""

    records: list[bytes]
    count: int

    @property
    def name(self) -> str:
        """What it is called."""
        return "ward"

    @property
    def size(self) -> int:
        """How long it is."""
        return sum(map(len, self.records))

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks in order."""
        for start in range(0, len(self.records), self.count):
            yield chunk_of(self.records[start : start + self.count], start + 1)


def expected(chunk: JsonLines, terms: Terms) -> pl.DataFrame:
    """Return the rows of records judged one by one."""
    return by_reference(chunk.records(), terms).frame


def test_ward_has_rows_of_every_kind(terms: Terms) -> None:
    """What the engines are held to has every verdict, and something in every list."""
    rows = expected(chunk_of(ward(MANY)), terms)
    assert set(rows["verdict"]) == {
        "eligible",
        "eligible_with_precautions",
        "defer",
        "undecided",
        "not_eligible",
        "out_of_scope",
        "error",
    }
    assert [name for name in JUDGED[1:] if (rows[name] == "").all()] == []


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_engine_gives_the_rows_of_the_reference(engine: str, terms: Terms) -> None:
    """Chunk after chunk, also where a later one mentions what none before did."""
    assessor = assessor_for(engine, terms)
    records = ward(3 * MANY)
    plain = [line for line in records if b"labs" not in line and b"consent" not in line]
    for lines in (plain * 10, records[:MANY], records[MANY:]):
        chunk = chunk_of(lines)
        answer = assessor.assess(chunk)
        assert answer.frame.equals(expected(chunk, terms))
        assert len(answer.rejects) == (answer.frame["verdict"] == "error").sum()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_engine_gives_its_lists_as_they_are_written(engine: str, terms: Terms) -> None:
    """The same rows in another shape, those of the reference among them, and the same counts."""
    chunk = chunk_of(ward(MANY))
    answer = assessor_for(engine, terms, QUOTED).assess(chunk)
    reference = by_reference(chunk.records(), terms)
    assert len(answer.rejects) > 1
    assert answer.frame.equals(QUOTED.of(reference.frame))
    assert answer.tally == reference.tally


def test_rules_too_many_for_duckdb_are_judged_and_it_is_said(
    terms: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are the same, and whoever asked for DuckDB learns that it did not judge."""
    chunk = chunk_of(ward(MANY))
    judged_there = assessor_for("duckdb", terms).assess(chunk)
    assert judged_there.remark == ""
    monkeypatch.setattr("backrec_cli.batch.engines.MOST_TERMS", 20)
    answer = assessor_for("duckdb", terms).assess(chunk)
    assert answer.frame.equals(judged_there.frame)
    assert answer.remark == (
        "evaluated as by polars: these rules come to more than 20 terms, "
        "which DuckDB takes minutes to plan"
    )


def test_spark_joins_the_pieces_of_its_executors_in_order(
    tmp_path: Path, spark: "SparkSession"
) -> None:
    """Rows, rejects and counts of a run on Spark are those of a run in one process."""
    assert spark.sparkContext.master == "local[2]"
    cohort = Ward(ward(6 * MANY), MANY // 2)
    # A pack that has judged here cannot be sent any more, so Spark gets it first.
    terms = ward_terms(tmp_path)
    jobs = [Job(terms, name, "ndjson", with_rejects=True) for name in ("pyspark", "polars")]
    there, here = (list(judge_cohort(cohort, job, 1)) for job in jobs)
    assert len(there) == 12
    assert b"".join(piece.results for piece in there) == b"".join(p.results for p in here)
    assert [piece.rejects for piece in there] == [piece.rejects for piece in here]
    assert [piece.tally for piece in there] == [piece.tally for piece in here]


def test_plans_give_the_rows_of_the_reference_on_spark(terms: Terms, spark: "SparkSession") -> None:
    """The same narwhals plans, run by Spark itself, stage after stage."""
    chunk, frame, judgement = judged(terms, 40)
    stages = stages_of(judgement, 4)
    # Rows that the driver holds would be judged one by one while the plan is optimised.
    table = spark.createDataFrame(read(frame, stages, terms).to_arrow()).localCheckpoint()
    for plan in stages.plans:
        table = plan.run(nw.from_native(table)).to_native().localCheckpoint()
    found = pl.DataFrame(table.toArrow()).sort(ROW)
    assert_judged(found, chunk, terms)


@pytest.mark.parametrize("depth", [1, 3, 100])
def test_stages_of_any_depth_give_the_same_rows(terms: Terms, depth: int) -> None:
    """Where a judgement is cut changes nothing that it says."""
    chunk, frame, judgement = judged(terms, 120)
    stages = stages_of(judgement, depth)
    assert (len(stages.plans) == 2) is (depth == 100)
    table = read(frame, stages, terms)
    for plan in stages.plans:
        table = plan.run(nw.from_native(table.lazy())).to_native().collect()
    assert_judged(table, chunk, terms)


def test_polars_needs_no_other_engine() -> None:
    """Whoever judges by polars has neither DuckDB nor Spark imported, installed or not."""
    code = (
        "import sys, backrec_cli.batch.run\n"
        "print(sorted({'duckdb', 'pyspark', 'pyarrow'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout == "[]\n"


def judged(terms: Terms, count: int) -> tuple[JsonLines, pl.DataFrame, Judgement]:
    """Return patients, what they say as columns, and what is to be asked of the columns."""
    chunk = chunk_of([line for line in ward(count + 10) if line.endswith(b"}")][:count])
    recorded = ColumnReader(terms.pack.dictionary).read(chunk)
    assert recorded is not None
    assert recorded.reference == ()
    days = date.fromisoformat(DAY).toordinal() - date(1970, 1, 1).toordinal()
    frame = frame_of(recorded.columns, terms.pack.dictionary).with_columns(
        pl.lit(days).alias(AS_OF), pl.col("procedure.date").alias(SURGERY)
    )
    return chunk, frame, judgement_of(terms.pack, frame.columns, Selected())


def read(frame: pl.DataFrame, stages: Stages, terms: Terms) -> pl.DataFrame:
    """Return the table that the first stage reads."""
    return in_fixed_kinds(frame, stages.columns, terms.pack.dictionary)


def assert_judged(found: pl.DataFrame, chunk: JsonLines, terms: Terms) -> None:
    """Hold the verdict and the lists of each row to the reference, in order."""
    assert found[ROW].to_list() == list(range(chunk.count))
    assert found.select(JUDGED).rows() == expected(chunk, terms).select(JUDGED).rows()
