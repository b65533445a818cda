"""What a check was asked for -> reports, and the worst verdict's exit code."""

from dataclasses import dataclass

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli.inputs import find_documents, names_many
from backrec_cli.cli.reporting import Report, deliver
from backrec_cli.cli.session import Session


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The arguments of `backrec check`, as they were written."""

    paths: tuple[str, ...]
    format_name: str | None = None
    output: str | None = None
    as_of: str | None = None
    surgery_date: str | None = None
    rules: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exit_zero: bool = False
    quiet: bool = False
    verbose: bool = False
    colour: str = "auto"


def check_patients(request: CheckRequest) -> ExitCode:
    """Assess every patient asked for, write the reports, and return the exit code."""
    report = Report.planned(
        request.format_name,
        request.output,
        request.colour,
        verbose=request.verbose,
        brief=request.quiet,
        many=names_many(request.paths),
    )
    session = Session.opened(
        request.as_of,
        request.surgery_date,
        request.select,
        request.ignore,
        rules=request.rules,
    )
    documents = find_documents(request.paths)
    report.keep_apart_from(documents)
    results, code = session.assess_all(documents)
    deliver(report, results)
    masked = request.exit_zero and code is not ExitCode.COULD_NOT
    return ExitCode.ELIGIBLE if masked else code
