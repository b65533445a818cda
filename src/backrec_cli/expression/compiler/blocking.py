"""Which facts keep an unknown answer unknown, patient by patient, as columns.

The same fold as `trace.blocking`: only its answers are columns.
"""

from collections.abc import Iterable, Iterator, Mapping

from backrec_cli.expression import nodes
from backrec_cli.expression.compiler import terms
from backrec_cli.expression.compiler.compiled import Asked, Compiled, FactColumns
from backrec_cli.expression.compiler.terms import FALSE, TRUE, Term

_Found = Iterator[tuple[Asked, Term]]


def blocking(compiled: Compiled) -> Mapping[Asked, Term]:
    """Return for each fact whether it keeps the result unknown."""
    return gathered(_blocking(compiled, TRUE))


def unknown_facts(compiled: Compiled) -> Mapping[Asked, Term]:
    """Return for each fact that is read whether it is not known."""
    return gathered(
        found for fact in _facts_below(compiled) for found in _asked(fact, unknown(fact))
    )


def gathered(found: Iterable[tuple[Asked, Term]]) -> dict[Asked, Term]:
    """Join what is said several times of one fact; what never holds is left out."""
    joined: dict[Asked, list[Term]] = {}
    for asked, holds in found:
        joined.setdefault(asked, []).append(holds)
    together = {asked: terms.any_of(parts) for asked, parts in joined.items()}
    return {asked: holds for asked, holds in together.items() if holds is not FALSE}


def unknown(fact: FactColumns) -> Term:
    """Whether a fact is not known."""
    return terms.negated(fact.known)


def _asked(fact: FactColumns, when: Term) -> _Found:
    """Yield what to obtain for a fact: a score by its open items, where it has some."""
    if not fact.asked:
        yield (fact.path, None), when
    for asked, holds in fact.asked.items():
        yield asked, terms.all_of((when, holds))


def _blocking(compiled: Compiled, when: Term) -> _Found:
    """Yield what blocks a part wherever it matters (`when`) and is missing.

    A part that reads no fact is blocked by none; a constant has no parts to look into either.
    """
    here = terms.all_of((when, compiled.missing))
    if here is FALSE or not compiled.reads:
        return
    match compiled.node:
        case nodes.FactRef():
            yield from _blocking_fact(compiled, here)
        case nodes.If():
            yield from _blocking_choice(compiled, here)
        case nodes.Case() | nodes.SelectedCase():
            for each in compiled.inputs:
                yield from _blocking(each, here)
        case _:
            for each in compiled.inputs:
                yield from _blocking(each, here)
            all_known = terms.all_of(terms.negated(each.missing) for each in compiled.inputs)
            nothing_open = terms.all_of((here, all_known))
            if nothing_open is not FALSE:
                for fact in _facts_below(compiled):
                    yield from _asked(fact, nothing_open)


def _blocking_fact(compiled: Compiled, here: Term) -> _Found:
    """A fact blocks where it is not known, or where it is and lacks the date asked of it."""
    fact = compiled.fact
    if fact is None:
        return
    keeps = unknown(fact)
    if isinstance(compiled.node, nodes.FactRef) and compiled.node.attribute not in (None, "value"):
        keeps = terms.any_of((keeps, terms.negated(denied(fact))))
    yield from _asked(fact, terms.all_of((here, keeps)))


def denied(fact: FactColumns) -> Term:
    """Whether a fact is known to be false, so that it has no date."""
    return terms.is_false(fact.value) if fact.words is None and fact.boolean else FALSE


def _blocking_choice(compiled: Compiled, here: Term) -> _Found:
    """Yield what blocks the condition, and then the branches it may still lead to."""
    condition, chosen, otherwise = compiled.inputs
    yield from _blocking(condition, here)
    may_hold = terms.negated(terms.is_false(condition.value))
    may_fail = terms.negated(terms.is_true(condition.value))
    yield from _blocking(chosen, terms.all_of((here, may_hold)))
    yield from _blocking(otherwise, terms.all_of((here, may_fail)))


def _facts_below(compiled: Compiled) -> Iterator[FactColumns]:
    """Yield every fact that is read."""
    if compiled.fact is not None:
        yield compiled.fact
    for each in compiled.inputs:
        yield from _facts_below(each)
