"""Facts that contradict each other: which one is wrong cannot be known, so none is used."""

from dataclasses import replace

from backrec_cli.expression import evaluate, truth
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.profile.view import View
from backrec_cli.ternary import Truth


def contradicted(view: View, knowledge: Knowledge) -> dict[str, FactReading]:
    """Return, rejected as `conflicting`, every fact of every check that does not hold.

    A check with a fact that is not known holds.
    """
    rejected: dict[str, FactReading] = {}
    for check in knowledge.dictionary.checks:
        readings = [view.fact(path) for path in check.facts]
        if not all(reading.known for reading in readings):
            continue
        if truth(evaluate(knowledge.compiled(check.holds), view)) is not Truth.FALSE:
            continue
        for reading in readings:
            rejected.setdefault(
                reading.path,
                replace(reading, value=None, absence=Absence.CONFLICTING, hint=check.message),
            )
    return rejected
