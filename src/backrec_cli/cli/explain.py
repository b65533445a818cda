"""`backrec explain`: one rule on one patient -> its whole trace."""

from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def explain(
    rule: Annotated[str, typer.Argument(help="Id of a rule, requirement, step or complication.")],
    path: options.Profile,
    as_of: options.AsOf = None,
    surgery_date: options.SurgeryDate = None,
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Trace one rule on one patient.

    Prints every operand of its conditions, with its value and where that came from.
    """
    from backrec_cli.cli.inputs import find_documents
    from backrec_cli.cli.session import Session
    from backrec_cli.cli.streams import write_out
    from backrec_cli.engine import explain as trace
    from backrec_cli.render.explanation import render_explanation

    session = Session.opened(as_of, surgery_date, rules=rules or ())
    profile = session.read_one(find_documents([path]))
    explanation = trace(profile, session.pack, session.as_of, rule, surgery=session.surgery)
    write_out(render_explanation(explanation))
    return ExitCode.ELIGIBLE
