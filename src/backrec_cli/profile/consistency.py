"""Facts that contradict each other: which one is wrong cannot be known, so none is used.

A given score and the score its items give are two such facts.
"""

from dataclasses import replace

from backrec_cli.expression import evaluate_alone
from backrec_cli.facts.reading import Absence, FactReading
from backrec_cli.profile.knowledge import Knowledge
from backrec_cli.profile.view import View
from backrec_cli.ternary import Truth


def miscounted(view: View, knowledge: Knowledge) -> dict[str, FactReading]:
    """Return, rejected as `conflicting`, every given score that its items can not add up to."""
    rejected: dict[str, FactReading] = {}
    for definition in knowledge.scores:
        given = view.lookup(definition.path)
        if given is None or not isinstance(given.value, int):
            continue
        counted = view.count(definition)
        bounds = counted.range
        if isinstance(counted.value, int):
            bounds = counted.value, counted.value
        if bounds is None or bounds[0] <= given.value <= bounds[1]:
            continue
        hint = f"its items give {counted.reported}"
        rejected[given.path] = replace(given, value=None, absence=Absence.CONFLICTING, hint=hint)
    return rejected


def contradicted(view: View, knowledge: Knowledge) -> dict[str, FactReading]:
    """Return, rejected as `conflicting`, every fact of every check that does not hold.

    A check with a fact that is not known holds.
    """
    rejected: dict[str, FactReading] = {}
    for check in knowledge.dictionary.checks:
        readings = [view.fact(path) for path in check.facts]
        if not all(reading.known for reading in readings):
            continue
        if evaluate_alone(knowledge.compiled(check.holds), view.facts) is not Truth.FALSE:
            continue
        for reading in readings:
            rejected.setdefault(
                reading.path,
                replace(reading, value=None, absence=Absence.CONFLICTING, hint=check.message),
            )
    return rejected
