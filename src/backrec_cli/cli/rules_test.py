"""`backrec rules test`: the tests inside a pack -> what failed, what lacks, what was covered."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options

if TYPE_CHECKING:
    from backrec_cli.packtest import SuiteRun


class RunFormat(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"


def run_tests(
    folders: Annotated[
        list[str] | None,
        typer.Argument(metavar="DIR", help="A pack, or overlays; without it the rules in force."),
    ] = None,
    run: Annotated[
        str | None,
        typer.Option("--run", metavar="REGEX", help="Only entries whose id matches, like '^dm-'."),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option("--coverage", help="Ask each comparison to be seen true, false and unknown."),
    ] = False,
    run_format: Annotated[
        RunFormat, typer.Option("-f", "--format", help="Text, or an object for programs.")
    ] = RunFormat.TEXT,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print the last line only.")] = False,
    _debug: options.Debug = False,
) -> int:
    """Run the tests of rules, DIR/tests/*.toml, and say what they do not show.

    Each rule needs cases that flag, that clear, and that lack a fact; one exactly on each limit;
    one with each result too old, and in another unit, where it has a validity or other units.
    Exits 0 when every case came out as expected and nothing lacks, else 2.
    """
    from backrec_cli.cli.streams import write_out

    outcome = _run(folders or [], run, covering=coverage)
    write_out(_render(outcome, run_format, brief=quiet))
    return ExitCode.ELIGIBLE if outcome.passed else ExitCode.COULD_NOT


def _run(folders: list[str], run: str | None, *, covering: bool) -> "SuiteRun":
    """Load rules and their tests, and run those asked for; raises BackrecError."""
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.rules_in_force import folders_in_force
    from backrec_cli.errors import UsageError
    from backrec_cli.errors.show import harmless
    from backrec_cli.packtest import plan_tests, run_suite

    wanted = _pattern(run)
    plan = plan_tests(folders_in_force(folders), as_of_or_today(None))
    if wanted and not any(map(wanted.search, plan.pack.entries)):
        msg = f"no rule, requirement or step matches --run '{harmless(run or '')}'"
        raise UsageError(msg)
    return run_suite(
        plan.suite,
        plan.pack,
        plan.documents,
        wanted=wanted,
        demanded=plan.demanded,
        covering=covering,
    )


def _render(outcome: "SuiteRun", run_format: RunFormat, *, brief: bool) -> str:
    """Write the outcome in the format asked for."""
    from backrec_cli.render.pack_tests import render_brief_run, render_run
    from backrec_cli.render.pack_tests_json import render_run_json

    if run_format is RunFormat.JSON:
        return render_run_json(outcome)
    return render_brief_run(outcome) if brief else render_run(outcome)


def _pattern(run: str | None) -> re.Pattern[str] | None:
    """Compile --run; raises UsageError for what is no pattern."""
    from backrec_cli.errors import UsageError
    from backrec_cli.errors.show import harmless

    try:
        return None if run is None else re.compile(run)
    except re.error as error:
        msg = f"--run is not a pattern: '{harmless(run or '')}' ({error})"
        raise UsageError(msg) from error
