"""`backrec rules show`: one entry of a pack -> everything a reviewer asks about it."""

from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def show_rule(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a rule, requirement or step.")
    ],
    _debug: options.Debug = False,
) -> int:
    """Show one rule in plain words, with its expression, sources, facts and tests."""
    from backrec_cli.cli.streams import write_out
    from backrec_cli.cli.words import known_word
    from backrec_cli.render.rule_card import render_card
    from backrec_cli.rulepack import load_pack, shipped_pack_folder

    pack = load_pack(shipped_pack_folder())
    entries = pack.entries
    entry = entries[known_word("rule", entry_id, entries)]
    write_out(render_card(entry, pack))
    return ExitCode.ELIGIBLE
