"""The engines a cohort can be judged by -> an assessor for one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from backrec_cli.batch.chunk import Answer, Assessor, Chunk
from backrec_cli.batch.columns.assessor import ColumnAssessor
from backrec_cli.batch.record import Reject
from backrec_cli.batch.reference import Terms, judge_record
from backrec_cli.batch.results.table import frame_of
from backrec_cli.batch.row import Row
from backrec_cli.errors import UsageError

DEFAULT = "polars"

# The package behind each engine, and the extra of backrec that brings it.
ENGINES = {
    "polars": ("polars", "batch"),
    "duckdb": ("duckdb", "duckdb"),
    "pyspark": ("pyspark", "spark"),
}


def require_engine(name: str) -> None:
    """Raise UsageError where the package of an engine is not installed."""
    package, extra = ENGINES[name]
    if find_spec(package) is None:
        msg = (
            f"the engine '{name}' is not installed\n"
            f"  hint: install it: pip install 'backrec[{extra}]'"
        )
        raise UsageError(msg)


def assessor_for(engine: str, terms: Terms) -> Assessor:
    """Return what judges chunks by an engine; raises UsageError for one that is not installed."""
    require_engine(engine)
    return ColumnAssessor(terms) if engine == DEFAULT else ReferenceAssessor(terms)


@dataclass(frozen=True, slots=True)
class ReferenceAssessor:
    """Judges each record by itself, with the engine that `check` uses."""

    terms: Terms

    def assess(self, chunk: Chunk) -> Answer:
        """Return one row for each record of the chunk."""
        rows: list[Row] = []
        rejects = tuple(self._judged(chunk, rows))
        return Answer(frame_of(rows), rejects)

    def _judged(self, chunk: Chunk, rows: list[Row]) -> Iterator[Reject]:
        """Append the row of each record; yield the records that could not be assessed."""
        for record in chunk.records():
            row, reject = judge_record(record, self.terms)
            rows.append(row)
            if reject is not None:
                yield reject
