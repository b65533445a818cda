"""Chunks -> pieces in the chunks' order, judged by the executors of Spark.

Reading and writing records takes most of the time, so that is what has to be spread: an executor
gets a chunk (of a plain file only where it stands), reads, judges and writes it as one process of
`--jobs` does, and sends back its piece. The driver cuts the cohort and joins the pieces.
"""

import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import islice

from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkRuntimeError
from pyspark.sql import SparkSession

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.environment import BESIDE_OTHERS, GIVING_BACK
from backrec_cli.batch.piece import Job, Judge, Piece
from backrec_cli.batch.workers import Trouble, or_trouble
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

_CHUNKS_A_CORE = 4
"""How many chunks a core gets at a time; no more pieces than these are held by the driver."""


def judged_by_spark(chunks: Iterator[Chunk], job: Job) -> Iterator[Piece]:
    """Yield the piece of each chunk; raises BackrecError for trouble."""
    # Made once for the run: each process of an executor reads it once, and remembers its judge.
    told = pickle.dumps(job)
    with _session() as session:
        context = session.sparkContext
        if (context.master or "").startswith("local"):
            # On this machine, what is installed beside this Python; a cluster is told its own.
            context.pythonExec = sys.executable
        shared = context.broadcast(told)
        size = _CHUNKS_A_CORE * context.defaultParallelism
        while wave := list(islice(chunks, size)):
            judged = context.parallelize(wave, len(wave)).map(
                lambda chunk: _judged(chunk, shared.value)
            )
            for piece in judged.collect():
                if isinstance(piece, Trouble):
                    raise piece.error()
                yield piece


def _judged(chunk: Chunk, told: bytes) -> Piece | Trouble:
    """Judge a chunk; runs in an executor."""
    judge = _judge(told)
    return judge if isinstance(judge, Trouble) else or_trouble(partial(judge.piece, chunk))


@lru_cache(maxsize=1)
def _judge(told: bytes) -> Judge | Trouble:
    """Return the judge of a run; an executor's process keeps it from one chunk to the next."""
    job: Job = pickle.loads(told)  # noqa: S301 - the driver of this very run wrote it.
    return or_trouble(lambda: Judge(job))


@contextmanager
def _session() -> Iterator[SparkSession]:
    """Give the session that there is, or one for this run: as spark-submit says, else all cores."""
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    try:
        session = SparkSession.builder.config(conf=_settings()).getOrCreate()
    except PySparkRuntimeError as error:
        msg = (
            f"Spark did not start: {harmless(str(error).strip())}\n"
            "  hint: it needs Java 17 or later on this machine; --engine polars needs none"
        )
        raise UsageError(msg) from error
    try:
        yield session
    finally:
        session.stop()


def _settings() -> SparkConf:
    """Return what spark-submit was told, and what it was not told and should be."""
    # Only a gateway that is there knows of spark-submit; without it, settings would replace those.
    SparkContext._ensure_initialized()  # noqa: SLF001 - it has no public name.
    settings = SparkConf()
    settings.setIfMissing("spark.ui.showConsoleProgress", "false")
    # Chunks may pass through files of Spark, and patients' data must not lie there readable.
    settings.setIfMissing("spark.io.encryption.enabled", "true")
    # A core judges one chunk at a time.
    for name, value in (BESIDE_OTHERS | GIVING_BACK).items():
        settings.setIfMissing(f"spark.executorEnv.{name}", value)
    return settings
