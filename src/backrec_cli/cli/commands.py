"""The commands and their options, as typer reads them."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from backrec_cli import __version__
from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import batch, check, checklist, explain, new, rules, schema
from backrec_cli.errors import UsageError
from backrec_cli.errors.show import harmless

PROGRAM = "backrec"

_EPILOG = (
    "Exit codes: 0 eligible, with precautions too; 1 not eligible, or defer; 2 could not do the "
    "job; 3 undecided, or out of scope; 70 a bug in backrec."
)

app = typer.Typer(
    name=PROGRAM,
    help="Check a patient against the contraindications and preparation steps of back "
    "reconstruction surgery.",
    epilog=_EPILOG,
    add_completion=False,
    # Plain help reads alike in a terminal, a pipe and the README.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check", epilog=_EPILOG)(check.check)
app.command("checklist")(checklist.checklist)
app.command("batch")(batch.batch)
app.command("explain")(explain.explain)
app.add_typer(rules.app, name="rules")
app.command("schema")(schema.schema)
app.command("new")(new.new)


@app.callback(invoke_without_command=True)
def backrec(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> int:
    """Answer `backrec --version`, and `backrec` alone with its help."""
    if version:
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
    elif context.invoked_subcommand is None:
        sys.stderr.write(context.get_help() + "\n")
        return ExitCode.COULD_NOT
    return ExitCode.ELIGIBLE


def invoke(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; raises BackrecError where they are wrong."""
    try:
        code = app(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except typer.TyperException as error:
        msg = f"{harmless(error.format_message())}\n  hint: add --help to see what can be said"
        raise UsageError(msg) from error
    except SystemExit:
        # typer ends the process by itself only where the reader of its help has gone away.
        return ExitCode.ELIGIBLE
    return int(code or ExitCode.ELIGIBLE)
