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
    folder: Annotated[
        str | None,
        typer.Argument(metavar="[DIR]", help="A pack's folder; the shipped pack without it."),
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
    """Run the tests of a pack, DIR/tests/*.toml, and say what they do not show.

    Each rule needs cases that flag, that clear, and that lack a fact; one exactly on each limit;
    one with each result too old, and in another unit, where it has a validity or other units.
    Exits 0 when every case came out as expected and nothing lacks, else 2.
    """
    from backrec_cli.cli.streams import write_out

    outcome = _run(folder, run, covering=coverage)
    write_out(_render(outcome, run_format, brief=quiet))
    return ExitCode.ELIGIBLE if outcome.passed else ExitCode.COULD_NOT


def _run(folder: str | None, run: str | None, *, covering: bool) -> "SuiteRun":
    """Load a pack with its tests and run those asked for; raises BackrecError for what is wrong."""
    from pathlib import Path

    from backrec_cli.errors import UsageError
    from backrec_cli.errors.show import harmless
    from backrec_cli.packtest import load_suite, run_suite
    from backrec_cli.rulepack import load_pack, shipped_pack_folder
    from backrec_cli.rulepack.document import read_documents

    place = shipped_pack_folder() if folder is None else Path(folder)
    wanted = _pattern(run)
    pack = load_pack(place)
    suite = load_suite([place], pack)
    if wanted and not any(map(wanted.search, pack.entries)):
        msg = f"no rule, requirement or step matches --run '{harmless(run or '')}'"
        raise UsageError(msg)
    documents, _ = read_documents(place)
    return run_suite(suite, pack, documents, wanted=wanted, covering=covering)


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
