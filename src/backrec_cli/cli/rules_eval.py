"""`backrec rules eval`: an expression of the rule language -> its value."""

from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def evaluate(
    expression: Annotated[
        str, typer.Argument(metavar="EXPR", help="An expression, or - for one a line on stdin.")
    ],
    patient: Annotated[
        str | None,
        typer.Option("--patient", metavar="FILE", help="The profile that gives facts a value."),
    ] = None,
    as_of: options.AsOf = None,
    surgery_date: options.SurgeryDate = None,
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Print the value of an expression as a CQL literal.

    Without --patient every fact is unknown. With - each line of standard input is answered by one
    line: a value, or "error: ..."; no line ends the run.
    """
    from backrec_cli.cli.evaluation import Evaluation
    from backrec_cli.cli.inputs import STDIN
    from backrec_cli.cli.streams import write_out

    evaluation = Evaluation.opened(patient, as_of, surgery_date, rules or ())
    if expression != STDIN:
        write_out(evaluation.value_of(expression) + "\n")
    else:
        for answer in evaluation.answers():
            write_out(answer + "\n")
    return ExitCode.ELIGIBLE
