"""`backrec new`: a starter profile that asks every question the rules cannot do without."""

from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def new(
    path: Annotated[
        str, typer.Argument(metavar="[PATH]", help="The file to make; standard output without it.")
    ] = "-",
    everything: Annotated[
        bool, typer.Option("--all", help="Ask for every fact there is, optional results too.")
    ] = False,
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Write a starter profile that asks every question.

    Each stands there with the answer "unknown": put in what is known. A question left "unknown"
    keeps the rules that need it undecided; in a section listed under "reviewed", a yes/no question
    that you take out is answered with no.
    """
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.rules_in_force import pack_in_force
    from backrec_cli.cli.starter import starter_profile, write_new
    from backrec_cli.render.json_text import write_json

    pack = pack_in_force(rules or (), as_of_or_today(None))
    write_new(path, write_json(starter_profile(pack, everything=everything)) + "\n")
    return ExitCode.ELIGIBLE
