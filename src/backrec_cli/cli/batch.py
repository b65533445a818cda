"""`backrec batch`: a cohort -> one row for each record, a summary, and the worst exit code."""

import os
from contextlib import ExitStack
from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options
from backrec_cli.cli.batching.request import BatchRequest, Places, Question
from backrec_cli.errors import UsageError

_PACKAGES = frozenset({"polars", "narwhals", "msgspec", "zstandard"})

Input = Annotated[
    str | None,
    typer.Argument(
        metavar="INPUT",
        help="The cohort: NDJSON, a JSON array, CSV or Parquet, also gzipped or zstd; a folder of "
        "profiles; or - for standard input.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Write the rows to FILE, whole or not at all."
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="ndjson|csv|parquet",
        help="Format of the rows; NDJSON unless the suffix of --output says otherwise.",
    ),
]
InputFormat = Annotated[
    str | None,
    typer.Option(
        "--input-format", metavar="NAME", help="Format of INPUT, where its name does not say it."
    ),
]
Rejects = Annotated[
    str | None,
    typer.Option(
        "--rejects", metavar="FILE", help="Write the records that could not be assessed, and why."
    ),
]
SummaryFile = Annotated[
    str | None, typer.Option("--summary", metavar="FILE", help="Write the counts as JSON.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE|procedure",
        help="Assess as of this day, or each record on its own day of surgery; today.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j", "--jobs", min=1, metavar="N", help="Processes; as many as there are cores to use."
    ),
]
Engine = Annotated[
    str, typer.Option("--engine", metavar="polars|duckdb|pyspark", help="What evaluates the rules.")
]
Quiet = Annotated[
    bool, typer.Option("-q", "--quiet", help="Print neither progress nor the summary.")
]
EmitSchema = Annotated[
    bool, typer.Option("--emit-schema", help="Print the JSON Schema of a row, and exit.")
]


def batch(
    source: Input = None,
    output: Output = None,
    format_name: FormatName = None,
    input_format: InputFormat = None,
    rejects: Rejects = None,
    summary: SummaryFile = None,
    as_of: AsOf = None,
    surgery_date: options.SurgeryDate = None,
    rules: options.Rules = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    jobs: Jobs = None,
    engine: Engine = "polars",
    exit_zero: options.ExitZero = False,
    quiet: Quiet = False,
    emit_schema: EmitSchema = False,
    _debug: options.Debug = False,
) -> int:
    """Check a whole cohort: one row for each record, in its order, whatever is wrong with it.

    A record that cannot be assessed gets a row with the verdict "error" and stops no other. Exits
    with the worst of 2 (any such record), 1, 3 and 0.
    """
    if emit_schema:
        return _print_schema()
    places = Places(output, format_name, rejects, summary)
    chosen, left_out = options.split_names(select), options.split_names(ignore)
    question = Question(as_of, surgery_date, tuple(rules or ()), chosen, left_out)
    run = (engine, jobs, exit_zero, quiet)
    return _check(BatchRequest(_required(source), input_format, places, question, *run))


def _required(source: str | None) -> str:
    """Return the INPUT, which only --emit-schema can do without."""
    if source is None:
        msg = "no INPUT to check\n  hint: name a file or a folder, or - for standard input"
        raise UsageError(msg)
    return source


def _check(request: BatchRequest) -> int:
    """Run a request; where the packages for cohorts are not installed, say how to."""
    from backrec_cli.batch.environment import GIVING_BACK
    from backrec_cli.batch.standby import standing_by
    from backrec_cli.cli.batching.ahead import beside_others, processes_ahead

    for name, value in GIVING_BACK.items():
        os.environ.setdefault(name, value)
    try:
        with ExitStack() as stack:
            ahead = processes_ahead(request)
            with beside_others(ahead):
                ready = stack.enter_context(standing_by(ahead))
            from backrec_cli.cli.batching.run import check_cohort

            return check_cohort(request, ready)
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error


def _print_schema() -> int:
    """Print what a row of the results is."""
    import json

    from backrec_cli.cli.streams import write_out

    try:
        from backrec_cli.batch.results.schema import results_schema
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    write_out(json.dumps(results_schema(), indent=2) + "\n")
    return ExitCode.ELIGIBLE


def _not_installed(error: ModuleNotFoundError) -> Exception:
    """Say how to install a package that cohorts need; any other one is missed by a bug."""
    if error.name not in _PACKAGES:
        return error
    return UsageError(
        f"cohorts need the package '{error.name}'\n  hint: install it: pip install 'backrec[batch]'"
    )
