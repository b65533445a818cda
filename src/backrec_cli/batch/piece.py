"""A chunk -> its piece of the results: encoded rows, counts, ids and rejects, ready to be joined.

All that can be done for a chunk by itself is done here, in the process that judges it; the one that
joins the pieces only writes bytes and adds numbers.
"""

from dataclasses import dataclass
from json import dumps
from typing import Protocol, runtime_checkable

import polars as pl

from backrec_cli.batch.chunk import Chunk
from backrec_cli.batch.engines import assessor_for
from backrec_cli.batch.record import Reject
from backrec_cli.batch.reference import Terms
from backrec_cli.batch.results.formats import RESULTS_FORMATS
from backrec_cli.batch.results.table import TABLE
from backrec_cli.batch.tally import Tally, verdicts_of


@runtime_checkable
class Counted(Protocol):
    """A chunk whose records were counted when the cohort was cut."""

    @property
    def count(self) -> int:
        """How many records it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What every process of a run is told before its first chunk."""

    terms: Terms
    engine: str
    format_name: str
    with_rejects: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """What one chunk adds to the outputs of a run.

    first, extent  of the chunk.
    results        its rows in the format of the run.
    ids            the patient ids of its rows.
    rejects        lines of the file of rejects; empty where none is asked for.
    remark         of the chunk's answer.
    """

    first: int
    extent: int
    results: bytes
    tally: Tally
    ids: pl.Series
    rejects: bytes
    remark: str


class Judge:
    """Judges chunks one after the other; one for each process."""

    def __init__(self, job: Job) -> None:
        self._job = job
        written = RESULTS_FORMATS[job.format_name]
        self._assessor = assessor_for(job.engine, job.terms, written.lists)
        self._encode = written.encode

    def piece(self, chunk: Chunk) -> Piece:
        """Judge a chunk and prepare all that is written of it."""
        answer = self._assessor.assess(chunk)
        frame = answer.frame
        if frame.schema != TABLE:
            msg = "an engine answered in other columns than those of the table"
            raise RuntimeError(msg)
        if isinstance(chunk, Counted) and chunk.count != frame.height:
            msg = f"{chunk.count} records gave {frame.height} rows"
            raise RuntimeError(msg)
        tally = answer.tally
        if tally.verdicts != verdicts_of(frame):
            msg = "an engine counted other verdicts than its rows say"
            raise RuntimeError(msg)
        if tally.errors != len(answer.rejects):
            msg = "an engine counted other rejects than its rows say"
            raise RuntimeError(msg)
        results = self._encode(frame)
        if self._job.format_name == "ndjson" and results.count(b"\n") != frame.height:
            msg = "rows and lines are not as many"
            raise RuntimeError(msg)
        rejects = answer.rejects if self._job.with_rejects else ()
        return Piece(
            first=chunk.first,
            extent=chunk.extent,
            results=results,
            tally=tally,
            ids=frame["id"],
            rejects=b"".join(map(_line, rejects)),
            remark=answer.remark,
        )


def _line(reject: Reject) -> bytes:
    """Return one line of the file of rejects; bytes that are no UTF-8 are shown as escapes."""
    document = {
        "number": reject.number,
        "place": reject.place,
        "reasons": reject.reasons,
        "record": reject.raw.decode("utf-8", "backslashreplace"),
    }
    return (dumps(document) + "\n").encode()
