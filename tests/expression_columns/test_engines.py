"""The same plans on polars, DuckDB and Spark give the same answers."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from random import randrange
from typing import TYPE_CHECKING

import pytest

from tests.expression_columns.agreement import Trial
from tests.expression_columns.engines import on_duckdb, on_polars, on_spark
from tests.expression_columns.patients import SCOPE, SURGERY, patients
from tests.expression_columns.random_expressions import drawn
from tests.expression_columns.table import frame_of
from tests.expression_columns.test_agreement import spec_expressions, spec_records
from tests.unit.expression_bench import compiled

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# What engines do differently when they are left alone: division of whole numbers and by zero,
# products beyond 32 bits, halves, negative counts, null among texts and truths, deep nesting.
DELICATE = (
    "patient.age / 7",
    "7 / patient.age",
    "(patient.age - 60) / habits.audit_q1",
    "labs.inr / 512.0",
    "(0.0 - labs.inr) / 512.0 * 1000.0",
    "vitals.weight.value / ((vitals.height.value / 100) * (vitals.height.value / 100))",
    "patient.age * 2147483647",
    "(if medications.warfarin then 2147483647 else 2) * 3",
    "(patient.age * 40000) * (patient.age * 40000) > 0",
    "scores.risk * (scores.frailty - 3)",
    "Abs(scores.risk - 3)",
    "weeks between procedure.date and Today()",
    "years between patient.birth_date and procedure.date",
    "months between patient.birth_date and consent.signed.on",
    "minutes between patient.birth_date and procedure.date",
    "if null then labs.inr else null",
    "if conditions.angina then null else 'none'",
    "Coalesce(null, conditions.diabetes, 'type1') = 'type1'",
    "conditions.diabetes in { 'type1', null, 'none' }",
    "(conditions.angina xor conditions.mi) = wound.infected",
    "labs.inr in Interval(1.0, null)",
    "labs.inr * 0.1 + labs.inr * 0.2 = labs.inr * 0.3",
    "(if conditions.angina then (if conditions.mi then 1 else null) else 2) is null",
    "not (not (conditions.angina and (conditions.mi or (wound.infected and consent.signed))))",
)
NESTED = "conditions.angina"
for _ in range(8):
    NESTED = f"(if {NESTED} then labs.inr > 1.5 and wound.infected else conditions.mi)"
RECORDS = [*spec_records(), *patients(60)]
# Of a random expression: what is deeper costs these engines seconds to plan, and polars runs it.
MOST_TERMS = 60


def trial() -> Trial:
    """Return all that is run on each engine: what reads no fact is no work of an engine."""
    read = [expression.text for expression in spec_expressions() if expression.facts]
    texts = dict.fromkeys([*read, *DELICATE, NESTED])
    expressions = [compiled(text, SCOPE) for text in texts]
    assumed = {"conditions.angina", "conditions.mi", "labs.inr", "scores.risk"}
    return Trial([(each, assumed if n % 3 == 0 else set()) for n, each in enumerate(expressions)])


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the patients to a Parquet file."""
    path = tmp_path_factory.mktemp("patients") / "patients.parquet"
    frame_of(RECORDS).write_parquet(path)
    return path


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


def test_plan_agrees_on_polars() -> None:
    """The default engine."""
    assert trial().differences(on_polars(frame_of(RECORDS)), RECORDS) == []


def test_plan_agrees_on_duckdb(table: Path) -> None:
    """The same plan over a Parquet file."""
    assert trial().differences(on_duckdb(table), RECORDS) == []


def random_trial(count: int) -> Trial:
    """Return up to so many random expressions, others at every run, which a number stands for."""
    number = randrange(1_000_000)  # noqa: S311 - Nothing is secret about a test's expressions.
    print(f"random expressions {number}")  # noqa: T201 - Shown where a test fails.
    return Trial(drawn(count, number)).of_at_most(MOST_TERMS)


def test_random_expressions_agree_on_duckdb(table: Path) -> None:
    """Truths, numbers, texts, days and ranges, some with facts assumed false, in two plans."""
    for _ in range(2):
        drawn_now = random_trial(60)
        assert drawn_now.differences(on_duckdb(table), RECORDS) == []
        assert len(drawn_now.compiled) > 10


def test_plan_and_random_expressions_agree_on_spark(table: Path, spark: "SparkSession") -> None:
    """The same on a cluster of two threads, which is started once: a plan each."""
    assert trial().differences(on_spark(table, spark), RECORDS) == []
    drawn_now = random_trial(60)
    assert drawn_now.differences(on_spark(table, spark), RECORDS) == []
    assert len(drawn_now.compiled) > 10


def test_engines_are_asked_about_facts_of_every_kind() -> None:
    """What is run reads most facts, in most states, on the day of surgery and before."""
    asked = trial()
    read = set().union(*(expression.facts for expression, _ in asked.expressions))
    assert len(asked.compiled) > 60
    assert {"scores.risk", "procedure.technique", "medications.apixaban"} <= read
    assert {record.as_of for record in RECORDS} > {SURGERY}
