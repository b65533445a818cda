"""`backrec rules docs`: a pack -> its rule book in Markdown."""

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def write_docs(output: options.Output = None, _debug: options.Debug = False) -> int:
    """Write the human rule book (Markdown) of the pack, to standard output or a file."""
    from backrec_cli.cli.reporting import write_text
    from backrec_cli.render.rulebook import render_rulebook
    from backrec_cli.rulepack import load_pack, shipped_pack_folder

    write_text(render_rulebook(load_pack(shipped_pack_folder())), output)
    return ExitCode.ELIGIBLE
