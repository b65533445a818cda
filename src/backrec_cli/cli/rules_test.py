"""`backrec rules test`: the tests inside a pack -> what failed, what lacks, what was covered."""

import re
from enum import StrEnum
from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


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
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print the last line only.")] = False,
    _debug: options.Debug = False,
) -> int:
    """Run the tests of a pack: DIR/tests/*.toml.

    Exits 0 when every case passes and nothing lacks, else 2.
    """
    from pathlib import Path

    from backrec_cli.cli.streams import write_out
    from backrec_cli.packtest import load_suite, run_suite
    from backrec_cli.render.pack_tests import render_brief_run, render_run
    from backrec_cli.rulepack import load_pack, shipped_pack_folder

    place = shipped_pack_folder() if folder is None else Path(folder)
    wanted = _pattern(run)
    pack = load_pack(place)
    outcome = run_suite(load_suite([place], pack), pack, wanted)
    write_out((render_brief_run if quiet else render_run)(outcome))
    return ExitCode.ELIGIBLE if outcome.passed else ExitCode.COULD_NOT


def _pattern(run: str | None) -> re.Pattern[str] | None:
    """Compile --run; raises UsageError for what is no pattern."""
    from backrec_cli.errors import UsageError
    from backrec_cli.errors.show import harmless

    try:
        return None if run is None else re.compile(run)
    except re.error as error:
        msg = f"--run is not a pattern: '{harmless(run or '')}' ({error})"
        raise UsageError(msg) from error
