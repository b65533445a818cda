"""A cohort -> the pieces of its results, in its order, by one process, by several or by Spark."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice

from backrec_cli.batch.chunk import Chunk, Cohort
from backrec_cli.batch.piece import Job, Judge, Piece
from backrec_cli.batch.standby import Standby
from backrec_cli.batch.workers import judged_by_workers


def judge_cohort(
    cohort: Cohort, job: Job, jobs: int, ready: Sequence[Standby] = ()
) -> Iterator[Piece]:
    """Yield what each chunk of a cohort came to; raises BackrecError where it cannot be read.

    ready  processes that were started before it was known what to judge.
    No record is lost or counted twice: each chunk must start where the rows before it end.
    """
    rows = 0
    with closing(_judged(cohort.chunks(), job, jobs, ready)) as pieces:
        for piece in pieces:
            if piece.first != rows + 1:
                msg = f"record {piece.first} follows on {rows} rows"
                raise RuntimeError(msg)
            rows += piece.tally.rows
            yield piece


def _judged(
    chunks: Iterator[Chunk], job: Job, jobs: int, ready: Sequence[Standby]
) -> Generator[Piece]:
    """Yield the piece of each chunk; a single chunk is not worth the start of a process."""
    head = list(islice(chunks, 2))
    if len(head) > 1 and job.engine == "pyspark":
        from backrec_cli.batch.spark import judged_by_spark  # noqa: PLC0415 - an extra.

        yield from judged_by_spark(chain(head, chunks), job)
        return
    if jobs > 1 and len(head) > 1:
        yield from judged_by_workers(chain(head, chunks), job, jobs, ready)
        return
    judge = Judge(job)
    for chunk in chain(head, chunks):
        yield judge.piece(chunk)
