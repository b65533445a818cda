"""The engines a cohort can be judged by -> an assessor for one of them."""

from importlib.util import find_spec

from backrec_cli.batch.chunk import Assessor
from backrec_cli.batch.columns.assessor import ColumnAssessor, Evaluation, TooLargeError
from backrec_cli.batch.columns.evaluation import PlaneEvaluation
from backrec_cli.batch.columns.program import Judgement
from backrec_cli.batch.reference import Terms
from backrec_cli.batch.results.lists import PLAIN, ListShape
from backrec_cli.errors import UsageError
from backrec_cli.expression.compiler.lowering import in_order
from backrec_cli.facts.dictionary import FactDictionary

MOST_TERMS = 15_000
"""Of a judgement that DuckDB is asked to plan: its client's work grows with their square."""

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


def assessor_for(engine: str, terms: Terms, lists: ListShape = PLAIN) -> Assessor:
    """Return what judges chunks by an engine; raises UsageError for one that is not installed.

    Spark hands whole chunks to its executors, and each judges them as polars does.
    """
    require_engine(engine)
    return ColumnAssessor(terms, _by_duckdb if engine == "duckdb" else PlaneEvaluation, lists)


def _by_duckdb(judgement: Judgement, dictionary: FactDictionary, lists: ListShape) -> Evaluation:
    """Compile a judgement for DuckDB; raises TooLargeError."""
    from backrec_cli.batch.columns.engines.duckdb import DuckEvaluation  # noqa: PLC0415 - an extra.

    if len(in_order(judgement.terms)) > MOST_TERMS:
        msg = (
            f"evaluated as by polars: these rules come to more than {MOST_TERMS:,} terms, "
            "which DuckDB takes minutes to plan"
        )
        raise TooLargeError(msg)
    return DuckEvaluation(judgement, dictionary, lists)
