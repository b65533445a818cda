"""`backrec rules docs`: a pack -> its rule book in Markdown."""

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def write_docs(
    output: options.Output = None,
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Write the human rule book (Markdown) of the pack, to standard output or a file."""
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.reporting import write_text
    from backrec_cli.cli.rules_in_force import pack_in_force
    from backrec_cli.render.rulebook import render_rulebook

    pack = pack_in_force(rules or (), as_of_or_today(None))
    write_text(render_rulebook(pack), output)
    return ExitCode.ELIGIBLE
