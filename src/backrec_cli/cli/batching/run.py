"""What a batch was asked for -> rows, rejects and summary in their places, and the exit code."""

import sys
from collections.abc import Sequence
from pathlib import Path

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.batch.chunk import Cohort
from backrec_cli.batch.cohort import open_cohort
from backrec_cli.batch.engines import ENGINES, require_engine
from backrec_cli.batch.piece import Job
from backrec_cli.batch.reference import Terms
from backrec_cli.batch.results.formats import (
    RESULTS_FORMATS,
    ResultsFormat,
    results_format_of_suffix,
)
from backrec_cli.batch.run import judge_cohort
from backrec_cli.batch.standby import Standby
from backrec_cli.batch.summary import Outcome
from backrec_cli.cli.batching.ahead import beside_others, processes_for
from backrec_cli.cli.batching.outputs import Outputs, keep_apart
from backrec_cli.cli.batching.progress import progress_for
from backrec_cli.cli.batching.report import report_outcome, report_stop
from backrec_cli.cli.batching.request import BatchRequest, Places, Question
from backrec_cli.cli.inputs import STDIN
from backrec_cli.cli.interruptions import EndRequestedError, Interruptions
from backrec_cli.cli.moments import as_of_or_today, parse_moment
from backrec_cli.cli.rules_in_force import pack_in_force
from backrec_cli.cli.whole_files import WholeFiles
from backrec_cli.cli.words import known_word
from backrec_cli.engine.selection import select_entries
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

EACH_ON_ITS_DAY = "procedure"


def check_cohort(request: BatchRequest, ready: Sequence[Standby] = ()) -> ExitCode:
    """Judge every record, write what was asked for, and return the worst exit code.

    ready  processes that were started ahead, for a cohort that needs several.
    """
    chosen = _chosen_format(request.places)
    job = _job(request, chosen)
    keep_apart(request.source, request.places)
    cohort = open_cohort(
        request.source,
        format_name=request.input_format,
        dictionary=job.terms.pack.dictionary,
        stdin=None if sys.stdin is None else sys.stdin.buffer,
    )
    try:
        with WholeFiles() as files, Interruptions() as interruptions:
            outputs = Outputs.opened(request.places, chosen, files, interruptions)
            outcome = _outcome(cohort, job, request, outputs, ready)
    except EndRequestedError as error:
        msg = f"ended by {error}; nothing was written"
        raise UsageError(msg) from error
    if not request.quiet:
        report_outcome(outcome)
    masked = request.exit_zero and outcome.tally.code is not ExitCode.COULD_NOT
    return ExitCode.ELIGIBLE if masked else outcome.tally.code


def _outcome(
    cohort: Cohort,
    job: Job,
    request: BatchRequest,
    outputs: Outputs,
    ready: Sequence[Standby],
) -> Outcome:
    """Run to the end; at Ctrl-C, keep what was finished under a name that says so."""
    try:
        _run(cohort, job, request, outputs, ready)
    except KeyboardInterrupt:
        report_stop(outputs, outputs.keep_partial())
        raise
    return outputs.finished(cohort.name, job)


def _run(
    cohort: Cohort,
    job: Job,
    request: BatchRequest,
    outputs: Outputs,
    ready: Sequence[Standby],
) -> None:
    """Judge a cohort and hand over its pieces, saying how far it is."""
    processes = processes_for(request)
    with beside_others(processes), progress_for(cohort, quiet=request.quiet) as progress:
        for piece in judge_cohort(cohort, job, processes, ready):
            outputs.take(piece)
            progress.advance(piece.tally.rows, piece.extent)
    if not outputs.tally.rows:
        msg = f"no record in '{cohort.name}'; nothing was written"
        raise UsageError(msg)


def _job(request: BatchRequest, chosen: ResultsFormat) -> Job:
    """Read the options; raises BackrecError for any that is wrong."""
    engine = known_word("engine", request.engine, ENGINES)
    require_engine(engine)
    with_rejects = request.places.rejects is not None
    return Job(_terms(request.question), engine, chosen.name, with_rejects=with_rejects)


def _terms(question: Question) -> Terms:
    """Load the pack, and read what every record is asked."""
    own_day = question.as_of == EACH_ON_ITS_DAY
    day = as_of_or_today(None if own_day else question.as_of)
    surgery = question.surgery_date
    moment = None if surgery is None else parse_moment(surgery, "--surgery-date")
    pack = pack_in_force(question.rules, day)
    # Said once for the whole run, not once for each record.
    select_entries(pack, question.select, question.ignore)
    return Terms(pack, None if own_day else day, moment, question.select, question.ignore)


def _chosen_format(places: Places) -> ResultsFormat:
    """Return the format asked for, else the one of the output's suffix, else NDJSON."""
    name = known_word("format", places.format_name, RESULTS_FORMATS)
    if name is not None:
        return RESULTS_FORMATS[name]
    suffix = "" if places.output in (None, STDIN) else Path(places.output or "").suffix
    found = results_format_of_suffix(suffix) if suffix else RESULTS_FORMATS["ndjson"]
    if found is None:
        suffixes = ", ".join(s for each in RESULTS_FORMATS.values() for s in each.suffixes)
        msg = f"no format has the suffix '{harmless(suffix)}'; use one of {suffixes}, or --format"
        raise UsageError(msg)
    return found
