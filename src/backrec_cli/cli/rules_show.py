"""`backrec rules show`: one entry of a pack -> everything a reviewer asks about it."""

from typing import Annotated

import typer

from backrec_cli.assessment.verdict import ExitCode
from backrec_cli.cli import options


def show_rule(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a rule, requirement or step.")
    ],
    rules: options.Rules = None,
    _debug: options.Debug = False,
) -> int:
    """Show one rule in plain words, with its expression, sources, facts and tests."""
    from backrec_cli.cli.moments import as_of_or_today
    from backrec_cli.cli.rules_in_force import folders_in_force
    from backrec_cli.cli.streams import write_out
    from backrec_cli.cli.words import known_word
    from backrec_cli.packtest import plan_tests
    from backrec_cli.render.pack_tests import case_lines
    from backrec_cli.render.rule_card import render_card

    plan = plan_tests(folders_in_force(rules or ()), as_of_or_today(None), needed=False)
    entries = plan.pack.entries
    entry = entries[known_word("rule", entry_id, entries)]
    cases = [case for case in plan.suite.cases if case.entry == entry.id]
    write_out(render_card(entry, plan.pack, case_lines(cases)))
    return ExitCode.ELIGIBLE
