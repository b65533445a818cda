"""What an overlay sets or changes -> whether that loosens the pack, and at which entries.

Nothing is declared: a parameter tightens only where every use of it can be shown to flag, to ask or
to hold back at least as much as before. Each amendment is judged by itself against the pack below.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from backrec_cli.expression import Expression
from backrec_cli.rulepack.model import Entry, Level, Requirement, Rule, RulePack, Step
from backrec_cli.rulepack.overlay.bands import Band, at_least, covered
from backrec_cli.rulepack.overlay.direction import EITHER, amount_moves, truth_moves

SCOPE = "gen-age"


@dataclass(frozen=True, slots=True)
class Effect:
    """An entry that an amendment loosens, and how."""

    entry: str
    why: str


def loosened_by_rise(pack: RulePack, name: str) -> tuple[Effect, ...]:
    """Return what is loosened when a parameter rises."""
    return tuple(_loosened(pack, name, 1))


def loosened_by_fall(pack: RulePack, name: str) -> tuple[Effect, ...]:
    """Return what is loosened when a parameter falls."""
    return tuple(_loosened(pack, name, -1))


def loosened_by_any(pack: RulePack, name: str) -> tuple[Effect, ...]:
    """Return what a parameter without an order (a text) can loosen."""
    return tuple(dict.fromkeys([*_loosened(pack, name, 1), *_loosened(pack, name, -1)]))


def loosened_by_level(pack: RulePack, entry: str, was: Level, now: Level) -> tuple[Effect, ...]:
    """Return the entry where its new level counts less at some urgency."""
    if at_least(pack, now, was):
        return ()
    return (Effect(entry, f"'{now}' counts less than '{was}'"),)


def _loosened(pack: RulePack, name: str, sign: int) -> Iterator[Effect]:
    """Yield what a rise (1) or a fall (-1) of a parameter loosens, each entry once."""
    if _moves(pack.scope, name, sign, -1):
        yield Effect(SCOPE, "the scope takes in more patients")
    entries: tuple[Entry, ...] = (*pack.rules, *pack.requirements, *pack.steps)
    for entry in entries:
        match entry:
            case Rule():
                why = _of_rule(pack, entry, name, sign)
            case Requirement():
                why = _of_requirement(pack, entry, name, sign)
            case Step():
                why = _of_step(entry, name, sign)
        if why is not None:
            yield Effect(entry.id, why)


def _of_rule(pack: RulePack, rule: Rule, name: str, sign: int) -> str | None:
    """Say why a rule flags less, unless a rule at least as bad flags instead."""
    for grade in rule.grades:
        band = Band(rule, grade)
        lost = [c for c in band.conditions if -1 in _signs(truth_moves(c, name), sign)]
        firm = tuple(c for c in band.conditions if c not in lost)
        for condition in lost:
            if not covered(pack, band, condition, firm):
                shown = truth_moves(condition, name) != EITHER
                return f"rule '{rule.id}' {'flags' if shown else 'may flag'} less"
    hold = rule.last_dose
    if hold is not None and -1 in _signs(amount_moves(hold.days.node, name), sign):
        return f"rule '{rule.id}' begins later"
    return None


def _of_requirement(pack: RulePack, need: Requirement, name: str, sign: int) -> str | None:
    """Say why a requirement asks less, or lets rules wait that were open."""
    if _moves(need.applies, name, sign, 1):
        return f"requirement '{need.id}' asks of fewer patients"
    if need.from_ is not None and _moves(need.applies, name, sign, -1):
        waiting = [rule for rule in pack.rules if _reads(rule, need.facts)]
        if waiting:
            return f"rule '{waiting[0].id}' waits for requirement '{need.id}' in more patients"
    return None


def _of_step(step: Step, name: str, sign: int) -> str | None:
    """Say why a gate holds back less; a reminder holds nobody back, whatever it asks."""
    if step.gate is None:
        return None
    if _moves(step.applies, name, sign, 1):
        return f"step '{step.id}' is asked of fewer patients"
    if _moves(step.done, name, sign, -1):
        return f"step '{step.id}' counts as done sooner"
    return None


def _moves(expression: Expression | None, name: str, sign: int, strict: int) -> bool:
    """Whether a condition can move against the strict side: 1 where being true is strict."""
    if expression is None:
        return False
    return -strict in _signs(truth_moves(expression.node, name), sign)


def _signs(moves: frozenset[int], sign: int) -> frozenset[int]:
    """Turn what a rise does into what this change does."""
    return frozenset(move * sign for move in moves)


def _reads(rule: Rule, facts: tuple[str, ...]) -> bool:
    """Whether a rule reads one of some facts."""
    read = set(rule.applies.facts if rule.applies else ())
    for grade in rule.grades:
        read |= grade.when.facts
    return not read.isdisjoint(facts)
