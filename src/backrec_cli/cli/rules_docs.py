"""`backrec rules docs`: a pack -> its rule book in Markdown."""

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def write_docs(
    output: options.Output = None,
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Write the human rule book (Markdown) of the pack, to standard output or a file."""
    from pathlib import Path

    from backrec_cli.cli.inputs import STDIN
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.rules_in_force import pack_in_force
    from backrec_cli.cli.streams import write_file, write_out
    from backrec_cli.render.rulebook import render_rulebook

    text = render_rulebook(pack_in_force(rules or (), as_of_or_today(None)))
    if output in (None, STDIN):
        write_out(text)
    else:
        write_file(Path(output or ""), text)
    return ExitCode.ELIGIBLE
