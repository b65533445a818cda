"""`backrec rules ...`: the commands for those who write rules, one module a command."""

import sys

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import rules_eval

app = typer.Typer(help="Work on rules: evaluate expressions of the rule language.")
app.command("eval")(rules_eval.evaluate)


@app.callback(invoke_without_command=True)
def rules(context: typer.Context) -> int:
    """Work on rules: evaluate expressions of the rule language."""
    if context.invoked_subcommand is None:
        sys.stderr.write(context.get_help() + "\n")
        return ExitCode.COULD_NOT
    return ExitCode.ELIGIBLE
