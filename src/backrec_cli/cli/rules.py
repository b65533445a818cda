"""`backrec rules ...`: the commands for those who write rules, one module a command."""

import sys

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import (
    rules_diff,
    rules_docs,
    rules_eval,
    rules_list,
    rules_show,
    rules_test,
    rules_validate,
)

app = typer.Typer(help="Work on rules: validate, test, list, show, compare and document them.")
app.command("list")(rules_list.list_rules)
app.command("show")(rules_show.show_rule)
app.command("test")(rules_test.run_tests)
app.command("diff")(rules_diff.diff_packs)
app.command("docs")(rules_docs.write_docs)
app.command("validate")(rules_validate.validate)
app.command("eval")(rules_eval.evaluate)


@app.callback(invoke_without_command=True)
def rules(context: typer.Context) -> int:
    """Work on rules: validate, test, list, show, compare and document them."""
    if context.invoked_subcommand is None:
        sys.stderr.write(context.get_help() + "\n")
        return ExitCode.COULD_NOT
    return ExitCode.ELIGIBLE
